package io.millrace.core.agents;

import static io.millrace.core.agents.Opinion.unit;

import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.TagsEncoder;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;

/**
 * What the hedging of dealers will do to the price. Dealers short gamma buy what rises and sell
 * what falls, so the move goes on; dealers long gamma do the opposite, and near a wall of theirs
 * the price is held.
 *
 * <p>Rules; move = MOMENTUM / fullMove and strength = HEDGE_REGIME_ENERGY / fullEnergy, both cut to
 * 1:
 *
 * <table>
 * <caption>Rules of the hedge agent</caption>
 * <tr><th>rule</th><th>applies when</th><th>value</th><th>gives</th></tr>
 * <tr><td>GAMMA_SQUEEZE_UP</td><td>hedge regime is a squeeze and the call wall is above spot</td>
 *   <td>distance to the wall, fraction</td><td>lean squeezeWeight · strength</td></tr>
 * <tr><td>SHORT_GAMMA_FOLLOWS_MOVE</td><td>gamma sign -1</td><td>move</td>
 *   <td>lean followWeight · strength · move</td></tr>
 * <tr><td>SHORT_GAMMA_VANNA_SUPPORT</td><td>gamma sign -1, vanna sign that of the move</td>
 *   <td>vanna sign</td><td>lean vannaWeight · strength · move</td></tr>
 * <tr><td>LONG_GAMMA_PINS</td><td>gamma sign 1, no squeeze, regime pin or a wall near</td>
 *   <td>distance to the nearest wall, fraction</td><td>calm pinWeight · strength</td></tr>
 * <tr><td>LONG_GAMMA_FADES</td><td>gamma sign 1, no squeeze, walls away</td><td>move</td>
 *   <td>lean -fadeWeight · strength · move</td></tr>
 * <tr><td>LONG_GAMMA_ABSORBS</td><td>with LONG_GAMMA_FADES</td>
 *   <td>distance to the nearest wall, fraction</td><td>calm absorbWeight · strength</td></tr>
 * <tr><td>NEUTRAL_FIELD</td><td>gamma sign 0</td><td>energy</td><td>calm neutralWeight</td></tr>
 * </table>
 */
public final class HedgeAgent {
  private static final long NEAR_CALL_WALL = TagsEncoder.nearCallWall(0L, true);
  private static final long NEAR_PUT_WALL = TagsEncoder.nearPutWall(0L, true);
  private static final double NO_WALL = 1.0;

  private final AgentsConfig.Hedge config;
  private final Opinion opinion;

  /** An agent with these thresholds. */
  public HedgeAgent(final AgentsConfig config) {
    this.config = config.hedge();
    opinion = new Opinion(Layer.HEDGE, config, config.hedge().horizonNanos());
  }

  /**
   * Appends its Suggestion.
   *
   * @param snapshotIndex the Snapshot in {@code out}
   * @return index of the Suggestion
   */
  public int suggest(final Outputs out, final int snapshotIndex) {
    final SnapshotDecoder snapshot = opinion.open(out, snapshotIndex);
    final FeatureTable features = opinion.features();
    final Regime regime = snapshot.hedgeRegime();
    final double confidence = snapshot.hedgeConfidence();
    if (opinion.missing(regime, confidence, Feature.GAMMA_SIGN)) {
      return opinion.giveUp(out, confidence);
    }
    tagRegime(regime);
    final double callWall = distance(features, Feature.CALL_WALL);
    final double putWall = distance(features, Feature.PUT_WALL);
    tagWalls(callWall, putWall);

    final double energy = features.get(Feature.HEDGE_REGIME_ENERGY);
    final double strength = unit(energy / config.fullEnergy());
    final double move = unit(features.get(Feature.MOMENTUM) / config.fullMove());
    final double gammaSign = features.get(Feature.GAMMA_SIGN);
    final boolean squeeze = regime == Regime.GAMMA_SQUEEZE && callWall > 0 && callWall < NO_WALL;
    if (squeeze) {
      opinion.lean(Reason.GAMMA_SQUEEZE_UP, callWall, config.squeezeWeight() * strength);
    }
    if (gammaSign < 0) {
      shortGamma(features.get(Feature.VANNA_SIGN), move, strength);
    } else if (gammaSign > 0 && !squeeze) {
      longGamma(regime, nearer(callWall, putWall), move, strength);
    } else if (gammaSign == 0) {
      opinion.calm(Reason.NEUTRAL_FIELD, energy, config.neutralWeight());
    }
    return opinion.conclude(out, confidence);
  }

  private void shortGamma(final double vannaSign, final double move, final double strength) {
    opinion.lean(Reason.SHORT_GAMMA_FOLLOWS_MOVE, move, config.followWeight() * strength * move);
    if (vannaSign * move > 0) {
      opinion.lean(
          Reason.SHORT_GAMMA_VANNA_SUPPORT, vannaSign, config.vannaWeight() * strength * move);
    }
  }

  private void longGamma(
      final Regime regime, final double wall, final double move, final double strength) {
    if (regime == Regime.PIN || Math.abs(wall) <= config.nearWall()) {
      opinion.calm(Reason.LONG_GAMMA_PINS, wall, config.pinWeight() * strength);
    } else {
      opinion.lean(Reason.LONG_GAMMA_FADES, move, -config.fadeWeight() * strength * move);
      opinion.calm(Reason.LONG_GAMMA_ABSORBS, wall, config.absorbWeight() * strength);
    }
  }

  private void tagRegime(final Regime regime) {
    opinion.tag(TagsEncoder.gammaSqueeze(0L, regime == Regime.GAMMA_SQUEEZE));
    opinion.tag(TagsEncoder.pin(0L, regime == Regime.PIN));
    opinion.tag(TagsEncoder.vannaFlow(0L, regime == Regime.VANNA_FLOW));
    opinion.tag(TagsEncoder.illiquidGamma(0L, regime == Regime.ILLIQUID_GAMMA));
  }

  private void tagWalls(final double callWall, final double putWall) {
    if (Math.abs(callWall) <= config.nearWall()) {
      opinion.tag(NEAR_CALL_WALL);
    }
    if (Math.abs(putWall) <= config.nearWall()) {
      opinion.tag(NEAR_PUT_WALL);
    }
  }

  /** Signed distance from spot, as a fraction of it; {@link #NO_WALL} when one is not known. */
  private static double distance(final FeatureTable features, final Feature wall) {
    final double spot = features.get(Feature.SPOT);
    return spot > 0 && features.has(wall) ? features.get(wall) / spot - 1 : NO_WALL;
  }

  private static double nearer(final double a, final double b) {
    return Math.abs(a) <= Math.abs(b) ? a : b;
  }
}
