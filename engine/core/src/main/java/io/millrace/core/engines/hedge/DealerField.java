package io.millrace.core.engines.hedge;

import io.millrace.core.market.OptionChain;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;

/**
 * The sums over a marked chain. With γ, ν, c the gamma, vanna and charm of a contract, OI its open
 * interest, m its multiplier, s = ±1 the side dealers hold, S the spot:
 *
 * <ul>
 *   <li>gross pressures Σ γ·OI·S, Σ ν·OI, Σ c·OI; net ones with s
 *   <li>exposures in currency of delta: gex = Σ s·γ·OI·m·S²·0.01 for 1 %, vex = Σ s·ν·OI·m·S·0.01
 *       for one volatility point, cex = Σ s·c·OI·m·S for one calendar day
 * </ul>
 *
 * <p>All sums have the kernels' eight-lane association over the live rows.
 */
final class DealerField {
  private static final double PERCENT = 0.01;

  private final Kernels kernels;
  private double[] openInterest = {};
  private double[] signed = {};
  private double[] exposed = {};
  private double[] absolute = {};

  double gamma;
  double vanna;
  double charm;
  double netGamma;
  double netVanna;
  double netCharm;
  double gex;
  double vex;
  double cex;

  /** Net over gross gamma, -1 to 1. */
  double gammaRatio;

  /** Net over gross absolute vanna, -1 to 1. */
  double vannaRatio;

  /** Net over gross absolute charm, -1 to 1. */
  double charmRatio;

  /** Σ |ν|·OI. */
  double vannaSize;

  /** Σ |c|·OI. */
  double charmSize;

  /** Relative spread weighted by gamma. */
  double gammaSpread;

  /** Share of the open interest near the money whose Greeks are usable, 0 to 1. */
  double coverage;

  /** Contracts with usable Greeks that nobody holds. */
  int withoutInterest;

  /** Whether any usable contract has open interest. */
  boolean held;

  DealerField(final Kernels kernels) {
    this.kernels = kernels;
  }

  /** Sums up. */
  void sum(final MarkedChain marked, final double nearMoney) {
    final int from = marked.from();
    final int rows = marked.to() - from;
    weigh(marked, nearMoney);
    final GreekColumns greeks = marked.greeks;
    final double spot = marked.spot();
    final double gammaHeld = kernels.dot(openInterest, greeks.gamma(), from, rows);
    final double gammaNet = kernels.dot(signed, greeks.gamma(), from, rows);
    gamma = gammaHeld * spot;
    netGamma = gammaNet * spot;
    gex = kernels.dot(exposed, greeks.gamma(), from, rows) * spot * spot * PERCENT;
    vanna = kernels.dot(openInterest, greeks.vanna(), from, rows);
    netVanna = kernels.dot(signed, greeks.vanna(), from, rows);
    vex = kernels.dot(exposed, greeks.vanna(), from, rows) * spot * PERCENT;
    charm = kernels.dot(openInterest, greeks.charm(), from, rows);
    netCharm = kernels.dot(signed, greeks.charm(), from, rows);
    cex = kernels.dot(exposed, greeks.charm(), from, rows) * spot;
    for (int row = from; row < from + rows; row++) {
      absolute[row] = Math.abs(greeks.vanna()[row]);
    }
    gammaRatio = ratio(gammaNet, gammaHeld);
    vannaSize = kernels.dot(openInterest, absolute, from, rows);
    for (int row = from; row < from + rows; row++) {
      absolute[row] = Math.abs(greeks.charm()[row]);
    }
    charmSize = kernels.dot(openInterest, absolute, from, rows);
    vannaRatio = ratio(netVanna, vannaSize);
    charmRatio = ratio(netCharm, charmSize);
    gammaSpread =
        gammaHeld > 0.0
            ? kernels.dot3(openInterest, greeks.gamma(), marked.spread, from, rows) / gammaHeld
            : 0.0;
  }

  private void weigh(final MarkedChain marked, final double nearMoney) {
    final OptionChain chain = marked.chain();
    final double[] interest = chain.openInterests();
    final double[] strikes = chain.strikes();
    final double low = marked.spot() * (1.0 - nearMoney);
    final double high = marked.spot() * (1.0 + nearMoney);
    double near = 0.0;
    double nearUsable = 0.0;
    reserve(marked.contracts.capacity());
    withoutInterest = 0;
    held = false;
    for (int row = marked.from(); row < marked.to(); row++) {
      final boolean usable = marked.usable(row);
      final double weight = usable ? interest[row] : 0.0;
      openInterest[row] = weight;
      signed[row] = marked.sign[row] * weight;
      exposed[row] = signed[row] * marked.multiplier[row];
      held |= weight > 0.0;
      withoutInterest += usable && weight == 0.0 ? 1 : 0;
      if (strikes[row] >= low && strikes[row] <= high && !marked.expired(row)) {
        near += interest[row];
        nearUsable += weight;
      }
    }
    coverage = near > 0.0 ? nearUsable / near : 0.0;
  }

  /** Net over gross, kept within ±1 against rounding; 0 without gross. */
  private static double ratio(final double net, final double gross) {
    return gross > 0.0 ? Math.max(-1.0, Math.min(1.0, net / gross)) : 0.0;
  }

  private void reserve(final int capacity) {
    if (openInterest.length < capacity) {
      openInterest = new double[capacity];
      signed = new double[capacity];
      exposed = new double[capacity];
      absolute = new double[capacity];
    }
  }
}
