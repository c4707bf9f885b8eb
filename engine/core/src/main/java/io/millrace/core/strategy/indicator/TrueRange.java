package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Wilder's true range: the span of the bar and the close before it; high less low on the first bar.
 */
public final class TrueRange extends Indicator {
  private boolean begun;
  private double range;
  private double lastClose;

  /**
   * Takes a bar.
   *
   * @throws IllegalArgumentException if a price is not finite
   */
  public void update(final double high, final double low, final double close) {
    range =
        begun
            ? Math.max(Inputs.finite(high), lastClose) - Math.min(Inputs.finite(low), lastClose)
            : Inputs.finite(high) - Inputs.finite(low);
    lastClose = Inputs.finite(close);
    begun = true;
  }

  /** Whether there has been a bar. */
  @Override
  public boolean ready() {
    return begun;
  }

  /** Range of the last bar, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return begun ? range : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("TrueRange");
    begun = codec.flag(begun);
    range = codec.float64(range);
    lastClose = codec.float64(lastClose);
  }
}
