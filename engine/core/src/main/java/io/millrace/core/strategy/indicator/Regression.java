package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Rolling least squares of y on x over the newest pairs: of one price on another, or, with {@link
 * #update(double)}, of a price on time, where x counts the values from 0.
 *
 * <p>Products about the means are carried over as a pair takes the place of the oldest: with dx and
 * dy the differences of the two, S_xy += dx (y - m_y') + dy (x₀ - m_x). They are taken afresh each
 * time the window has turned over or little is left of them, and are exactly 0 when a side does not
 * vary.
 */
public final class Regression extends Indicator {
  private final int length;
  private final Window xs;
  private final Window ys;
  private double meanX;
  private double meanY;
  private double xx;
  private double xy;
  private double yy;
  private double largestXx;
  private double largestYy;
  private long taken;

  /**
   * @param length pairs looked at, 2 to 1,000,000
   */
  public Regression(final int length) {
    this.length = Inputs.length(length, 2);
    xs = new Window(length);
    ys = new Window(length);
  }

  /**
   * Takes the next value in time: x is the number of values before it.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double y) {
    update((double) taken, y);
  }

  /**
   * Takes a pair.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  public void update(final double x, final double y) {
    Inputs.finite(x);
    Inputs.finite(y);
    final boolean sliding = xs.full();
    xs.push(x);
    ys.push(y);
    taken++;
    if (xs.turned()) {
      afresh();
    } else if (sliding) {
      slide(x, y);
    } else {
      grow(x, y);
    }
    settle(x, y);
  }

  private void grow(final double x, final double y) {
    final double dx = x - meanX;
    final double dy = y - meanY;
    meanX += dx / xs.size();
    meanY += dy / xs.size();
    xx += dx * (x - meanX);
    xy += dx * (y - meanY);
    yy += dy * (y - meanY);
  }

  private void slide(final double x, final double y) {
    final double oldX = xs.dropped();
    final double oldY = ys.dropped();
    final double dx = x - oldX;
    final double dy = y - oldY;
    final double beforeX = meanX;
    final double beforeY = meanY;
    meanX += dx / length;
    meanY += dy / length;
    xx += dx * (x - meanX + oldX - beforeX);
    xy += dx * (y - meanY) + dy * (oldX - beforeX);
    yy += dy * (y - meanY + oldY - beforeY);
    largestXx = Math.max(largestXx, xx);
    largestYy = Math.max(largestYy, yy);
    if (xx < Window.LOST * largestXx || yy < Window.LOST * largestYy) {
      afresh();
    }
  }

  private void afresh() {
    meanX = xs.mean();
    meanY = ys.mean();
    xx = 0;
    xy = 0;
    yy = 0;
    for (int i = 0; i < length; i++) {
      final double dx = xs.at(i) - meanX;
      final double dy = ys.at(i) - meanY;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    largestXx = xx;
    largestYy = yy;
  }

  /** A side that has not varied over the whole window: nothing is left of rounding. */
  private void settle(final double x, final double y) {
    if (xs.flat()) {
      meanX = x;
      xx = 0;
      xy = 0;
    }
    if (ys.flat()) {
      meanY = y;
      yy = 0;
      xy = 0;
    }
  }

  /** Whether there have been enough pairs. */
  @Override
  public boolean ready() {
    return xs.full();
  }

  /** The line at the last x; NaN before {@link #ready()}, as are the others. */
  @Override
  public double value() {
    return ready() ? meanY + slope() * (xs.last() - meanX) : Double.NaN;
  }

  /** Change of y for 1 of x; 0 when x does not vary. */
  public double slope() {
    if (!ready()) {
      return Double.NaN;
    }
    return xx > 0 ? xy / xx : 0;
  }

  /** The line at x = 0. */
  public double intercept() {
    return meanY - slope() * meanX;
  }

  /** Share of the variance of y that the line explains, 0 to 1; 0 when a side does not vary. */
  public double rSquared() {
    if (!ready()) {
      return Double.NaN;
    }
    return xx > 0 && yy > 0 ? Math.min(1.0, xy * xy / (xx * yy)) : 0;
  }

  /** Last y less the line there. */
  public double residual() {
    return ys.last() - value();
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Regression");
    xs.state(codec);
    ys.state(codec);
    meanX = codec.float64(meanX);
    meanY = codec.float64(meanY);
    xx = codec.float64(xx);
    xy = codec.float64(xy);
    yy = codec.float64(yy);
    largestXx = codec.float64(largestXx);
    largestYy = codec.float64(largestYy);
    taken = codec.int64(taken);
  }
}
