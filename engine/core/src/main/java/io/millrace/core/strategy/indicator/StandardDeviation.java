package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Population standard deviation of the newest values, with their mean.
 *
 * <p>Squares about the mean are carried over as a value x takes the place of x₀ (B. P. Welford,
 * Note on a method for calculating corrected sums of squares, Technometrics 4, 1962, for a window
 * of constant length): S += (x - x₀)(x - m' + x₀ - m). They are taken afresh each time the window
 * has turned over or little is left of them, and are exactly 0 when all values are the same.
 */
public final class StandardDeviation extends Indicator {
  private final int length;
  private final Window window;
  private double mean;
  private double squares;
  private double largest;

  /**
   * @param length values looked at, 2 to 1,000,000
   */
  public StandardDeviation(final int length) {
    this.length = Inputs.length(length, 2);
    window = new Window(length);
  }

  /**
   * Takes a value.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double value) {
    final boolean sliding = window.full();
    window.push(value);
    if (window.flat()) {
      mean = value;
      squares = 0;
    } else if (window.turned()) {
      afresh();
    } else if (sliding) {
      final double old = window.dropped();
      final double before = mean;
      mean += (value - old) / length;
      squares += (value - old) * (value - mean + old - before);
      largest = Math.max(largest, squares);
      if (squares < Window.LOST * largest) {
        afresh();
      }
    } else {
      final double distance = value - mean;
      mean += distance / window.size();
      squares += distance * (value - mean);
    }
  }

  private void afresh() {
    mean = window.mean();
    squares = 0;
    for (int i = 0; i < length; i++) {
      final double distance = window.at(i) - mean;
      squares += distance * distance;
    }
    largest = squares;
  }

  /** Whether there have been enough values. */
  @Override
  public boolean ready() {
    return window.full();
  }

  /** The deviation, at least 0; NaN before {@link #ready()}. */
  @Override
  public double value() {
    return ready() ? StrictMath.sqrt(Math.max(squares, 0.0) / length) : Double.NaN;
  }

  /** Mean of the same values, NaN before {@link #ready()}. */
  public double mean() {
    return ready() ? mean : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("StandardDeviation");
    window.state(codec);
    mean = codec.float64(mean);
    squares = codec.float64(squares);
    largest = codec.float64(largest);
  }
}
