package io.millrace.core.portfolio;

import java.util.ArrayList;
import java.util.List;

/**
 * How the account is valued and when its losses change the risk mode. Fractions are fractions: a
 * {@code *Pct} over 1 is read as percent ({@link Fractions}).
 *
 * @param navIntervalMillis NAV is struck at the first input at or after each whole multiple of this
 *     (and after each fill), 1 to 3,600,000
 * @param dayStartUtcSeconds second of the UTC day at which a trading day begins, 0 to 86,399
 * @param exerciseThreshold an option in the money by at least this, in its currency, is exercised
 *     or assigned at expiry, 0 to 1 (0.01: the exercise by exception of the OCC)
 * @param defensiveDrawdownPct drawdown over this makes the mode defensive, 0 to 1
 * @param reduceOnlyDailyLossPct loss since the day's start over this makes the mode reduce-only
 *     until the next day, 0 to 1
 * @param haltDrawdownPct drawdown over this halts until an operator resumes, at least the defensive
 *     one, to 1
 * @param mark by which price what is held is valued
 */
public record PortfolioConfig(
    long navIntervalMillis,
    int dayStartUtcSeconds,
    double exerciseThreshold,
    double defensiveDrawdownPct,
    double reduceOnlyDailyLossPct,
    double haltDrawdownPct,
    MarkRule mark) {

  private static final long MAX_INTERVAL_MILLIS = 3_600_000;
  private static final int DAY_SECONDS = 86_400;

  /**
   * @throws IllegalArgumentException naming every field that is out of range
   */
  public PortfolioConfig {
    defensiveDrawdownPct = Fractions.fraction(defensiveDrawdownPct);
    reduceOnlyDailyLossPct = Fractions.fraction(reduceOnlyDailyLossPct);
    haltDrawdownPct = Fractions.fraction(haltDrawdownPct);
    final List<String> wrong = new ArrayList<>();
    if (navIntervalMillis < 1 || navIntervalMillis > MAX_INTERVAL_MILLIS) {
      wrong.add("nav_interval_millis " + navIntervalMillis + " is not 1 to " + MAX_INTERVAL_MILLIS);
    }
    if (dayStartUtcSeconds < 0 || dayStartUtcSeconds >= DAY_SECONDS) {
      wrong.add(
          "day_start_utc_seconds " + dayStartUtcSeconds + " is not 0 to " + (DAY_SECONDS - 1));
    }
    Fractions.check("exercise_threshold", exerciseThreshold, wrong);
    Fractions.check("defensive_drawdown_pct", defensiveDrawdownPct, wrong);
    Fractions.check("reduce_only_daily_loss_pct", reduceOnlyDailyLossPct, wrong);
    Fractions.check("halt_drawdown_pct", haltDrawdownPct, wrong);
    if (haltDrawdownPct < defensiveDrawdownPct) {
      wrong.add(
          "halt_drawdown_pct "
              + haltDrawdownPct
              + " is below defensive_drawdown_pct "
              + defensiveDrawdownPct);
    }
    if (mark == null) {
      wrong.add("mark is not set");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("portfolio: " + String.join("; ", wrong));
    }
  }

  /** What the shipped config says. */
  public static PortfolioConfig defaults() {
    return new PortfolioConfig(1_000, 0, 0.01, 0.05, 0.03, 0.10, MarkRule.MID);
  }
}
