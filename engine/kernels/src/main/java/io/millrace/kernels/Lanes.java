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
  // Black on a forward and its inverse. BETA and COMPLEMENT are adjacent, and so are their
  // logarithms.
  static final int FORWARD = 11 * BLOCK;
  static final int STRIKE = 12 * BLOCK;
  static final int TAU = 13 * BLOCK;
  static final int DISCOUNT = 14 * BLOCK;
  static final int SIDE = 15 * BLOCK;
  static final int PRICE = 16 * BLOCK;
  static final int VOL = 17 * BLOCK;
  static final int REST = 18 * BLOCK;
  static final int INTRINSIC = 19 * BLOCK;
  static final int ROOT_FK = 20 * BLOCK;
  static final int ROOT_RATIO = 21 * BLOCK;
  static final int ROOT_VAR = 22 * BLOCK;
  static final int LOW = 23 * BLOCK;
  static final int W1 = 24 * BLOCK;
  static final int W2 = 25 * BLOCK;
  static final int EXPONENT = 26 * BLOCK;
  static final int DIFFERENCE_SUM = 27 * BLOCK;
  static final int SLOPE = 28 * BLOCK;
  static final int VALUE = 29 * BLOCK;
  static final int SCALED = 30 * BLOCK;
  static final int BETA = 31 * BLOCK;
  static final int COMPLEMENT = 32 * BLOCK;
  static final int LOG_BETA = 33 * BLOCK;
  static final int LOG_COMPLEMENT = 34 * BLOCK;
  static final int SHARE = 35 * BLOCK;
  static final int ARGUMENT = 36 * BLOCK;
  static final int EFFECTIVE = 37 * BLOCK;
  static final int NOISE = 38 * BLOCK;
  static final int X = LOG_RATIO;
  static final int DENSITY = EXPONENT;
  static final int SCRATCH = 39 * BLOCK;

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

  /**
   * Intrinsic value, scale, ratio of the smaller to the larger of forward and strike, total
   * volatility.
   */
  abstract void blackPrepare(double[] s, int n);

  /** The logarithm of that ratio, never positive, with the rounding error of the ratio put back. */
  abstract void logMoneyness(double[] s, int n);

  /** The two shifted Mills arguments and the density exponent, from X and ROOT_VAR. */
  abstract void blackDistances(double[] s, int n);

  /** The bilinear form of {@link Coefficients#DIFF_0_0}. */
  abstract void blackDifference(double[] s, int n);

  /** Price over density, or complement over density where that is the better conditioned. */
  abstract void blackRatios(double[] s, int n);

  /** Discounted price. */
  abstract void blackValue(double[] s, int n);

  /** Normalised time value and its complement to the bound. */
  abstract void impliedPrepare(double[] s, int n);

  /** First half of the guess, up to a logarithm. */
  abstract void impliedStart(double[] s, int n);

  /** Second part of the guess, up to another logarithm. */
  abstract void impliedMiddle(double[] s, int n);

  /** The guess of total volatility. */
  abstract void impliedGuess(double[] s, int n);

  /** One Householder step of third order on the logarithm of price or complement. */
  abstract void impliedStep(double[] s, int n);

  /** Total volatility to annual volatility. */
  abstract void impliedFinish(double[] s, int n);

  abstract double sum(double[] x, int from, int n);

  abstract double dot(double[] w, double[] x, int from, int n);

  abstract void threeDots(
      double[] w, double[] a, double[] b, double[] c, double[] sums, int from, int n);

  abstract double dot3(double[] w, double[] x, double[] y, int from, int n);

  /** The fixed tree over eight lanes. */
  static double tree(
      double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7) {
    return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
  }
}
