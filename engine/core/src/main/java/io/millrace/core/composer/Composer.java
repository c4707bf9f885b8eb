package io.millrace.core.composer;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.QualityDecoder;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.codecs.TagsEncoder;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.SuggestionDraft;

/**
 * Weighs the three agents' suggestions into one. With weights w that sum to 1, confidences c and
 * directions d (1 long, -1 short, 0 otherwise):
 *
 * <table>
 * <caption>Rules of the composer, in order</caption>
 * <tr><th>rule</th><th>applies when</th><th>value</th><th>weight: what it gives</th></tr>
 * <tr><td>VOTE_HEDGE, VOTE_LIQUIDITY, VOTE_SENTIMENT</td><td>always</td><td>c · d</td>
 *   <td>w · c · d</td></tr>
 * <tr><td>UNANIMOUS, ALL_FLAT</td><td>one stance</td><td>Σ w·c</td>
 *   <td>confidence (1 + unanimityBonus) · Σ w·c</td></tr>
 * <tr><td>MAJORITY</td><td>two against one</td><td>Σ w of the two</td>
 *   <td>confidence Σ w·c of the two / Σ w of the two</td></tr>
 * <tr><td>DISSENT_PENALTY</td><td>two against one</td><td>w · c of the dissenter</td>
 *   <td>confidence - dissentPenalty · w · c (· flatDissent if one side of it is flat)</td></tr>
 * <tr><td>ALL_DIFFER</td><td>three stances</td><td>Σ w·c·d</td>
 *   <td>confidence differFactor · Σ w·c; SPREAD if the value leans enough, else COMPLEX</td></tr>
 * <tr><td>REGIME_ADJUST</td><td>the fused or the elasticity regime has a say</td>
 *   <td>code of the regime</td><td>confidence by {@link #regimeSays}</td></tr>
 * <tr><td>VOL_CHEAP, VOL_RICH</td><td>by IV rank, else implied over realised</td>
 *   <td>rank or ratio</td><td>0: a tag</td></tr>
 * <tr><td>RANGE_BOUND</td><td>pin or high resistance</td><td>code of the regime</td>
 *   <td>0: a tag</td></tr>
 * <tr><td>TREND</td><td>momentum past trendMove</td><td>momentum</td><td>0: a tag</td></tr>
 * <tr><td>RESULT</td><td>always</td><td>Σ w·c·d</td><td>final confidence</td></tr>
 * </table>
 *
 * <p>The lookahead rule needs a model; the snapshot carries none yet, so it does not apply. The
 * forecast is Σ w · move of the agents over the longest of their horizons; its sign is that of the
 * stance or, for a spread, of the net vote.
 */
public final class Composer {
  private static final int AGENTS = 3;
  private static final int STEPS_DEGRADED = -2;

  private static final long UNANIMOUS = TagsEncoder.unanimous(0L, true);
  private static final long MAJORITY = TagsEncoder.majority(0L, true);
  private static final long ALL_DIFFER = TagsEncoder.allDiffer(0L, true);
  private static final long VOL_CHEAP = TagsEncoder.volCheap(0L, true);
  private static final long VOL_RICH = TagsEncoder.volRich(0L, true);
  private static final long RANGE_BOUND = TagsEncoder.rangeBound(0L, true);
  private static final long TREND_UP = TagsEncoder.trendUp(0L, true);
  private static final long TREND_DOWN = TagsEncoder.trendDown(0L, true);
  private static final long LOW_RESISTANCE = TagsEncoder.lowResistance(0L, true);
  private static final long HIGH_RESISTANCE = TagsEncoder.highResistance(0L, true);
  private static final long USE_LONG_STOCK = TagsEncoder.useLongStock(0L, true);
  private static final long USE_SHORT_STOCK = TagsEncoder.useShortStock(0L, true);
  private static final long USE_DEBIT_CALL = TagsEncoder.useDebitCallSpread(0L, true);
  private static final long USE_DEBIT_PUT = TagsEncoder.useDebitPutSpread(0L, true);
  private static final long USE_BULL_PUT = TagsEncoder.useBullPutSpread(0L, true);
  private static final long USE_BEAR_CALL = TagsEncoder.useBearCallSpread(0L, true);
  private static final long USE_IRON_CONDOR = TagsEncoder.useIronCondor(0L, true);

  private final ComposerConfig config;
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final SuggestionDecoder suggestion = new SuggestionDecoder();
  private final FeatureTable features = new FeatureTable();
  private final SuggestionDraft draft = new SuggestionDraft();
  private final double[] weight = new double[AGENTS];
  private final double[] confidence = new double[AGENTS];
  private final int[] direction = new int[AGENTS];
  private final Reason[] vote = {Reason.VOTE_HEDGE, Reason.VOTE_LIQUIDITY, Reason.VOTE_SENTIMENT};
  private double forecast;
  private long horizonNanos;
  private Action action = Action.FLAT;
  private double sure;
  private Reason reason = Reason.NONE;

