package io.millrace.core.strategy;

/**
 * How orders are sized; null keeps the system's value.
 *
 * @param targetVol yearly volatility of equity that {@link Execution#targetPercent} scales to,
 *     fraction; 0 = does not scale
 * @param maxGrossExposure most that {@link Execution#targetPercent} asks for, multiple of equity,
 *     above 0
 * @param perTradeRisk most loss of one structure, fraction of equity, above 0 to 1
 * @param cashBuffer share of equity that {@link Execution#targetPercent} leaves alone, 0 to below 1
 */
public record SizingPolicy(
    Double targetVol, Double maxGrossExposure, Double perTradeRisk, Double cashBuffer) {
  /** Keeps all values of the system. */
  public static final SizingPolicy DEFAULT = new SizingPolicy(null, null, null, null);

  /** Sets the volatility target. */
  public SizingPolicy withTargetVol(final double fraction) {
    return new SizingPolicy(fraction, maxGrossExposure, perTradeRisk, cashBuffer);
  }

  /** Sets the most exposure. */
  public SizingPolicy withMaxGrossExposure(final double multiple) {
    return new SizingPolicy(targetVol, multiple, perTradeRisk, cashBuffer);
  }

  /** Sets the most loss of one structure. */
  public SizingPolicy withPerTradeRisk(final double fraction) {
    return new SizingPolicy(targetVol, maxGrossExposure, fraction, cashBuffer);
  }

  /** Sets the share left alone. */
  public SizingPolicy withCashBuffer(final double fraction) {
    return new SizingPolicy(targetVol, maxGrossExposure, perTradeRisk, fraction);
  }
}
