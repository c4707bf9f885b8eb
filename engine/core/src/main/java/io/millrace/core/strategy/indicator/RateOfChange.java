package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/** Rate of change: the last price over the one {@code length} values before it, less 1. */
public final class RateOfChange extends Indicator {
  private final Window window;
  private boolean ready;

  /**
   * @param length values back, 1 to 1,000,000
   */
  public RateOfChange(final int length) {
    window = new Window(length);
  }

  /**
   * Takes a price.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double price) {
    ready = window.full();
    window.push(price);
  }

  /** Whether there is a price that far back. */
  @Override
  public boolean ready() {
    return ready;
  }

  /** The change, fraction; NaN before {@link #ready()}, 0 when the price then was not above 0. */
  @Override
  public double value() {
    if (!ready) {
      return Double.NaN;
    }
    return window.dropped() > 0 ? window.last() / window.dropped() - 1.0 : 0;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("RateOfChange");
    window.state(codec);
    ready = codec.flag(ready);
  }
}
