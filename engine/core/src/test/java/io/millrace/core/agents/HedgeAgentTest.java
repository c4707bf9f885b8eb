package io.millrace.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.TagsDecoder;
import org.junit.jupiter.api.Test;

class HedgeAgentTest {
  private static final double EXACT = 1e-12;

  private final HedgeAgent agent = new HedgeAgent(Defaults.AGENTS);
  private final Snapshots snapshots = new Snapshots();

  private Snapshots.Read suggest() {
    return snapshots.read(agent.suggest(snapshots.out(), snapshots.write()));
  }

  @Test
  void shortGammaFollowsTheMove() {
    // Energy 0.3 is full strength; momentum 0.00075 is half a move: 0.6 · 1 · 0.5 = 0.3 short of 0.
    snapshots
        .with(Feature.GAMMA_SIGN, -1)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.3)
        .with(Feature.MOMENTUM, -0.00075);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.SHORT);
    assertThat(read.confidence()).isEqualTo(0.3, within(EXACT));
    assertThat(read.layer()).isEqualTo(Layer.HEDGE);
    assertThat(read.rules()).containsExactly(Reason.SHORT_GAMMA_FOLLOWS_MOVE, Reason.RESULT);
    assertThat(read.row(Reason.SHORT_GAMMA_FOLLOWS_MOVE))
        .isEqualTo(new Snapshots.Row(Reason.SHORT_GAMMA_FOLLOWS_MOVE, -0.5, -0.3));
  }

  @Test
  void supportiveVannaAddsConfidence() {
    snapshots
        .with(Feature.GAMMA_SIGN, -1)
        .with(Feature.VANNA_SIGN, 1)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.6)
        .with(Feature.MOMENTUM, 0.01);
    // Strength and move are cut to 1: 0.6 + 0.2.
    assertThat(suggest().confidence()).isEqualTo(0.8, within(EXACT));
  }

  @Test
  void vannaAgainstTheMoveDoesNotCount() {
    snapshots
        .with(Feature.GAMMA_SIGN, -1)
        .with(Feature.VANNA_SIGN, -1)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.6)
        .with(Feature.MOMENTUM, 0.01);
    final Snapshots.Read read = suggest();
    assertThat(read.confidence()).isEqualTo(0.6, within(EXACT));
    assertThat(read.rules()).doesNotContain(Reason.SHORT_GAMMA_VANNA_SUPPORT);
  }

  @Test
  void longGammaNearAWallStaysFlat() {
    snapshots
        .spot(749)
        .with(Feature.GAMMA_SIGN, 1)
        .with(Feature.CALL_WALL, 750)
        .with(Feature.PUT_WALL, 700)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.15)
        .with(Feature.MOMENTUM, 0.01);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.FLAT);
    // pinWeight 0.6 at half strength.
    assertThat(read.confidence()).isEqualTo(0.3, within(EXACT));
    assertThat(read.move()).isZero();
    assertThat(read.row(Reason.LONG_GAMMA_PINS).value()).isEqualTo(750 / 749.0 - 1, within(EXACT));
    assertThat(TagsDecoder.nearCallWall(read.tags())).isTrue();
    assertThat(TagsDecoder.nearPutWall(read.tags())).isFalse();
  }

  @Test
  void longGammaAwayFromWallsFadesTheMove() {
    snapshots
        .with(Feature.GAMMA_SIGN, 1)
        .with(Feature.CALL_WALL, 800)
        .with(Feature.PUT_WALL, 700)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.3)
        .with(Feature.MOMENTUM, 0.0015);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.SHORT);
    assertThat(read.confidence()).isEqualTo(0.35 - 0.1, within(EXACT));
    assertThat(read.reason()).isEqualTo(Reason.LONG_GAMMA_FADES);
  }

  @Test
  void squeezeLeansToTheCallWall() {
    snapshots
        .hedge(Regime.GAMMA_SQUEEZE)
        .with(Feature.GAMMA_SIGN, 1)
        .with(Feature.CALL_WALL, 765)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.3);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.LONG);
    assertThat(read.confidence()).isEqualTo(0.5, within(EXACT));
    assertThat(read.row(Reason.GAMMA_SQUEEZE_UP).value()).isEqualTo(0.02, within(EXACT));
    assertThat(TagsDecoder.gammaSqueeze(read.tags())).isTrue();
  }

  @Test
  void symmetricFieldIsFlat() {
    snapshots.with(Feature.GAMMA_SIGN, 0).with(Feature.MOMENTUM, 0.01);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.FLAT);
    assertThat(read.reason()).isEqualTo(Reason.NEUTRAL_FIELD);
  }

  @Test
  void confidenceIsNeverAboveThatOfTheEngine() {
    snapshots
        .confidence(0.4)
        .with(Feature.GAMMA_SIGN, -1)
        .with(Feature.HEDGE_REGIME_ENERGY, 1)
        .with(Feature.MOMENTUM, 1);
    assertThat(suggest().confidence()).isEqualTo(0.6 * 0.4, within(EXACT));
  }

  @Test
  void forecastIsConfidenceTimesOneDeviation() {
    snapshots
        .with(Feature.GAMMA_SIGN, -1)
        .with(Feature.HEDGE_REGIME_ENERGY, 1)
        .with(Feature.MOMENTUM, 1)
        .with(Feature.ATM_IV_30D, 0.2);
    // Half an hour of 365 days.
    final double deviation = 0.2 * Math.sqrt(0.5 / (24 * 365));
    assertThat(suggest().move()).isEqualTo(0.6 * deviation, within(EXACT));
  }

  @Test
  void degradedEngineMeansFlatAndSaysSo() {
    snapshots.hedge(Regime.DEGRADED).with(Feature.GAMMA_SIGN, -1).with(Feature.MOMENTUM, 1);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.FLAT);
    assertThat(read.confidence()).isEqualTo(0.05);
    assertThat(read.reason()).isEqualTo(Reason.MISSING_INPUT);
    assertThat(TagsDecoder.degradedInput(read.tags())).isTrue();
  }

  @Test
  void missingGammaSignMeansFlat() {
    assertThat(suggest().reason()).isEqualTo(Reason.MISSING_INPUT);
  }
}
