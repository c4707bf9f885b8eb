package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * Annualised volatility from the squared log returns of a rolling window: sqrt(sum of r² / trading
 * time they took × trading time of a year). Zero mean, as is usual for short windows.
 */
public final class RealizedVolatility implements Stateful {
  private static final int SQUARES = 0;
  private static final int SECONDS = 1;
  private static final double NANOS_TO_SECONDS = 1e-9;

  private final RollingWindow window;

  /**
   * @param capacity most returns in the window
   * @param spanNanos age at which a return leaves it
   */
  public RealizedVolatility(final int capacity, final long spanNanos) {
    window = new RollingWindow(capacity, 2, spanNanos);
  }

  /**
   * Takes a return.
   *
   * @param time when it ended, nanoseconds
   * @param before price at its start, above 0
   * @param after price at its end, above 0
   * @param nanos trading time it took, above 0
   */
  public void update(final long time, final double before, final double after, final long nanos) {
    final double r = StrictMath.log(after / before);
    window.push(time);
    window.add(SQUARES, r * r);
    window.add(SECONDS, nanos * NANOS_TO_SECONDS);
  }

  /** Drops the returns that are out at {@code now}. */
  public void expire(final long now) {
    window.expire(now);
  }

  /** Returns in the window. */
  public int size() {
    return window.size();
  }

  /** Forgets everything. */
  public void clear() {
    window.clear();
  }

  @Override
  public void state(final StateCodec codec) {
    window.state(codec);
  }

  /**
   * The volatility, fraction a year; 0 when there are no returns.
   *
   * @param yearNanos trading time of a year
   */
  public double annualised(final long yearNanos) {
    final double seconds = window.sum(SECONDS);
    return seconds <= 0
        ? 0.0
        : StrictMath.sqrt(
            Math.max(0.0, window.sum(SQUARES)) / seconds * (yearNanos * NANOS_TO_SECONDS));
  }
}