  /**
   * A composer with these weights.
   *
   * @throws IllegalArgumentException if the weights do not have a sum above 0
   */
  public Composer(final ComposerConfig config) {
    this.config = config;
    final double sum = config.hedgeWeight() + config.liquidityWeight() + config.sentimentWeight();
    if (!(sum > 0)) {
      throw new IllegalArgumentException("agent weights sum to " + sum + "; need a sum above 0");
    }
    weight[0] = config.hedgeWeight() / sum;
    weight[1] = config.liquidityWeight() / sum;
    weight[2] = config.sentimentWeight() / sum;
  }

  /**
   * Appends the composite Suggestion.
   *
   * @param snapshotIndex the Snapshot in {@code out}
   * @param hedge the hedge agent's Suggestion in {@code out}
   * @param liquidity the liquidity agent's
   * @param sentiment the sentiment agent's
   * @return index of the composite
   */
  public int compose(
      final Outputs out,
      final int snapshotIndex,
      final int hedge,
      final int liquidity,
      final int sentiment) {
    out.read(snapshotIndex, snapshot);
    features.clear();
    features.load(snapshot);
    draft.clear();
    forecast = 0;
    horizonNanos = 0;
    hear(out, hedge, 0);
    hear(out, liquidity, 1);
    hear(out, sentiment, 2);

    final double lean = weighted(true);
    count(lean);
    adjust(snapshot.regime());
    if (snapshot.elasticityRegime() != snapshot.regime()) {
      adjust(snapshot.elasticityRegime());
    }
    volatility();
    surroundings();
    hint(lean);
    draft.row(Reason.RESULT, lean, sure);
    return draft.emit(
        out, snapshot, Layer.COMPOSITE, action, sure, horizonNanos, move(lean), reason);
  }

  private void hear(final Outputs out, final int index, final int agent) {
    out.read(index, suggestion);
    final Action stance = suggestion.action();
    direction[agent] = stance == Action.LONG ? 1 : stance == Action.SHORT ? -1 : 0;
    confidence[agent] = suggestion.confidence();
    forecast += weight[agent] * suggestion.expectedMove();
    horizonNanos = Math.max(horizonNanos, suggestion.horizon());
    draft.tag(SuggestionDraft.tagBits(suggestion));
    final double signed = confidence[agent] * direction[agent];
    draft.row(vote[agent], signed, weight[agent] * signed);
  }

  private double weighted(final boolean signed) {
    double sum = 0;
    for (int i = 0; i < AGENTS; i++) {
      sum += weight[i] * confidence[i] * (signed ? direction[i] : 1);
    }
    return sum;
  }

  private void count(final double lean) {
    if (direction[0] == direction[1] && direction[1] == direction[2]) {
      unanimous();
    } else if (direction[1] == direction[2]) {
      majority(1, 2, 0);
    } else if (direction[0] == direction[2]) {
      majority(0, 2, 1);
    } else if (direction[0] == direction[1]) {
      majority(0, 1, 2);
    } else {
      allDiffer(lean);
    }
  }

  private void unanimous() {
    final double mean = weighted(false);
    action = stance(direction[0]);
    sure = Math.min(1, (1 + config.unanimityBonus()) * mean);
    reason = action == Action.FLAT ? Reason.ALL_FLAT : Reason.UNANIMOUS;
    draft.row(reason, mean, sure);
    draft.tag(UNANIMOUS);
  }

  private void majority(final int a, final int b, final int dissenter) {
    final double share = weight[a] + weight[b];
    final double mean =
        share > 0 ? (weight[a] * confidence[a] + weight[b] * confidence[b]) / share : 0;
    final double dissent = weight[dissenter] * confidence[dissenter];
    final boolean opposed = direction[a] * direction[dissenter] < 0;
    final double penalty =
        Math.min(mean, config.dissentPenalty() * dissent * (opposed ? 1 : config.flatDissent()));
    action = stance(direction[a]);
    sure = mean - penalty;
    reason = Reason.MAJORITY;
    draft.row(Reason.MAJORITY, share, mean);
    draft.row(Reason.DISSENT_PENALTY, dissent, -penalty);
    draft.tag(MAJORITY);
  }

  private void allDiffer(final double lean) {
    action = Math.abs(lean) >= config.spreadLean() ? Action.SPREAD : Action.COMPLEX;
    sure = config.differFactor() * weighted(false);
    reason = Reason.ALL_DIFFER;
    draft.row(Reason.ALL_DIFFER, lean, sure);
    draft.tag(ALL_DIFFER);
  }

