package io.millrace.core.risk;

import io.millrace.core.portfolio.Fractions;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate allows. The limit itself always passes; the next step beyond it is denied.
 * Fractions are fractions: a {@code *Pct} over 1 is read as percent ({@link Fractions}). Shares of
 * NAV are shares of the last NAV struck.
 *
 * @param navFreshnessSeconds oldest NAV that risk is taken on, 1 to 86,400
 * @param priceStaleMillis oldest reference price of a non-option, 1 to 864,000,000
 * @param optionPriceStaleMillis oldest reference price of an option, 1 to 864,000,000
 * @param maxShares largest quantity of an order in a non-option, units, 1 to 1,000,000,000
 * @param maxContracts largest quantity of an order in an option or a structure, 1 to 1,000,000
 * @param collarLiquidPct furthest limit price from the reference, share of it, liquidity bucket 0
 * @param collarOtherPct the same for other liquidity buckets
 * @param collarOptionPct the same for options and, of the net mid, for structures
 * @param collarMinTicks the collar is never narrower than this many ticks, 0 to 10,000
 * @param orderNotionalPct largest order, share of NAV
 * @param positionCorePct largest position with working orders of a symbol of tier CORE, share of
 *     NAV
 * @param positionSatellitePct the same for SATELLITE
 * @param positionTacticalPct the same for TACTICAL
 * @param positionAltExtPct the same for ALT_EXT
 * @param ideaMaxLossPct largest worst case of one idea, share of NAV
 * @param grossExposureMultiple largest gross exposure with working orders, multiple of NAV, 0 to
 *     100
 * @param netExposureMultiple largest net exposure to one side, multiple of NAV, 0 to 100
 * @param openOrdersSymbol most open orders of a symbol, this one included, 1 to 10,000
 * @param openOrdersTotal most open orders in all, this one included, 1 to 100,000
 * @param buyingPowerMultiple free cash, and NAV this many times less once, can be spent, 1 to 10
 * @param shortMarginPct margin of a short sale on top of its proceeds, share of its value
 * @param dailyLossPct loss since the day's start beyond which no risk is added
 * @param drawdownPct loss from the peak beyond which no risk is added
 * @param defensiveSizePct in the defensive mode the size limits shrink to this share
 * @param keyCapacity idempotency keys remembered, forever; when all are used every new key is
 *     denied, 1 to 16,777,216
 * @param duplicateContentMillis the same content again within this is a duplicate, 0 to 60,000
 * @param messageWindowMillis window of the message rate, 1 to 60,000
 * @param messagesPerWindow most approvals within that window, this one included, 1 to 10,000
 * @param allowReduce cut an order to the limit (whole lots) rather than deny it
 * @param allowShortStock whether a sale may leave a non-option short
 * @param allowNakedOptions whether a sale may leave a single option short
 * @param exitsWhileHalted whether an order that really reduces passes a halt
 * @param strategyLeverage for orders of a strategy, instead of the shares of NAV above: largest
 *     position of a symbol and half the largest order (which may turn a position round), multiple
 *     of NAV, 0 to 100
 * @param strategyPositionNotional for orders of a strategy: largest position of a symbol, account
 *     currency, 0 = no such bound
 * @param strategyTradeRisk for structures of a strategy: largest worst case, share of NAV
 * @param queueForOpen whether market orders may be given outside the session, for a venue that
 *     fills them at the next open
 * @param strategyReference price that market orders and structures of a strategy are judged by
 */
