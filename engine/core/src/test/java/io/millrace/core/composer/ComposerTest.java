package io.millrace.core.composer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.TagsDecoder;
import io.millrace.codecs.TagsEncoder;
import io.millrace.core.agents.Defaults;
import io.millrace.core.agents.Snapshots;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ComposerTest {
  private static final double EXACT = 1e-12;

  private final Composer composer = new Composer(Defaults.COMPOSER);
  private final Snapshots snapshots = new Snapshots();
  private long hedgeTags;

  private Snapshots.Read compose(
      final Action hedge,
      final double hedgeSure,
      final Action liquidity,
      final double liquiditySure,
      final Action sentiment,
      final double sentimentSure) {
    final int n = snapshots.write();
    final int h = suggest(n, Layer.HEDGE, hedge, hedgeSure);
    final int l = suggest(n, Layer.LIQUIDITY, liquidity, liquiditySure);
    final int s = suggest(n, Layer.SENTIMENT, sentiment, sentimentSure);
    return snapshots.read(composer.compose(snapshots.out(), n, h, l, s));
  }

  private int suggest(final int n, final Layer layer, final Action action, final double sure) {
    final double move = action == Action.LONG ? 0.01 : action == Action.SHORT ? -0.01 : 0;
    return snapshots.suggest(n, layer, action, sure, move, layer == Layer.HEDGE ? hedgeTags : 0);
  }

  @Test
  void allAgreeAndItIsTheStance() {
    final Snapshots.Read read = compose(Action.LONG, 0.5, Action.LONG, 0.4, Action.LONG, 0.6);
    assertThat(read.action()).isEqualTo(Action.LONG);
    assertThat(read.layer()).isEqualTo(Layer.COMPOSITE);
    // (0.4·0.5 + 0.3·0.4 + 0.3·0.6) · 1.15 = 0.575
    assertThat(read.confidence()).isEqualTo(0.575, within(EXACT));
    assertThat(read.move()).isEqualTo(0.01, within(EXACT));
    assertThat(read.rules())
        .containsExactly(
            Reason.VOTE_HEDGE,
            Reason.VOTE_LIQUIDITY,
            Reason.VOTE_SENTIMENT,
            Reason.UNANIMOUS,
            Reason.RESULT);
    assertThat(TagsDecoder.unanimous(read.tags())).isTrue();
    assertThat(TagsDecoder.useLongStock(read.tags())).isTrue();
    assertThat(TagsDecoder.useDebitCallSpread(read.tags())).isTrue();
  }

  @Test
  void nobodyWithAViewIsFlat() {
    final Snapshots.Read read = compose(Action.FLAT, 0.5, Action.FLAT, 0.5, Action.FLAT, 0.5);
    assertThat(read.action()).isEqualTo(Action.FLAT);
    assertThat(read.reason()).isEqualTo(Reason.ALL_FLAT);
    assertThat(read.move()).isZero();
  }

  @Test
  void twoAgainstOneIsTheMajorityLessTheDissent() {
    final Snapshots.Read read = compose(Action.SHORT, 0.2, Action.LONG, 0.6, Action.LONG, 0.4);
    assertThat(read.action()).isEqualTo(Action.LONG);
    // Mean of the two 0.5, less 0.4 · 0.2.
    assertThat(read.row(Reason.MAJORITY).weight()).isEqualTo(0.5, within(EXACT));
    assertThat(read.row(Reason.DISSENT_PENALTY).weight()).isEqualTo(-0.08, within(EXACT));
    assertThat(read.confidence()).isEqualTo(0.42, within(EXACT));
    assertThat(TagsDecoder.majority(read.tags())).isTrue();
  }

  @Test
  void flatDissentCostsHalf() {
    final Snapshots.Read read = compose(Action.FLAT, 0.2, Action.SHORT, 0.6, Action.SHORT, 0.4);
    assertThat(read.action()).isEqualTo(Action.SHORT);
    assertThat(read.confidence()).isEqualTo(0.46, within(EXACT));
    assertThat(read.move()).isNegative();
  }

  @Property(tries = 300)
  void strongerDissentNeverGivesMoreConfidence(
      @ForAll @DoubleRange(min = 0, max = 1) final double one,
      @ForAll @DoubleRange(min = 0, max = 1) final double other,
      @ForAll @DoubleRange(min = 0, max = 1) final double milder,
      @ForAll @DoubleRange(min = 0, max = 1) final double further) {
    final double stronger = milder + (1 - milder) * further;
    snapshots.at(1, 0);
    final double before =
        compose(Action.LONG, one, Action.SHORT, milder, Action.LONG, other).confidence();
    final double after =
        compose(Action.LONG, one, Action.SHORT, stronger, Action.LONG, other).confidence();
    assertThat(after).isBetween(0.0, before + EXACT);
  }

  @Test
  void threeStancesWithALeanMakeASpread() {
    final Snapshots.Read read = compose(Action.SHORT, 0.5, Action.LONG, 0.2, Action.FLAT, 0.3);
    // -0.2 + 0.06
    assertThat(read.row(Reason.ALL_DIFFER).value()).isEqualTo(-0.14, within(EXACT));
    assertThat(read.action()).isEqualTo(Action.SPREAD);
    assertThat(read.move()).isNegative();
    assertThat(TagsDecoder.useDebitPutSpread(read.tags())).isTrue();
    assertThat(TagsDecoder.useShortStock(read.tags())).isFalse();
    // 0.7 · (0.2 + 0.06 + 0.09)
    assertThat(read.confidence()).isEqualTo(0.245, within(EXACT));
  }

  @Test
  void threeStancesWithoutALeanMakeAComplex() {
    final Snapshots.Read read = compose(Action.FLAT, 0.5, Action.LONG, 0.3, Action.SHORT, 0.3);
    assertThat(read.action()).isEqualTo(Action.COMPLEX);
    assertThat(read.move()).isZero();
  }

  @Test
  void pinIsGoodForFlatAndBadForASide() {
    snapshots.regime(Regime.PIN);
    final Snapshots.Read flat = compose(Action.FLAT, 0.4, Action.FLAT, 0.4, Action.FLAT, 0.4);
    assertThat(flat.row(Reason.REGIME_ADJUST).weight()).isEqualTo(0.05, within(EXACT));
    final Snapshots.Read side = compose(Action.LONG, 0.4, Action.LONG, 0.4, Action.LONG, 0.4);
    assertThat(side.row(Reason.REGIME_ADJUST).weight()).isEqualTo(-0.05, within(EXACT));
    assertThat(side.row(Reason.REGIME_ADJUST).value()).isEqualTo(Regime.PIN.value());
    assertThat(side.confidence()).isEqualTo(0.46 - 0.05, within(EXACT));
  }

  @Test
  void fusedAndElasticityRegimesBothHaveASay() {
    snapshots.regime(Regime.DEGRADED).elasticity(Regime.ASYMMETRIC_UP);
    final Snapshots.Read read = compose(Action.LONG, 0.4, Action.LONG, 0.4, Action.LONG, 0.4);
    // 0.46 - 0.10 + 0.05
    assertThat(read.confidence()).isEqualTo(0.41, within(EXACT));
  }

  @Test
  void confidenceStaysInItsRange() {
    snapshots.regime(Regime.GAMMA_SQUEEZE);
    assertThat(compose(Action.LONG, 1, Action.LONG, 1, Action.LONG, 1).confidence()).isEqualTo(1);
    snapshots.regime(Regime.DEGRADED);
    assertThat(compose(Action.LONG, 0, Action.LONG, 0, Action.LONG, 0).confidence()).isZero();
  }

  @Test
  void ivRankSaysWhetherVolatilityIsRich() {
    snapshots.ivRank(0.6).with(Feature.ATM_IV_30D, 0.1).with(Feature.REALIZED_VOL, 0.2);
    final Snapshots.Read rich = compose(Action.LONG, 0.5, Action.LONG, 0.5, Action.LONG, 0.5);
    assertThat(TagsDecoder.volRich(rich.tags())).isTrue();
    assertThat(TagsDecoder.useBullPutSpread(rich.tags())).isTrue();
    assertThat(rich.row(Reason.VOL_RICH).value()).isEqualTo(0.6);
  }

  @Test
  void withoutARankImpliedOverRealisedSays() {
    snapshots.with(Feature.ATM_IV_30D, 0.19).with(Feature.REALIZED_VOL, 0.2);
    final Snapshots.Read cheap = compose(Action.LONG, 0.5, Action.LONG, 0.5, Action.LONG, 0.5);
    assertThat(TagsDecoder.volCheap(cheap.tags())).isTrue();
    snapshots.with(Feature.ATM_IV_30D, 0.2);
    final Snapshots.Read fair = compose(Action.LONG, 0.5, Action.LONG, 0.5, Action.LONG, 0.5);
    assertThat(TagsDecoder.volCheap(fair.tags())).isFalse();
    assertThat(TagsDecoder.volRich(fair.tags())).isFalse();
  }

  @Test
  void highResistanceBoundsTheRange() {
    snapshots.elasticity(Regime.HIGH_RESISTANCE);
    final Snapshots.Read read = compose(Action.FLAT, 0.5, Action.FLAT, 0.5, Action.FLAT, 0.5);
    assertThat(TagsDecoder.rangeBound(read.tags())).isTrue();
    assertThat(TagsDecoder.highResistance(read.tags())).isTrue();
    assertThat(TagsDecoder.useIronCondor(read.tags())).isTrue();
  }

  @Test
  void momentumIsATrend() {
    snapshots.with(Feature.MOMENTUM, -0.002);
    final Snapshots.Read read = compose(Action.FLAT, 0.5, Action.FLAT, 0.5, Action.FLAT, 0.5);
    assertThat(TagsDecoder.trendDown(read.tags())).isTrue();
    assertThat(read.row(Reason.TREND).value()).isEqualTo(-0.002);
  }

  @Test
  void tagsOfTheAgentsAreKept() {
    hedgeTags = TagsEncoder.nearCallWall(0L, true);
    final Snapshots.Read read = compose(Action.FLAT, 0.5, Action.FLAT, 0.5, Action.FLAT, 0.5);
    assertThat(TagsDecoder.nearCallWall(read.tags())).isTrue();
  }

  @Test
  void weightsAreScaledToOne() {
    final Composer doubled =
        new Composer(
            new ComposerConfig(
                0.8, 0.6, 0.6, 0.15, 1.0, 0.5, 0.7, 0.05, 0.05, 0.3, 0.6, 0.95, 1.3, 0.0015));
    final int n = snapshots.write();
    final int h = suggest(n, Layer.HEDGE, Action.LONG, 0.5);
    final int l = suggest(n, Layer.LIQUIDITY, Action.LONG, 0.5);
    final int s = suggest(n, Layer.SENTIMENT, Action.SHORT, 0.5);
    final Snapshots.Read one = snapshots.read(composer.compose(snapshots.out(), n, h, l, s));
    final Snapshots.Read two = snapshots.read(doubled.compose(snapshots.out(), n, h, l, s));
    assertThat(two.confidence()).isEqualTo(one.confidence(), within(EXACT));
  }

  @Test
  void weightsWithoutASumAreRefused() {
    final ComposerConfig none =
        new ComposerConfig(0, 0, 0, 0.15, 1.0, 0.5, 0.7, 0.05, 0.05, 0.3, 0.6, 0.95, 1.3, 0.0015);
    assertThatThrownBy(() -> new Composer(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sum");
  }
}