  private static Action stance(final int direction) {
    return direction > 0 ? Action.LONG : direction < 0 ? Action.SHORT : Action.FLAT;
  }

  private void adjust(final Regime regime) {
    final int steps = regimeSays(regime, action);
    if (steps == 0) {
      return;
    }
    final double before = sure;
    sure = Math.max(0, Math.min(1, before + steps * config.regimeStep()));
    draft.row(Reason.REGIME_ADJUST, regime.value(), sure - before);
  }

  /**
   * Steps of confidence that a regime gives a stance or, below 0, takes from it: what holds the
   * price is good for a neutral stance (flat or complex) and bad for a side (long, short or
   * spread); what helps one side is bad for the other; thin books are bad for every side.
   */
  static int regimeSays(final Regime regime, final Action action) {
    final boolean neutral = action == Action.FLAT || action == Action.COMPLEX;
    switch (regime) {
      case DEGRADED:
        return STEPS_DEGRADED;
      case PIN:
      case HIGH_RESISTANCE:
        return neutral ? 1 : -1;
      case LOW_RESISTANCE:
        return neutral ? -1 : 1;
      case GAMMA_SQUEEZE:
      case ASYMMETRIC_UP:
        return action == Action.LONG ? 1 : action == Action.SHORT ? -1 : 0;
      case ASYMMETRIC_DOWN:
        return action == Action.SHORT ? 1 : action == Action.LONG ? -1 : 0;
      case THIN_LIQUIDITY:
      case ILLIQUID_GAMMA:
        return neutral ? 0 : -1;
      default:
        return 0;
    }
  }

  private void volatility() {
    if (!QualityDecoder.noIvRank(SuggestionDraft.qualityBits(snapshot))) {
      volatility(snapshot.ivRank(), config.cheapIvRank(), config.richIvRank());
      return;
    }
    final double realised = features.get(Feature.REALIZED_VOL);
    final double implied = features.get(Feature.ATM_IV_30D, features.get(Feature.ATM_IV));
    if (realised > 0 && implied > 0) {
      volatility(implied / realised, config.cheapVolRatio(), config.richVolRatio());
    }
  }

  private void volatility(final double seen, final double cheap, final double rich) {
    if (seen <= cheap) {
      draft.row(Reason.VOL_CHEAP, seen, 0).tag(VOL_CHEAP);
    } else if (seen >= rich) {
      draft.row(Reason.VOL_RICH, seen, 0).tag(VOL_RICH);
    }
  }

  private void surroundings() {
    final Regime elasticity = snapshot.elasticityRegime();
    final Regime holding =
        elasticity == Regime.HIGH_RESISTANCE
            ? elasticity
            : snapshot.hedgeRegime() == Regime.PIN ? Regime.PIN : Regime.NONE;
    if (holding != Regime.NONE) {
      draft.row(Reason.RANGE_BOUND, holding.value(), 0).tag(RANGE_BOUND);
    }
    if (elasticity == Regime.HIGH_RESISTANCE) {
      draft.tag(HIGH_RESISTANCE);
    } else if (elasticity == Regime.LOW_RESISTANCE) {
      draft.tag(LOW_RESISTANCE);
    }
    final double momentum = features.get(Feature.MOMENTUM);
    if (Math.abs(momentum) >= config.trendMove()) {
      draft.row(Reason.TREND, momentum, 0).tag(momentum > 0 ? TREND_UP : TREND_DOWN);
    }
  }

  /** Families of structures that fit; the trade agent picks among them and may find none. */
  private void hint(final double lean) {
    final boolean rich = (draft.tags() & VOL_RICH) != 0;
    final boolean range = (draft.tags() & RANGE_BOUND) != 0;
    final boolean up = action == Action.LONG || (action == Action.SPREAD && lean > 0);
    final boolean down = action == Action.SHORT || (action == Action.SPREAD && lean < 0);
    if (up) {
      draft.tag(rich ? USE_BULL_PUT : USE_DEBIT_CALL);
    } else if (down) {
      draft.tag(rich ? USE_BEAR_CALL : USE_DEBIT_PUT);
    } else if (rich || range) {
      draft.tag(USE_IRON_CONDOR);
    }
    if (action == Action.LONG) {
      draft.tag(USE_LONG_STOCK);
    } else if (action == Action.SHORT) {
      draft.tag(USE_SHORT_STOCK);
    }
  }

  private double move(final double lean) {
    final double size = Math.abs(forecast);
    switch (action) {
      case LONG:
        return size;
      case SHORT:
        return -size;
      case SPREAD:
        return lean > 0 ? size : -size;
      default:
        return 0;
    }
  }
}
