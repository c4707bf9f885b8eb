package io.millrace.core.simvenue;

import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/**
 * Limit orders and structures: takers at the touches, resting singles at their own price, resting
 * structures at the touches of all their legs at once.
 */
final class LimitOrders {
  private final Instruments instruments;
  private final Touches touches;
  private final TakerPrices prices;
  private final Queues queues;
  private final RestingOrders resting;
  private final Reports reports;
  private final boolean whole;

  /**
   * @param size what a structure gets at once
   */
  LimitOrders(
      final Instruments instruments,
      final Touches touches,
      final TakerPrices prices,
      final Queues queues,
      final RestingOrders resting,
      final Reports reports,
      final FillSize size) {
    this.instruments = instruments;
    this.touches = touches;
    this.prices = prices;
    this.queues = queues;
    this.resting = resting;
    this.reports = reports;
    whole = size == FillSize.UNLIMITED;
  }

  /** An order arrives and takes what it can. */
  void arrive(final VenueOrder order, final long clock) {
    if (!prices.reaches(order)) {
      return;
    }
    final long units = tradable(order, clock);
    if (units > 0 && (order.timeInForce != TimeInForce.FOK || units == order.leaves)) {
      order.leaves -= units;
      takeTouches(order, units, Liquidity.TAKER, FillReason.TOOK_TOUCH, clock);
    }
  }

  /** A resting order and a new top of book of one of its instruments. */
  void onQuote(final VenueOrder order, final long clock) {
    if (order.combo()) {
      final long units = prices.reaches(order) ? tradable(order, clock) : 0;
      if (units > 0) {
        order.leaves -= units;
        takeTouches(order, units, Liquidity.MAKER, FillReason.QUOTE_CROSSED, clock);
      }
      return;
    }
    queues.onBook(order);
    if (prices.crosses(order)) {
      final long units = tradable(order, clock);
      if (units > 0) {
        crossed(order, units, clock);
      }
    }
  }

  /** Units that the touches can fill now, in whole lots. */
  private long tradable(final VenueOrder order, final long clock) {
    if (whole && order.combo()) {
      return order.leaves;
    }
    long units = order.leaves;
    long lot = 1;
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final long available = touches.available(id, order.buys(part), clock);
      units = Math.min(units, available / order.ratio(part));
      lot = Math.max(lot, instruments.lotSize(id));
    }
    return units == order.leaves ? units : Fixed.floorTo(units, lot);
  }

  /** Every part at its taker's price. */
  private void takeTouches(
      final VenueOrder order,
      final long units,
      final Liquidity liquidity,
      final FillReason reason,
      final long clock) {
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final boolean buys = order.buys(part);
      final long quantity = Math.multiplyExact(units, order.ratio(part));
      final long price = prices.price(id, buys);
      touches.take(id, buys, quantity, clock);
      reports.fill(order, part, quantity, price, liquidity, reason, clock);
    }
  }

  /** The opposite touch came to a resting single: it trades at its own price. */
  private void crossed(final VenueOrder order, final long units, final long clock) {
    final long queue = Math.max(0, order.queueAhead);
    order.leaves -= units;
    order.queueAhead = 0;
    touches.take(order.instrumentId, order.buy, units, clock);
    reports.fill(
        order, 0, units, order.price, Liquidity.MAKER, FillReason.QUOTE_CROSSED, queue, 0, clock);
  }

  /**
   * The first bar of a session: whoever waited for it and is reached by the open trades there.
   *
   * @param size what our orders may have of the bar, units
   * @param open when the session began
   * @return what is left of that size
   */
  long onOpen(final int id, final long price, final long size, final long open, final long clock) {
    long left = size;
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      final boolean waited =
          order.singleLimit() && order.instrumentId == id && order.arrival < open;
      if (!waited || (order.buy ? price > order.price : price < order.price)) {
        continue;
      }
      final long quantity =
          left >= order.leaves ? order.leaves : Fixed.floorTo(left, instruments.lotSize(id));
      if (quantity > 0) {
        left -= quantity;
        order.leaves -= quantity;
        reports.fill(order, 0, quantity, price, Liquidity.TAKER, FillReason.BAR_OPEN, clock);
      }
      if (order.leaves == 0) {
        resting.remove(i--);
      }
    }
    return left;
  }

  /**
   * Prints from {@code low} to {@code high}.
   *
   * @param size what our orders may have of it, units
   * @param restedSince only orders that arrived at or before this take part
   */
  void onPrint(
      final int id,
      final long low,
      final long high,
      final long size,
      final long restedSince,
      final long clock) {
    long left = size;
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (!order.singleLimit() || order.instrumentId != id || order.arrival > restedSince) {
        continue;
      }
      final long price = order.buy ? low : high;
      if (price == order.price) {
        queues.onPrint(order, size);
      }
      left -= left == 0 ? 0 : meetPrint(order, price, left, clock);
      if (order.leaves == 0) {
        resting.remove(i--);
      }
    }
  }

  /** Returns how much of the print the order got. */
  private long meetPrint(
      final VenueOrder order, final long price, final long size, final long clock) {
    final boolean through = order.buy ? price < order.price : price > order.price;
    if (!through && (price != order.price || order.queueAhead == VenueOrder.QUEUE_NOT_KNOWN)) {
      return 0;
    }
    final long before = Math.max(0, order.queueAhead);
    final long ahead = through ? 0 : Math.min(before, size);
    final long left = size - ahead;
    order.queueAhead = through ? 0 : before - ahead;
    final long quantity =
        left >= order.leaves
            ? order.leaves
            : Fixed.floorTo(left, instruments.lotSize(order.instrumentId));
    if (quantity > 0) {
      order.leaves -= quantity;
      reports.fill(
          order,
          0,
          quantity,
          order.price,
          Liquidity.MAKER,
          through ? FillReason.TRADED_THROUGH : FillReason.QUEUE_REACHED,
          before,
          order.queueAhead,
          clock);
    }
    return quantity;
  }
}
