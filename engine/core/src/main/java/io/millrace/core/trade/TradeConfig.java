package io.millrace.core.trade;

/**
 * What makes an idea, how large it is, and how its legs are chosen.
 *
 * @param minConfidence composite confidence from which a side is traded, 0 to 1
 * @param stockConfidence confidence from which stock is proposed beside a structure, 0 to 1
 * @param neutralConfidence confidence from which a neutral stance is traded, 0 to 1
 * @param capital what the risk fraction is taken of, account currency
 * @param perTradeRisk worst case of one idea over the capital, 0 to 1
 * @param neutralRiskShare share of that for ideas of a neutral or split composite, 0 to 1
 * @param maxNotionalPct most notional of a stock idea over the capital, 0 to 1
 * @param slippageCap how far past the far touch a stock order may pay, fraction of price
 * @param ideaWindowNanos the same idea within one such window of event time has the same key
 * @param targetShare share of the maximum profit at which a structure is left, 0 to 1
 * @param stopShare share of the maximum loss at which a structure is left, 0 to 1
 * @param chain how legs are chosen
 * @param stock how stock is stopped
 */
public record TradeConfig(
    double minConfidence,
    double stockConfidence,
    double neutralConfidence,
    double capital,
    double perTradeRisk,
    double neutralRiskShare,
    double maxNotionalPct,
    double slippageCap,
    long ideaWindowNanos,
    double targetShare,
    double stopShare,
    Chain chain,
    Stock stock) {

  /**
   * How legs are chosen from the chain. Deltas are absolute, per 1.00.
   *
   * @param minDays nearest expiry allowed, calendar days
   * @param maxDays farthest expiry allowed, calendar days
   * @param targetDays expiry preferred, calendar days
   * @param minDelta lower end of the delta band; also the leg sold in a debit spread
   * @param maxDelta upper end of the delta band; also the leg bought in a debit spread
   * @param creditDelta leg sold in a credit spread, inside the band
   * @param condorDelta legs sold in an iron condor, inside the band
   * @param wingDelta legs bought for protection, below what they protect
   * @param wingMinDelta least delta of such a leg
   * @param minOpenInterest least open interest of every leg, contracts
   * @param maxRelativeSpread widest quote of every leg, (ask - bid) over mid
   * @param minDebitReward least maximum profit over maximum loss of a debit spread
   * @param minCreditReward least maximum profit over maximum loss of a credit structure
   */
  public record Chain(
      double minDays,
      double maxDays,
      double targetDays,
      double minDelta,
      double maxDelta,
      double creditDelta,
      double condorDelta,
      double wingDelta,
      double wingMinDelta,
      double minOpenInterest,
      double maxRelativeSpread,
      double minDebitReward,
      double minCreditReward) {}

  /**
   * How stock is stopped.
   *
   * @param horizonDays how long it is meant to be held, calendar days
   * @param stopDeviations distance of the stop in standard deviations over the horizon
   * @param minStop least distance of the stop, fraction of price
   * @param maxStop most distance of the stop, fraction of price
   * @param targetRatio distance of the target over that of the stop
   */
  public record Stock(
      double horizonDays,
      double stopDeviations,
      double minStop,
      double maxStop,
      double targetRatio) {}
}
