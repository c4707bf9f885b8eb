package io.millrace.runtime.run;

import io.millrace.core.strategy.Callback;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.strategy.LoadedStrategy;

/**
 * How far apart the timer ticks of recorded data are once one has followed an event: as configured,
 * or a minute where nothing can happen between. See {@code
 * engine/adr/0007-the-timer-follows-what-needs-it.md}.
 */
public final class TimerInterval {
  private static final long MINUTE = 60_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private TimerInterval() {}

  /**
   * The interval for a run.
   *
   * @param strategy that trades, or null for the built-in agents
   * @param byMinutes whether all market data are sampled, by whole minutes
   * @return nanoseconds of event time
   */
  public static long nanos(
      final Config config, final LoadedStrategy strategy, final boolean byMinutes) {
    final long configured = config.engine().timerIntervalNanos();
    return byMinutes && strategy != null && MINUTE % configured == 0 && !needsTime(config, strategy)
        ? MINUTE
        : configured;
  }

  /** Whether anything may be due at an instant that is neither an event's nor a whole minute. */
  private static boolean needsTime(final Config config, final LoadedStrategy strategy) {
    final long nav = config.portfolio().navIntervalMillis() * NANOS_PER_MILLI;
    return strategy.callbacks().contains(Callback.TIMER)
        || strategy.callbacks().contains(Callback.CHAIN)
        || strategy.callbacks().contains(Callback.SNAPSHOT)
        || strategy.works()
        || strategy.bundle().timeframeNanos() % MINUTE != 0
        || (nav > config.engine().timerIntervalNanos() && nav % MINUTE != 0)
        || config.venue().orderLatencyNanos() != 0
        || config.venue().responseLatencyNanos() != 0
        || config.venue().feedLatencyNanos() != 0;
  }
}
