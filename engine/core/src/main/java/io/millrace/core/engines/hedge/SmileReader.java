package io.millrace.core.engines.hedge;

import io.millrace.core.market.ChainGreeks;

/** Reads single volatilities off the smile of one expiry, whose rows ascend by strike. */
final class SmileReader {
  private static final double WING_DELTA = 0.25;

  private SmileReader() {}

  /**
   * Volatility at the forward: linear in strike between the neighbouring strikes with a usable
   * contract (call and put at one strike: their mean); only one neighbour: its volatility; 0
   * without any.
   */
  static double atForward(
      final ChainGreeks greeks,
      final double[] strikes,
      final int first,
      final int end,
      final double forward) {
    double belowStrike = 0.0;
    double belowIv = 0.0;
    int row = first;
    while (row < end) {
      final double strike = strikes[row];
      double sum = 0.0;
      int count = 0;
      for (; row < end && strikes[row] == strike; row++) {
        if (greeks.usable(row)) {
          sum += greeks.iv(row);
          count++;
        }
      }
      if (count == 0) {
        continue;
      }
      final double iv = sum / count;
      if (strike > forward) {
        return belowIv == 0.0
            ? iv
            : belowIv + (iv - belowIv) * ((forward - belowStrike) / (strike - belowStrike));
      }
      belowStrike = strike;
      belowIv = iv;
    }
    return belowIv;
  }

  /** 25-delta put less 25-delta call volatility, or NaN when a wing is not quoted that far. */
  static double skew25(
      final ChainGreeks greeks, final boolean[] calls, final int first, final int end) {
    return wing(greeks, calls, first, end, false) - wing(greeks, calls, first, end, true);
  }

  /**
   * Volatility where |delta| crosses 0.25, linear in delta between the two neighbouring usable
   * contracts out of the money; NaN when it does not. Both wings are walked from the far strikes
   * inwards, where |delta| rises.
   */
  private static double wing(
      final ChainGreeks greeks,
      final boolean[] calls,
      final int first,
      final int end,
      final boolean call) {
    double outerDelta = Double.NaN;
    double outerIv = 0.0;
    for (int i = 0; i < end - first; i++) {
      final int row = call ? end - 1 - i : first + i;
      if (calls[row] != call || !greeks.usable(row)) {
        continue;
      }
      final double delta = Math.abs(greeks.delta(row));
      if (delta >= WING_DELTA) {
        return outerIv
            + (greeks.iv(row) - outerIv) * ((WING_DELTA - outerDelta) / (delta - outerDelta));
      }
      outerDelta = delta;
      outerIv = greeks.iv(row);
    }
    return Double.NaN;
  }
}
