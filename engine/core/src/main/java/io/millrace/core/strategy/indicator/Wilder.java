package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Wilder's smoothing: each value moves the average by 1 / length of the distance. It starts as the
 * plain mean of the first {@code length} values.
 *
 * <p>Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978.
 */
public final class Wilder extends Indicator {
  private final int length;
  private long taken;
  private double sum;
  private double value;

  /**
   * @param length 1 to 1,000,000
   */
  public Wilder(final int length) {
    this.length = Inputs.length(length, 1);
  }

  /**
   * Takes a value.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double next) {
    Inputs.finite(next);
    taken++;
    if (taken > length) {
      value += (next - value) / length;
    } else {
      sum += next;
      value = sum / taken;
    }
  }

  /** Whether there have been enough values. */
  @Override
  public boolean ready() {
    return taken >= length;
  }

  /** The average, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return ready() ? value : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Wilder");
    codec.same("an average over", length);
    taken = codec.int64(taken);
    sum = codec.float64(sum);
    value = codec.float64(value);
  }
}
