package io.millrace.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.strategy.StrategyBundle;
import java.util.List;
import java.util.function.Function;

/**
 * Puts a strategy's policies in the place of the settings that they govern. For each policy the
 * bundle's value counts if it has one, else that of the section {@code policies}; a setting that
 * the command line gives by its own name stays, and so does what a file or preset says of the venue
 * where the policy is as shipped. Pure: it changes the settings it is given and nothing else, and
 * every change says where it came from.
 */
final class PolicyMerge {
  private static final String SET = "--set";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final long DAYS_WITHOUT_TRADING = 5;
  private static final int MOST_SHARES = 1_000_000_000;
  private static final int MOST_CONTRACTS = 1_000_000;
  private static final double MOST_BUYING_POWER = 10;

  /** A policy: its key, what the bundle says, its hard cap or null, and what it governs. */
  private record Policy(
      String key, Function<StrategyBundle, Double> own, String cap, List<String> governs) {}

  private static final List<Policy> POLICIES =
      List.of(
          new Policy(
              "policies.cost.commission_bps",
              bundle -> bundle.cost().commissionBps(),
              null,
              List.of("venue.fees.commission_bps")),
          new Policy(
              "policies.cost.slippage_bps",
              bundle -> bundle.cost().slippageBps(),
              null,
              List.of("venue.slippage_bps")),
          new Policy(
              "policies.cost.min_fee",
              bundle -> bundle.cost().minFee(),
              null,
              List.of("venue.fees.min_per_order")),
          new Policy(
              "policies.risk.max_leverage",
              bundle -> bundle.risk().maxLeverage(),
              "policies.caps.max_leverage",
              List.of(
                  "risk.strategy_leverage",
                  "risk.gross_exposure_multiple",
                  "risk.net_exposure_multiple")),
          new Policy(
              "policies.risk.max_position_notional",
              bundle -> bundle.risk().maxPositionNotional(),
              null,
              List.of("risk.strategy_position_notional")),
          new Policy(
              "policies.risk.max_drawdown",
              bundle -> bundle.risk().maxDrawdown(),
              "policies.caps.max_drawdown",
              List.of(
                  "risk.drawdown_pct",
                  "risk.daily_loss_pct",
                  "portfolio.reduce_only_daily_loss_pct")),
          new Policy(
              "policies.risk.kill_switch_dd",
              bundle -> bundle.risk().killSwitchDd(),
              "policies.caps.kill_switch_dd",
              List.of("portfolio.halt_drawdown_pct", "portfolio.defensive_drawdown_pct")),
          new Policy(
              "policies.sizing.target_vol", bundle -> bundle.sizing().targetVol(), null, List.of()),
          new Policy(
              "policies.sizing.max_gross_exposure",
              bundle -> bundle.sizing().maxGrossExposure(),
              null,
              List.of()),
          new Policy(
              "policies.sizing.per_trade_risk",
              bundle -> bundle.sizing().perTradeRisk(),
              "policies.caps.per_trade_risk",
              List.of("risk.strategy_trade_risk")),
          new Policy(
              "policies.sizing.cash_buffer",
              bundle -> bundle.sizing().cashBuffer(),
              null,
              List.of()));

  private final Settings settings;
  private final StrategyBundle bundle;
  private final String place;
  private final List<String> problems;

  private PolicyMerge(
      final Settings settings,
      final StrategyBundle bundle,
      final String place,
      final List<String> problems) {
    this.settings = settings;
    this.bundle = bundle;
    this.place = place;
    this.problems = problems;
  }

  /**
   * Merges.
   *
   * @param place file and line of the bundle, for origins and messages
   * @param problems takes a sentence for each override past its cap
   */
  static void apply(
      final Settings settings,
      final StrategyBundle bundle,
      final String place,
      final List<String> problems) {
    new PolicyMerge(settings, bundle, place, problems).merge();
  }

  private void merge() {
    for (final Policy policy : POLICIES) {
      final Double own = policy.own().apply(bundle);
      if (own != null) {
        if (!capped(policy, own)) {
          continue;
        }
        put(policy.key(), JsonNodeFactory.instance.numberNode(own), place);
      }
      for (final String key : policy.governs()) {
        govern(key, settings.at(policy.key()), policy.key());
      }
    }
    if (bundle.shortSelling() != null) {
      put(
          "policies.risk.allow_short",
          JsonNodeFactory.instance.booleanNode(bundle.shortSelling()),
          place);
    }
    final String shorts = "policies.risk.allow_short";
    govern("risk.allow_short_stock", settings.at(shorts), shorts);
    buyingPower();
    sizes();
    prices();
    final boolean queues = settings.at("venue.fill").asText().equals("next_open");
    govern("risk.queue_for_open", JsonNodeFactory.instance.booleanNode(queues), "venue.fill");
  }

  private boolean capped(final Policy policy, final double own) {
    final JsonNode cap = policy.cap() == null ? null : settings.at(policy.cap());
    if (cap != null && cap.isNumber() && !(own <= cap.doubleValue())) {
      problems.add(
          place
              + ": "
              + bundle.name()
              + " asks for "
              + policy.key().substring("policies.".length())
              + " "
              + own
              + ", beyond the hard cap "
              + cap
              + " ("
              + policy.cap()
              + "); ask for less");
      return false;
    }
    return true;
  }

  private void buyingPower() {
    final String leverage = "policies.risk.max_leverage";
    final double multiple = settings.at(leverage).asDouble();
    final double power = Math.max(1, Math.min(MOST_BUYING_POWER, multiple));
    govern("risk.buying_power_multiple", JsonNodeFactory.instance.numberNode(power), leverage);
  }

  /** What leverage bounds need not be bounded by number. */
  private void sizes() {
    final String leverage = "policies.risk.max_leverage";
    govern("risk.max_shares", JsonNodeFactory.instance.numberNode(MOST_SHARES), leverage);
    govern("risk.max_contracts", JsonNodeFactory.instance.numberNode(MOST_CONTRACTS), leverage);
  }

  /** A price is as old as the bar it came with: a bar more, or a long weekend of daily bars. */
  private void prices() {
    final long frame = bundle.timeframeNanos();
    final long more =
        frame >= DAY_NANOS ? Math.max(DAYS_WITHOUT_TRADING * DAY_NANOS, frame) : frame;
    for (final String key : List.of("risk.price_stale_millis", "risk.option_price_stale_millis")) {
      final long millis = settings.at(key).asLong() + (long) (more / NANOS_PER_MILLI);
      govern(key, JsonNodeFactory.instance.numberNode(millis), "the timeframe");
    }
  }

  private void govern(final String key, final JsonNode value, final String by) {
    if (settings.origin(key).startsWith(SET) || settings.at(key).equals(value)) {
      return;
    }
    final String origin = settings.origin(by);
    if (key.startsWith("venue.")
        && origin.equals(Settings.DEFAULT)
        && !settings.origin(key).equals(Settings.DEFAULT)) {
      return; // what a preset charges stays where no policy was written
    }
    put(key, value, origin.equals(Settings.DEFAULT) ? by : by + ", " + origin);
  }

  private void put(final String key, final JsonNode value, final String origin) {
    final int dot = key.lastIndexOf('.');
    ((ObjectNode) settings.at(key.substring(0, dot))).set(key.substring(dot + 1), value);
    settings.origins().put(key, origin);
  }
}
