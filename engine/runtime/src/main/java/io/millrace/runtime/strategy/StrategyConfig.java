package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * How a strategy is run, and what it may use in one callback.
 *
 * @param timeZone of its clock's time of day, a name of the tz database
 * @param budgetSteps calls and turns of loops, above 0
 * @param budgetBytes allocated bytes by the sandbox's measure, above 0
 * @param budgetDepth calls within calls, above 0
 */
public record StrategyConfig(String timeZone, long budgetSteps, long budgetBytes, int budgetDepth) {
  /** As in the shipped defaults; a test holds the two together. */
  public static final StrategyConfig DEFAULT =
      new StrategyConfig("America/New_York", 20_000_000, 67_108_864, 256);

  /** Checks that the zone is there. */
  public StrategyConfig {
    try {
      ZoneId.of(timeZone);
    } catch (final DateTimeException e) {
      throw new IllegalArgumentException(
          "strategy.time_zone is '" + timeZone + "'; give a name such as America/New_York", e);
    }
  }

  /** A new budget of these sizes. */
  Budget budget() {
    return new Budget(budgetSteps, budgetBytes, budgetDepth);
  }
}
