package io.millrace.core.order;

import static io.millrace.codecs.OrderEventType.CANCEL_REQUEST;
import static io.millrace.codecs.OrderState.ACCEPTED;
import static io.millrace.codecs.OrderState.CANCELLED;
import static io.millrace.codecs.OrderState.DENIED;
import static io.millrace.codecs.OrderState.FILLED;
import static io.millrace.codecs.OrderState.PARTIALLY_FILLED;
import static io.millrace.codecs.OrderState.PENDING_CANCEL;
import static io.millrace.codecs.OrderState.SUBMITTED;
import static io.millrace.codecs.OrderState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderTableTest {

  private static boolean listed(final OrderState from, final OrderEventType event) {
    return OrderTable.rows().stream().anyMatch(r -> r.from() == from && r.event() == event);
  }

  @Test
  void everyPairIsARowOrIllegal() {
    for (final OrderState from : OrderState.values()) {
      for (final OrderEventType event : OrderEventType.values()) {
        assertThat(OrderTable.next(from, event, false) != null)
            .as(from + " " + event)
            .isEqualTo(listed(from, event));
      }
    }
  }

  @Test
  void everyStateIsReachable() {
    final Set<OrderState> seen = EnumSet.of(OrderState.INITIALISED);
    final Deque<OrderState> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      final OrderState from = open.poll();
      OrderTable.rows().stream()
          .filter(r -> r.from() == from)
          .forEach(
              r -> {
                if (seen.add(r.to())) {
                  open.add(r.to());
                }
                final OrderState traded = OrderTable.next(from, r.event(), true);
                if (seen.add(traded)) {
                  open.add(traded);
                }
              });
    }
    final Set<OrderState> all = EnumSet.allOf(OrderState.class);
    all.removeIf(state -> state.value() >= OrderTable.STATES);
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void whatHasEndedNeverWorksAgain() {
    assertThat(OrderTable.rows())
        .filteredOn(r -> OrderTable.terminal(r.from()))
        .allMatch(r -> OrderTable.terminal(r.to()));
  }

  @Test
  void deniedIsFinal() {
    assertThat(OrderTable.rows()).noneMatch(r -> r.from() == DENIED);
  }

  @Test
  void fillMayOvertakeTheAck() {
    assertThat(OrderTable.next(SUBMITTED, OrderEventType.PARTIAL_FILL, true))
        .isEqualTo(PARTIALLY_FILLED);
    assertThat(OrderTable.next(PARTIALLY_FILLED, OrderEventType.ACCEPT, true))
        .isEqualTo(PARTIALLY_FILLED);
  }

  @Test
  void lateFillAfterCancelIsLegal() {
    assertThat(OrderTable.next(CANCELLED, OrderEventType.PARTIAL_FILL, true)).isEqualTo(CANCELLED);
    assertThat(OrderTable.next(CANCELLED, OrderEventType.FILL, true)).isEqualTo(FILLED);
  }

  @Test
  void refusedCancelGoesBackToWhatHasTraded() {
    assertThat(OrderTable.next(PENDING_CANCEL, OrderEventType.CANCEL_REJECT, false))
        .isEqualTo(ACCEPTED);
    assertThat(OrderTable.next(PENDING_CANCEL, OrderEventType.CANCEL_REJECT, true))
        .isEqualTo(PARTIALLY_FILLED);
  }

  @Test
  void unknownOutcomeIsNotARejection() {
    assertThat(OrderTable.terminal(UNKNOWN)).isFalse();
    assertThat(OrderTable.next(UNKNOWN, CANCEL_REQUEST, false)).isEqualTo(UNKNOWN);
    assertThat(OrderTable.next(UNKNOWN, OrderEventType.PARTIAL_FILL, true)).isEqualTo(UNKNOWN);
  }
}
