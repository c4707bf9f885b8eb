package io.millrace.core.engines.hedge;

import io.millrace.core.market.OptionChain;

/**
 * The slow and obvious field: textbook closed forms (Haug, The Complete Guide to Option Pricing
 * Formulas, generalised Black-Scholes-Merton with carry b = r), one contract after another, at one
 * volatility, dealers long calls and short puts.
 */
final class Reference {
  double gamma;
  double vanna;
  double charm;
  double netGamma;
  double netVanna;
  double netCharm;

  static Reference of(final Desk desk, final double spot, final double vol, final double yield) {
    final Reference sums = new Reference();
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int row = chain.from(); row < chain.to(); row++) {
      sums.add(
          spot,
          chain.strikes()[row],
          (chain.expiries()[row] - desk.now) / (365.0 * Desk.DAY),
          vol,
          Desk.RATE - yield,
          chain.calls()[row],
          chain.openInterests()[row]);
    }
    return sums;
  }

  private void add(
      final double spot,
      final double strike,
      final double tau,
      final double vol,
      final double carry,
      final boolean call,
      final double interest) {
    final double root = vol * Math.sqrt(tau);
    final double d1 = (StrictMath.log(spot / strike) + (carry + vol * vol / 2) * tau) / root;
    final double d2 = d1 - root;
    final double density = StrictMath.exp(-d1 * d1 / 2) / Math.sqrt(2 * Math.PI);
    final double grown = StrictMath.exp((carry - Desk.RATE) * tau);
    final double rowGamma = grown * density / (spot * root);
    final double rowVanna = -grown * density * d2 / vol;
    // With carry = rate the term in N(d1) vanishes, so call and put agree.
    final double rowCharm = -density * (carry / root - d2 / (2 * tau)) / 365.0;
    final double sign = call ? 1.0 : -1.0;
    gamma += rowGamma * interest;
    vanna += rowVanna * interest;
    charm += rowCharm * interest;
    netGamma += sign * rowGamma * interest;
    netVanna += sign * rowVanna * interest;
    netCharm += sign * rowCharm * interest;
  }
}
