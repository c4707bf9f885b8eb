package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/** Bollinger bands: the plain mean, plus and minus a number of population standard deviations. */
public final class Bollinger extends Indicator {
  /** Bands narrower than this fraction of the price are flat: rounding, not movement. */
  private static final double FLAT = 1e-9;

  private static final double MIDDLE = 0.5;

  private final StandardDeviation deviation;
  private final double width;
  private double last;

  /**
   * @param length values looked at, 2 to 1,000,000; usual is 20
   * @param width half width of the bands in standard deviations, above 0; usual is 2
   */
  public Bollinger(final int length, final double width) {
    deviation = new StandardDeviation(length);
    this.width = Inputs.width(width);
  }

  /**
   * Takes a price.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double price) {
    deviation.update(price);
    last = price;
  }

  /** Whether there have been enough prices. */
  @Override
  public boolean ready() {
    return deviation.ready();
  }

  /** The middle band: the mean; NaN before {@link #ready()}, as are the others. */
  @Override
  public double value() {
    return deviation.mean();
  }

  /** The upper band. */
  public double upper() {
    return deviation.mean() + width * deviation.value();
  }

  /** The lower band. */
  public double lower() {
    return deviation.mean() - width * deviation.value();
  }

  /** Place of the last price between the bands: 0 lower, 1 upper; 0.5 when they are flat. */
  public double percentB() {
    final double whole = 2 * width * deviation.value();
    return whole <= FLAT * Math.abs(deviation.mean()) ? MIDDLE : (last - lower()) / whole;
  }

  /** Distance of the bands as a fraction of the middle one. */
  public double bandwidth() {
    return 2 * width * deviation.value() / deviation.mean();
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Bollinger");
    deviation.state(codec);
    last = codec.float64(last);
  }
}
