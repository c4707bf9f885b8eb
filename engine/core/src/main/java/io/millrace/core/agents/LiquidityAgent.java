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
 * Whether the move will go on or choke, and whether a break is real.
 *
 * <p>flow = (1 - depthShare) · OFI + depthShare · DEPTH_IMBALANCE, scaled by fullFlow and cut to 1.
 * It meets resistance when the elasticity regime is high resistance, or the asymmetry of energy is
 * against it, or the price sits on a volume magnet; a void in reach takes the last away.
 *
 * <table>
 * <caption>Rules of the liquidity agent</caption>
 * <tr><th>rule</th><th>applies when</th><th>value</th><th>gives</th></tr>
 * <tr><td>BALANCED_FLOW</td><td>|flow| below balancedFlow</td><td>flow</td>
 *   <td>calm balancedWeight · (1 - |flow| / balancedFlow)</td></tr>
 * <tr><td>FLOW_CONTINUES</td><td>one-sided</td><td>flow</td><td>lean flowWeight · scaled flow</td>
 * </tr>
 * <tr><td>FLOW_CHOKES</td><td>one-sided, into resistance</td><td>elasticity asymmetry</td>
 *   <td>calm chokeShare · |lean of the flow|</td></tr>
 * <tr><td>BREAKOUT_REAL</td><td>outside the Bollinger band, flow one-sided with it</td>
 *   <td>percent B</td><td>lean breakoutWeight with the break</td></tr>
 * <tr><td>BREAKOUT_FALSE</td><td>outside the band, flow not with it</td><td>percent B</td>
 *   <td>lean falseBreakWeight against the break</td></tr>
 * </table>
 */
public final class LiquidityAgent {
  private static final double UPPER_BAND = 1.0;
  private static final double LOWER_BAND = 0.0;
  private static final double MIDDLE = 0.5;

  private final AgentsConfig.Liquidity config;
  private final Opinion opinion;

  /** An agent with these thresholds. */
  public LiquidityAgent(final AgentsConfig config) {
    this.config = config.liquidity();
    opinion = new Opinion(Layer.LIQUIDITY, config, config.liquidity().horizonNanos());
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
    final Regime regime = snapshot.liquidityRegime();
    final double confidence = snapshot.liquidityConfidence();
    if (opinion.missing(regime, confidence, Feature.OFI)) {
      return opinion.giveUp(out, confidence);
    }
    final boolean nearMagnet =
        near(features, Feature.VOLUME_MAGNET_SCORE, Feature.VOLUME_MAGNET_PRICE);
    final boolean inVoid =
        near(features, Feature.LIQUIDITY_VOID_SCORE, Feature.LIQUIDITY_VOID_PRICE);
    opinion.tag(TagsEncoder.thinLiquidity(0L, regime == Regime.THIN_LIQUIDITY));
    opinion.tag(TagsEncoder.oneSidedFlow(0L, regime == Regime.ONE_SIDED_FLOW));
    opinion.tag(TagsEncoder.nearMagnet(0L, nearMagnet));
    opinion.tag(TagsEncoder.inVoid(0L, inVoid));

    final double flow =
        (1 - config.depthShare()) * features.get(Feature.OFI)
            + config.depthShare() * features.get(Feature.DEPTH_IMBALANCE);
    if (Math.abs(flow) < config.balancedFlow()) {
      opinion.calm(
          Reason.BALANCED_FLOW,
          flow,
          config.balancedWeight() * (1 - Math.abs(flow) / config.balancedFlow()));
    } else {
      oneSided(snapshot.elasticityRegime(), flow, nearMagnet && !inVoid);
    }
    breakout(flow);
    return opinion.conclude(out, confidence);
  }

  private void oneSided(final Regime elasticity, final double flow, final boolean held) {
    final double given = config.flowWeight() * unit(flow / config.fullFlow());
    opinion.lean(Reason.FLOW_CONTINUES, flow, given);
    // The asymmetry is positive when up is easier: its product with the flow is below 0 when the
    // flow pushes the hard way.
    final double asymmetry = opinion.features().get(Feature.ELASTICITY_ASYMMETRY);
    final double along = asymmetry * Math.signum(flow);
    if (elasticity == Regime.HIGH_RESISTANCE || along <= -config.resistance() || held) {
      opinion.calm(Reason.FLOW_CHOKES, asymmetry, config.chokeShare() * Math.abs(given));
    }
  }

  private void breakout(final double flow) {
    final double percentB = opinion.features().get(Feature.BOLLINGER_PERCENT_B, MIDDLE);
    if (percentB <= UPPER_BAND && percentB >= LOWER_BAND) {
      return;
    }
    final double direction = percentB > UPPER_BAND ? 1 : -1;
    if (flow * direction >= config.balancedFlow()) {
      opinion.lean(Reason.BREAKOUT_REAL, percentB, config.breakoutWeight() * direction);
    } else {
      opinion.lean(Reason.BREAKOUT_FALSE, percentB, -config.falseBreakWeight() * direction);
    }
  }

  private boolean near(final FeatureTable features, final Feature score, final Feature price) {
    final double spot = features.get(Feature.SPOT);
    return spot > 0
        && features.has(price)
        && features.get(score) >= config.levelScore()
        && Math.abs(features.get(price) / spot - 1) <= config.nearLevel();
  }
}
