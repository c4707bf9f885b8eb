package io.millrace.core.simvenue;

import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;

/**
 * Market orders of single instruments, by the configured {@link FillTiming} and {@link FillSize}.
 *
 * <p>Slippage makes what they get worse by a share of the price. With {@link FillSize#UNLIMITED},
 * what goes beyond the size that is there is a fill of its own, worse by the impact: impact ×
 * √(beyond ÷ there), the square-root law (B. Tóth and others, "Anomalous price impact and the
 * critical nature of liquidity in financial markets", 2011); where nothing is there, a lot counts.
 */
final class MarketOrders {
  private static final double BPS_PER_ONE = 10_000;

  private final FillTiming timing;
  private final FillSize size;
  private final long slippage;
  private final double impact;
  private final long participation;
  private final Books books;
  private final Instruments instruments;
  private final Touches touches;
  private final TakerPrices prices;
  private final RestingOrders resting;
  private final Reports reports;

  MarketOrders(
      final VenueConfig config,
      final Market market,
      final Touches touches,
      final TakerPrices prices,
      final RestingOrders resting,
      final Reports reports) {
    timing = config.fill();
    size = config.size();
    slippage = Fixed.fromDouble(config.slippageBps() / BPS_PER_ONE);
    impact = config.impactBps() / BPS_PER_ONE;
    participation = Fixed.fromDouble(config.barParticipation());
    books = market.books();
    instruments = market.instruments();
    this.touches = touches;
    this.prices = prices;
    this.resting = resting;
    this.reports = reports;
  }

  /** Whether the order waits for the open of a bar. */
  boolean waitsForOpen(final VenueOrder order) {
    return order.market() && timing == FillTiming.NEXT_OPEN;
  }

  /** Whether it takes the touch of the moment. */
  boolean atTouch(final int id) {
    return timing == FillTiming.TOUCH && !atLast(id);
  }

  /** Whether prints and closes are what it trades at. */
  private boolean atLast(final int id) {
    return timing == FillTiming.BAR_CLOSE
        || (timing == FillTiming.TOUCH && books.quoteTime(id) == 0); // no quotes of it at all
  }

  /** An order and the market as it stands. */
  void meet(final VenueOrder order, final long clock) {
    final int id = order.instrumentId;
    if (timing == FillTiming.NEXT_OPEN) {
      return;
    }
    if (atLast(id)) {
      final long last = books.last(id);
      if (last != Fixed.NONE) {
        final long most = Fixed.mul(books.lastSize(id), participation);
        trade(order, last, most, FillReason.BAR_CLOSE, clock);
      }
      return;
    }
    final long price = prices.price(id, order.buy);
    if (price == Fixed.NONE) {
      return;
    }
    final long before = order.leaves;
    trade(order, price, touches.available(id, order.buy, clock), FillReason.TOOK_TOUCH, clock);
    if (before > order.leaves && size == FillSize.DISPLAYED) {
      touches.take(id, order.buy, before - order.leaves, clock);
    }
  }

  /** A waiting order and a new top of book. */
  void onQuote(final VenueOrder order, final long clock) {
    if (timing == FillTiming.TOUCH) {
      meet(order, clock);
    }
  }

  /** The first print after an order is the open of a bar that begins with it. */
  void onTrade(final int id, final long price, final long traded, final long clock) {
    if (timing == FillTiming.NEXT_OPEN) {
      match(id, price, Fixed.mul(traded, participation), clock, FillReason.BAR_OPEN, clock);
    } else if (atLast(id)) {
      final long most = Fixed.mul(traded, participation);
      match(id, price, most, VenueOrder.NEVER, FillReason.BAR_CLOSE, clock);
    }
  }

  /**
   * Bars end one by one.
   *
   * @param most what the orders may have of the volume together, units
   */
  void onBar(
      final int id,
      final long open,
      final long close,
      final long start,
      final long most,
      final long clock) {
    if (timing == FillTiming.NEXT_OPEN) {
      match(id, open, most, start, FillReason.BAR_OPEN, clock);
    } else if (atLast(id)) {
      match(id, close, most, VenueOrder.NEVER, FillReason.BAR_CLOSE, clock);
    }
  }

  /**
   * Waiting orders and a price.
   *
   * @param most what they may have of it together, units
   * @param arrivedBy only orders that arrived at or before this take part
   */
  private void match(
      final int id,
      final long price,
      final long most,
      final long arrivedBy,
      final FillReason reason,
      final long clock) {
    long left = most;
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (!order.market() || order.instrumentId != id || order.arrival > arrivedBy) {
        continue;
      }
      final long before = order.leaves;
      trade(order, price, left, reason, clock);
      left -= before - order.leaves;
      if (order.leaves == 0) {
        resting.remove(i--);
      }
    }
  }

  /**
   * An order and a price.
   *
   * @param there what it may have at that price, units; without {@link FillSize#DISPLAYED} it gets
   *     the rest too
   */
  void trade(
      final VenueOrder order,
      final long price,
      final long there,
      final FillReason reason,
      final long clock) {
    final long most = Math.max(0, there);
    final long at = worse(order, price, slippage);
    final long lot = instruments.lotSize(order.instrumentId);
    final long within = most >= order.leaves ? order.leaves : Fixed.floorTo(most, lot);
    if (size == FillSize.DISPLAYED || (impact > 0 && within > 0)) {
      fill(order, within, at, reason, clock);
    }
    if (size == FillSize.UNLIMITED) {
      final double beyond = impact > 0 ? (double) order.leaves / Math.max(most, lot) : 0;
      final long further = Fixed.fromDouble(impact * StrictMath.sqrt(beyond));
      fill(order, order.leaves, worse(order, at, further), reason, clock);
    }
  }

  private static long worse(final VenueOrder order, final long price, final long by) {
    final long change = Fixed.mul(price, by);
    return order.buy
        ? Math.addExact(price, change)
        : Math.max(0, Math.subtractExact(price, change));
  }

  private void fill(
      final VenueOrder order,
      final long quantity,
      final long price,
      final FillReason reason,
      final long clock) {
    if (quantity > 0) {
      order.leaves -= quantity;
      reports.fill(order, 0, quantity, price, Liquidity.TAKER, reason, clock);
    }
  }
}
