package io.millrace.core.engines.hedge;

import java.util.ArrayList;
import java.util.List;

/**
 * Thresholds of the hedge engine.
 *
 * @param dealerConvention which side of the open interest dealers hold
 * @param rate interest rate, continuously compounded per year, -0.5 to 0.5
 * @param dividendYield yield of the underlying where parity gives no forward, continuously
 *     compounded per year, -0.5 to 0.5
 * @param maxCarry bound of the carry that parity may imply, per year, above 0 to 1: keeps the noise
 *     of the last hours of an expiry out
 * @param parityStrikes strikes around the money that the forward is taken from, 1 to 31
 * @param neutralBand a net pressure below this share of the gross has sign 0, 0 to below 1
 * @param staleQuoteSeconds an option quote older than this is left out, and a price of the
 *     underlying older than this degrades, 1 or more
 * @param expiryGuardSeconds a contract with less than this to live counts as expired, 1 or more
 * @param minContracts fewer contracts with usable Greeks than this degrade, 1 or more
 * @param maxZeroBidShare a larger share of live contracts without a bid degrades, above 0 to 1
 * @param maxStaleShare a larger share of live contracts with stale quotes degrades, above 0 to 1
 * @param nearMoney contracts struck within this fraction of spot count for the confidence, above 0
 *     to below 1
 * @param configuredCarryConfidence factor on the confidence when the front forward is not from
 *     parity, 0 to 1
 * @param degradedConfidence factor on the confidence when degraded for few contracts, zero bids or
 *     stale quotes, 0 to 1
 * @param frontMinDays the front expiry is the nearest one at least this many days away, 0 or more
 * @param pinDistance spot within this fraction of the strike with most gamma can pin, above 0 to
 *     below 1
 * @param pinConcentration least gamma concentration of a pin, 0 to 1
 * @param pinMaxDays the nearest expiry is at most this many days away in a pin, above 0
 * @param squeezeEnergy least hedge regime energy of a gamma squeeze, 0 to 1
 * @param squeezeRatio least call less put gamma above spot over all gamma, of a gamma squeeze,
 *     above 0 to 1
 * @param vannaFlowShare least share of a day's volatility move in the hedging flow, of a vanna
 *     flow, above 0 to 1
 * @param dailyVolMove volatility move of an ordinary day, in 1.00 of volatility, above 0 to 1
 * @param illiquidSpread least gamma-weighted relative spread of illiquid gamma, above 0
 * @param zeroGammaWidth half width of the grid for zero gamma, fraction of spot, above 0 to below 1
 * @param zeroGammaSteps steps of that grid on either side of spot, 1 to 200
 * @param zeroGammaRefreshSeconds the grid is re-priced when the chain changed, spot left its inner
 *     step or this much time went by, 1 or more
 * @param greeksSource whose implied volatilities and Greeks count
 * @param minVendorIv a vendor's volatility below this counts as not given, and its Greeks with it:
 *     vendors print such for contracts whose price and spot are of different instants; 0 to below 1
 * @param dealerBuckets sides by moneyness and expiry, for {@code per_bucket}; else empty
 * @param volatilityIndex symbol of the volatility index whose chain gives the friction factor;
 *     empty = none
 * @param related underlyings whose fields blend into another's; empty = none
 */
