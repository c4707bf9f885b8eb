package io.millrace.core.agents;

/**
 * Thresholds and weights of the three agents.
 *
 * @param minInputConfidence an engine less sure than this counts as missing, 0 to 1
 * @param missingConfidence confidence of the flat suggestion that missing input leads to, 0 to 1
 * @param minStance lean less calm from which an agent takes a side, above 0
 * @param hedge of the hedge agent
 * @param liquidity of the liquidity agent
 * @param sentiment of the sentiment agent
 */
public record AgentsConfig(
    double minInputConfidence,
    double missingConfidence,
    double minStance,
    Hedge hedge,
    Liquidity liquidity,
    Sentiment sentiment) {

  /**
   * The hedge agent.
   *
   * @param horizonNanos of its forecast, nanoseconds
   * @param fullMove momentum, as a fraction of price, that counts as a whole move
   * @param fullEnergy hedge regime energy that counts as a strong field, 0 to 1
   * @param nearWall a wall nearer to spot than this fraction of price holds it
   * @param followWeight lean with the move when dealers are short gamma
   * @param vannaWeight further lean when vanna has the sign of the move
   * @param squeezeWeight lean towards the call wall in a gamma squeeze
   * @param pinWeight calm when dealers are long gamma near a wall
   * @param fadeWeight lean against the move when dealers are long gamma away from the walls
   * @param absorbWeight calm when dealers are long gamma away from the walls
   * @param neutralWeight calm when there is no net gamma
   */
  public record Hedge(
      long horizonNanos,
      double fullMove,
      double fullEnergy,
      double nearWall,
      double followWeight,
      double vannaWeight,
      double squeezeWeight,
      double pinWeight,
      double fadeWeight,
      double absorbWeight,
      double neutralWeight) {}

  /**
   * The liquidity agent.
   *
   * @param horizonNanos of its forecast, nanoseconds
   * @param balancedFlow order-flow imbalance below this is balanced, 0 to 1
   * @param fullFlow order-flow imbalance that counts as wholly one-sided, 0 to 1
   * @param depthShare share of the imbalance at the touch in the flow, 0 to 1; traded flow is the
   *     rest
   * @param resistance elasticity asymmetry against the flow from which it chokes, 0 to 1
   * @param levelScore score from which a magnet or a void counts, 0 to 1
   * @param nearLevel a magnet or void nearer to spot than this fraction of price counts
   * @param flowWeight lean with the flow
   * @param chokeShare share of the flow's lean that resistance takes back, 0 to 1
   * @param breakoutWeight lean with a break out of the Bollinger band that flow confirms
   * @param falseBreakWeight lean against a break that flow does not confirm
   * @param balancedWeight calm of balanced flow
   */
  public record Liquidity(
      long horizonNanos,
      double balancedFlow,
      double fullFlow,
      double depthShare,
      double resistance,
      double levelScore,
      double nearLevel,
      double flowWeight,
      double chokeShare,
      double breakoutWeight,
      double falseBreakWeight,
      double balancedWeight) {}

  /**
   * The sentiment agent.
   *
   * @param horizonNanos of its forecast, nanoseconds
   * @param scoreThreshold score from which it takes a side, 0 to 1
   * @param fullScore score that counts as wholly one-sided, 0 to 1
   * @param shockScore news score from which it is a shock, 0 to 1
   * @param shockConfidence news confidence that a shock needs, 0 to 1
   * @param divergenceMove momentum against the score, fraction of price, that is a divergence
   * @param scoreWeight lean with the score
   * @param shockWeight further lean with shocking news
   * @param divergenceShare share of the lean that a divergence takes back, 0 to 1
   * @param weakWeight calm of a weak score
   */
  public record Sentiment(
      long horizonNanos,
      double scoreThreshold,
      double fullScore,
      double shockScore,
      double shockConfidence,
      double divergenceMove,
      double scoreWeight,
      double shockWeight,
      double divergenceShare,
      double weakWeight) {}
}
