package io.millrace.core.order;

import static io.millrace.codecs.OrderEventType.ACCEPT;
import static io.millrace.codecs.OrderEventType.CANCEL;
import static io.millrace.codecs.OrderEventType.CANCEL_REJECT;
import static io.millrace.codecs.OrderEventType.CANCEL_REQUEST;
import static io.millrace.codecs.OrderEventType.DENY;
import static io.millrace.codecs.OrderEventType.EXPIRE;
import static io.millrace.codecs.OrderEventType.FILL;
import static io.millrace.codecs.OrderEventType.PARTIAL_FILL;
import static io.millrace.codecs.OrderEventType.RECOVER;
import static io.millrace.codecs.OrderEventType.REJECT;
import static io.millrace.codecs.OrderEventType.REPLACE;
import static io.millrace.codecs.OrderEventType.REPLACE_REJECT;
import static io.millrace.codecs.OrderEventType.REPLACE_REQUEST;
import static io.millrace.codecs.OrderEventType.SUBMIT;
import static io.millrace.codecs.OrderEventType.TIMEOUT;
import static io.millrace.codecs.OrderState.ACCEPTED;
import static io.millrace.codecs.OrderState.CANCELLED;
import static io.millrace.codecs.OrderState.DENIED;
import static io.millrace.codecs.OrderState.EXPIRED;
import static io.millrace.codecs.OrderState.FILLED;
import static io.millrace.codecs.OrderState.INITIALISED;
import static io.millrace.codecs.OrderState.PARTIALLY_FILLED;
import static io.millrace.codecs.OrderState.PENDING_CANCEL;
import static io.millrace.codecs.OrderState.PENDING_REPLACE;
import static io.millrace.codecs.OrderState.REJECTED;
import static io.millrace.codecs.OrderState.SUBMITTED;
import static io.millrace.codecs.OrderState.UNKNOWN;

import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderState;
import java.util.List;

/**
 * Every legal pair of order state and event, one row each. A pair that has no row is an error: it
 * changes nothing and is recorded.
 *
 * <p>Where a row leads to ACCEPTED and a part has traded already, the order is PARTIALLY_FILLED:
 * see {@link #next(OrderState, OrderEventType, boolean)}.
 */
public final class OrderTable {
  /** State codes lie below this. */
  static final int STATES = 12;

  /** Event codes lie below this. */
  static final int EVENTS = 15;

