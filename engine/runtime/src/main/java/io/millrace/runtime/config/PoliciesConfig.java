package io.millrace.runtime.config;

/**
 * What a strategy gets unless its bundle says otherwise; see {@link PolicyMerge}.
 *
 * @param cost what trading costs
 * @param risk what may be risked
 * @param sizing how orders are sized
 * @param caps how far a bundle may loosen
 */
public record PoliciesConfig(Cost cost, Risk risk, Sizing sizing, Caps caps) {
  /**
   * Costs beyond the venue's schedule.
   *
   * @param commissionBps of the value of each fill, basis points
   * @param slippageBps by which market orders are priced worse, basis points
   * @param minFee least fee of an order that traded, account currency
   */
  public record Cost(double commissionBps, double slippageBps, double minFee) {}

  /**
   * Bounds.
   *
   * @param maxLeverage gross exposure, multiple of NAV
   * @param maxPositionNotional of a symbol, account currency; 0 = none
   * @param maxDrawdown fraction of the peak beyond which no risk is added
   * @param killSwitchDd fraction of the peak beyond which trading halts
   * @param allowShort whether stock may be sold short
   */
  public record Risk(
      double maxLeverage,
      double maxPositionNotional,
      double maxDrawdown,
      double killSwitchDd,
      boolean allowShort) {}

  /**
   * Sizes.
   *
   * @param targetVol yearly volatility to scale to, 0 = none
   * @param maxGrossExposure multiple of equity
   * @param perTradeRisk worst case of a structure, share of NAV
   * @param cashBuffer share of equity left alone
   */
  public record Sizing(
      double targetVol, double maxGrossExposure, double perTradeRisk, double cashBuffer) {}

  /**
   * Hard caps.
   *
   * @param maxLeverage of {@link Risk#maxLeverage}
   * @param maxDrawdown of {@link Risk#maxDrawdown}
   * @param killSwitchDd of {@link Risk#killSwitchDd}
   * @param perTradeRisk of {@link Sizing#perTradeRisk}
   */
  public record Caps(
      double maxLeverage, double maxDrawdown, double killSwitchDd, double perTradeRisk) {}
}
