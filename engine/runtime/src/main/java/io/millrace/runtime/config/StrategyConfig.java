package io.millrace.runtime.config;

import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * How a strategy is run.
 *
 * @param timeZone of its clock's time of day, a name of the tz database
 */
public record StrategyConfig(String timeZone) {
  /** Checks that the zone is there. */
  public StrategyConfig {
    try {
      ZoneId.of(timeZone);
    } catch (final DateTimeException e) {
      throw new IllegalArgumentException(
          "strategy.time_zone is '" + timeZone + "'; give a name such as America/New_York", e);
    }
  }
}
