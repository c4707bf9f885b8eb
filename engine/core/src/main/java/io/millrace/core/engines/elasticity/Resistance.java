package io.millrace.core.engines.elasticity;

import io.millrace.codecs.Feature;
import io.millrace.core.slot.FeatureTable;

/**
 * The formulas of resistance; no state.
 *
 * <p>Base cost: the currency that has to be traded to move the price by 1 %.
 *
 * <ul>
 *   <li>Amihud says a fraction a per 1e6 of currency: A = 0.01 × 1e6 / a.
 *   <li>Kyle says lambda of price per unit: 0.01 S / lambda units, each worth S: K = 0.01 S² /
 *       lambda.
 *   <li>Blend on the log scale, Kyle with the weight w = kyleWeight × R²: A^(1-w) K^w; the one that
 *       is there when the other is not.
 *   <li>A wide spread tells of a thin book: divided by 1 + spread / spreadHalf.
 * </ul>
 *
 * <p>Hedge multiplier of a side: with n the normalised gamma pressure (hedge_regime_energy) and p
 * in 0..1 the nearness of a wall on that side (1 at the wall, 0 from wallReach on): dealers long
 * gamma (1 + k1 n)(1 + kw n p), short gamma (1 - k2 n)(1 - kw n p), never below the floor.
 *
 * <p>Indicator factor: with o in -1..1 the overbought reading, up 1 + ki o, down 1 - ki o.
 */
final class Resistance {
  /** A smaller Amihud figure, per 1e6 of currency, is taken as this: the book did not move. */
  static final double LEAST_AMIHUD = 1e-8;

  /** Bounds of a base cost, currency: keeps all that follows finite. */
  static final double LEAST_COST = 1.0;

  /** Upper bound of a base cost, currency. */
  static final double MOST_COST = 1e15;

  private static final double ONE_PERCENT = 0.01;
  private static final double AMIHUD_UNIT = 1e6;
  private static final double RSI_MIDDLE = 50.0;
  private static final double RSI_REACH = 20.0;

  private final ElasticityConfig config;

  Resistance(final ElasticityConfig config) {
    this.config = config;
  }

  /** Whether the liquidity features allow a base cost. */
  boolean known(final FeatureTable liquidity, final double spot) {
    return liquidity.has(Feature.AMIHUD_ILLIQUIDITY) || kyle(liquidity, spot);
  }

  private static boolean kyle(final FeatureTable liquidity, final double spot) {
    return spot > 0 && liquidity.get(Feature.KYLE_LAMBDA) > 0;
  }

  /** Base cost of 1 %, currency; ask only when {@link #known}. */
  double base(final FeatureTable liquidity, final double spot) {
    final double amihudCost =
        ONE_PERCENT
            * AMIHUD_UNIT
            / Math.max(LEAST_AMIHUD, liquidity.get(Feature.AMIHUD_ILLIQUIDITY, LEAST_AMIHUD));
    double cost = amihudCost;
    if (kyle(liquidity, spot)) {
      final double kyleCost = ONE_PERCENT * spot * spot / liquidity.get(Feature.KYLE_LAMBDA);
      if (liquidity.has(Feature.AMIHUD_ILLIQUIDITY)) {
        final double weight = config.kyleWeight() * liquidity.get(Feature.KYLE_R2);
        cost =
            StrictMath.exp(
                (1 - weight) * StrictMath.log(amihudCost)
                    + weight * StrictMath.log(clamp(kyleCost, LEAST_COST, MOST_COST)));
      } else {
        cost = kyleCost;
      }
    }
    final double spread = liquidity.get(Feature.AVG_SPREAD_BPS);
    return clamp(cost / (1 + spread / config.spreadHalfBps()), LEAST_COST, MOST_COST);
  }

  /**
   * @param sign dealers long gamma 1, short -1, neutral 0
   * @param pressure 0..1
   * @param wallNearness 0..1
   */
  double hedgeMultiplier(final double sign, final double pressure, final double wallNearness) {
    double multiplier = 1;
    if (sign > 0) {
      multiplier =
          (1 + config.longGamma() * pressure) * (1 + config.wallWeight() * pressure * wallNearness);
    } else if (sign < 0) {
      multiplier =
          (1 - config.shortGamma() * pressure)
              * (1 - config.wallWeight() * pressure * wallNearness);
    }
    return Math.max(config.floor(), multiplier);
  }

  /** Nearness of the nearer wall above ({@code up}) or below the spot: 1 at it, 0 out of reach. */
  double wallNearness(final FeatureTable hedge, final double spot, final boolean up) {
    return Math.max(
        nearness(hedge, Feature.CALL_WALL, spot, up), nearness(hedge, Feature.PUT_WALL, spot, up));
  }

  private double nearness(
      final FeatureTable hedge, final Feature wall, final double spot, final boolean up) {
    if (!hedge.has(wall) || spot <= 0) {
      return 0;
    }
    final double distance = (hedge.get(wall) - spot) / spot;
    if (up ? distance < 0 : distance > 0) {
      return 0;
    }
    return Math.max(0.0, 1 - Math.abs(distance) / config.wallReach());
  }

  /**
   * Overbought 1, oversold -1: mean of place in the bands and strength, when they agree; else 0.
   */
  static double overbought(final double percentB, final double rsi) {
    final double band = clamp(2 * percentB - 1, -1, 1);
    final double strength = clamp((rsi - RSI_MIDDLE) / RSI_REACH, -1, 1);
    return band * strength <= 0 ? 0.0 : (band + strength) / 2;
  }

  private static double clamp(final double value, final double low, final double high) {
    return Math.max(low, Math.min(high, value));
  }
}
