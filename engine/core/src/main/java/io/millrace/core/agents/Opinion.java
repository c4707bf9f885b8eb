package io.millrace.core.agents;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.TagsEncoder;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.SuggestionDraft;

/**
 * How an agent makes up its mind. Rules lean (signed, above 0 = up) or calm (0 or more); each is a
 * row. With
 *
 * <pre>
 *   net = |Σ lean| - Σ calm
 *   net ≥ minStance    → LONG or SHORT by the sign of the lean, confidence = min(1, net) · input
 *   otherwise          → FLAT,                                  confidence = min(1, max(0, -net)) · input
 * </pre>
 *
 * where input is the confidence of the engine that the rules read. The last row, RESULT, shows net
 * as its value and the confidence as its weight.
 *
 * <p>The forecast is the sign of the stance times its confidence times one standard deviation over
 * the horizon: volatility · sqrt(horizon / 365 days), implied if known, else realised.
 */
final class Opinion {
  private static final double YEAR_NANOS = 365.0 * 86_400e9;

  private final Layer layer;
  private final AgentsConfig config;
  private final long horizonNanos;
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final FeatureTable features = new FeatureTable();
  private final SuggestionDraft draft = new SuggestionDraft();
  private double lean;
  private double calm;
  private double leading;
  private Reason reason = Reason.NONE;

  Opinion(final Layer layer, final AgentsConfig config, final long horizonNanos) {
    this.layer = layer;
    this.config = config;
    this.horizonNanos = horizonNanos;
  }

  /** Opens the snapshot and forgets the previous one. */
  SnapshotDecoder open(final Outputs outputs, final int index) {
    outputs.read(index, snapshot);
    features.clear();
    features.load(snapshot);
    draft.clear();
    lean = 0;
    calm = 0;
    leading = 0;
    reason = Reason.NONE;
    return snapshot;
  }

  /** The numbers of the snapshot. */
  FeatureTable features() {
    return features;
  }

  /** Whether the engine behind this opinion has nothing to say. */
  boolean missing(final Regime regime, final double confidence, final Feature needed) {
    return regime == Regime.DEGRADED
        || !(confidence >= config.minInputConfidence())
        || !features.has(needed);
  }

  /** A rule for a side; above 0 = up. */
  void lean(final Reason rule, final double value, final double weight) {
    draft.row(rule, value, weight);
    lean += weight;
    lead(rule, weight);
  }

  /** A rule against taking a side; 0 or more. */
  void calm(final Reason rule, final double value, final double weight) {
    draft.row(rule, value, weight);
    calm += weight;
    lead(rule, weight);
  }

  private void lead(final Reason rule, final double weight) {
    if (Math.abs(weight) > leading || reason == Reason.NONE) {
      leading = Math.abs(weight);
      reason = rule;
    }
  }

  /** Lean so far. */
  double leaning() {
    return lean;
  }

  /** Adds tags. */
  void tag(final long bits) {
    draft.tag(bits);
  }

  /** Ends without an opinion. */
  int giveUp(final Outputs outputs, final double confidence) {
    draft.row(Reason.MISSING_INPUT, confidence, 0);
    draft.tag(TagsEncoder.degradedInput(0L, true));
    draft.row(Reason.RESULT, 0, config.missingConfidence());
    return draft.emit(
        outputs,
        snapshot,
        layer,
        Action.FLAT,
        config.missingConfidence(),
        horizonNanos,
        0,
        Reason.MISSING_INPUT);
  }

  /** Ends with an opinion. */
  int conclude(final Outputs outputs, final double inputConfidence) {
    final double net = Math.abs(lean) - calm;
    final boolean takesSide = net >= config.minStance();
    final double input = Math.min(1, inputConfidence);
    final double confidence = Math.min(1, takesSide ? net : Math.max(0, -net)) * input;
    final double sign = lean > 0 ? 1 : -1;
    final Action action = !takesSide ? Action.FLAT : lean > 0 ? Action.LONG : Action.SHORT;
    draft.row(Reason.RESULT, net, confidence);
    final double move = takesSide ? sign * confidence * deviation() : 0;
    return draft.emit(outputs, snapshot, layer, action, confidence, horizonNanos, move, reason);
  }

  private double deviation() {
    final double realised = features.get(Feature.REALIZED_VOL);
    final double volatility =
        features.get(Feature.ATM_IV_30D, features.get(Feature.ATM_IV, realised));
    return volatility * Math.sqrt(horizonNanos / YEAR_NANOS);
  }

  /** A number cut to -1 to 1. */
  static double unit(final double x) {
    return Math.max(-1, Math.min(1, x));
  }
}
