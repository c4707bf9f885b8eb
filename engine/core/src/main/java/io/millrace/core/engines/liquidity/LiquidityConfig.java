package io.millrace.core.engines.liquidity;

/**
 * How the liquidity engine measures and what it calls thin, liquid or one-sided.
 *
 * @param windowNanos span of all rolling features, a whole multiple of {@code cellNanos}
 * @param cellNanos length of the cells that trades and quotes are gathered into; returns, the
 *     regression and realised volatility are taken from cell to cell; above 0
 * @param minCells cells with a return that full confidence and the regression need, at least 3
 * @param minCellsRegime cells with a return that a judgement by Amihud needs, at least 1
 * @param staleQuoteNanos a quote older than this is stale, above 0
 * @param bucketFraction width of a bucket of the intraday volume profile, fraction of the first
 *     price of the session, in (0, 0.01]
 * @param nearFraction how far from the price magnet and void are looked for, fraction, at least two
 *     buckets
 * @param thinAmihud Amihud illiquidity from which the book is thin, per 1e6 of currency
 * @param liquidAmihud Amihud illiquidity up to which it is liquid, below {@code thinAmihud}
 * @param thinSpreadBps average spread from which it is thin, basis points
 * @param liquidSpreadBps average spread up to which it is liquid, below {@code thinSpreadBps}
 * @param oneSidedOfi |ofi| from which flow is one-sided, in (0, 1]
 * @param sessionYearNanos trading time of a year of an instrument with sessions
 */
public record LiquidityConfig(
    long windowNanos,
    long cellNanos,
    int minCells,
    int minCellsRegime,
    long staleQuoteNanos,
    double bucketFraction,
    double nearFraction,
    double thinAmihud,
    double liquidAmihud,
    double thinSpreadBps,
    double liquidSpreadBps,
    double oneSidedOfi,
    long sessionYearNanos) {

  /** Most cells of a window. */
  public static final int MAX_CELLS = 4096;

  /** Checks the ranges that the fields name. */
  public LiquidityConfig {
    require(cellNanos > 0 && windowNanos >= cellNanos, "window_nanos and cell_nanos", "above 0");
    require(windowNanos % cellNanos == 0, "window_nanos", "a whole multiple of cell_nanos");
    require(windowNanos / cellNanos <= MAX_CELLS, "window_nanos", "at most 4096 cells");
    require(minCells >= 3, "min_cells", "3 or more");
    require(minCellsRegime >= 1, "min_cells_regime", "1 or more");
    require(staleQuoteNanos > 0, "stale_quote_nanos", "above 0");
    require(bucketFraction > 0 && bucketFraction <= 0.01, "bucket_fraction", "in (0, 0.01]");
    require(
        nearFraction >= 2 * bucketFraction && nearFraction <= VolumeProfile.BUCKETS * 0.01,
        "near_fraction",
        "two buckets or more");
    require(liquidAmihud >= 0 && thinAmihud > liquidAmihud, "thin_amihud", "above liquid_amihud");
    require(
        liquidSpreadBps >= 0 && thinSpreadBps > liquidSpreadBps,
        "thin_spread_bps",
        "above liquid_spread_bps");
    require(oneSidedOfi > 0 && oneSidedOfi <= 1, "one_sided_ofi", "in (0, 1]");
    require(sessionYearNanos > 0, "session_year_nanos", "above 0");
  }

  int cells() {
    return (int) (windowNanos / cellNanos);
  }

  private static void require(final boolean holds, final String field, final String range) {
    if (!holds) {
      throw new IllegalArgumentException("liquidity." + field + " must be " + range);
    }
  }
}