public record HedgeConfig(
    DealerConvention dealerConvention,
    double rate,
    double dividendYield,
    double maxCarry,
    int parityStrikes,
    double neutralBand,
    int staleQuoteSeconds,
    int expiryGuardSeconds,
    int minContracts,
    double maxZeroBidShare,
    double maxStaleShare,
    double nearMoney,
    double configuredCarryConfidence,
    double degradedConfidence,
    double frontMinDays,
    double pinDistance,
    double pinConcentration,
    double pinMaxDays,
    double squeezeEnergy,
    double squeezeRatio,
    double vannaFlowShare,
    double dailyVolMove,
    double illiquidSpread,
    double zeroGammaWidth,
    int zeroGammaSteps,
    int zeroGammaRefreshSeconds,
    GreeksSource greeksSource,
    double minVendorIv,
    List<DealerBucket> dealerBuckets,
    String volatilityIndex,
    List<RelatedUnderlying> related) {
  /** Most strikes that a parity forward is taken from. */
  static final int MAX_PARITY_STRIKES = 31;

  /** Most steps of the zero-gamma grid on either side. */
  static final int MAX_ZERO_GAMMA_STEPS = 200;

  private static final double MAX_RATE = 0.5;
  private static final int MAX_SECONDS = 31_536_000;
  private static final double BELOW_ONE = Math.nextDown(1.0);

  /**
   * Checks all ranges.
   *
   * @throws IllegalArgumentException naming every field that is out of range, its value and range
   */
  public HedgeConfig {
    final List<String> wrong = new ArrayList<>();
    if (dealerConvention == null) {
      wrong.add("dealer_convention is missing");
    }
    within(wrong, "rate", rate, -MAX_RATE, MAX_RATE);
    within(wrong, "dividend_yield", dividendYield, -MAX_RATE, MAX_RATE);
    within(wrong, "max_carry", maxCarry, Double.MIN_NORMAL, 1.0);
    within(wrong, "parity_strikes", parityStrikes, 1, MAX_PARITY_STRIKES);
    within(wrong, "neutral_band", neutralBand, 0.0, BELOW_ONE);
    within(wrong, "stale_quote_seconds", staleQuoteSeconds, 1, MAX_SECONDS);
    within(wrong, "expiry_guard_seconds", expiryGuardSeconds, 1, MAX_SECONDS);
    within(wrong, "min_contracts", minContracts, 1, Integer.MAX_VALUE);
    within(wrong, "max_zero_bid_share", maxZeroBidShare, Double.MIN_NORMAL, 1.0);
    within(wrong, "max_stale_share", maxStaleShare, Double.MIN_NORMAL, 1.0);
    within(wrong, "near_money", nearMoney, Double.MIN_NORMAL, BELOW_ONE);
    within(wrong, "configured_carry_confidence", configuredCarryConfidence, 0.0, 1.0);
    within(wrong, "degraded_confidence", degradedConfidence, 0.0, 1.0);
    within(wrong, "front_min_days", frontMinDays, 0.0, Double.MAX_VALUE);
    within(wrong, "pin_distance", pinDistance, Double.MIN_NORMAL, BELOW_ONE);
    within(wrong, "pin_concentration", pinConcentration, 0.0, 1.0);
    within(wrong, "pin_max_days", pinMaxDays, Double.MIN_NORMAL, Double.MAX_VALUE);
    within(wrong, "squeeze_energy", squeezeEnergy, 0.0, 1.0);
    within(wrong, "squeeze_ratio", squeezeRatio, Double.MIN_NORMAL, 1.0);
    within(wrong, "vanna_flow_share", vannaFlowShare, Double.MIN_NORMAL, 1.0);
    within(wrong, "daily_vol_move", dailyVolMove, Double.MIN_NORMAL, 1.0);
    within(wrong, "illiquid_spread", illiquidSpread, Double.MIN_NORMAL, Double.MAX_VALUE);
    within(wrong, "zero_gamma_width", zeroGammaWidth, Double.MIN_NORMAL, BELOW_ONE);
    within(wrong, "zero_gamma_steps", zeroGammaSteps, 1, MAX_ZERO_GAMMA_STEPS);
    within(wrong, "zero_gamma_refresh_seconds", zeroGammaRefreshSeconds, 1, MAX_SECONDS);
    within(wrong, "min_vendor_iv", minVendorIv, 0.0, BELOW_ONE);
    if (greeksSource == null) {
      wrong.add("greeks_source is missing");
    }
    dealerBuckets = dealerBuckets == null ? List.of() : List.copyOf(dealerBuckets);
    related = related == null ? List.of() : List.copyOf(related);
    volatilityIndex = volatilityIndex == null ? "" : volatilityIndex;
    if ((dealerConvention == DealerConvention.PER_BUCKET) == dealerBuckets.isEmpty()) {
      wrong.add("dealer_buckets are given with dealer_convention per_bucket, and only then");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("hedge: " + String.join("; ", wrong));
    }
  }

  private static void within(
      final List<String> wrong,
      final String field,
      final double value,
      final double min,
      final double max) {
    if (!(value >= min && value <= max)) {
      wrong.add(field + " is " + value + ", allowed " + min + " to " + max);
    }
  }
}