  /**
   * One legal transition.
   *
   * @param from state before
   * @param event what happened
   * @param to state after
   */
  public record Row(OrderState from, OrderEventType event, OrderState to) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(INITIALISED, SUBMIT, SUBMITTED),
          new Row(INITIALISED, DENY, DENIED),
          //
          new Row(SUBMITTED, ACCEPT, ACCEPTED),
          new Row(SUBMITTED, REJECT, REJECTED),
          new Row(SUBMITTED, PARTIAL_FILL, PARTIALLY_FILLED), // the fill overtook the ack
          new Row(SUBMITTED, FILL, FILLED), // the fill overtook the ack
          new Row(SUBMITTED, CANCEL_REQUEST, PENDING_CANCEL),
          new Row(SUBMITTED, CANCEL, CANCELLED), // an IOC that a venue does not acknowledge first
          new Row(SUBMITTED, EXPIRE, EXPIRED),
          new Row(SUBMITTED, TIMEOUT, UNKNOWN),
          //
          new Row(ACCEPTED, REJECT, REJECTED), // venues that acknowledge before they check
          new Row(ACCEPTED, PARTIAL_FILL, PARTIALLY_FILLED),
          new Row(ACCEPTED, FILL, FILLED),
          new Row(ACCEPTED, CANCEL_REQUEST, PENDING_CANCEL),
          new Row(ACCEPTED, CANCEL, CANCELLED), // rest of an IOC, or the venue's own doing
          new Row(ACCEPTED, REPLACE_REQUEST, PENDING_REPLACE),
          new Row(ACCEPTED, EXPIRE, EXPIRED),
          new Row(ACCEPTED, TIMEOUT, UNKNOWN),
          //
          new Row(PARTIALLY_FILLED, ACCEPT, ACCEPTED), // the ack comes after a fill
          new Row(PARTIALLY_FILLED, PARTIAL_FILL, PARTIALLY_FILLED),
          new Row(PARTIALLY_FILLED, FILL, FILLED),
          new Row(PARTIALLY_FILLED, CANCEL_REQUEST, PENDING_CANCEL),
          new Row(PARTIALLY_FILLED, CANCEL, CANCELLED),
          new Row(PARTIALLY_FILLED, REPLACE_REQUEST, PENDING_REPLACE),
          new Row(PARTIALLY_FILLED, EXPIRE, EXPIRED),
          new Row(PARTIALLY_FILLED, TIMEOUT, UNKNOWN),
          //
          new Row(PENDING_CANCEL, ACCEPT, PENDING_CANCEL), // ack and cancel crossed
          new Row(PENDING_CANCEL, REJECT, REJECTED),
          new Row(PENDING_CANCEL, PARTIAL_FILL, PENDING_CANCEL),
          new Row(PENDING_CANCEL, FILL, FILLED), // the cancel lost the race
          new Row(PENDING_CANCEL, CANCEL, CANCELLED),
          new Row(PENDING_CANCEL, CANCEL_REJECT, ACCEPTED),
          new Row(PENDING_CANCEL, REPLACE, PENDING_CANCEL),
          new Row(PENDING_CANCEL, REPLACE_REJECT, PENDING_CANCEL),
          new Row(PENDING_CANCEL, EXPIRE, EXPIRED),
          new Row(PENDING_CANCEL, TIMEOUT, UNKNOWN),
          //
          new Row(PENDING_REPLACE, ACCEPT, PENDING_REPLACE),
          new Row(PENDING_REPLACE, REJECT, REJECTED),
          new Row(PENDING_REPLACE, PARTIAL_FILL, PENDING_REPLACE),
          new Row(PENDING_REPLACE, FILL, FILLED),
          new Row(PENDING_REPLACE, CANCEL_REQUEST, PENDING_CANCEL),
          new Row(PENDING_REPLACE, CANCEL, CANCELLED),
          new Row(PENDING_REPLACE, REPLACE, ACCEPTED),
          new Row(PENDING_REPLACE, REPLACE_REJECT, ACCEPTED),
          new Row(PENDING_REPLACE, EXPIRE, EXPIRED),
          new Row(PENDING_REPLACE, TIMEOUT, UNKNOWN),
          // An unknown outcome is not a rejection: only the venue's word ends it. A fill proves
          // that
          // the order lived, not that its rest still does.
          new Row(UNKNOWN, RECOVER, ACCEPTED),
          new Row(UNKNOWN, ACCEPT, ACCEPTED),
          new Row(UNKNOWN, REJECT, REJECTED),
          new Row(UNKNOWN, PARTIAL_FILL, UNKNOWN),
          new Row(UNKNOWN, FILL, FILLED),
          new Row(UNKNOWN, CANCEL_REQUEST, UNKNOWN),
          new Row(UNKNOWN, CANCEL, CANCELLED),
          new Row(UNKNOWN, CANCEL_REJECT, UNKNOWN),
          new Row(UNKNOWN, EXPIRE, EXPIRED),
          // Terminal states: what still arrives late, and DENY, by which the router says that no
          // child will follow and why.
          new Row(FILLED, ACCEPT, FILLED),
          new Row(FILLED, CANCEL_REJECT, FILLED),
          //
          new Row(CANCELLED, ACCEPT, CANCELLED),
          new Row(CANCELLED, PARTIAL_FILL, CANCELLED), // traded before the cancel, told after it
          new Row(CANCELLED, FILL, FILLED),
          new Row(CANCELLED, CANCEL_REJECT, CANCELLED),
          new Row(CANCELLED, DENY, CANCELLED),
          //
          new Row(REJECTED, CANCEL_REJECT, REJECTED),
          new Row(REJECTED, DENY, REJECTED),
          //
          new Row(EXPIRED, ACCEPT, EXPIRED),
          new Row(EXPIRED, PARTIAL_FILL, EXPIRED),
          new Row(EXPIRED, FILL, FILLED),
          new Row(EXPIRED, CANCEL_REJECT, EXPIRED),
          new Row(EXPIRED, DENY, EXPIRED));

  private static final OrderState[] NEXT = new OrderState[STATES * EVENTS];

  static {
    for (final Row row : ROWS) {
      final int at = index(row.from(), row.event());
      if (NEXT[at] != null) {
        throw new IllegalStateException("order table has two rows for " + row);
      }
      NEXT[at] = row.to();
    }
  }

  private OrderTable() {}

  private static int index(final OrderState from, final OrderEventType event) {
    return from.value() * EVENTS + event.value();
  }

  /** All rows, by state. */
  public static List<Row> rows() {
    return ROWS;
  }

  /**
   * The state after an event.
   *
   * @param traded whether a part of the order has traded
   * @return null when the pair is not legal
   */
  public static OrderState next(
      final OrderState from, final OrderEventType event, final boolean traded) {
    if (from.value() >= STATES || event.value() >= EVENTS) {
      return null; // codes this version does not know
    }
    final OrderState to = NEXT[index(from, event)];
    return to == ACCEPTED && traded ? PARTIALLY_FILLED : to;
  }

  /** Whether the order can trade no more, late reports aside. */
  public static boolean terminal(final OrderState state) {
    return state == FILLED
        || state == CANCELLED
        || state == REJECTED
        || state == EXPIRED
        || state == DENIED;
  }

  /** Whether a venue may say this; the rest is ours to say. */
  static boolean fromVenue(final OrderEventType event) {
    return event != SUBMIT && event != DENY && event != CANCEL_REQUEST && event != REPLACE_REQUEST;
  }
}
