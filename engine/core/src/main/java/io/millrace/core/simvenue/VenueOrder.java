package io.millrace.core.simvenue;

import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.order.Legs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/** An order as the venue knows it: first a request on its way, then perhaps resting. Pooled. */
final class VenueOrder implements Stateful {
  /** The queue ahead cannot be told: the price lies behind the displayed touch. */
  static final long QUEUE_NOT_KNOWN = -1;

  /** It never lapses by itself. */
  static final long NEVER = Long.MAX_VALUE;

  final Legs legs = new Legs();
  final long[] feeQuantity = new long[Legs.MAX_LEGS];
  final long[] feeValue = new long[Legs.MAX_LEGS];
  final long[] feePaid = new long[Legs.MAX_LEGS];
  OrderAction action = OrderAction.NEW;
  OrderType orderType = OrderType.LIMIT;
  TimeInForce timeInForce = TimeInForce.DAY;
  long orderId;
  int instrumentId;
  boolean buy;
  long price;

  /** At which a stop comes alive; means nothing for others. */
  long trigger;

  /** It trades no more than reduces the position. */
  boolean reduceOnly;

  long leaves;

  /** What a reduce-only order asks for beyond what is left to reduce: it will not trade. */
  long surplus;

  /** Size ahead of it at its price. */
  long queueAhead;

  /** Size displayed at its price when the book was last looked at. */
  long seen;

  /** Traded at its price since then. */
  long traded;

  long arrival;
  long deadline;
  long feesDue;
  long feesTaken;

  /** Takes the fields of a request that will arrive at {@code arrival}. */
  void load(final OrderRequestDecoder request, final long arrival) {
    action = request.action();
    orderType = request.orderType();
    timeInForce = request.timeInForce();
    orderId = request.orderId();
    instrumentId = request.instrumentId();
    buy = request.side() == Side.BUY;
    price = request.limitPrice();
    trigger = request.triggerPrice();
    reduceOnly = request.reduceOnly() != 0;
    leaves = request.quantity();
    surplus = 0;
    queueAhead = QUEUE_NOT_KNOWN;
    seen = QUEUE_NOT_KNOWN;
    traded = 0;
    deadline = NEVER;
    this.arrival = arrival;
    legs.read(request.legs());
    feesDue = 0;
    feesTaken = 0;
    Arrays.fill(feeQuantity, 0);
    Arrays.fill(feeValue, 0);
    Arrays.fill(feePaid, 0);
  }

  boolean market() {
    return orderType == OrderType.MARKET;
  }

  /**
   * A limit order of a single instrument, which rests at its price; a sleeping stop is none yet.
   */
  boolean singleLimit() {
    return orderType == OrderType.LIMIT && !combo();
  }

  /** It sleeps until its trigger has traded. */
  boolean sleeps() {
    return orderType == OrderType.STOP || orderType == OrderType.STOP_LIMIT;
  }

  /** It trades on arrival or not at all. */
  boolean immediate() {
    return timeInForce == TimeInForce.IOC || timeInForce == TimeInForce.FOK;
  }

  boolean combo() {
    return legs.count() > 0;
  }

  /** Parts that trade: the legs, or the instrument itself. */
  int parts() {
    return Math.max(1, legs.count());
  }

  int instrument(final int part) {
    return combo() ? legs.instrumentId(part) : instrumentId;
  }

  boolean buys(final int part) {
    return combo() ? buy == (legs.sign(part) > 0) : buy;
  }

  int ratio(final int part) {
    return combo() ? legs.ratio(part) : 1;
  }

  boolean names(final int id) {
    for (int part = 0; part < parts(); part++) {
      if (instrument(part) == id) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.of(legs);
    codec.all(feeQuantity);
    codec.all(feeValue);
    codec.all(feePaid);
    action = OrderAction.get((short) codec.int32(action.value()));
    orderType = OrderType.get((short) codec.int32(orderType.value()));
    timeInForce = TimeInForce.get((short) codec.int32(timeInForce.value()));
    orderId = codec.int64(orderId);
    instrumentId = codec.int32(instrumentId);
    buy = codec.flag(buy);
    price = codec.int64(price);
    trigger = codec.int64(trigger);
    reduceOnly = codec.flag(reduceOnly);
    leaves = codec.int64(leaves);
    surplus = codec.int64(surplus);
    queueAhead = codec.int64(queueAhead);
    seen = codec.int64(seen);
    traded = codec.int64(traded);
    arrival = codec.int64(arrival);
    deadline = codec.int64(deadline);
    feesDue = codec.int64(feesDue);
    feesTaken = codec.int64(feesTaken);
  }
}
