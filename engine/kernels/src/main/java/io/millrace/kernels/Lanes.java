package io.millrace.kernels;

/**
 * The passes that exist twice, in scalar and in vector form, operation for operation. Every count
 * is a multiple of {@link #LANES}; callers pad. Nothing here checks its arguments.
 */
abstract class Lanes {
  /** Logical lanes: the unit of padding and of the reduction tree, whatever the hardware has. */
  static final int LANES = 8;

  /** Rows of one block of scratch columns. */
  static final int BLOCK = 128;

  // Columns of the scratch array, BLOCK doubles each. The three exponents are adjacent, and so are
  // the two Mills arguments, so that one pass does them all.
  static final int RATIO = 0;
  static final int LOG_RATIO = BLOCK;
  static final int D1 = 2 * BLOCK;
  static final int D2 = 3 * BLOCK;
  static final int INV_SV = 4 * BLOCK;
  static final int ROOT_TAU = 5 * BLOCK;
  static final int EXP_CARRY = 6 * BLOCK;
  static final int EXP_RATE = 7 * BLOCK;
  static final int EXP_DENSITY = 8 * BLOCK;
  static final int MILLS_1 = 9 * BLOCK;
  static final int MILLS_2 = 10 * BLOCK;
  static final int SCRATCH = 11 * BLOCK;

  abstract String description();

  /** y = e^x for any x but NaN; zero below -746 and infinite above 709.8. */
  abstract void exp(double[] x, int xo, double[] y, int yo, int n);

  /** y = ln x for normal, finite, positive x. */
  abstract void log(double[] x, int xo, double[] y, int yo, int n);

  /** r = (1 - N(z)) / n(z) for z >= 0. */
  abstract void mills(double[] z, int zo, double[] r, int ro, int n);

  /** Splits x for the normal kernels: |x|, -x^2/2 and the rounding error of x^2. */
  abstract void normalSplit(double[] x, int xo, double[] s, int n);

  /** Density from {@link #normalSplit} and exp. */
  abstract void normalPdf(double[] s, double[] y, int yo, int n);

  /** Distribution from {@link #normalSplit}, exp and {@link #mills}. */
  abstract void normalCdf(double[] x, int xo, double[] s, double[] y, int yo, int n);

  /** Moneyness S/K. */
  abstract void ratio(double spot, OptionColumns in, int from, double[] s, int n);

  /** d1, d2, exponents and Mills arguments from the log-moneyness. */
  abstract void distances(double spot, OptionColumns in, int from, double[] s, int n);

  /** The six Greeks of a re-mark. */
  abstract void greeks(
      double spot, OptionColumns in, GreekColumns out, int from, double[] s, int n);

  /** Price, vomma and speed, from the Greeks of the same rows. */
  abstract void furtherGreeks(
      double spot, OptionColumns in, GreekColumns out, int from, double[] s, int n);

  abstract double sum(double[] x, int from, int n);

  abstract double dot(double[] w, double[] x, int from, int n);

  abstract double dot3(double[] w, double[] x, double[] y, int from, int n);

  /** The fixed tree over eight lanes. */
  static double tree(
      double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7) {
    return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
  }
}
