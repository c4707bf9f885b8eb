package io.millrace.core.engines.hedge;

import io.millrace.codecs.Regime;

/**
 * Names the state of the dealer field; the first rule that holds, all scale-free in open interest.
 *
 * <ol>
 *   <li>{@code illiquid_gamma}: the gamma sits in contracts with spreads so wide that dealers
 *       cannot lay it off in options
 *   <li>{@code pin}: dealers long gamma, concentrated, spot at the strike with most gamma, expiry
 *       near: hedging pulls spot to the strike
 *   <li>{@code gamma_squeeze}: large positive gamma held in calls above spot
 *   <li>{@code vanna_flow}: a day's move of volatility makes dealers trade more than a day's move
 *       of spot
 *   <li>{@code neutral}: none of these
 * </ol>
 */
final class RegimeRules {
  private final HedgeConfig config;

  RegimeRules(final HedgeConfig config) {
    this.config = config;
  }

  /**
   * @param gammaSign dealer sign with the neutral band
   * @param vannaSign dealer sign with the neutral band
   * @param energy |net| over gross gamma
   * @param gammaSpread relative spread weighted by gamma
   * @param peakDistance |strike with most gamma - spot| / spot
   * @param concentration Herfindahl index of gamma by strike
   * @param nearestDays days to the nearest expiry
   * @param squeezeRatio call less put gamma above spot over all gamma
   * @param vannaShare see {@link #vannaShare}
   */
  Regime judge(
      final int gammaSign,
      final int vannaSign,
      final double energy,
      final double gammaSpread,
      final double peakDistance,
      final double concentration,
      final double nearestDays,
      final double squeezeRatio,
      final double vannaShare) {
    if (gammaSpread >= config.illiquidSpread()) {
      return Regime.ILLIQUID_GAMMA;
    }
    if (gammaSign > 0
        && peakDistance <= config.pinDistance()
        && concentration >= config.pinConcentration()
        && nearestDays <= config.pinMaxDays()) {
      return Regime.PIN;
    }
    if (gammaSign != 0
        && energy >= config.squeezeEnergy()
        && squeezeRatio >= config.squeezeRatio()) {
      return Regime.GAMMA_SQUEEZE;
    }
    if (vannaSign != 0 && vannaShare >= config.vannaFlowShare()) {
      return Regime.VANNA_FLOW;
    }
    return Regime.NEUTRAL;
  }

  /**
   * |vex · Δσ| / (|vex · Δσ| + |gex · ΔS|): the hedging of an ordinary day's volatility move
   * against that of an ordinary day's spot move, Δσ configured in points, ΔS = atm volatility /
   * √365 in per cent. 0 when neither moves anything.
   */
  double vannaShare(final double gex, final double vex, final double atmIv) {
    final double percent = 100.0;
    final double byVol = Math.abs(vex) * config.dailyVolMove() * percent;
    final double bySpot = Math.abs(gex) * atmIv / Math.sqrt(Expiries.DAYS_PER_YEAR) * percent;
    final double both = byVol + bySpot;
    return both > 0.0 ? byVol / both : 0.0;
  }
}
