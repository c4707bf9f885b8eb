package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Exponential moving average: each value moves it by 2 / (length + 1) of the distance.
 *
 * <p>It starts as the plain mean of the first {@code length} values. Some packages (ta4j, pandas
 * without adjustment) start from the first value instead: {@link #fromFirst}. The two differ by (1
 * - 2 / (length + 1)) to the number of values since, and so agree to rounding in the end.
 */
public final class Ema extends Indicator {
  private final int length;
  private final double weight;
  private final boolean fromFirst;
  private long taken;
  private double sum;
  private double value;

  /**
   * Starts from the mean of the first values.
   *
   * @param length 1 to 1,000,000
   */
  public Ema(final int length) {
    this(length, false);
  }

  private Ema(final int length, final boolean fromFirst) {
    this.length = Inputs.length(length, 1);
    this.fromFirst = fromFirst;
    weight = 2.0 / (length + 1.0);
  }

  /** Starts from the first value; it is ready after {@code length} values all the same. */
  public static Ema fromFirst(final int length) {
    return new Ema(length, true);
  }

  /**
   * Takes a value.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double next) {
    Inputs.finite(next);
    taken++;
    if (taken > length || (fromFirst && taken > 1)) {
      value += weight * (next - value);
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
    codec.part("Ema");
    codec.same("an average over", length);
    taken = codec.int64(taken);
    sum = codec.float64(sum);
    value = codec.float64(value);
  }
}
