package io.millrace.core.engines.elasticity;

/**
 * How much hedging, walls and indicators change the resistance of the book, and what is high or
 * low.
 *
 * @param barNanos interval of the bars for indicators and volatility, above 0
 * @param volatilityBars bars whose returns make the realised volatility, 2 or more
 * @param kyleWeight weight of the Kyle estimate against the Amihud one at a perfect fit, in [0, 1];
 *     it is multiplied by the R² of the fit
 * @param spreadHalfBps spread that halves the resistance of the book, basis points, above 0
 * @param longGamma k1: dealers long gamma multiply by 1 + k1 × pressure, 0 or more
 * @param shortGamma k2: dealers short gamma multiply by 1 - k2 × pressure, in [0, 1)
 * @param wallWeight how much more, of the same kind, towards a wall at hand, in [0, 1)
 * @param wallReach distance at which a wall is no longer felt, fraction of spot, above 0
 * @param indicatorWeight how much overbought makes up dearer and down cheaper, in [0, 1)
 * @param floor least hedge multiplier, in (0, 1]
 * @param highEnergy energy for 1 % from which resistance is high, currency
 * @param lowEnergy energy for 1 % up to which it is low, currency, below {@code highEnergy}
 * @param asymmetry |asymmetry| from which one side is the easier one, in (0, 1)
 * @param sessionYearNanos trading time of a year of an instrument with sessions
 * @param sessionDaysPerYear trading days of that year, above 0
 */
public record ElasticityConfig(
    long barNanos,
    int volatilityBars,
    double kyleWeight,
    double spreadHalfBps,
    double longGamma,
    double shortGamma,
    double wallWeight,
    double wallReach,
    double indicatorWeight,
    double floor,
    double highEnergy,
    double lowEnergy,
    double asymmetry,
    long sessionYearNanos,
    int sessionDaysPerYear) {

  /** Checks the ranges that the fields name. */
  public ElasticityConfig {
    require(barNanos > 0, "bar_nanos", "above 0");
    require(volatilityBars >= 2 && volatilityBars <= 100_000, "volatility_bars", "2 to 100000");
    require(kyleWeight >= 0 && kyleWeight <= 1, "kyle_weight", "in [0, 1]");
    require(spreadHalfBps > 0, "spread_half_bps", "above 0");
    require(longGamma >= 0 && longGamma <= 100, "long_gamma", "in [0, 100]");
    require(below1(shortGamma), "short_gamma", "in [0, 1)");
    require(below1(wallWeight), "wall_weight", "in [0, 1)");
    require(wallReach > 0, "wall_reach", "above 0");
    require(below1(indicatorWeight), "indicator_weight", "in [0, 1)");
    require(floor > 0 && floor <= 1, "floor", "in (0, 1]");
    require(lowEnergy > 0 && highEnergy > lowEnergy, "high_energy", "above low_energy, above 0");
    require(asymmetry > 0 && asymmetry < 1, "asymmetry", "in (0, 1)");
    require(sessionYearNanos > 0, "session_year_nanos", "above 0");
    require(sessionDaysPerYear > 0, "session_days_per_year", "above 0");
  }

  private static boolean below1(final double value) {
    return value >= 0 && value < 1;
  }

  private static void require(final boolean holds, final String field, final String range) {
    if (!holds) {
      throw new IllegalArgumentException("elasticity." + field + " must be " + range);
    }
  }
}
