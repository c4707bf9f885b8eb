package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/** Donchian channel: highest high and lowest low of the newest bars, the last one included. */
public final class Donchian extends Indicator {
  private final Extreme high;
  private final Extreme low;

  /**
   * @param length bars, 1 to 1,000,000; usual is 20
   */
  public Donchian(final int length) {
    high = new Extreme(length);
    low = new Extreme(length);
  }

  /**
   * Takes a bar. For a channel of the bars before this one, compare first and update then.
   *
   * @throws IllegalArgumentException if a price is not finite
   */
  public void update(final double highest, final double lowest) {
    high.push(highest);
    low.push(-lowest);
  }

  /** Whether there have been enough bars. */
  @Override
  public boolean ready() {
    return high.full();
  }

  /** Middle of the channel; NaN before {@link #ready()}, as are the others. */
  @Override
  public double value() {
    return (upper() + lower()) / 2.0;
  }

  /** Highest high. */
  public double upper() {
    return ready() ? high.highest() : Double.NaN;
  }

  /** Lowest low. */
  public double lower() {
    return ready() ? -low.highest() : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Donchian");
    high.state(codec);
    low.state(codec);
  }
}
