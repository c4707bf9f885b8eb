package io.millrace.tools.report.stats;

import io.millrace.kernels.Kernels;

/** The standard normal distribution. Not for several threads. */
final class Normal {
  private static final double FARTHEST = 38;
  private static final int HALVINGS = 64;

  private final Kernels kernels = Kernels.select();
  private final double[] x = new double[1];
  private final double[] out = new double[1];

  /** P(X ≤ z). */
  double cdf(final double z) {
    if (Double.isNaN(z)) {
      return Double.NaN;
    }
    x[0] = z;
    kernels.normalCdf(x, out, 0, 1);
    return out[0];
  }

  /** The z with P(X ≤ z) = p, by bisection; p within 0 and 1. */
  double inverse(final double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("no quantile of " + p);
    }
    double low = -FARTHEST;
    double high = FARTHEST;
    for (int i = 0; i < HALVINGS; i++) {
      final double middle = (low + high) / 2;
      if (cdf(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
