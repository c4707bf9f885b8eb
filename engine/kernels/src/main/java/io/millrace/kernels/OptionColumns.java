package io.millrace.kernels;

/**
 * Option contracts as columns. Rows are checked as they enter, so that the kernels need no checks:
 * a row outside the ranges is switched off and all its Greeks are zero.
 *
 * <p>Ranges: strike {@value #MIN_PRICE} to {@value #MAX_PRICE} in price units; time {@value
 * #MIN_TAU} to {@value #MAX_TAU} years of 365 days; volatility {@value #MIN_VOL} to {@value
 * #MAX_VOL} per square root of a year; rate and carry within ±{@value #MAX_RATE}, continuously
 * compounded. The carry is rate minus yield; it is zero for an option on a future, whose price then
 * is the spot.
 */
public final class OptionColumns {
  public static final double MIN_PRICE = 1e-9;
  public static final double MAX_PRICE = 1e12;

  /** About a third of a second. */
  public static final double MIN_TAU = 1e-8;

  public static final double MAX_TAU = 100.0;
  public static final double MIN_VOL = 1e-5;
  public static final double MAX_VOL = 100.0;
  public static final double MAX_RATE = 1.0;

  final double[] strike;
  final double[] tau;
  final double[] vol;
  final double[] rate;
  final double[] carry;

  /** +1 for a call, -1 for a put. */
  final double[] side;

  /** 1 for a row in use, else 0. */
  final double[] live;

  private final int capacity;

  /** Columns of {@code capacity} rows, all switched off. */
  public OptionColumns(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive: " + capacity);
    }
    this.capacity = capacity;
    int padded = Kernels.padded(capacity);
    strike = new double[padded];
    tau = new double[padded];
    vol = new double[padded];
    rate = new double[padded];
    carry = new double[padded];
    side = new double[padded];
    live = new double[padded];
    for (int i = 0; i < padded; i++) {
      off(i);
    }
  }

  public int capacity() {
    return capacity;
  }

  /**
   * Sets a row.
   *
   * @return false, with the row switched off, if a value is outside its range or NaN
   */
  public boolean set(
      int row,
      double strike,
      double tauYears,
      double vol,
      double rate,
      double carry,
      boolean call) {
    checkRow(row);
    if (!(price(strike) && tau(tauYears) && vol(vol) && rate(rate) && rate(carry))) {
      off(row);
      return false;
    }
    this.strike[row] = strike;
    this.tau[row] = tauYears;
    this.vol[row] = vol;
    this.rate[row] = rate;
    this.carry[row] = carry;
    this.side[row] = call ? 1.0 : -1.0;
    this.live[row] = 1.0;
    return true;
  }

  /** Changes the time to expiry in years; switches the row off if it is out of range. */
  public boolean setTau(int row, double tauYears) {
    checkRow(row);
    if (!tau(tauYears)) {
      off(row);
      return false;
    }
    tau[row] = tauYears;
    return live(row);
  }

  /** Changes the volatility; switches the row off if it is out of range. */
  public boolean setVol(int row, double vol) {
    checkRow(row);
    if (!vol(vol)) {
      off(row);
      return false;
    }
    this.vol[row] = vol;
    return live(row);
  }

  /** Changes rate and carry; switches the row off if one is out of range. */
  public boolean setRates(int row, double rate, double carry) {
    checkRow(row);
    if (!(rate(rate) && rate(carry))) {
      off(row);
      return false;
    }
    this.rate[row] = rate;
    this.carry[row] = carry;
    return live(row);
  }

  /** Switches a row off until the next {@link #set}. */
  public void clear(int row) {
    checkRow(row);
    off(row);
  }

  /** Whether the row takes part. */
  public boolean live(int row) {
    return live[row] != 0.0;
  }

  public double strike(int row) {
    return strike[row];
  }

  public double tau(int row) {
    return tau[row];
  }

  public double vol(int row) {
    return vol[row];
  }

  public double rate(int row) {
    return rate[row];
  }

  public double carry(int row) {
    return carry[row];
  }

  public boolean call(int row) {
    return side[row] > 0;
  }

  /** A neutral row: finite in every formula, and multiplied by zero. */
  private void off(int row) {
    strike[row] = 1.0;
    tau[row] = 1.0;
    vol[row] = 1.0;
    rate[row] = 0.0;
    carry[row] = 0.0;
    side[row] = 1.0;
    live[row] = 0.0;
  }

  private void checkRow(int row) {
    if (row < 0 || row >= capacity) {
      throw new IndexOutOfBoundsException("row " + row + " of " + capacity);
    }
  }

  static boolean price(double x) {
    return x >= MIN_PRICE && x <= MAX_PRICE;
  }

  static boolean tau(double x) {
    return x >= MIN_TAU && x <= MAX_TAU;
  }

  static boolean vol(double x) {
    return x >= MIN_VOL && x <= MAX_VOL;
  }

  static boolean rate(double x) {
    return Math.abs(x) <= MAX_RATE;
  }
}
