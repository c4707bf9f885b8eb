package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/** Simple moving average: the plain mean of the newest values. */
public final class Sma extends Indicator {
  private final Window window;

  /**
   * @param length values in the mean, 1 to 1,000,000
   */
  public Sma(final int length) {
    window = new Window(length);
  }

  /**
   * Takes a value.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double value) {
    window.push(value);
  }

  /** Whether there have been enough values. */
  @Override
  public boolean ready() {
    return window.full();
  }

  /** The mean, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return ready() ? window.mean() : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Sma");
    window.state(codec);
  }
}
