package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Average true range: Wilder's smoothing of true ranges, started as the mean of the first {@code
 * length} (the very first is high less low). {@link #simple} takes the plain mean of the newest.
 *
 * <p>Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978.
 */
public final class Atr extends Indicator {
  private final TrueRange range = new TrueRange();
  private final boolean simple;
  private final Wilder smoothed;
  private final Sma mean;

  /**
   * Wilder's average.
   *
   * @param length bars, 1 to 1,000,000; usual is 14
   */
  public Atr(final int length) {
    this(length, false);
  }

  private Atr(final int length, final boolean simple) {
    this.simple = simple;
    smoothed = new Wilder(length);
    mean = new Sma(simple ? length : 1);
  }

  /** The plain mean of the newest {@code length} true ranges. */
  public static Atr simple(final int length) {
    return new Atr(length, true);
  }

  /**
   * Takes a bar.
   *
   * @throws IllegalArgumentException if a price is not finite
   */
  public void update(final double high, final double low, final double close) {
    range.update(high, low, close);
    if (simple) {
      mean.update(range.value());
    } else {
      smoothed.update(range.value());
    }
  }

  /** Whether there have been enough bars. */
  @Override
  public boolean ready() {
    return simple ? mean.ready() : smoothed.ready();
  }

  /** The average, in units of the price; NaN before {@link #ready()}. */
  @Override
  public double value() {
    return simple ? mean.value() : smoothed.value();
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Atr");
    range.state(codec);
    smoothed.state(codec);
    mean.state(codec);
  }
}
