package io.millrace.kernels;

/**
 * Results of the Black–Scholes–Merton kernels, one row per contract and unit of underlying. The
 * arrays are owned by this object, padded beyond the capacity, and overwritten by each run.
 */
public final class GreekColumns {
  final double[] delta;
  final double[] gamma;
  final double[] vega;
  final double[] theta;
  final double[] vanna;
  final double[] charm;
  final double[] price;
  final double[] vomma;
  final double[] speed;
  private final int capacity;

  /** Columns of {@code capacity} rows, all zero. */
  public GreekColumns(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive: " + capacity);
    }
    this.capacity = capacity;
    int padded = Kernels.padded(capacity);
    delta = new double[padded];
    gamma = new double[padded];
    vega = new double[padded];
    theta = new double[padded];
    vanna = new double[padded];
    charm = new double[padded];
    price = new double[padded];
    vomma = new double[padded];
    speed = new double[padded];
  }

  public int capacity() {
    return capacity;
  }

  /** Per 1.00 of the underlying's price. */
  public double[] delta() {
    return delta;
  }

  /** Change of delta per 1.00 of price. */
  public double[] gamma() {
    return gamma;
  }

  /** Change of price per 1.00 of volatility. */
  public double[] vega() {
    return vega;
  }

  /** Change of price per calendar day that passes (1/365 year). */
  public double[] theta() {
    return theta;
  }

  /** Change of delta per 1.00 of volatility. */
  public double[] vanna() {
    return vanna;
  }

  /** Change of delta per calendar day that passes (1/365 year). */
  public double[] charm() {
    return charm;
  }

  /** Price, discounted; only after {@link Kernels#allGreeks}. */
  public double[] price() {
    return price;
  }

  /** Change of vega per 1.00 of volatility; only after {@link Kernels#allGreeks}. */
  public double[] vomma() {
    return vomma;
  }

  /** Change of gamma per 1.00 of price; only after {@link Kernels#allGreeks}. */
  public double[] speed() {
    return speed;
  }
}
