package io.millrace.core.market;

import io.millrace.codecs.VendorGreeksDecoder;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Implied volatilities and Greeks that a vendor gave, in columns by row of the chain. NaN = not
 * given. Units are those of {@link ChainGreeks}.
 */
public final class VendorColumns {
  private static final double MAX_DELTA = 1.01;

  private long[] time;
  private double[] iv;
  private double[] delta;
  private double[] gamma;
  private double[] vega;
  private double[] theta;
  private double[] vanna;
  private double[] charm;

  VendorColumns(final int capacity) {
    time = new long[capacity];
    iv = new double[capacity];
    delta = new double[capacity];
    gamma = new double[capacity];
    vega = new double[capacity];
    theta = new double[capacity];
    vanna = new double[capacity];
    charm = new double[capacity];
  }

  /** Whether the numbers are ones that an option can have; deltas may be rounded beyond 1. */
  static boolean sound(final VendorGreeksDecoder greeks) {
    return !(greeks.iv() < 0.0)
        && !(Math.abs(greeks.delta()) > MAX_DELTA)
        && !(greeks.gamma() < 0.0)
        && !Double.isInfinite(greeks.iv())
        && !Double.isInfinite(greeks.gamma())
        && !Double.isInfinite(greeks.vega())
        && !Double.isInfinite(greeks.theta())
        && !Double.isInfinite(greeks.vanna())
        && !Double.isInfinite(greeks.charm());
  }

  void set(final int row, final VendorGreeksDecoder greeks) {
    time[row] = greeks.eventTime();
    iv[row] = greeks.iv();
    delta[row] = greeks.delta();
    gamma[row] = greeks.gamma();
    vega[row] = greeks.vega();
    theta[row] = greeks.theta();
    vanna[row] = greeks.vanna();
    charm[row] = greeks.charm();
  }

  /** Opens an empty row. */
  void insert(final int row, final int tail) {
    OptionChain.shift(time, row, tail);
    OptionChain.shift(iv, row, tail);
    OptionChain.shift(delta, row, tail);
    OptionChain.shift(gamma, row, tail);
    OptionChain.shift(vega, row, tail);
    OptionChain.shift(theta, row, tail);
    OptionChain.shift(vanna, row, tail);
    OptionChain.shift(charm, row, tail);
    time[row] = 0;
    iv[row] = Double.NaN;
    gamma[row] = Double.NaN;
  }

  void growTo(final int capacity) {
    time = Arrays.copyOf(time, capacity);
    iv = Arrays.copyOf(iv, capacity);
    delta = Arrays.copyOf(delta, capacity);
    gamma = Arrays.copyOf(gamma, capacity);
    vega = Arrays.copyOf(vega, capacity);
    theta = Arrays.copyOf(theta, capacity);
    vanna = Arrays.copyOf(vanna, capacity);
    charm = Arrays.copyOf(charm, capacity);
  }

  void state(final StateCodec codec) {
    time = codec.grown(time);
    iv = codec.grown(iv);
    delta = codec.grown(delta);
    gamma = codec.grown(gamma);
    vega = codec.grown(vega);
    theta = codec.grown(theta);
    vanna = codec.grown(vanna);
    charm = codec.grown(charm);
  }

  /** Whether the vendor gave a volatility above zero and a gamma at {@code oldest} or later. */
  public boolean given(final int row, final long oldest) {
    return iv[row] > 0.0 && gamma[row] >= 0.0 && time[row] >= oldest;
  }

  /** Implied volatility, fraction. */
  public double iv(final int row) {
    return iv[row];
  }

  /** Delta per 1.00. */
  public double delta(final int row) {
    return delta[row];
  }

  /** Gamma per 1.00. */
  public double gamma(final int row) {
    return gamma[row];
  }

  /** Vega per 1.00 of volatility. */
  public double vega(final int row) {
    return vega[row];
  }

  /** Theta per calendar day. */
  public double theta(final int row) {
    return theta[row];
  }

  /** Vanna per 1.00 of volatility. */
  public double vanna(final int row) {
    return vanna[row];
  }

  /** Charm per calendar day. */
  public double charm(final int row) {
    return charm[row];
  }
}
