package io.millrace.kernels;

import java.util.Objects;

/**
 * The door of this package: the numeric kernels, on the vector or the scalar path.
 *
 * <p>An instance owns its scratch space, so it belongs to one thread; it allocates nothing after
 * construction. Both paths give the same bits. No kernel gives NaN for an argument inside its
 * documented domain.
 *
 * <p>Ranges are {@code from} and {@code length} in rows; an empty range does nothing, and a range
 * outside an array throws {@link IndexOutOfBoundsException} before anything is written.
 */
public final class Kernels {
  /** System property with the mode: {@code auto}, {@code vector} or {@code scalar}. */
  public static final String MODE_PROPERTY = "millrace.kernels";

  private static final int LANES = Lanes.LANES;
  private static final int BLOCK = Lanes.BLOCK;
  private static final double CANONICAL_NAN = Double.NaN;

  private final Lanes lanes;
  private final double[] s = new double[Lanes.SCRATCH];
  private final double[] tailIn = new double[LANES];
  private final double[] tailOut = new double[LANES];

  private Kernels(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * Kernels in the mode of the system property {@value #MODE_PROPERTY}; {@code auto} without it.
   */
  public static Kernels select() {
    return select(System.getProperty(MODE_PROPERTY, "auto"));
  }

  /**
   * Kernels in a mode.
   *
   * @param mode {@code scalar}; {@code vector}, an error if the vector module or 256-bit vectors
   *     with fused multiply-add are missing; or {@code auto}, vector if possible
   */
  public static Kernels select(String mode) {
    Objects.requireNonNull(mode, "mode");
    switch (mode) {
      case "scalar":
        return new Kernels(new ScalarLanes());
      case "vector":
        if (!VectorSupport.usable()) {
          throw new IllegalStateException(
              "vector kernels asked for, but "
                  + VectorSupport.obstacle()
                  + "; set "
                  + MODE_PROPERTY
                  + "=auto or scalar");
        }
        return new Kernels(VectorSupport.lanes());
      case "auto":
        return new Kernels(VectorSupport.usable() ? VectorSupport.lanes() : new ScalarLanes());
      default:
        throw new IllegalArgumentException(
            MODE_PROPERTY + " is '" + mode + "'; allowed: auto, vector, scalar");
    }
  }

  /** The path in use: {@code vector 512}, {@code vector 256} or {@code scalar}. */
  public String description() {
    return lanes.description();
  }

  /** The next multiple of eight. */
  static int padded(int rows) {
    return (rows + LANES - 1) & -LANES;
  }

  /**
   * out = e^x, within 2 ulp, subnormal results included. NaN gives NaN; above 709.78 infinite,
   * below -745.13 zero. {@code out} may be {@code x}.
   */
  public void exp(double[] x, double[] out, int from, int length) {
    checkRange(x, out, from, length);
    int whole = length & -LANES;
    for (int i = from; i < from + whole; i += BLOCK) {
      int n = Math.min(BLOCK, from + whole - i);
      System.arraycopy(x, i, s, 0, n);
      lanes.exp(s, 0, out, i, n);
      fixExp(s, 0, out, i, n);
    }
    int rest = length - whole;
    if (rest > 0) {
      loadTail(x, from + whole, rest, 0.0);
      lanes.exp(tailIn, 0, tailOut, 0, LANES);
      fixExp(tailIn, 0, tailOut, 0, rest);
      System.arraycopy(tailOut, 0, out, from + whole, rest);
    }
  }

  /**
   * out = ln x, within 2 ulp. Zero and subnormal arguments count as zero and give -Infinity;
   * negative arguments and NaN give NaN. {@code out} may be {@code x}.
   */
  public void log(double[] x, double[] out, int from, int length) {
    checkRange(x, out, from, length);
    int whole = length & -LANES;
    for (int i = from; i < from + whole; i += BLOCK) {
      int n = Math.min(BLOCK, from + whole - i);
      System.arraycopy(x, i, s, 0, n);
      lanes.log(s, 0, out, i, n);
      fixLog(s, 0, out, i, n);
    }
    int rest = length - whole;
    if (rest > 0) {
      loadTail(x, from + whole, rest, 1.0);
      lanes.log(tailIn, 0, tailOut, 0, LANES);
      fixLog(tailIn, 0, tailOut, 0, rest);
      System.arraycopy(tailOut, 0, out, from + whole, rest);
    }
  }

  /**
   * out = n(x), the standard normal density, relative error 1e-14 for |x| ≤ 37; beyond, results
   * fade through subnormals to zero at 38.6. NaN gives NaN.
   */
  public void normalPdf(double[] x, double[] out, int from, int length) {
    normal(x, out, from, length, false);
  }

  /**
   * out = N(x), the standard normal distribution, relative error 1e-14 down to x = -37; beyond,
   * results fade through subnormals to zero at -38.5. NaN gives NaN.
   */
  public void normalCdf(double[] x, double[] out, int from, int length) {
    normal(x, out, from, length, true);
  }

  /** Sum of x over the range: eight lanes and a fixed tree. */
  public double sum(double[] x, int from, int length) {
    Objects.checkFromIndexSize(from, length, x.length);
    return lanes.sum(x, from, length);
  }

  /** Σ w·x over the range, each term one fused multiply-add: eight lanes and a fixed tree. */
  public double dot(double[] w, double[] x, int from, int length) {
    Objects.checkFromIndexSize(from, length, w.length);
    Objects.checkFromIndexSize(from, length, x.length);
    return lanes.dot(w, x, from, length);
  }

  /** Σ (w·x)·y over the range, w·x rounded, then fused: eight lanes and a fixed tree. */
  public double dot3(double[] w, double[] x, double[] y, int from, int length) {
    Objects.checkFromIndexSize(from, length, w.length);
    Objects.checkFromIndexSize(from, length, x.length);
    Objects.checkFromIndexSize(from, length, y.length);
    return lanes.dot3(w, x, y, from, length);
  }

  /**
   * Delta, gamma, vega, theta, vanna and charm of Black–Scholes–Merton with carry (Haug, The
   * Complete Guide to Option Pricing Formulas, generalised model) at one spot.
   *
   * <p>The range is widened to whole groups of eight rows, whose results are rewritten. Rows that
   * are off give zeros. Where |d1| exceeds about 38 results flush to zero.
   *
   * @param spot price of the underlying, within {@link OptionColumns#MIN_PRICE} and {@link
   *     OptionColumns#MAX_PRICE}
   * @throws IllegalArgumentException if the spot is out of range
   */
  public void greeks(double spot, OptionColumns in, GreekColumns out, int from, int length) {
    run(spot, in, out, from, length, false);
  }

  /** As {@link #greeks}, with price, vomma and speed. */
  public void allGreeks(double spot, OptionColumns in, GreekColumns out, int from, int length) {
    run(spot, in, out, from, length, true);
  }

  private void run(
      double spot, OptionColumns in, GreekColumns out, int from, int length, boolean all) {
    Objects.checkFromIndexSize(from, length, in.capacity());
    Objects.checkFromIndexSize(from, length, out.capacity());
    if (!OptionColumns.price(spot)) {
      throw new IllegalArgumentException(
          "spot "
              + spot
              + " outside "
              + OptionColumns.MIN_PRICE
              + " to "
              + OptionColumns.MAX_PRICE);
    }
    if (length == 0) {
      return;
    }
    int end = padded(from + length);
    for (int i = from & -LANES; i < end; i += BLOCK) {
      int n = Math.min(BLOCK, end - i);
      lanes.ratio(spot, in, i, s, n);
      lanes.log(s, Lanes.RATIO, s, Lanes.LOG_RATIO, n);
      lanes.distances(spot, in, i, s, n);
      if (n == BLOCK) {
        lanes.exp(s, Lanes.EXP_CARRY, s, Lanes.EXP_CARRY, 3 * BLOCK);
        lanes.mills(s, Lanes.MILLS_1, s, Lanes.MILLS_1, 2 * BLOCK);
      } else {
        lanes.exp(s, Lanes.EXP_CARRY, s, Lanes.EXP_CARRY, n);
        lanes.exp(s, Lanes.EXP_RATE, s, Lanes.EXP_RATE, n);
        lanes.exp(s, Lanes.EXP_DENSITY, s, Lanes.EXP_DENSITY, n);
        lanes.mills(s, Lanes.MILLS_1, s, Lanes.MILLS_1, n);
        lanes.mills(s, Lanes.MILLS_2, s, Lanes.MILLS_2, n);
      }
      lanes.greeks(spot, in, out, i, s, n);
      if (all) {
        lanes.furtherGreeks(spot, in, out, i, s, n);
      }
    }
  }

  private void normal(double[] x, double[] out, int from, int length, boolean cumulative) {
    checkRange(x, out, from, length);
    int end = from + length;
    for (int i = from; i < end; i += BLOCK) {
      int n = Math.min(BLOCK, end - i);
      int padded = padded(n);
      System.arraycopy(x, i, s, Lanes.RATIO, n);
      for (int j = n; j < padded; j++) {
        s[Lanes.RATIO + j] = 0.0;
      }
      lanes.normalSplit(s, Lanes.RATIO, s, padded);
      lanes.exp(s, Lanes.EXP_DENSITY, s, Lanes.EXP_DENSITY, padded);
      if (cumulative) {
        lanes.mills(s, Lanes.MILLS_1, s, Lanes.MILLS_2, padded);
        lanes.normalCdf(s, Lanes.RATIO, s, s, Lanes.D1, padded);
      } else {
        lanes.normalPdf(s, s, Lanes.D1, padded);
      }
      for (int j = 0; j < n; j++) {
        double arg = s[Lanes.RATIO + j];
        out[i + j] = Double.isNaN(arg) ? CANONICAL_NAN : s[Lanes.D1 + j];
      }
    }
  }

  private void loadTail(double[] x, int from, int rest, double pad) {
    for (int j = 0; j < LANES; j++) {
      tailIn[j] = j < rest ? x[from + j] : pad;
    }
  }

  private static void fixExp(double[] x, int xo, double[] y, int yo, int n) {
    for (int j = 0; j < n; j++) {
      double arg = x[xo + j];
      y[yo + j] = Double.isNaN(arg) ? CANONICAL_NAN : y[yo + j];
    }
  }

  private static void fixLog(double[] x, int xo, double[] y, int yo, int n) {
    for (int j = 0; j < n; j++) {
      double arg = x[xo + j];
      if (!(arg >= Double.MIN_NORMAL && arg <= Double.MAX_VALUE)) {
        y[yo + j] =
            arg == Double.POSITIVE_INFINITY
                ? arg
                : arg >= 0.0 ? Double.NEGATIVE_INFINITY : CANONICAL_NAN;
      }
    }
  }

  private static void checkRange(double[] x, double[] out, int from, int length) {
    Objects.checkFromIndexSize(from, length, x.length);
    Objects.checkFromIndexSize(from, length, out.length);
  }
}
