package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * How a strategy is run, and what it may use in one callback.
 *
 * @param timeZone of its clock's time of day, a name of the tz database
 * @param parameters values by strategy, then by parameter; of others than the one that trades there
 *     is none once a config is resolved
 * @param tradeAfter UTC instant up to which nothing is ordered, as {@link Instant#parse} reads it;
 *     empty = none
 * @param budgetSteps calls and turns of loops, above 0
 * @param budgetBytes allocated bytes by the sandbox's measure, above 0
 * @param budgetDepth calls within calls, above 0
 */
public record StrategyConfig(
    String timeZone,
    Map<String, Map<String, Double>> parameters,
    String tradeAfter,
    long budgetSteps,
    long budgetBytes,
    int budgetDepth) {
  /** As in the shipped defaults; a test holds the two together. */
  public static final StrategyConfig DEFAULT =
      new StrategyConfig("America/New_York", Map.of(), "", 20_000_000, 67_108_864, 256);

  private static final long NANOS = 1_000_000_000L;

  /** Checks that the zone is there and the instant is one. */
  public StrategyConfig {
    try {
      ZoneId.of(timeZone);
    } catch (final DateTimeException e) {
      // Without its cause, whose words people would be told instead.
      throw new IllegalArgumentException(
          "strategy.time_zone is '" + timeZone + "'; give a name such as America/New_York");
    }
    if (!tradeAfter.isEmpty()) {
      nanos(tradeAfter);
    }
  }

  private static long nanos(final String instant) {
    try {
      final Instant time = Instant.parse(instant);
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    } catch (final DateTimeException | ArithmeticException e) {
      // Without its cause, whose words people would be told instead.
      throw new IllegalArgumentException(
          "strategy.trade_after is '"
              + instant
              + "'; give a UTC instant such as 2013-10-07T13:30:00Z");
    }
  }

  /** Event time up to which nothing is ordered, nanoseconds; the least where there is none. */
  public long tradeAfterNanos() {
    return tradeAfter.isEmpty() ? Long.MIN_VALUE : nanos(tradeAfter);
  }

  /** Values of a strategy's parameters by name; empty where all have their defaults. */
  public Map<String, Double> parametersOf(final String strategy) {
    return parameters.getOrDefault(strategy, Map.of());
  }

  /** A new budget of these sizes. */
  Budget budget() {
    return new Budget(budgetSteps, budgetBytes, budgetDepth);
  }
}
