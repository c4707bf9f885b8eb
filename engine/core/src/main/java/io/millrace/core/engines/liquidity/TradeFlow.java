package io.millrace.core.engines.liquidity;

import io.millrace.core.market.RealizedVolatility;
import io.millrace.core.market.RollingWindow;
import io.millrace.core.state.StateCodec;

/**
 * Trading of one instrument, gathered into cells of equal length; a rolling window of cells holds
 * the sums that flow, Amihud and Kyle need. A cell without a trade is left out. O(1) per trade.
 */
final class TradeFlow {
  private static final long NO_CELL = Long.MIN_VALUE;
  private static final double PER_MILLION = 1e6;

  /** A variance below this part of the raw square sum is rounding. */
  private static final double DEGENERATE = 1e-12;

  // Columns of the window. X is signed volume, Y the price change of a cell.
  private static final int BUY = 0;
  private static final int SELL = 1;
  private static final int CURRENCY = 2;
  private static final int IMPACT = 3;
  private static final int X = 4;
  private static final int Y = 5;
  private static final int XX = 6;
  private static final int XY = 7;
  private static final int YY = 8;
  private static final int MOVES = 9;
  private static final int COLUMNS = 10;

  private final long cellNanos;
  private final RollingWindow window;
  private final RealizedVolatility volatility;
  private long cell = NO_CELL;
  private double buy;
  private double sell;
  private double currency;
  private double price;
  private long previousCell;
  private double previousPrice;

  TradeFlow(final LiquidityConfig config) {
    cellNanos = config.cellNanos();
    window = new RollingWindow(config.cells() + 1, COLUMNS, config.windowNanos());
    volatility = new RealizedVolatility(config.cells() + 1, config.windowNanos());
  }

  void clear() {
    window.clear();
    volatility.clear();
    cell = NO_CELL;
    previousPrice = 0;
    openCell();
  }

  private void openCell() {
    buy = 0;
    sell = 0;
    currency = 0;
  }

  /**
   * @param sign +1 buy, -1 sell, 0 unknown (counts as turnover, not as flow)
   * @param unitCurrency currency of one unit at price 1
   */
  void trade(
      final long time,
      final double tradePrice,
      final double size,
      final int sign,
      final double unitCurrency) {
    final long index = Math.floorDiv(time, cellNanos);
    if (index > cell) {
      close();
      cell = index;
    }
    price = tradePrice;
    currency += tradePrice * size * unitCurrency;
    if (sign > 0) {
      buy += size;
    } else if (sign < 0) {
      sell += size;
    }
  }

  /** Closes the cell whose time is up and drops what has left the window. */
  void roll(final long now) {
    if (Math.floorDiv(now, cellNanos) > cell) {
      close();
    }
    window.expire(now);
    volatility.expire(now);
  }

  private void close() {
    if (cell == NO_CELL) {
      return;
    }
    final long end = (cell + 1) * cellNanos;
    window.push(end);
    window.add(BUY, buy);
    window.add(SELL, sell);
    window.add(CURRENCY, currency);
    if (previousPrice > 0) {
      final double signed = buy - sell;
      final double change = price - previousPrice;
      window.add(IMPACT, Math.abs(change / previousPrice) / (currency / PER_MILLION));
      window.add(X, signed);
      window.add(Y, change);
      window.add(XX, signed * signed);
      window.add(XY, signed * change);
      window.add(YY, change * change);
      window.add(MOVES, 1.0);
      volatility.update(end, previousPrice, price, Math.max(cell - previousCell, 1L) * cellNanos);
    }
    previousPrice = price;
    previousCell = cell;
    cell = NO_CELL;
    openCell();
  }

  void state(final StateCodec codec) {
    window.state(codec);
    volatility.state(codec);
    cell = codec.int64(cell);
    buy = codec.float64(buy);
    sell = codec.float64(sell);
    currency = codec.float64(currency);
    price = codec.float64(price);
    previousCell = codec.int64(previousCell);
    previousPrice = codec.float64(previousPrice);
  }

  /** Cells with a return in the window. */
  int moves() {
    return (int) window.sum(MOVES);
  }

  /** Currency traded in the window. */
  double currency() {
    return window.sum(CURRENCY) + currency;
  }

  /** Volume of both sides in the window, units. */
  double sidedVolume() {
    return window.sum(BUY) + window.sum(SELL) + buy + sell;
  }

  /** (buy - sell) / (buy + sell) of the window; 0 when nobody traded. */
  double imbalance() {
    final double both = sidedVolume();
    return both <= 0 ? 0.0 : clamp((window.sum(BUY) + buy - window.sum(SELL) - sell) / both, -1, 1);
  }

  /**
   * Mean over the cells of |return| / currency traded, per 1e6 of currency. Source: Y. Amihud,
   * Illiquidity and stock returns, Journal of Financial Markets 5 (2002), with cells for days.
   */
  double amihud() {
    final int moves = moves();
    return moves == 0 ? 0.0 : Math.max(0.0, window.sum(IMPACT)) / moves;
  }

  private double spreadOfX() {
    final double n = window.sum(MOVES);
    return n == 0 ? 0.0 : window.sum(XX) - window.sum(X) * window.sum(X) / n;
  }

  private double covariation() {
    final double n = window.sum(MOVES);
    return n == 0 ? 0.0 : window.sum(XY) - window.sum(X) * window.sum(Y) / n;
  }

  /** Whether signed volume varies enough for a regression on it. */
  boolean regressable() {
    return spreadOfX() > DEGENERATE * window.sum(XX);
  }

  /**
   * Least-squares slope of price change on signed volume over the cells, currency per unit. Source:
   * A. Kyle, Continuous Auctions and Insider Trading, Econometrica 53 (1985), as usually estimated.
   */
  double kyleLambda() {
    return covariation() / spreadOfX();
  }

  /** Share of the variance of the price changes that the slope explains, 0..1. */
  double kyleR2() {
    final double n = window.sum(MOVES);
    final double spreadOfY = window.sum(YY) - window.sum(Y) * window.sum(Y) / n;
    if (spreadOfY <= DEGENERATE * window.sum(YY)) {
      return 0.0;
    }
    final double both = covariation();
    return clamp(both * both / (spreadOfX() * spreadOfY), 0, 1);
  }

  /** Annualised, fraction. */
  double realizedVolatility(final long yearNanos) {
    return volatility.annualised(yearNanos);
  }

  private static double clamp(final double value, final double low, final double high) {
    return Math.max(low, Math.min(high, value));
  }
}
