package io.millrace.core.snapshot;

import io.millrace.codecs.Regime;

/**
 * One regime out of four. An engine has a say when it is not degraded and its confidence is enough.
 * The first rule that holds:
 *
 * <ol>
 *   <li>nobody has a say: degraded;
 *   <li>dealers short gamma and a thin book: illiquid gamma, since hedging will meet no resistance;
 *   <li>the hedge engine names a field (squeeze, pin, vanna flow, illiquid gamma): that;
 *   <li>liquidity is thin or one-sided: that;
 *   <li>news is clear: bullish or bearish news;
 *   <li>elasticity is high, low or asymmetric: that;
 *   <li>liquidity is high: that;
 *   <li>else normal.
 * </ol>
 */
final class RegimeFusion {
  private RegimeFusion() {}

  /**
   * @param hedge NONE = has no say, as for the others
   * @param shortGamma dealers are short gamma
   */
  static Regime fuse(
      final Regime hedge,
      final Regime liquidity,
      final Regime sentiment,
      final Regime elasticity,
      final boolean shortGamma) {
    if (silent(hedge) && silent(liquidity) && silent(sentiment) && silent(elasticity)) {
      return Regime.DEGRADED;
    }
    if (shortGamma && !silent(hedge) && liquidity == Regime.THIN_LIQUIDITY) {
      return Regime.ILLIQUID_GAMMA;
    }
    if (!silent(hedge) && hedge != Regime.NEUTRAL) {
      return hedge;
    }
    if (liquidity == Regime.THIN_LIQUIDITY || liquidity == Regime.ONE_SIDED_FLOW) {
      return liquidity;
    }
    if (sentiment == Regime.BULLISH_NEWS || sentiment == Regime.BEARISH_NEWS) {
      return sentiment;
    }
    if (!silent(elasticity) && elasticity != Regime.NORMAL) {
      return elasticity;
    }
    return liquidity == Regime.HIGH_LIQUIDITY ? liquidity : Regime.NORMAL;
  }

  private static boolean silent(final Regime regime) {
    return regime == Regime.NONE || regime == Regime.DEGRADED;
  }
}
