package io.millrace.core.trade;

import io.millrace.core.market.Fixed;
import io.millrace.core.order.Legs;
import io.millrace.kernels.Kernels;

/**
 * The price at expiry as the options see it: lognormal with mean F (the forward) and deviation s =
 * σ·√T of its logarithm (Black 1976). With d1 = ln(F/K)/s + s/2 and d2 = d1 - s:
 *
 * <pre>
 *   P(S > K)         = N(d2)
 *   E[max(0, S - K)] = F·N(d1) - K·N(d2)
 *   E[max(0, K - S)] = K·N(-d2) - F·N(-d1)
 * </pre>
 *
 * Nothing is discounted: what is paid today and what comes at expiry are compared as they are, at
 * most 45 days apart.
 */
final class Lognormal {
  private static final int LOW = Legs.MAX_LEGS;
  private static final int HIGH = LOW + 1;
  private static final int POINTS = HIGH + 1;

  private final Kernels kernels;
  private final double[] distance = new double[POINTS];
  private final double[] argument = new double[2 * POINTS];
  private final double[] cdf = new double[2 * POINTS];
  private double probabilityOfProfit;
  private double expectedValue;

  Lognormal(final Kernels kernels) {
    this.kernels = kernels;
  }

  /** Judges a structure with a forward, a volatility and a time above 0. */
  Lognormal of(final Structure structure, final Payoff payoff) {
    final double forward = structure.forward();
    final double s = structure.volatility() * Math.sqrt(structure.years());
    final int legs = structure.count();
    final long low = payoff.breakevenLow();
    final long high = payoff.breakevenHigh();
    for (int i = 0; i < LOW; i++) {
      distance[i] = i < legs ? forward / Fixed.toDouble(structure.strike(i)) : 1;
    }
    distance[LOW] = low > 0 ? forward / Fixed.toDouble(low) : 1;
    distance[HIGH] = high > 0 ? forward / Fixed.toDouble(high) : 1;
    kernels.log(distance, distance, 0, POINTS);
    for (int i = 0; i < POINTS; i++) {
      final double sign = i >= legs || structure.call(i) ? 1 : -1;
      final double d1 = distance[i] / s + s / 2;
      argument[i] = sign * d1;
      argument[POINTS + i] = sign * (d1 - s);
    }
    kernels.normalCdf(argument, cdf, 0, 2 * POINTS);
    expectedValue = expectation(structure, forward) - Fixed.toDouble(payoff.net());
    expectedValue *= Fixed.toDouble(structure.multiplier());
    // A breakeven at or below 0 is always passed.
    final double aboveLow = low > 0 ? cdf[POINTS + LOW] : 1;
    final double aboveHigh = high > 0 ? cdf[POINTS + HIGH] : high == Fixed.NONE ? 0 : 1;
    probabilityOfProfit = payoff.canWin() ? Math.max(0, aboveLow - aboveHigh) : 0;
    return this;
  }

  private double expectation(final Structure structure, final double forward) {
    double sum = 0;
    for (int i = 0; i < structure.count(); i++) {
      final double sign = structure.call(i) ? 1 : -1;
      final double strike = Fixed.toDouble(structure.strike(i));
      final double option = sign * (forward * cdf[i] - strike * cdf[POINTS + i]);
      sum += structure.quantity(i) * option;
    }
    return sum;
  }

  /** Chance that the underlying is above (below) a price whose logarithm has the forward's mean. */
  double probabilityBeyondForward(final boolean above, final double s) {
    argument[0] = above ? -s / 2 : s / 2;
    kernels.normalCdf(argument, cdf, 0, 1);
    return cdf[0];
  }

  /** Chance of a profit at expiry, 0 to 1. */
  double probabilityOfProfit() {
    return probabilityOfProfit;
  }

  /** Mean profit of a unit at expiry, account currency, multiplier included. */
  double expectedValue() {
    return expectedValue;
  }
}
