package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Stochastic oscillator, 0 to 100: place of the close in the range of the newest bars, smoothed to
 * %K, and the mean of that, %D. A range without width gives 50.
 */
public final class Stochastic extends Indicator {
  private static final double NEUTRAL = 50.0;
  private static final double FULL = 100.0;

  private final Extreme high;
  private final Extreme low;
  private final Sma k;
  private final Sma d;
  private double raw;

  /**
   * @param length bars of the range, 1 to 1,000,000; usual is 14
   * @param smooth raw values averaged to %K; 1 leaves it raw (the fast form), usual is 3
   * @param signal values of %K averaged to %D; usual is 3
   */
  public Stochastic(final int length, final int smooth, final int signal) {
    high = new Extreme(length);
    low = new Extreme(length);
    k = new Sma(smooth);
    d = new Sma(signal);
  }

  /**
   * Takes a bar.
   *
   * @throws IllegalArgumentException if a price is not finite
   */
  public void update(final double highest, final double lowest, final double close) {
    Inputs.finite(close);
    high.push(highest);
    low.push(-lowest);
    if (high.full()) {
      final double bottom = -low.highest();
      final double range = high.highest() - bottom;
      raw = range == 0 ? NEUTRAL : FULL * (close - bottom) / range;
      k.update(raw);
      if (k.ready()) {
        d.update(k.value());
      }
    }
  }

  /** Whether %K and %D are there. */
  @Override
  public boolean ready() {
    return d.ready();
  }

  /** %K, NaN until it is there. */
  @Override
  public double value() {
    return k.value();
  }

  /** %D: mean of %K; NaN before {@link #ready()}. */
  public double signal() {
    return d.value();
  }

  /** Place of the last close without smoothing, NaN until the range is there. */
  public double raw() {
    return high.full() ? raw : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Stochastic");
    high.state(codec);
    low.state(codec);
    k.state(codec);
    d.state(codec);
    raw = codec.float64(raw);
  }
}
