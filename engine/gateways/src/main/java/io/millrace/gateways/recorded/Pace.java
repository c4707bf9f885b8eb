package io.millrace.gateways.recorded;

import java.util.function.LongSupplier;

/** When a recorded event may go out: at once, or at a multiple of the speed it happened at. */
public final class Pace {
  /** Highest speed. */
  public static final double MAX_SPEED = 1e9;

  private final LongSupplier clock;
  private final double speed;
  private long startClock;
  private long startEvent;
  private boolean started;

  /**
   * @param clock monotonic nanoseconds
   * @param speed event time per clock time: 1 = as it happened, 60 = a minute a second, 0 = as fast
   *     as it goes
   */
  public Pace(final LongSupplier clock, final double speed) {
    if (!(speed >= 0) || speed > MAX_SPEED) {
      throw new IllegalArgumentException("speed " + speed + " is not between 0 and 1e9");
    }
    this.clock = clock;
    this.speed = speed;
  }

  /** As fast as it goes. */
  public static Pace unpaced() {
    return new Pace(() -> 0L, 0);
  }

  boolean due(final long eventTime) {
    if (speed == 0) {
      return true;
    }
    final long now = clock.getAsLong();
    if (!started) {
      started = true;
      startClock = now;
      startEvent = eventTime;
    }
    return (now - startClock) * speed >= eventTime - startEvent;
  }

  void restart() {
    started = false;
  }
}
