package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Moving average convergence and divergence: a fast less a slow exponential average; the signal is
 * an exponential average of that line, the histogram line less signal. All averages start as plain
 * means ({@link Ema}).
 */
public final class Macd extends Indicator {
  private final Ema fast;
  private final Ema slow;
  private final Ema signal;

  /**
   * @param fastLength shorter average, 1 to 1,000,000; usual is 12
   * @param slowLength longer average, above the fast one; usual is 26
   * @param signalLength average of the line; usual is 9
   */
  public Macd(final int fastLength, final int slowLength, final int signalLength) {
    fast = new Ema(fastLength);
    slow = new Ema(Inputs.length(slowLength, fastLength + 1));
    signal = new Ema(signalLength);
  }

  /**
   * Takes a price.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double price) {
    fast.update(price);
    slow.update(price);
    if (slow.ready()) {
      signal.update(fast.value() - slow.value());
    }
  }

  /** Whether line, signal and histogram are there; the line is when the slow average is. */
  @Override
  public boolean ready() {
    return signal.ready();
  }

  /** The line: fast less slow average; NaN until the slow average is there. */
  @Override
  public double value() {
    return fast.value() - slow.value();
  }

  /** Average of the line, NaN before {@link #ready()}. */
  public double signal() {
    return signal.value();
  }

  /** Line less signal, NaN before {@link #ready()}. */
  public double histogram() {
    return value() - signal.value();
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Macd");
    fast.state(codec);
    slow.state(codec);
    signal.state(codec);
  }
}
