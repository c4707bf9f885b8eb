package io.millrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.strategy.CostPolicy;
import io.millrace.core.strategy.RiskPolicy;
import io.millrace.core.strategy.SizingPolicy;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a strategy's policies do to the settings, and what they leave alone. */
class PolicyMergeTest {
  private static final String PLACE = "Mine.java:7";

  private static StrategyBundle.Builder mine() {
    return StrategyBundle.named("mine").universe("GOOG");
  }

  private static StrategyBundle made(final StrategyBundle.Builder builder) {
    return builder.create(() -> new Strategy() {});
  }

  private static ConfigLoader.Resolved resolved(
      final StrategyBundle.Builder builder, final String... sets) {
    return ConfigLoader.load(List.of(), List.of(sets), made(builder), PLACE);
  }

  @Test
  void whatTheBundleLeavesOutKeepsTheSystemsValue() {
    final ConfigLoader.Resolved plain = resolved(mine());
    final ConfigLoader.Resolved one =
        resolved(mine().risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.2)));
    assertThat(one.config().risk().drawdownPct()).isEqualTo(0.2);
    assertThat(one.config().portfolio().haltDrawdownPct())
        .isEqualTo(plain.config().portfolio().haltDrawdownPct())
        .isEqualTo(0.5);
    assertThat(one.config().risk().strategyLeverage()).isEqualTo(1);
    assertThat(one.config().venue()).isEqualTo(plain.config().venue());
  }

  @Test
  void everyOverrideReachesWhatItGoverns() {
    final Config config =
        resolved(
                mine()
                    .cost(new CostPolicy(3.0, 2.0, 1.5))
                    .risk(new RiskPolicy(2.0, 50_000.0, 0.2, 0.3))
                    .sizing(new SizingPolicy(0.1, 1.5, 0.05, 0.01))
                    .allowShort())
            .config();
    assertThat(config.venue().fees().commissionBps()).isEqualTo(3);
    assertThat(config.venue().slippageBps()).isEqualTo(2);
    assertThat(config.venue().fees().minPerOrder()).isEqualTo(1.5);
    assertThat(config.risk().strategyLeverage()).isEqualTo(2);
    assertThat(config.risk().grossExposureMultiple()).isEqualTo(2);
    assertThat(config.risk().netExposureMultiple()).isEqualTo(2);
    assertThat(config.risk().buyingPowerMultiple()).isEqualTo(2);
    assertThat(config.risk().strategyPositionNotional()).isEqualTo(50_000);
    assertThat(config.risk().drawdownPct()).isEqualTo(0.2);
    assertThat(config.risk().dailyLossPct()).isEqualTo(0.2);
    assertThat(config.portfolio().haltDrawdownPct()).isEqualTo(0.3);
    assertThat(config.risk().strategyTradeRisk()).isEqualTo(0.05);
    assertThat(config.risk().allowShortStock()).isTrue();
    assertThat(config.policies().sizing())
        .isEqualTo(new PoliciesConfig.Sizing(0.1, 1.5, 0.05, 0.01));
  }

  @Test
  void policyOutOfRangeIsToldOnceAndNotAgainForWhatItGoverns() {
    assertThatThrownBy(() -> resolved(mine().risk(RiskPolicy.DEFAULT.withMaxLeverage(-1))))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        PLACE
                            + ": policies.risk.max_leverage is -1.0: must be a number above 0 and"
                            + " at most 100"));
  }

  @Test
  void everyValueSaysWhereItCameFrom() {
    final ConfigLoader.Resolved resolved =
        resolved(
            mine().risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.2)), "policies.risk.max_leverage=2");
    assertThat(resolved.origins())
        .containsEntry("policies.risk.max_drawdown", PLACE)
        .containsEntry("risk.drawdown_pct", "policies.risk.max_drawdown, " + PLACE)
        .containsEntry(
            "risk.strategy_leverage",
            "policies.risk.max_leverage, --set policies.risk.max_leverage=2")
        .containsEntry("portfolio.halt_drawdown_pct", "policies.risk.kill_switch_dd")
        .doesNotContainKey("venue.slippage_bps");
  }

  @Test
  void settingGivenByItsOwnNameStays() {
    final Config config =
        resolved(
                mine().risk(RiskPolicy.DEFAULT.withMaxLeverage(2)),
                "risk.gross_exposure_multiple=1.5")
            .config();
    assertThat(config.risk().grossExposureMultiple()).isEqualTo(1.5);
    assertThat(config.risk().strategyLeverage()).isEqualTo(2);
  }

  @Test
  void hardCapItselfPassesAndTheNextStepIsRefusedWithAllThatIsWrong() {
    assertThat(
            resolved(mine().risk(RiskPolicy.DEFAULT.withMaxLeverage(4)))
                .config()
                .risk()
                .strategyLeverage())
        .isEqualTo(4);
    assertThatThrownBy(
            () ->
                resolved(
                    mine()
                        .risk(new RiskPolicy(4.01, null, 0.95, null))
                        .sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.1))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(PLACE)
        .hasMessageContaining("max_leverage 4.01")
        .hasMessageContaining("max_drawdown 0.95")
        .hasMessageContaining("per_trade_risk 1.1");
  }

  @Test
  void valueThatMakesNoSenseIsRefused() {
    for (final double wrong : new double[] {-1, 0, Double.NaN}) {
      assertThatThrownBy(() -> resolved(mine().risk(RiskPolicy.DEFAULT.withMaxLeverage(wrong))))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("max_leverage");
    }
  }

  @Test
  void barsMakePricesThatAreAsOldAsTheyMayBe() {
    final long minute = resolved(mine()).config().risk().priceStaleMillis();
    final long day = resolved(mine().timeframe("1d")).config().risk().priceStaleMillis();
    assertThat(minute).isEqualTo(75_000 + 60_000);
    assertThat(day).isEqualTo(75_000 + 5 * 86_400_000L);
  }
}
