package io.millrace.core.engines.hedge;

import io.millrace.core.market.OptionChain;

/**
 * The strike at which the holders of one expiry's options are paid least if the underlying settles
 * there: min over K of Σ calls OI·max(K − k, 0) + Σ puts OI·max(k − K, 0), weighted by multiplier.
 */
final class MaxPain {
  /** No open interest. */
  static final double NONE = 0.0;

  private MaxPain() {}

  /**
   * One pass up the strikes of an expiry: the payout is piecewise linear with kinks at strikes, so
   * its slope between them (calls below less puts above) finds the minimum.
   *
   * @param first first row of the expiry
   * @param end one past its last row
   * @return the lowest strike with the least payout, or {@link #NONE}
   */
  static double strike(
      final OptionChain chain, final double[] multipliers, final int first, final int end) {
    final double[] openInterest = chain.openInterests();
    final double[] strikes = chain.strikes();
    final boolean[] calls = chain.calls();
    double slope = 0.0;
    boolean any = false;
    for (int row = first; row < end; row++) {
      any |= openInterest[row] > 0.0;
      if (!calls[row]) {
        slope -= openInterest[row] * multipliers[row];
      }
    }
    if (!any) {
      return NONE;
    }
    // Slope just below the lowest strike is minus all puts; each contract adds its own at its
    // strike, call or put. The first strike from where the payout does not fall is the minimum.
    double strike = strikes[end - 1];
    for (int row = first; row < end; row++) {
      slope += openInterest[row] * multipliers[row];
      final boolean lastOfStrike = row + 1 == end || strikes[row + 1] != strikes[row];
      if (lastOfStrike && slope >= 0.0) {
        strike = strikes[row];
        break;
      }
    }
    return strike;
  }
}
