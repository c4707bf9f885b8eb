package io.millrace.core.engines.hedge;

import io.millrace.core.market.OptionChain;
import io.millrace.kernels.Parity;

/** Pairs the calls and puts of an expiry, and takes its forward from put-call parity. */
final class ParityForward {
  private final Parity parity;
  private double[] strike = {};
  private double[] callMid = {};
  private double[] putMid = {};
  private int pairs;

  ParityForward(final HedgeConfig config) {
    parity = new Parity(config.parityStrikes());
  }

  /** Makes room for an expiry of this many rows. */
  void reserve(final int rows) {
    strike = new double[rows];
    callMid = new double[rows];
    putMid = new double[rows];
  }

  /**
   * The forward of one expiry.
   *
   * @param mids sound mids by row, 0 = none
   * @param first first row
   * @param end one past the last row
   * @param oldest quotes before this time are not used, nanoseconds
   * @param spot price of the underlying; 0 = unknown: the strike where call and put are closest
   *     stands in for it
   * @return the forward; 0 when no strike has both sides
   */
  double estimate(
      final OptionChain chain,
      final double[] mids,
      final int first,
      final int end,
      final long oldest,
      final double discount,
      final double tau,
      final double spot) {
    pair(chain, mids, first, end, oldest);
    if (pairs == 0) {
      return 0.0;
    }
    final double centre = spot > 0.0 ? spot : closestStrike();
    final byte flag = parity.estimate(strike, callMid, putMid, discount, centre, tau, pairs);
    return flag == Parity.OK || flag == Parity.FEW_STRIKES ? parity.forward() : 0.0;
  }

  private void pair(
      final OptionChain chain,
      final double[] mids,
      final int first,
      final int end,
      final long oldest) {
    final double[] strikes = chain.strikes();
    final boolean[] calls = chain.calls();
    final long[] times = chain.quoteTimes();
    pairs = 0;
    for (int call = first; call + 1 < end; call++) {
      final int put = call + 1;
      if (calls[call]
          && !calls[put]
          && strikes[call] == strikes[put]
          && mids[call] > 0.0
          && mids[put] > 0.0
          && times[call] >= oldest
          && times[put] >= oldest) {
        strike[pairs] = strikes[call];
        callMid[pairs] = mids[call];
        putMid[pairs] = mids[put];
        pairs++;
      }
    }
  }

  private double closestStrike() {
    double least = Double.MAX_VALUE;
    double closest = 0.0;
    for (int i = 0; i < pairs; i++) {
      final double apart = Math.abs(callMid[i] - putMid[i]);
      if (apart < least) {
        least = apart;
        closest = strike[i];
      }
    }
    return closest;
  }
}
