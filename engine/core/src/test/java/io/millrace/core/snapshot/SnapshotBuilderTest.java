package io.millrace.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.MarketMetricDecoder;
import io.millrace.codecs.MarketMetricEncoder;
import io.millrace.codecs.MetricKind;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.core.engines.Allocations;
import io.millrace.core.engines.Readout;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.MarketScript;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SnapshotBuilderTest {
  private static final long NOW = 16_793 * BarBuilder.DAY;
  private static final SnapshotConfig CONFIG = new SnapshotConfig(0.3, 7 * BarBuilder.DAY);

  private final MarketScript script = new MarketScript();
  private final int id = script.equity(0, 0);
  private final SnapshotBuilder builder = new SnapshotBuilder(CONFIG, script.market());
  private final Outputs out = new Outputs();
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final FeatureTable features = new FeatureTable();

  private int engine(
      final Regime regime, final double confidence, final Feature f, final double v) {
    features.clear();
    features.put(f, v);
    return Readout.write(out, regime, confidence, features);
  }

  private int degraded(final int quality) {
    final EngineOutputEncoder encoder = new EngineOutputEncoder();
    out.begin(encoder);
    encoder.regime(Regime.DEGRADED).confidence(0);
    Outputs.putBits(
        encoder.buffer(), encoder.offset() + EngineOutputEncoder.qualityEncodingOffset(), quality);
    encoder.featuresCount(0);
    return out.end(encoder);
  }

  private SnapshotDecoder fuse(final int h, final int l, final int s, final int e) {
    return out.read(builder.fuse(id, NOW, out, h, l, s, e), snapshot);
  }

  private void ivRank(final MetricKind kind, final double value, final long time) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    new MarketMetricEncoder()
        .wrap(buffer, 0)
        .eventTime(time)
        .instrumentId(id)
        .metric(kind)
        .value(value)
        .source("vendor");
    final MarketMetricDecoder decoder = new MarketMetricDecoder();
    decoder.wrap(buffer, 0, MarketMetricEncoder.BLOCK_LENGTH, MarketMetricEncoder.SCHEMA_VERSION);
    builder.onMetric(decoder);
  }

  @Test
  void allFeaturesOfAllFourAreInIt() {
    out.reset(5, NOW);
    script.quote(id, NOW, 99, 1, 101, 1);
    final int h = engine(Regime.PIN, 0.9, Feature.CALL_WALL, 105);
    final int l = engine(Regime.NORMAL, 0.8, Feature.OFI, -0.25);
    final int s = engine(Regime.QUIET, 0.1, Feature.RSI_14, 55);
    final int e = engine(Regime.NORMAL, 0.7, Feature.ELASTICITY_UP, 1e-7);
    fuse(h, l, s, e);
    assertThat(snapshot.cause()).isEqualTo(5);
    assertThat(snapshot.spot()).isEqualTo(100 * Fixed.ONE);
    assertThat(snapshot.regime()).isEqualTo(Regime.PIN);
    assertThat(snapshot.hedgeRegime()).isEqualTo(Regime.PIN);
    assertThat(snapshot.sentimentRegime()).isEqualTo(Regime.QUIET);
    assertThat(snapshot.hedgeConfidence()).isEqualTo(0.9);
    assertThat(snapshot.sentimentConfidence()).isEqualTo(0.1);
    final FeatureTable all = new FeatureTable().load(snapshot);
    assertThat(all.size()).isEqualTo(4);
    assertThat(all.get(Feature.CALL_WALL)).isEqualTo(105);
    assertThat(all.get(Feature.OFI)).isEqualTo(-0.25);
    assertThat(all.get(Feature.RSI_14)).isEqualTo(55);
    assertThat(all.get(Feature.ELASTICITY_UP)).isEqualTo(1e-7);
  }

  @Test
  void qualityIsTheUnionOfWhatIsMissing() {
    out.reset(1, NOW);
    final int h = degraded(QualityEncoder.missingGreeks(0, true));
    final int s = degraded(QualityEncoder.noNews(0, true));
    fuse(h, -1, s, -1);
    int expected = QualityEncoder.missingGreeks(0, true);
    expected = QualityEncoder.noNews(expected, true);
    expected = QualityEncoder.noSpot(expected, true);
    expected = QualityEncoder.noIvRank(expected, true);
    assertThat(snapshot.quality().getRaw()).isEqualTo(expected);
    assertThat(snapshot.spot()).isEqualTo(Fixed.NONE);
    assertThat(snapshot.regime()).isEqualTo(Regime.DEGRADED);
    assertThat(snapshot.liquidityRegime()).isEqualTo(Regime.NONE);
  }

  @Test
  void ivRankIsTheLastOneThatIsFreshAndInRange() {
    out.reset(1, NOW);
    ivRank(MetricKind.IV_RANK, 0.25, NOW);
    ivRank(MetricKind.IV_RANK, 25, NOW);
    ivRank(MetricKind.IV_RANK, Double.NaN, NOW);
    ivRank(MetricKind.IV_PERCENTILE, 0.9, NOW);
    fuse(-1, -1, -1, -1);
    assertThat(snapshot.ivRank()).isCloseTo(0.25, within(0.0));
    assertThat(snapshot.quality().noIvRank()).isFalse();
  }

  @Test
  void oldIvRankIsNoneAndFlagged() {
    out.reset(1, NOW);
    ivRank(MetricKind.IV_RANK, 0.25, NOW - 8 * BarBuilder.DAY);
    fuse(-1, -1, -1, -1);
    assertThat(snapshot.ivRank()).isZero();
    assertThat(snapshot.quality().noIvRank()).isTrue();
  }

  @Test
  void unsureEngineHasNoSayInTheFusedRegime() {
    out.reset(1, NOW);
    final int h = engine(Regime.GAMMA_SQUEEZE, 0.2, Feature.GAMMA_SIGN, 1);
    final int l = engine(Regime.ONE_SIDED_FLOW, 0.9, Feature.OFI, 0.9);
    fuse(h, l, -1, -1);
    assertThat(snapshot.regime()).isEqualTo(Regime.ONE_SIDED_FLOW);
    assertThat(snapshot.hedgeRegime()).isEqualTo(Regime.GAMMA_SQUEEZE);
  }

  @Test
  void rulesOfFusionGoInTheirOrder() {
    final Regime none = Regime.NONE;
    final Regime thin = Regime.THIN_LIQUIDITY;
    assertThat(RegimeFusion.fuse(none, Regime.DEGRADED, none, none, true))
        .isEqualTo(Regime.DEGRADED);
    assertThat(RegimeFusion.fuse(Regime.NEUTRAL, thin, none, none, true))
        .isEqualTo(Regime.ILLIQUID_GAMMA);
    assertThat(RegimeFusion.fuse(none, thin, none, none, true)).isEqualTo(thin);
    assertThat(RegimeFusion.fuse(Regime.NEUTRAL, thin, none, none, false)).isEqualTo(thin);
    assertThat(RegimeFusion.fuse(Regime.PIN, thin, Regime.BULLISH_NEWS, none, false))
        .isEqualTo(Regime.PIN);
    assertThat(
            RegimeFusion.fuse(
                Regime.NEUTRAL, Regime.NORMAL, Regime.BEARISH_NEWS, Regime.LOW_RESISTANCE, false))
        .isEqualTo(Regime.BEARISH_NEWS);
    assertThat(
            RegimeFusion.fuse(
                Regime.NEUTRAL, Regime.NORMAL, Regime.QUIET, Regime.LOW_RESISTANCE, false))
        .isEqualTo(Regime.LOW_RESISTANCE);
    assertThat(
            RegimeFusion.fuse(
                Regime.NEUTRAL, Regime.HIGH_LIQUIDITY, Regime.QUIET, Regime.NORMAL, false))
        .isEqualTo(Regime.HIGH_LIQUIDITY);
    assertThat(RegimeFusion.fuse(Regime.NEUTRAL, Regime.NORMAL, Regime.MIXED, Regime.NORMAL, false))
        .isEqualTo(Regime.NORMAL);
  }

  @Test
  void nothingIsAllocatedPerSnapshot() {
    out.reset(1, NOW);
    final int h = engine(Regime.PIN, 0.9, Feature.CALL_WALL, 105);
    final int l = engine(Regime.NORMAL, 0.8, Feature.OFI, -0.25);
    final Runnable work =
        () -> {
          for (int i = 0; i < 1000; i++) {
            builder.fuse(id, NOW, out, h, l, -1, -1);
          }
        };
    for (int round = 0; round < 8; round++) {
      work.run();
    }
    out.reset(1, NOW);
    engine(Regime.PIN, 0.9, Feature.CALL_WALL, 105);
    engine(Regime.NORMAL, 0.8, Feature.OFI, -0.25);
    assertThat(Allocations.of(work)).isZero();
  }
}
