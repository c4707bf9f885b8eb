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

  public static final double MIN_DISCOUNT = 1e-6;
  public static final double MAX_DISCOUNT = 1e6;

  /** Largest ratio of forward to strike, or strike to forward, of the implied volatility. */
  public static final double MAX_MONEYNESS = 1e13;

  /** Converged to the last bits after two steps for moneyness 0.1 to 10, after three up to 1e13. */
  private static final int SOLVER_STEPS = 3;

  private static final double MAX_OPTION_PRICE = 1e20;

  /** A time value below this many parts of the price, or of the room above it, is rounding. */
  private static final double GRAIN = 16 * 0x1p-53;

  /** Smallest normalised time value: below, the Mills arguments would leave their range. */
  private static final double MIN_TIME_VALUE = 1e-290;

  /**
   * Relative error of volatility over relative error of price above which 1e-13 cannot be had from
   * a price that is a double, given a handful of roundings.
   */
  private static final double NOISE_MAX = 512.0;

  /** Bound of the premium solver's steps. */
  private static final int PREMIUM_STEPS = 12;

  /** Relative to the price: far inside the approximation's own error. */
  private static final double PREMIUM_TOLERANCE = 1e-11;

  /** Second point of the secant, relative to the first. */
  private static final double FIRST_CUT = 0.98;

  /** A price this close to immediate exercise is at it. */
  private static final double EXERCISE_MARGIN = 1e-6;

  private static final int LANES = Lanes.LANES;
  private static final int BLOCK = Lanes.BLOCK;
  private static final double CANONICAL_NAN = Double.NaN;

  private static final Ramp.Count EXP = new Ramp.Count();
  private static final Ramp.Count LOG = new Ramp.Count();
  private static final Ramp.Count NORMAL = new Ramp.Count();
  private static final Ramp.Count SUM = new Ramp.Count();
  private static final Ramp.Count DOT = new Ramp.Count();
  private static final Ramp.Count THREE_DOTS = new Ramp.Count();
  private static final Ramp.Count DOT3 = new Ramp.Count();
  private static final Ramp.Count GREEKS = new Ramp.Count();
  private static final Ramp.Count PRICE = new Ramp.Count();
  private static final Ramp.Count VOL = new Ramp.Count();

  private final String description;
  private final Ramp expRamp;
  private final Ramp logRamp;
  private final Ramp normalRamp;
  private final Ramp sumRamp;
  private final Ramp dotRamp;
  private final Ramp threeDotsRamp;
  private final Ramp dot3Ramp;
  private final Ramp greeksRamp;
  private final Ramp priceRamp;
  private final Ramp volRamp;
  private final double[] s = new double[Lanes.SCRATCH];
  private final double[] tailIn = new double[LANES];
  private final double[] tailOut = new double[LANES];

  private final double[] blockForward = new double[BLOCK];
  private final double[] blockStrike = new double[BLOCK];
  private final double[] blockTau = new double[BLOCK];
  private final double[] blockDiscount = new double[BLOCK];
  private final double[] blockSide = new double[BLOCK];
  private final double[] blockPrice = new double[BLOCK];
  private final double[] blockVol = new double[BLOCK];
  private final byte[] blockFlags = new byte[BLOCK];

  /** Begins on the first path and ends on the other. */
  private Kernels(Lanes first, Lanes then) {
    description = then.description();
    expRamp = new Ramp(first, then, Ramp.CHEAP, EXP);
    logRamp = new Ramp(first, then, Ramp.CHEAP, LOG);
    normalRamp = new Ramp(first, then, Ramp.CHEAP, NORMAL);
    sumRamp = new Ramp(first, then, Ramp.CHEAP, SUM);
    dotRamp = new Ramp(first, then, Ramp.CHEAP, DOT);
    threeDotsRamp = new Ramp(first, then, Ramp.CHEAP, THREE_DOTS);
    dot3Ramp = new Ramp(first, then, Ramp.CHEAP, DOT3);
    greeksRamp = new Ramp(first, then, Ramp.CHEAP, GREEKS);
    priceRamp = new Ramp(first, then, Ramp.DEAR, PRICE);
    volRamp = new Ramp(first, then, Ramp.DEAR, VOL);
  }

  private static Kernels of(Lanes lanes) {
    return new Kernels(lanes, lanes);
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
   * @param mode {@code scalar}; {@code vector}, from the first block on, an error if the vector
   *     module or 256-bit vectors with fused multiply-add are missing; or {@code auto}, vector if
   *     possible, after a beginning on the scalar path that spares short runs the vectors that are
   *     boxed until they are compiled
   */
  public static Kernels select(String mode) {
    Objects.requireNonNull(mode, "mode");
    switch (mode) {
      case "scalar":
        return of(new ScalarLanes());
      case "vector":
        if (!VectorSupport.usable()) {
          throw new IllegalStateException(
              "vector kernels asked for, but "
                  + VectorSupport.obstacle()
                  + "; set "
                  + MODE_PROPERTY
                  + "=auto or scalar");
        }
        return of(VectorSupport.lanes());
      case "auto":
        Lanes scalar = new ScalarLanes();
        return new Kernels(scalar, VectorSupport.usable() ? VectorSupport.lanes() : scalar);
      default:
        throw new IllegalArgumentException(
            MODE_PROPERTY + " is '" + mode + "'; allowed: auto, vector, scalar");
    }
  }

  /**
   * The path in use, from the beginning or soon: {@code vector 512}, {@code vector 256} or {@code
   * scalar}.
   */
  public String description() {
    return description;
  }

  /**
   * Whether the machine has fused multiply-add. Without it every kernel is exact but thousands of
   * times slower: refuse to run, or say so.
   */
  public static boolean fastFma() {
    return VectorSupport.fastFma();
  }

  /** Why the vector path cannot be used, in a sentence part; empty if it can. */
  public static String vectorObstacle() {
    return VectorSupport.obstacle();
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
      expRamp.next(n).exp(s, 0, out, i, n);
      fixExp(s, 0, out, i, n);
    }
    int rest = length - whole;
    if (rest > 0) {
      loadTail(x, from + whole, rest, 0.0);
      expRamp.next(LANES).exp(tailIn, 0, tailOut, 0, LANES);
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
      logRamp.next(n).log(s, 0, out, i, n);
      fixLog(s, 0, out, i, n);
    }
    int rest = length - whole;
    if (rest > 0) {
      loadTail(x, from + whole, rest, 1.0);
      logRamp.next(LANES).log(tailIn, 0, tailOut, 0, LANES);
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
    return sumRamp.next(length).sum(x, from, length);
  }

  /** Σ w·x over the range, each term one fused multiply-add: eight lanes and a fixed tree. */
  public double dot(double[] w, double[] x, int from, int length) {
    Objects.checkFromIndexSize(from, length, w.length);
    Objects.checkFromIndexSize(from, length, x.length);
    return dotRamp.next(length).dot(w, x, from, length);
  }

  /**
   * Three {@link #dot} products with one weight, in one pass: sums[0] = Σ w·a, sums[1] = Σ w·b,
   * sums[2] = Σ w·c, the same bits as one by one.
   */
  public void threeDots(
      double[] w, double[] a, double[] b, double[] c, double[] sums, int from, int length) {
    Objects.checkFromIndexSize(from, length, w.length);
    Objects.checkFromIndexSize(from, length, a.length);
    Objects.checkFromIndexSize(from, length, b.length);
    Objects.checkFromIndexSize(from, length, c.length);
    Objects.checkFromIndexSize(0, 3, sums.length);
    threeDotsRamp.next(length).threeDots(w, a, b, c, sums, from, length);
  }

  /** Σ (w·x)·y over the range, w·x rounded, then fused: eight lanes and a fixed tree. */
  public double dot3(double[] w, double[] x, double[] y, int from, int length) {
    Objects.checkFromIndexSize(from, length, w.length);
    Objects.checkFromIndexSize(from, length, x.length);
    Objects.checkFromIndexSize(from, length, y.length);
    return dot3Ramp.next(length).dot3(w, x, y, from, length);
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

  /**
   * Black's price of European options on a forward, relative error about 1e-15 times (1 + h²) out
   * of the money, h = ln(F/K) / (vol √tau): no cancellation anywhere.
   *
   * <p>Ranges as in {@link OptionColumns}; discount factor {@value #MIN_DISCOUNT} to {@value
   * #MAX_DISCOUNT}; forward and strike at most a factor {@value #MAX_MONEYNESS} apart; side +1 for
   * a call, -1 for a put. A row outside gives zero and {@link VolFlag#INVALID}.
   *
   * @param out discounted prices
   * @param flags {@link VolFlag#OK} or {@link VolFlag#INVALID} for each row
   */
  public void blackPrice(
      double[] forward,
      double[] strike,
      double[] tau,
      double[] vol,
      double[] discount,
      double[] side,
      double[] out,
      byte[] flags,
      int from,
      int length) {
    checkSix(forward, strike, tau, discount, side, vol, out, flags, from, length);
    for (int i = from; i < from + length; i += BLOCK) {
      int n = Math.min(BLOCK, from + length - i);
      int padded = padded(n);
      load(forward, strike, tau, discount, side, i, n);
      System.arraycopy(vol, i, s, Lanes.VOL, n);
      for (int j = 0; j < padded; j++) {
        boolean valid = j < n && contract(j) && OptionColumns.vol(s[Lanes.VOL + j]);
        if (!valid) {
          neutral(j);
        }
        if (j < n) {
          flags[i + j] = valid ? VolFlag.OK : VolFlag.INVALID;
        }
      }
      Lanes lanes = priceRamp.next(padded);
      lanes.blackPrepare(s, padded);
      lanes.log(s, Lanes.RATIO, s, Lanes.X, padded);
      lanes.logMoneyness(s, padded);
      lanes.blackDistances(s, padded);
      lanes.exp(s, Lanes.EXPONENT, s, Lanes.DENSITY, padded);
      lanes.blackDifference(s, padded);
      lanes.blackRatios(s, padded);
      lanes.blackValue(s, padded);
      for (int j = 0; j < n; j++) {
        out[i + j] = flags[i + j] == VolFlag.OK ? s[Lanes.VALUE + j] : 0.0;
      }
    }
  }

  /**
   * Implied volatility of European option prices on a forward, to the last few bits wherever the
   * price carries it: three Householder steps of fourth-order convergence, always.
   *
   * <p>The normalised price is a difference of two Mills ratios in a form without cancellation; the
   * solver works on its logarithm, or on that of the complement to the upper bound. The approach is
   * that of P. Jäckel, Let's Be Rational (2013); guess and price function are our own.
   *
   * <p>Ranges as for {@link #blackPrice}.
   *
   * @param price discounted option prices
   * @param vol volatilities, zero where the flag says that there is none
   * @param flags one {@link VolFlag} for each row
   */
  public void impliedVol(
      double[] forward,
      double[] strike,
      double[] tau,
      double[] discount,
      double[] side,
      double[] price,
      double[] vol,
      byte[] flags,
      int from,
      int length) {
    checkSix(forward, strike, tau, discount, side, price, vol, flags, from, length);
    for (int i = from; i < from + length; i += BLOCK) {
      int n = Math.min(BLOCK, from + length - i);
      int padded = padded(n);
      load(forward, strike, tau, discount, side, i, n);
      System.arraycopy(price, i, s, Lanes.PRICE, n);
      for (int j = 0; j < padded; j++) {
        boolean valid = j < n && contract(j) && Math.abs(s[Lanes.PRICE + j]) <= MAX_OPTION_PRICE;
        if (!valid) {
          neutral(j);
        }
        if (j < n) {
          flags[i + j] = valid ? VolFlag.OK : VolFlag.INVALID;
        }
      }
      Lanes lanes = volRamp.next(padded);
      lanes.blackPrepare(s, padded);
      lanes.impliedPrepare(s, padded);
      for (int j = 0; j < padded; j++) {
        byte flag = classify(j);
        if (flag != VolFlag.OK) {
          s[Lanes.RATIO + j] = 1.0;
          s[Lanes.REST + j] = 0.0;
          s[Lanes.ROOT_RATIO + j] = 1.0;
          s[Lanes.BETA + j] = 0.25;
          s[Lanes.COMPLEMENT + j] = 0.75;
          s[Lanes.SCALED + j] = 0.25;
        }
        if (j < n && flags[i + j] == VolFlag.OK) {
          flags[i + j] = flag;
        }
      }
      solve(lanes, padded);
      for (int j = 0; j < n; j++) {
        byte flag = flags[i + j];
        if (flag == VolFlag.OK && s[Lanes.NOISE + j] > NOISE_MAX) {
          flags[i + j] = VolFlag.LOW_INFORMATION;
        }
        vol[i + j] = flag == VolFlag.OK ? s[Lanes.VOL + j] : 0.0;
      }
    }
  }

  private void solve(Lanes lanes, int n) {
    lanes.log(s, Lanes.RATIO, s, Lanes.X, n);
    lanes.logMoneyness(s, n);
    lanes.impliedStart(s, n);
    lanes.log(s, Lanes.ARGUMENT, s, Lanes.ARGUMENT, n);
    lanes.impliedMiddle(s, n);
    lanes.log(s, Lanes.ARGUMENT, s, Lanes.ARGUMENT, n);
    lanes.impliedGuess(s, n);
    lanes.log(s, Lanes.BETA, s, Lanes.LOG_BETA, n);
    lanes.log(s, Lanes.COMPLEMENT, s, Lanes.LOG_COMPLEMENT, n);
    for (int step = 0; step < SOLVER_STEPS; step++) {
      lanes.blackDistances(s, n);
      lanes.blackDifference(s, n);
      lanes.blackRatios(s, n);
      lanes.log(s, Lanes.SLOPE, s, Lanes.ARGUMENT, n);
      lanes.impliedStep(s, n);
    }
    lanes.impliedFinish(s, n);
  }

  /** What the normalised time value allows. */
  private byte classify(int j) {
    double beta = s[Lanes.BETA + j];
    double room = s[Lanes.COMPLEMENT + j];
    double grain = s[Lanes.SCALED + j] * GRAIN;
    double roomGrain = s[Lanes.ROOT_RATIO + j] * GRAIN;
    if (beta < -grain || s[Lanes.SCALED + j] < 0.0) {
      return VolFlag.BELOW_INTRINSIC;
    }
    if (room < -roomGrain) {
      return VolFlag.ABOVE_BOUND;
    }
    boolean told = beta > grain && beta >= MIN_TIME_VALUE && room > roomGrain;
    return told ? VolFlag.OK : VolFlag.NO_INFORMATION;
  }

  private void load(
      double[] forward,
      double[] strike,
      double[] tau,
      double[] discount,
      double[] side,
      int from,
      int n) {
    System.arraycopy(forward, from, s, Lanes.FORWARD, n);
    System.arraycopy(strike, from, s, Lanes.STRIKE, n);
    System.arraycopy(tau, from, s, Lanes.TAU, n);
    System.arraycopy(discount, from, s, Lanes.DISCOUNT, n);
    System.arraycopy(side, from, s, Lanes.SIDE, n);
  }

  private boolean contract(int j) {
    double forward = s[Lanes.FORWARD + j];
    double strike = s[Lanes.STRIKE + j];
    double discount = s[Lanes.DISCOUNT + j];
    return OptionColumns.price(forward)
        && OptionColumns.price(strike)
        && forward <= strike * MAX_MONEYNESS
        && strike <= forward * MAX_MONEYNESS
        && OptionColumns.tau(s[Lanes.TAU + j])
        && discount >= MIN_DISCOUNT
        && discount <= MAX_DISCOUNT
        && Math.abs(s[Lanes.SIDE + j]) == 1.0;
  }

  private void neutral(int j) {
    s[Lanes.FORWARD + j] = 1.0;
    s[Lanes.STRIKE + j] = 1.0;
    s[Lanes.TAU + j] = 1.0;
    s[Lanes.DISCOUNT + j] = 1.0;
    s[Lanes.SIDE + j] = 1.0;
    s[Lanes.VOL + j] = 1.0;
    s[Lanes.PRICE + j] = 0.25;
  }

  private static void checkSix(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double[] f,
      double[] out,
      byte[] flags,
      int from,
      int length) {
    Objects.checkFromIndexSize(from, length, a.length);
    Objects.checkFromIndexSize(from, length, b.length);
    Objects.checkFromIndexSize(from, length, c.length);
    Objects.checkFromIndexSize(from, length, d.length);
    Objects.checkFromIndexSize(from, length, e.length);
    Objects.checkFromIndexSize(from, length, f.length);
    Objects.checkFromIndexSize(from, length, out.length);
    Objects.checkFromIndexSize(from, length, flags.length);
  }

  /**
   * European prices of American options: the price less the early-exercise premium of {@link
   * American}, at the volatility at which European price and premium add up to it (safeguarded
   * secant, at most {@value #PREMIUM_STEPS} steps). A few microseconds a row.
   *
   * <p>{@link VolFlag#OK}: exercise never pays (a call without yield, a put without interest), or
   * the rates are negative in a way that the approximation excludes; the price passes through.
   * {@link VolFlag#DE_AMERICANISED}: adjusted. {@link VolFlag#EXERCISED}: at or below immediate
   * exercise; {@link VolFlag#NO_INFORMATION} and the like as in {@link #impliedVol}: no European
   * price, zero.
   *
   * @param rate continuously compounded, per year
   * @param carry rate less yield
   * @param european discounted European prices; may be {@code price}
   */
  public void deAmericanise(
      double spot,
      double[] strike,
      double[] tau,
      double[] rate,
      double[] carry,
      double[] side,
      double[] price,
      double[] european,
      byte[] flags,
      int from,
      int length) {
    checkSix(strike, tau, rate, carry, side, price, european, flags, from, length);
    checkSpot(spot);
    for (int i = from; i < from + length; i += BLOCK) {
      int n = Math.min(BLOCK, from + length - i);
      System.arraycopy(strike, i, blockStrike, 0, n);
      System.arraycopy(tau, i, blockTau, 0, n);
      System.arraycopy(side, i, blockSide, 0, n);
      System.arraycopy(price, i, blockPrice, 0, n);
      for (int j = 0; j < n; j++) {
        boolean valid =
            OptionColumns.rate(rate[i + j])
                && OptionColumns.rate(carry[i + j])
                && OptionColumns.tau(blockTau[j]);
        // An invalid forward makes the whole row invalid.
        double t = blockTau[j];
        blockForward[j] = valid ? spot * ScalarLanes.exp(carry[i + j] * t) : 0.0;
        blockDiscount[j] = valid ? ScalarLanes.exp(-rate[i + j] * t) : 1.0;
      }
      impliedVol(
          blockForward,
          blockStrike,
          blockTau,
          blockDiscount,
          blockSide,
          blockPrice,
          blockVol,
          blockFlags,
          0,
          n);
      for (int j = 0; j < n; j++) {
        flags[i + j] = strip(spot, rate[i + j], carry[i + j], j);
        european[i + j] = blockPrice[j];
      }
    }
  }

  /** Replaces the block's price by the European one and returns the flag. */
  private byte strip(double spot, double rate, double carry, int j) {
    if (blockFlags[j] == VolFlag.INVALID) {
      blockPrice[j] = 0.0;
      return VolFlag.INVALID;
    }
    boolean call = blockSide[j] > 0.0;
    if (!American.exercisable(rate, carry, call)) {
      return VolFlag.OK;
    }
    double price = blockPrice[j];
    double strike = blockStrike[j];
    double exercise = blockSide[j] * (spot - strike);
    if (exercise > 0.0 && price <= exercise * (1.0 + EXERCISE_MARGIN)) {
      blockPrice[j] = 0.0;
      return VolFlag.EXERCISED;
    }
    if (!VolFlag.usable(blockFlags[j])) {
      blockPrice[j] = 0.0;
      return blockFlags[j];
    }
    double t = blockTau[j];
    // The European volatility of the American price is an upper bound: the premium is not negative.
    double bound = blockVol[j];
    double lastVol = bound;
    double lastExcess = American.premium(spot, strike, t, bound, rate, carry, call);
    double vol = bound * FIRST_CUT;
    double premium = lastExcess;
    for (int step = 0; step < PREMIUM_STEPS; step++) {
      double european = American.european(spot, strike, t, vol, rate, carry, call);
      premium = American.premium(spot, strike, t, vol, rate, carry, call, european);
      double excess = premium + european - price;
      double slope = (excess - lastExcess) / (vol - lastVol);
      if (Math.abs(excess) <= price * PREMIUM_TOLERANCE || !(slope > 0.0)) {
        break;
      }
      lastVol = vol;
      lastExcess = excess;
      vol = Math.min(bound, Math.max(vol - excess / slope, vol * 0.5));
      if (vol == lastVol) {
        break;
      }
    }
    double stripped = price - premium;
    blockPrice[j] = stripped > 0.0 ? stripped : 0.0;
    return stripped > 0.0 ? VolFlag.DE_AMERICANISED : VolFlag.NO_INFORMATION;
  }

  private static void checkSpot(double spot) {
    if (!OptionColumns.price(spot)) {
      throw new IllegalArgumentException(
          "spot "
              + spot
              + " outside "
              + OptionColumns.MIN_PRICE
              + " to "
              + OptionColumns.MAX_PRICE);
    }
  }

  private void run(
      double spot, OptionColumns in, GreekColumns out, int from, int length, boolean all) {
    Objects.checkFromIndexSize(from, length, in.capacity());
    Objects.checkFromIndexSize(from, length, out.capacity());
    checkSpot(spot);
    if (length == 0) {
      return;
    }
    int end = padded(from + length);
    for (int i = from & -LANES; i < end; i += BLOCK) {
      int n = Math.min(BLOCK, end - i);
      Lanes lanes = greeksRamp.next(n);
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
      Lanes lanes = normalRamp.next(padded);
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
