package io.millrace.core.simvenue;

import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/** Whether the venue takes an order that arrives, and why not. */
final class Admission implements Stateful {
  private final FillTiming timing;
  private final Instruments instruments;
  private final Touches touches;
  private final TakerPrices prices;
  private final RestingOrders resting;
  private final MarginCheck margin;
  private long newestOrderId;

  Admission(
      final FillTiming timing,
      final Instruments instruments,
      final Touches touches,
      final TakerPrices prices,
      final RestingOrders resting,
      final MarginCheck margin) {
    this.timing = timing;
    this.instruments = instruments;
    this.touches = touches;
    this.prices = prices;
    this.resting = resting;
    this.margin = margin;
  }

  /** Why the order is refused; NONE = it is not. Its id counts as seen from now on. */
  RejectReason judge(final VenueOrder order, final long clock) {
    final RejectReason refusal = refusal(order, clock);
    newestOrderId = Math.max(newestOrderId, order.orderId);
    return refusal;
  }

  private RejectReason refusal(final VenueOrder order, final long clock) {
    if (order.orderId <= newestOrderId) {
      return RejectReason.DUPLICATE_ORDER_ID; // ids ascend: they derive from the input sequence
    }
    if (!supported(order)) {
      return RejectReason.UNSUPPORTED;
    }
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      if (instruments.expiry(id) != 0 && instruments.expiry(id) <= clock) {
        return RejectReason.EXPIRED_INSTRUMENT;
      }
      if (!open(order, id, clock)) {
        return RejectReason.SESSION_CLOSED;
      }
    }
    if (order.timeInForce == TimeInForce.GTX && prices.crosses(order)) {
      return RejectReason.WOULD_CROSS;
    }
    if (!order.sleeps() && selfMatch(order)) {
      return RejectReason.SELF_MATCH;
    }
    if (!order.immediate() && resting.full()) {
      return RejectReason.CAPACITY;
    }
    return order.reduceOnly || margin.carries(order) ? RejectReason.NONE : RejectReason.MARGIN;
  }

  /**
   * The instant of the close still trades at the close; who waits for the open may come at any
   * time, and so may a limit order for the day, which is then for the next one.
   */
  private boolean open(final VenueOrder order, final int id, final long clock) {
    final boolean patient = order.market() || order.sleeps();
    if (patient && timing == FillTiming.NEXT_OPEN) {
      return true;
    }
    if (!order.market() && !order.combo() && order.timeInForce == TimeInForce.DAY) {
      return true;
    }
    return instruments.sessionOpen(id, clock)
        || ((patient || order.combo()) && clock == instruments.sessionClose(id));
  }

  private static boolean supported(final VenueOrder order) {
    if (order.market()) {
      return order.leaves > 0 && !order.combo() && order.timeInForce == TimeInForce.DAY;
    }
    if (order.sleeps()) {
      return order.leaves > 0
          && !order.combo()
          && order.timeInForce == TimeInForce.GTC
          && order.trigger > 0
          && (order.orderType == OrderType.STOP || order.price > 0);
    }
    return !order.reduceOnly
        && order.orderType == OrderType.LIMIT
        && order.leaves > 0
        && order.timeInForce != TimeInForce.GTD
        && (order.combo() ? distinctLegs(order) : order.price > 0);
  }

  /** Legs of one instrument would count its displayed size twice. */
  private static boolean distinctLegs(final VenueOrder order) {
    for (int part = 1; part < order.parts(); part++) {
      for (int other = 0; other < part; other++) {
        if (order.instrument(part) == order.instrument(other)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether it would trade with an order of our own before anybody else's. */
  private boolean selfMatch(final VenueOrder order) {
    for (int part = 0; part < order.parts(); part++) {
      final boolean buys = order.buys(part);
      final long reach =
          order.combo() || order.market()
              ? touches.price(order.instrument(part), buys)
              : order.price;
      for (int i = 0; i < resting.count() && reach != Fixed.NONE; i++) {
        final VenueOrder own = resting.get(i);
        if (own.singleLimit()
            && own.instrumentId == order.instrument(part)
            && own.buy != buys
            && TakerPrices.within(own.price, buys, reach)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void state(final StateCodec codec) {
    newestOrderId = codec.int64(newestOrderId);
  }
}
