package io.millrace.core.simvenue;

import io.millrace.codecs.FillReason;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.portfolio.Margin;

/**
 * Orders that sleep until their trigger has traded: a print at it or beyond (buys above, sells
 * below), within the session. Then a stop is a market order, a stop limit a limit order that just
 * came.
 *
 * <p>A bar in which a stop slept from begin to end wakes it inside: it trades at its trigger, or at
 * the open where the bar began beyond it. A bar that began earlier says no more than its close.
 * Where the data has no prints of an instrument at all, the touch that the order would take counts.
 *
 * <p>A reduce-only order trades no more than is held when it wakes and later: what is left over is
 * cancelled.
 */
final class Stops {
  private final Instruments instruments;
  private final Books books;
  private final Margin account;
  private final Touches touches;
  private final RestingOrders resting;
  private final Reports reports;
  private final Queues queues;
  private final MarketOrders marketOrders;
  private final LimitOrders limitOrders;

  /**
   * None sleep.
   *
   * @param account whose position reduce-only orders go by; null = none can be taken
   */
  Stops(
      final Market market,
      final Margin account,
      final Touches touches,
      final RestingOrders resting,
      final Reports reports,
      final Queues queues,
      final MarketOrders marketOrders,
      final LimitOrders limitOrders) {
    instruments = market.instruments();
    books = market.books();
    this.account = account;
    this.touches = touches;
    this.resting = resting;
    this.reports = reports;
    this.queues = queues;
    this.marketOrders = marketOrders;
    this.limitOrders = limitOrders;
  }

  /** Whether the venue knows the position that a reduce-only order would go by. */
  boolean knowsPositions() {
    return account != null;
  }

  /** An order arrives: it wakes at once if its trigger has traded already. */
  void arrive(final VenueOrder order, final long clock) {
    if (reached(order, seen(order)) && awake(order, clock)) {
      if (order.market()) {
        marketOrders.meet(order, clock);
      } else {
        limitOrders.arrive(order, clock);
      }
    }
  }

  /** A new top of book, in data without prints. */
  void onQuote(final VenueOrder order, final long clock) {
    final int id = order.instrumentId;
    if (books.last(id) == Fixed.NONE && open(id, clock) && reached(order, seen(order))) {
      wake(order, Fixed.NONE, 0, clock);
    }
  }

  /**
   * A print.
   *
   * @param most what our orders may have of it, units
   */
  void onTrade(final int id, final long price, final long most, final long clock) {
    if (!open(id, clock)) {
      return;
    }
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (order.sleeps() && order.instrumentId == id && reached(order, price)) {
        wake(order, marketOrders.atTouch(id) ? Fixed.NONE : price, most, clock);
        i -= gone(order, i);
      }
    }
  }

  /**
   * A bar whose prints were not seen one by one.
   *
   * @param most what our orders may have of its volume, units
   */
  void onBar(
      final int id,
      final long open,
      final long high,
      final long low,
      final long close,
      final long start,
      final long most,
      final long clock) {
    if (!open(id, clock)) {
      return;
    }
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (!order.sleeps() || order.instrumentId != id) {
        continue;
      }
      final boolean through = order.arrival <= start;
      if (through && reached(order, order.buy ? high : low)) {
        wake(
            order,
            order.buy ? Math.max(order.trigger, open) : Math.min(order.trigger, open),
            most,
            clock);
      } else if (!through && reached(order, close)) {
        wake(order, marketOrders.atTouch(id) ? Fixed.NONE : close, most, clock);
      }
      i -= gone(order, i);
    }
  }

  /** Before an event of the instrument: what is awake and only reduces goes by what is held now. */
  void shrink(final int id, final long clock) {
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (order.reduceOnly && !order.sleeps() && order.instrumentId == id) {
        bound(order, clock);
        i -= gone(order, i);
      }
    }
  }

  private int gone(final VenueOrder order, final int index) {
    if (order.leaves > 0) {
      return 0;
    }
    resting.remove(index);
    return 1;
  }

  private boolean open(final int id, final long clock) {
    return instruments.sessionOpen(id, clock) || clock == instruments.sessionClose(id);
  }

  /** Last price, or the touch that the order would take where nothing has traded. */
  private long seen(final VenueOrder order) {
    final long last = books.last(order.instrumentId);
    return last == Fixed.NONE ? touches.price(order.instrumentId, order.buy) : last;
  }

  private static boolean reached(final VenueOrder order, final long price) {
    return price != Fixed.NONE && (order.buy ? price >= order.trigger : price <= order.trigger);
  }

  /**
   * Wakes a resting order, which trades if it can.
   *
   * @param price of a stop; {@link Fixed#NONE} = the market as it stands
   */
  private void wake(final VenueOrder order, final long price, final long most, final long clock) {
    if (!awake(order, clock)) {
      return;
    }
    if (!order.market()) {
      limitOrders.arrive(order, clock);
      queues.join(order);
    } else if (price == Fixed.NONE) {
      marketOrders.meet(order, clock);
    } else {
      marketOrders.trade(order, price, most, FillReason.STOPPED, clock);
    }
  }

  /** From now on it is what it was to become; returns whether there is something to do for it. */
  private boolean awake(final VenueOrder order, final long clock) {
    order.orderType = order.orderType == OrderType.STOP ? OrderType.MARKET : OrderType.LIMIT;
    order.arrival = clock;
    bound(order, clock);
    return order.leaves > 0;
  }

  /** Of a reduce-only order, what is beyond the position does not trade. */
  private void bound(final VenueOrder order, final long clock) {
    if (!order.reduceOnly) {
      return;
    }
    final int id = order.instrumentId;
    final long held = Math.addExact(account.position(id), reports.underWay(id));
    final long left = Math.max(0, order.buy ? -held : held);
    final long asked = order.leaves + order.surplus;
    order.leaves = Math.min(asked, left);
    order.surplus = asked - order.leaves;
    if (order.leaves == 0) {
      reports.say(order, OrderEventType.CANCEL, RejectReason.NO_POSITION, clock);
    }
  }
}
