package io.millrace.runtime.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What must hold between settings; each setting by itself is already sound. */
final class ConfigRelations {
  private static final BigDecimal ORDERS_PER_WISH = BigDecimal.valueOf(2);
  private static final BigDecimal BUCKETS_IN_REACH = BigDecimal.valueOf(2);
  private static final BigDecimal MAX_CELLS = BigDecimal.valueOf(4096);

  private final Settings settings;
  private final List<String> wrong = new ArrayList<>();

  private ConfigRelations(final Settings settings) {
    this.settings = settings;
  }

  /** One sentence for each pair that does not fit. */
  static List<String> check(final Settings settings) {
    final ConfigRelations relations = new ConfigRelations(settings);
    relations.market();
    relations.engines();
    relations.agents();
    relations.trade();
    relations.risk();
    relations.venue();
    return relations.wrong;
  }

  private void market() {
    final BigDecimal jump = settings.number("market.max_price_jump");
    if (jump.signum() != 0 && jump.compareTo(BigDecimal.ONE) <= 0) {
      wrong("market.max_price_jump", "0, which switches the check off, or above 1");
    }
  }

  private void engines() {
    final boolean buckets = !settings.at("hedge.dealer_buckets").isEmpty();
    if (buckets != settings.at("hedge.dealer_convention").asText().equals("per_bucket")) {
      wrong(
          "hedge.dealer_buckets",
          "hedge.dealer_convention",
          buckets
              ? "empty, or hedge.dealer_convention must be per_bucket"
              : "given, since hedge.dealer_convention is per_bucket");
    }
    cells("liquidity.window", "liquidity.cell");
    cells("sentiment.flow_window", "sentiment.flow_cell");
    atLeast("liquidity.near_fraction", BUCKETS_IN_REACH, "liquidity.bucket_fraction");
    above("liquidity.thin_amihud", "liquidity.liquid_amihud");
    above("liquidity.thin_spread_bps", "liquidity.liquid_spread_bps");
    above("elasticity.high_energy", "elasticity.low_energy");
    notAllZero("sentiment.news_weight", "sentiment.flow_weight", "sentiment.technical_weight");
  }

  private void agents() {
    atLeast("agents.liquidity.full_flow", "agents.liquidity.balanced_flow");
    atLeast("agents.sentiment.full_score", "agents.sentiment.score_threshold");
    notAllZero("composer.hedge_weight", "composer.liquidity_weight", "composer.sentiment_weight");
    atLeast("composer.rich_iv_rank", "composer.cheap_iv_rank");
    atLeast("composer.rich_vol_ratio", "composer.cheap_vol_ratio");
  }

  private void trade() {
    atLeast("trade.chain.target_days", "trade.chain.min_days");
    atLeast("trade.chain.max_days", "trade.chain.target_days");
    above("trade.chain.max_delta", "trade.chain.min_delta");
    for (final String sold : List.of("trade.chain.credit_delta", "trade.chain.condor_delta")) {
      atLeast(sold, "trade.chain.min_delta");
      atLeast("trade.chain.max_delta", sold);
      above(sold, "trade.chain.wing_delta");
    }
    atLeast("trade.chain.wing_delta", "trade.chain.wing_min_delta");
    atLeast("trade.stock.max_stop", "trade.stock.min_stop");
  }

  private void risk() {
    atLeast("portfolio.halt_drawdown_pct", "portfolio.defensive_drawdown_pct");
    atLeast("risk.open_orders_total", "risk.open_orders_symbol");
    atLeast("orders.capacity", ORDERS_PER_WISH, "router.max_active");
  }

  private void venue() {
    if (settings.at("venue.allow_zero_latency").booleanValue()) {
      return;
    }
    for (final String latency : List.of("venue.order_latency", "venue.response_latency")) {
      if (settings.number(latency).signum() == 0) {
        wrong(latency, "above 0, or venue.allow_zero_latency must be true");
      }
    }
  }

  private void atLeast(final String key, final String other) {
    atLeast(key, BigDecimal.ONE, other);
  }

  private void atLeast(final String key, final BigDecimal times, final String other) {
    if (settings.number(key).compareTo(settings.number(other).multiply(times)) < 0) {
      wrong(
          key,
          other,
          "at least " + (times.compareTo(BigDecimal.ONE) == 0 ? "" : times + " × ") + named(other));
    }
  }

  private void above(final String key, final String other) {
    if (settings.number(key).compareTo(settings.number(other)) <= 0) {
      wrong(key, other, "above " + named(other));
    }
  }

  private void cells(final String window, final String cell) {
    final BigDecimal[] cells = settings.number(window).divideAndRemainder(settings.number(cell));
    if (cells[1].signum() != 0 || cells[0].signum() == 0 || cells[0].compareTo(MAX_CELLS) > 0) {
      wrong(window, cell, "a whole multiple, 1 to " + MAX_CELLS + " times, of " + named(cell));
    }
  }

  private void notAllZero(final String... keys) {
    for (final String key : keys) {
      if (settings.number(key).signum() != 0) {
        return;
      }
    }
    wrong.add(
        where(keys[0], keys[1]) + String.join(", ", keys) + " are all 0: one must be above 0");
  }

  private String named(final String key) {
    return key + ", which is " + Settings.shown(settings.at(key));
  }

  private void wrong(final String key, final String must) {
    wrong(key, key, must);
  }

  private void wrong(final String key, final String other, final String must) {
    wrong.add(
        where(key, other) + key + " is " + Settings.shown(settings.at(key)) + ": must be " + must);
  }

  /** Where the one of the two was written that is not a default. */
  private String where(final String key, final String other) {
    final String first = settings.origin(key);
    final String origin = first.equals(Settings.DEFAULT) ? settings.origin(other) : first;
    return origin.equals(Settings.DEFAULT) ? "" : origin + ": ";
  }
}