public record RiskLimits(
    long navFreshnessSeconds,
    long priceStaleMillis,
    long optionPriceStaleMillis,
    long maxShares,
    long maxContracts,
    double collarLiquidPct,
    double collarOtherPct,
    double collarOptionPct,
    int collarMinTicks,
    double orderNotionalPct,
    double positionCorePct,
    double positionSatellitePct,
    double positionTacticalPct,
    double positionAltExtPct,
    double ideaMaxLossPct,
    double grossExposureMultiple,
    double netExposureMultiple,
    int openOrdersSymbol,
    int openOrdersTotal,
    double buyingPowerMultiple,
    double shortMarginPct,
    double dailyLossPct,
    double drawdownPct,
    double defensiveSizePct,
    int keyCapacity,
    long duplicateContentMillis,
    long messageWindowMillis,
    int messagesPerWindow,
    boolean allowReduce,
    boolean allowShortStock,
    boolean allowNakedOptions,
    boolean exitsWhileHalted,
    double strategyLeverage,
    double strategyPositionNotional,
    double strategyTradeRisk,
    boolean queueForOpen,
    Reference strategyReference) {

  private static final long DAY_SECONDS = 86_400;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long MAX_STALE_MILLIS = 10 * DAY_MILLIS;
  private static final long MINUTE_MILLIS = 60_000;

  /**
   * @throws IllegalArgumentException naming every field that is out of range
   */
  public RiskLimits {
    collarLiquidPct = Fractions.fraction(collarLiquidPct);
    collarOtherPct = Fractions.fraction(collarOtherPct);
    collarOptionPct = Fractions.fraction(collarOptionPct);
    orderNotionalPct = Fractions.fraction(orderNotionalPct);
    positionCorePct = Fractions.fraction(positionCorePct);
    positionSatellitePct = Fractions.fraction(positionSatellitePct);
    positionTacticalPct = Fractions.fraction(positionTacticalPct);
    positionAltExtPct = Fractions.fraction(positionAltExtPct);
    ideaMaxLossPct = Fractions.fraction(ideaMaxLossPct);
    shortMarginPct = Fractions.fraction(shortMarginPct);
    dailyLossPct = Fractions.fraction(dailyLossPct);
    drawdownPct = Fractions.fraction(drawdownPct);
    defensiveSizePct = Fractions.fraction(defensiveSizePct);
    strategyTradeRisk = Fractions.fraction(strategyTradeRisk);
    final List<String> wrong = new ArrayList<>();
    range("nav_freshness_seconds", navFreshnessSeconds, 1, DAY_SECONDS, wrong);
    range("price_stale_millis", priceStaleMillis, 1, MAX_STALE_MILLIS, wrong);
    range("option_price_stale_millis", optionPriceStaleMillis, 1, MAX_STALE_MILLIS, wrong);
    range("max_shares", maxShares, 1, 1_000_000_000, wrong);
    range("max_contracts", maxContracts, 1, 1_000_000, wrong);
    Fractions.check("collar_liquid_pct", collarLiquidPct, wrong);
    Fractions.check("collar_other_pct", collarOtherPct, wrong);
    Fractions.check("collar_option_pct", collarOptionPct, wrong);
    range("collar_min_ticks", collarMinTicks, 0, 10_000, wrong);
    Fractions.check("order_notional_pct", orderNotionalPct, wrong);
    Fractions.check("position_core_pct", positionCorePct, wrong);
    Fractions.check("position_satellite_pct", positionSatellitePct, wrong);
    Fractions.check("position_tactical_pct", positionTacticalPct, wrong);
    Fractions.check("position_alt_ext_pct", positionAltExtPct, wrong);
    Fractions.check("idea_max_loss_pct", ideaMaxLossPct, wrong);
    multiple("gross_exposure_multiple", grossExposureMultiple, 0, 100, wrong);
    multiple("net_exposure_multiple", netExposureMultiple, 0, 100, wrong);
    range("open_orders_symbol", openOrdersSymbol, 1, 10_000, wrong);
    range("open_orders_total", openOrdersTotal, 1, 100_000, wrong);
    multiple("buying_power_multiple", buyingPowerMultiple, 1, 10, wrong);
    Fractions.check("short_margin_pct", shortMarginPct, wrong);
    Fractions.check("daily_loss_pct", dailyLossPct, wrong);
    Fractions.check("drawdown_pct", drawdownPct, wrong);
    Fractions.check("defensive_size_pct", defensiveSizePct, wrong);
    range("key_capacity", keyCapacity, 1, 1 << 24, wrong);
    range("duplicate_content_millis", duplicateContentMillis, 0, MINUTE_MILLIS, wrong);
    range("message_window_millis", messageWindowMillis, 1, MINUTE_MILLIS, wrong);
    range("messages_per_window", messagesPerWindow, 1, 10_000, wrong);
    multiple("strategy_leverage", strategyLeverage, 0, 100, wrong);
    multiple("strategy_position_notional", strategyPositionNotional, 0, 1e10, wrong);
    Fractions.check("strategy_trade_risk", strategyTradeRisk, wrong);
    if (strategyReference == null) {
      wrong.add("strategy_reference is missing");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("risk: " + String.join("; ", wrong));
    }
  }

  private static void range(
      final String field,
      final long value,
      final long low,
      final long high,
      final List<String> wrong) {
    if (value < low || value > high) {
      wrong.add(field + " " + value + " is not " + low + " to " + high);
    }
  }

  private static void multiple(
      final String field,
      final double value,
      final double low,
      final double high,
      final List<String> wrong) {
    if (!(value >= low && value <= high)) {
      wrong.add(field + " " + value + " is not " + low + " to " + high);
    }
  }

  /** What the shipped config says. */
  public static RiskLimits defaults() {
    return new RiskLimits(
        90,
        2_000,
        2_000,
        10_000,
        100,
        0.02,
        0.05,
        0.25,
        5,
        0.01,
        0.30,
        0.20,
        0.10,
        0.05,
        0.01,
        2.0,
        1.0,
        5,
        50,
        1.0,
        0.5,
        0.03,
        0.10,
        0.5,
        262_144,
        500,
        1_000,
        50,
        true,
        false,
        false,
        true,
        1.0,
        0,
        0.02,
        false,
        Reference.MID);
  }
}
