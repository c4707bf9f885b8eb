package io.millrace.core.strategy;

/**
 * What a strategy may risk; null keeps the system's value. A strategy may tighten freely; it may
 * loosen up to the system's hard caps ({@code policies.caps}), beyond which it is refused at load.
 *
 * @param maxLeverage most gross exposure, multiple of NAV, above 0
 * @param maxPositionNotional most value of one symbol, account currency, above 0
 * @param maxDrawdown loss from the peak beyond which no risk is added, fraction, above 0
 * @param killSwitchDd loss from the peak beyond which trading halts, fraction, above 0
 */
public record RiskPolicy(
    Double maxLeverage, Double maxPositionNotional, Double maxDrawdown, Double killSwitchDd) {
  /** Keeps all values of the system. */
  public static final RiskPolicy DEFAULT = new RiskPolicy(null, null, null, null);

  /** Sets the leverage. */
  public RiskPolicy withMaxLeverage(final double multiple) {
    return new RiskPolicy(multiple, maxPositionNotional, maxDrawdown, killSwitchDd);
  }

  /** Sets the most value of one symbol. */
  public RiskPolicy withMaxPositionNotional(final double money) {
    return new RiskPolicy(maxLeverage, money, maxDrawdown, killSwitchDd);
  }

  /** Sets the drawdown beyond which no risk is added. */
  public RiskPolicy withMaxDrawdown(final double fraction) {
    return new RiskPolicy(maxLeverage, maxPositionNotional, fraction, killSwitchDd);
  }

  /** Sets the drawdown beyond which trading halts. */
  public RiskPolicy withKillSwitchDd(final double fraction) {
    return new RiskPolicy(maxLeverage, maxPositionNotional, maxDrawdown, fraction);
  }
}
