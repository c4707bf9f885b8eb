package io.millrace.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.TagsDecoder;
import org.junit.jupiter.api.Test;

class LiquidityAgentTest {
  private static final double EXACT = 1e-12;

  private final LiquidityAgent agent = new LiquidityAgent(Defaults.AGENTS);
  private final Snapshots snapshots = new Snapshots();

  private Snapshots.Read suggest() {
    return snapshots.read(agent.suggest(snapshots.out(), snapshots.write()));
  }

  @Test
  void oneSidedFlowInAnEasyBookContinues() {
    // flow = 0.75 · 0.4 + 0.25 · 0.4 = 0.4; 0.7 · 0.4 / 0.5 = 0.56.
    snapshots.with(Feature.OFI, 0.4).with(Feature.DEPTH_IMBALANCE, 0.4);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.LONG);
    assertThat(read.confidence()).isEqualTo(0.56, within(EXACT));
    assertThat(read.reason()).isEqualTo(Reason.FLOW_CONTINUES);
  }

  @Test
  void sellingFlowLeansDown() {
    snapshots.with(Feature.OFI, -0.8);
    assertThat(suggest().action()).isEqualTo(Action.SHORT);
  }

  @Test
  void flowIntoResistanceChokes() {
    snapshots
        .elasticity(Regime.HIGH_RESISTANCE)
        .with(Feature.OFI, 0.4)
        .with(Feature.DEPTH_IMBALANCE, 0.4);
    final Snapshots.Read read = suggest();
    // 60 % of 0.56 is taken back.
    assertThat(read.row(Reason.FLOW_CHOKES).weight()).isEqualTo(0.336, within(EXACT));
    assertThat(read.confidence()).isEqualTo(0.224, within(EXACT));
  }

  @Test
  void flowTheHardWayChokesAndTheEasyWayDoesNot() {
    snapshots.with(Feature.OFI, -0.4).with(Feature.ELASTICITY_ASYMMETRY, 0.3);
    assertThat(suggest().rules()).contains(Reason.FLOW_CHOKES);
    snapshots.with(Feature.OFI, 0.4);
    assertThat(suggest().rules()).doesNotContain(Reason.FLOW_CHOKES);
  }

  @Test
  void magnetHoldsTheFlowUnlessThereIsAVoid() {
    snapshots
        .with(Feature.OFI, 0.4)
        .with(Feature.VOLUME_MAGNET_SCORE, 0.8)
        .with(Feature.VOLUME_MAGNET_PRICE, 750.5);
    final Snapshots.Read held = suggest();
    assertThat(held.rules()).contains(Reason.FLOW_CHOKES);
    assertThat(TagsDecoder.nearMagnet(held.tags())).isTrue();
    snapshots.with(Feature.LIQUIDITY_VOID_SCORE, 0.8).with(Feature.LIQUIDITY_VOID_PRICE, 750.6);
    final Snapshots.Read free = suggest();
    assertThat(free.rules()).doesNotContain(Reason.FLOW_CHOKES);
    assertThat(TagsDecoder.inVoid(free.tags())).isTrue();
  }

  @Test
  void balancedFlowIsCalm() {
    snapshots.with(Feature.OFI, 0.0);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.FLAT);
    assertThat(read.confidence()).isEqualTo(0.3, within(EXACT));
    assertThat(read.reason()).isEqualTo(Reason.BALANCED_FLOW);
  }

  @Test
  void breakWithFlowIsReal() {
    snapshots.with(Feature.OFI, 0.4).with(Feature.BOLLINGER_PERCENT_B, 1.2);
    assertThat(suggest().row(Reason.BREAKOUT_REAL).weight()).isEqualTo(0.3);
  }

  @Test
  void breakWithoutFlowIsFaded() {
    snapshots.with(Feature.OFI, 0.0).with(Feature.BOLLINGER_PERCENT_B, -0.1);
    assertThat(suggest().row(Reason.BREAKOUT_FALSE).weight()).isEqualTo(0.2);
  }

  @Test
  void priceInsideTheBandIsNoBreak() {
    snapshots.with(Feature.OFI, 0.4).with(Feature.BOLLINGER_PERCENT_B, 1.0);
    assertThat(suggest().rules()).containsExactly(Reason.FLOW_CONTINUES, Reason.RESULT);
  }

  @Test
  void thinBookIsTagged() {
    snapshots.liquidity(Regime.THIN_LIQUIDITY).with(Feature.OFI, 0.0);
    assertThat(TagsDecoder.thinLiquidity(suggest().tags())).isTrue();
  }

  @Test
  void unsureEngineCountsAsMissing() {
    snapshots.confidence(0.14).with(Feature.OFI, 0.9);
    assertThat(suggest().reason()).isEqualTo(Reason.MISSING_INPUT);
    snapshots.confidence(0.15);
    assertThat(suggest().reason()).isEqualTo(Reason.FLOW_CONTINUES);
  }
}
