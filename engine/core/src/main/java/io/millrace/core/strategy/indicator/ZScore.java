package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * How many population standard deviations the last value lies above the mean of the newest values,
 * itself included; 0 when they are all the same.
 */
public final class ZScore extends Indicator {
  private final StandardDeviation deviation;
  private double last;

  /**
   * @param length values looked at, 2 to 1,000,000
   */
  public ZScore(final int length) {
    deviation = new StandardDeviation(length);
  }

  /**
   * Takes a value.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double value) {
    deviation.update(value);
    last = value;
  }

  /** Whether there have been enough values. */
  @Override
  public boolean ready() {
    return deviation.ready();
  }

  /** The score, NaN before {@link #ready()}. */
  @Override
  public double value() {
    final double spread = deviation.value();
    return spread == 0 ? 0 : (last - deviation.mean()) / spread;
  }

  /** Mean of the values, NaN before {@link #ready()}. */
  public double mean() {
    return deviation.mean();
  }

  /** Population standard deviation of the values, NaN before {@link #ready()}. */
  public double deviation() {
    return deviation.value();
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("ZScore");
    deviation.state(codec);
    last = codec.float64(last);
  }
}
