package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Keltner channel: the plain mean of typical prices (high + low + close) / 3, plus and minus a
 * number of plain means of true ranges over the same bars, as in the reference series. {@link
 * #exponential} has the other usual form.
 */
public final class Keltner extends Indicator {
  /** A channel narrower than this fraction of the price is flat: rounding, not movement. */
  private static final double FLAT = 1e-9;

  private final boolean exponential;
  private final Sma mean;
  private final Ema average;
  private final Atr range;
  private final double width;
  private double last;

  /**
   * @param length bars, 1 to 1,000,000; usual is 20
   * @param width half width of the channel in average true ranges, above 0; usual is 1.5 or 2
   */
  public Keltner(final int length, final double width) {
    this(length, width, false);
  }

  private Keltner(final int length, final double width, final boolean exponential) {
    this.exponential = exponential;
    mean = new Sma(exponential ? 1 : length);
    average = new Ema(length);
    range = exponential ? new Atr(length) : Atr.simple(length);
    this.width = Inputs.width(width);
  }

  /** An exponential average of typical prices, and Wilder's average of true ranges. */
  public static Keltner exponential(final int length, final double width) {
    return new Keltner(length, width, true);
  }

  /**
   * Takes a bar.
   *
   * @throws IllegalArgumentException if a price is not finite
   */
  public void update(final double high, final double low, final double close) {
    range.update(high, low, close);
    final double typical = (high + low + close) / 3.0;
    if (exponential) {
      average.update(typical);
    } else {
      mean.update(typical);
    }
    last = close;
  }

  /** Whether there have been enough bars. */
  @Override
  public boolean ready() {
    return range.ready();
  }

  /** The middle of the channel; NaN before {@link #ready()}, as are the others. */
  @Override
  public double value() {
    return exponential ? average.value() : mean.value();
  }

  /** The upper edge. */
  public double upper() {
    return value() + width * range.value();
  }

  /** The lower edge. */
  public double lower() {
    return value() - width * range.value();
  }

  /** Average of the true ranges. */
  public double averageTrueRange() {
    return range.value();
  }

  /** Place of the last close: -1 lower edge, 1 upper; 0 when the channel is flat. */
  public double position() {
    final double half = width * range.value();
    return half <= FLAT * Math.abs(value()) ? 0.0 : (last - value()) / half;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Keltner");
    mean.state(codec);
    average.state(codec);
    range.state(codec);
    last = codec.float64(last);
  }
}
