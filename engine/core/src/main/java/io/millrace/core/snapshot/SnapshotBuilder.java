package io.millrace.core.snapshot;

import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.MarketMetricDecoder;
import io.millrace.codecs.MetricKind;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.SnapshotEncoder;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/** Fuses the four engine outputs of an evaluation into one Snapshot. */
public final class SnapshotBuilder implements Stateful {
  private static final int INITIAL = 64;
  private static final int HEDGE = 0;
  private static final int LIQUIDITY = 1;
  private static final int SENTIMENT = 2;
  private static final int ELASTICITY = 3;
  private static final int ENGINES = 4;
  private static final long NEVER = Long.MIN_VALUE;

  private final SnapshotConfig config;
  private final Instruments instruments;
  private final Books books;
  private final EngineOutputDecoder input = new EngineOutputDecoder();
  private final SnapshotEncoder output = new SnapshotEncoder();
  private final FeatureTable features = new FeatureTable();
  private final Regime[] regimes = new Regime[ENGINES];
  private final double[] confidences = new double[ENGINES];
  private double[] ivRank = new double[INITIAL];
  private long[] ivRankTime = never(INITIAL);

  /** A builder that knows no IV rank. */
  public SnapshotBuilder(final SnapshotConfig config, final Market market) {
    this.config = config;
    instruments = market.instruments();
    books = market.books();
  }

  private static long[] never(final int size) {
    final long[] column = new long[size];
    Arrays.fill(column, NEVER);
    return column;
  }

  /** Makes room for a defined instrument, off the hot path; without it, its first event does. */
  public void onInstrument(final int id) {
    final int old = ivRank.length;
    if (id >= old) {
      final int size = Math.max(id + 1, old * 2);
      ivRank = Arrays.copyOf(ivRank, size);
      ivRankTime = Arrays.copyOf(ivRankTime, size);
      Arrays.fill(ivRankTime, old, size, NEVER);
    }
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("snapshot");
    ivRank = codec.grown(ivRank);
    ivRankTime = codec.grown(ivRankTime);
  }

  /**
   * A number about an underlying. Only an IV rank in 0..1 is taken; anything else changes nothing.
   */
  public void onMetric(final MarketMetricDecoder metric) {
    final int id = metric.instrumentId();
    final double value = metric.value();
    if (metric.metric() != MetricKind.IV_RANK
        || !instruments.defined(id)
        || !(value >= 0 && value <= 1)) {
      return;
    }
    onInstrument(id);
    ivRank[id] = value;
    ivRankTime[id] = metric.eventTime();
  }

  /**
   * Writes the snapshot of an underlying. The four indexes are those of the engines' outputs among
   * {@code out}; below 0 = that engine did not speak.
   *
   * @return index of the Snapshot
   */
  public int fuse(
      final int underlyingId,
      final long now,
      final Outputs out,
      final int hedge,
      final int liquidity,
      final int sentiment,
      final int elasticity) {
    features.clear();
    int quality = load(out, hedge, HEDGE);
    quality |= load(out, liquidity, LIQUIDITY);
    quality |= load(out, sentiment, SENTIMENT);
    quality |= load(out, elasticity, ELASTICITY);
    final long spot = spot(underlyingId);
    if (spot == Fixed.NONE) {
      quality = QualityEncoder.noSpot(quality, true);
    }
    onInstrument(underlyingId);
    double rank = 0;
    final long rankTime = ivRankTime[underlyingId];
    if (rankTime != NEVER && now - rankTime <= config.ivRankMaxAgeNanos()) {
      rank = ivRank[underlyingId];
    } else {
      quality = QualityEncoder.noIvRank(quality, true);
    }
    out.begin(output);
    output
        .instrumentId(underlyingId)
        .spot(spot)
        .regime(
            RegimeFusion.fuse(
                heard(HEDGE),
                heard(LIQUIDITY),
                heard(SENTIMENT),
                heard(ELASTICITY),
                features.get(Feature.GAMMA_SIGN) < 0))
        .hedgeRegime(regimes[HEDGE])
        .liquidityRegime(regimes[LIQUIDITY])
        .sentimentRegime(regimes[SENTIMENT])
        .elasticityRegime(regimes[ELASTICITY])
        .hedgeConfidence(confidences[HEDGE])
        .liquidityConfidence(confidences[LIQUIDITY])
        .sentimentConfidence(confidences[SENTIMENT])
        .elasticityConfidence(confidences[ELASTICITY])
        .ivRank(rank);
    Outputs.putBits(
        output.buffer(), output.offset() + SnapshotEncoder.qualityEncodingOffset(), quality);
    features.store(output);
    return out.end(output);
  }

  /** The mark of the books: what orders will be judged by. */
  private long spot(final int id) {
    final long mark = books.mark(id);
    return mark > 0 ? mark : Fixed.NONE;
  }

  private Regime heard(final int engine) {
    return confidences[engine] >= config.minRegimeConfidence() ? regimes[engine] : Regime.NONE;
  }

  /** Adds an engine's features; its quality bits. */
  private int load(final Outputs out, final int index, final int engine) {
    if (index < 0) {
      regimes[engine] = Regime.NONE;
      confidences[engine] = 0;
      return 0;
    }
    out.read(index, input);
    regimes[engine] = input.regime();
    confidences[engine] = input.confidence();
    final int quality = (int) input.quality().getRaw();
    features.load(input);
    return quality;
  }
}
