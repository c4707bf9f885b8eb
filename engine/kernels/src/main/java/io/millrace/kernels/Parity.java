package io.millrace.kernels;

import java.util.Objects;

/**
 * Forward of one expiry from put–call parity, F = K + (C − P) / D: the median over the strikes
 * nearest to the spot, so that a single bad quote does not move it. For American options parity
 * holds only roughly, best at the money, which is where the strikes are taken.
 *
 * <p>Owns its scratch space: one thread, no allocation after construction. The order of the strikes
 * does not matter.
 */
public final class Parity {
  /** A forward was found. */
  public static final byte OK = 0;

  /** Fewer usable strikes than asked for, at least one. */
  public static final byte FEW_STRIKES = 1;

  /** No strike with both sides: forward and carry are zero. */
  public static final byte NO_STRIKES = 2;

  /** Discount, spot or time out of range: forward and carry are zero. */
  public static final byte INVALID = 3;

  private final double[] distance;
  private final double[] strike;
  private final double[] value;
  private int used;
  private double forward;
  private double carry;
  private double dispersion;

  /**
   * @param nearest number of strikes in the median, at least 1
   */
  public Parity(int nearest) {
    if (nearest < 1) {
      throw new IllegalArgumentException("nearest must be positive: " + nearest);
    }
    distance = new double[nearest];
    strike = new double[nearest];
    value = new double[nearest];
  }

  /**
   * Estimates forward and carry.
   *
   * @param strikes strikes; a strike or mid price outside {@link OptionColumns}' price range, NaN
   *     or zero leaves the strike out
   * @param callMid discounted call prices
   * @param putMid discounted put prices
   * @param discount discount factor to the expiry
   * @param spot price of the underlying
   * @param tauYears time to expiry in years
   * @param n strikes to read
   * @return {@link #OK}, {@link #FEW_STRIKES}, {@link #NO_STRIKES} or {@link #INVALID}
   */
  public byte estimate(
      double[] strikes,
      double[] callMid,
      double[] putMid,
      double discount,
      double spot,
      double tauYears,
      int n) {
    Objects.checkFromIndexSize(0, n, strikes.length);
    Objects.checkFromIndexSize(0, n, callMid.length);
    Objects.checkFromIndexSize(0, n, putMid.length);
    used = 0;
    forward = 0.0;
    carry = 0.0;
    dispersion = 0.0;
    boolean valid =
        discount >= Kernels.MIN_DISCOUNT
            && discount <= Kernels.MAX_DISCOUNT
            && OptionColumns.price(spot)
            && OptionColumns.tau(tauYears);
    if (!valid) {
      return INVALID;
    }
    for (int i = 0; i < n; i++) {
      if (OptionColumns.price(strikes[i])
          && OptionColumns.price(callMid[i])
          && OptionColumns.price(putMid[i])) {
        double implied = strikes[i] + (callMid[i] - putMid[i]) / discount;
        if (OptionColumns.price(implied)) {
          offer(Math.abs(strikes[i] - spot), strikes[i], implied);
        }
      }
    }
    if (used == 0) {
      return NO_STRIKES;
    }
    sortValues();
    forward = (value[(used - 1) / 2] + value[used / 2]) * 0.5;
    dispersion = value[used - 1] - value[0];
    carry = ScalarLanes.log(forward / spot) / tauYears;
    return used < value.length ? FEW_STRIKES : OK;
  }

  /** Forward of the last estimate, in price units. */
  public double forward() {
    return forward;
  }

  /** Cost of carry of the last estimate, ln(F/S)/T, per year. */
  public double carry() {
    return carry;
  }

  /** Strikes in the median. */
  public int used() {
    return used;
  }

  /** Largest less smallest forward among them, in price units: a measure of trust. */
  public double dispersion() {
    return dispersion;
  }

  /** Keeps the nearest strikes, sorted by distance, then strike, then value. */
  private void offer(double away, double at, double implied) {
    int i = used;
    if (i == distance.length) {
      if (!before(away, at, implied, i - 1)) {
        return;
      }
      i--;
    } else {
      used++;
    }
    while (i > 0 && before(away, at, implied, i - 1)) {
      distance[i] = distance[i - 1];
      strike[i] = strike[i - 1];
      value[i] = value[i - 1];
      i--;
    }
    distance[i] = away;
    strike[i] = at;
    value[i] = implied;
  }

  private boolean before(double away, double at, double implied, int i) {
    if (away != distance[i]) {
      return away < distance[i];
    }
    return at != strike[i] ? at < strike[i] : implied < value[i];
  }

  private void sortValues() {
    for (int i = 1; i < used; i++) {
      double v = value[i];
      int j = i;
      for (; j > 0 && value[j - 1] > v; j--) {
        value[j] = value[j - 1];
      }
      value[j] = v;
    }
  }
}
