package io.millrace.core.agents;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SnapshotEncoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.SuggestionDraft;

/** Writes snapshots and suggestions for tests and reads suggestions back. */
public final class Snapshots {
  /** The underlying of every snapshot. */
  public static final int UNDERLYING = 1;

  private final Outputs out = new Outputs();
  private final SnapshotEncoder encoder = new SnapshotEncoder();
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final SuggestionDecoder suggestion = new SuggestionDecoder();
  private final SuggestionDraft draft = new SuggestionDraft();
  private final FeatureTable features = new FeatureTable();
  private Regime fused = Regime.NORMAL;
  private Regime hedge = Regime.NEUTRAL;
  private Regime liquidity = Regime.NORMAL;
  private Regime sentiment = Regime.MIXED;
  private Regime elasticity = Regime.NONE;
  private double confidence = 1;
  private double ivRank = Double.NaN;
  private double spot = 750;

  /** One output buffer for one input. */
  public Snapshots() {
    at(1, 1_450_969_200_000_000_000L);
  }

  /** Starts a new input. */
  public Snapshots at(final long cause, final long eventTime) {
    out.reset(cause, eventTime);
    return this;
  }

  /** Sets a feature. */
  public Snapshots with(final Feature feature, final double value) {
    features.put(feature, value);
    return this;
  }

  /** Sets the fused regime. */
  public Snapshots regime(final Regime regime) {
    fused = regime;
    return this;
  }

  /** Sets the regime of the hedge engine. */
  public Snapshots hedge(final Regime regime) {
    hedge = regime;
    return this;
  }

  /** Sets the regime of the liquidity engine. */
  public Snapshots liquidity(final Regime regime) {
    liquidity = regime;
    return this;
  }

  /** Sets the regime of the sentiment engine. */
  public Snapshots sentiment(final Regime regime) {
    sentiment = regime;
    return this;
  }

  /** Sets the regime of the elasticity engine. */
  public Snapshots elasticity(final Regime regime) {
    elasticity = regime;
    return this;
  }

  /** Sets the confidence of all engines. */
  public Snapshots confidence(final double all) {
    confidence = all;
    return this;
  }

  /** Sets the IV rank; without it the flag says that there is none. */
  public Snapshots ivRank(final double rank) {
    ivRank = rank;
    return this;
  }

  /** Sets the spot. */
  public Snapshots spot(final double price) {
    spot = price;
    return this;
  }

  /** Appends the snapshot; returns its index. */
  public int write() {
    features.put(Feature.SPOT, spot);
    out.begin(encoder);
    encoder
        .instrumentId(UNDERLYING)
        .spot(Fixed.fromDouble(spot))
        .regime(fused)
        .hedgeRegime(hedge)
        .liquidityRegime(liquidity)
        .sentimentRegime(sentiment)
        .elasticityRegime(elasticity)
        .hedgeConfidence(confidence)
        .liquidityConfidence(confidence)
        .sentimentConfidence(confidence)
        .elasticityConfidence(confidence)
        .ivRank(Double.isNaN(ivRank) ? 0 : ivRank);
    Outputs.putBits(
        encoder.buffer(),
        encoder.offset() + SnapshotEncoder.qualityEncodingOffset(),
        QualityEncoder.noIvRank(0, Double.isNaN(ivRank)));
    features.store(encoder);
    return out.end(encoder);
  }

  /** Appends a suggestion; returns its index. */
  public int suggest(
      final int snapshotIndex,
      final Layer layer,
      final Action action,
      final double sure,
      final double move,
      final long tags) {
    out.read(snapshotIndex, snapshot);
    return draft
        .clear()
        .tag(tags)
        .emit(out, snapshot, layer, action, sure, 60_000_000_000L, move, Reason.NONE);
  }

  /** The buffer. */
  public Outputs out() {
    return out;
  }

  /** Reads a suggestion. */
  public Read read(final int index) {
    out.read(index, suggestion);
    return new Read(suggestion);
  }

  /** A suggestion that was read. */
  public static final class Read {
    private final Action action;
    private final Layer layer;
    private final double confidence;
    private final double move;
    private final long horizon;
    private final Reason reason;
    private final long tags;
    private final java.util.List<Row> rows = new java.util.ArrayList<>();

    Read(final SuggestionDecoder from) {
      action = from.action();
      layer = from.layer();
      confidence = from.confidence();
      move = from.expectedMove();
      horizon = from.horizon();
      reason = from.reason();
      tags = SuggestionDraft.tagBits(from);
      for (final SuggestionDecoder.RowsDecoder row : from.rows()) {
        rows.add(new Row(row.rule(), row.value(), row.weight()));
      }
    }

    /** Stance. */
    public Action action() {
      return action;
    }

    /** Who. */
    public Layer layer() {
      return layer;
    }

    /** 0 to 1. */
    public double confidence() {
      return confidence;
    }

    /** Signed fraction. */
    public double move() {
      return move;
    }

    /** Nanoseconds. */
    public long horizon() {
      return horizon;
    }

    /** Leading rule. */
    public Reason reason() {
      return reason;
    }

    /** Bits. */
    public long tags() {
      return tags;
    }

    /** Names of the rules, in order. */
    public java.util.List<Reason> rules() {
      return rows.stream().map(Row::rule).toList();
    }

    /** The one row of a rule. */
    public Row row(final Reason rule) {
      final java.util.List<Row> found = rows.stream().filter(r -> r.rule() == rule).toList();
      if (found.size() != 1) {
        throw new AssertionError(rule + " found " + found.size() + " times in " + rows);
      }
      return found.get(0);
    }
  }

  /** A rule that applied. */
  public record Row(Reason rule, double value, double weight) {}
}
