package io.millrace.core.engines.sentiment;

/**
 * How the three processors weigh what they see, and when the engine says quiet.
 *
 * @param barNanos interval of the bars that the technical processor runs on, above 0
 * @param technicalFullStrength reading (0..1 in the direction of the score) that every indicator
 *     must reach for technicals to be fully confident, in (0, 1]
 * @param flowWindowNanos span of the option flow, a whole multiple of {@code flowCellNanos}
 * @param flowCellNanos cells that option trades are gathered into, above 0
 * @param flowFullPremium premium in the window at which flow is fully confident, currency, above 0
 * @param flowFullTrades trades in the window at which flow is fully confident, above 0
 * @param flowPremiumWeight weight of signed premium in the flow score, the put/call imbalance has
 *     the rest; in [0, 1]
 * @param newsHalfLifeNanos age at which a headline counts half, above 0
 * @param newsWindowNanos time after the last headline from which there is no news, above 0
 * @param newsFullWeight weight of headlines at which news is fully confident, above 0
 * @param newsDuplicate share of common words (Jaccard index) from which a headline is one that was
 *     already there, in (0, 1]
 * @param newsWeight weight of news in the fusion, 0 or more
 * @param flowWeight weight of flow in the fusion, 0 or more
 * @param technicalWeight weight of technicals in the fusion, 0 or more
 * @param newsRegimeScore |news score| from which news makes the regime, in (0, 1]
 * @param newsRegimeConfidence news confidence from which news makes the regime, in [0, 1]
 * @param quietScore |score| below which it is quiet, in [0, 1]
 * @param quietConfidence confidence below which it is quiet, in [0, 1]
 */
public record SentimentConfig(
    long barNanos,
    double technicalFullStrength,
    long flowWindowNanos,
    long flowCellNanos,
    double flowFullPremium,
    int flowFullTrades,
    double flowPremiumWeight,
    long newsHalfLifeNanos,
    long newsWindowNanos,
    double newsFullWeight,
    double newsDuplicate,
    double newsWeight,
    double flowWeight,
    double technicalWeight,
    double newsRegimeScore,
    double newsRegimeConfidence,
    double quietScore,
    double quietConfidence) {

  /** Most cells of the flow window. */
  public static final int MAX_CELLS = 4096;

  /** Checks the ranges that the fields name. */
  public SentimentConfig {
    require(barNanos > 0, "bar_nanos", "above 0");
    require(
        technicalFullStrength > 0 && technicalFullStrength <= 1,
        "technical_full_strength",
        "in (0, 1]");
    require(
        flowCellNanos > 0
            && flowWindowNanos >= flowCellNanos
            && flowWindowNanos % flowCellNanos == 0
            && flowWindowNanos / flowCellNanos <= MAX_CELLS,
        "flow_window_nanos",
        "1 to 4096 times flow_cell_nanos");
    require(flowFullPremium > 0, "flow_full_premium", "above 0");
    require(flowFullTrades > 0, "flow_full_trades", "above 0");
    require(unit(flowPremiumWeight), "flow_premium_weight", "in [0, 1]");
    require(newsHalfLifeNanos > 0, "news_half_life_nanos", "above 0");
    require(newsWindowNanos > 0, "news_window_nanos", "above 0");
    require(newsFullWeight > 0, "news_full_weight", "above 0");
    require(newsDuplicate > 0 && newsDuplicate <= 1, "news_duplicate", "in (0, 1]");
    require(
        newsWeight >= 0
            && flowWeight >= 0
            && technicalWeight >= 0
            && newsWeight + flowWeight + technicalWeight > 0,
        "news_weight, flow_weight and technical_weight",
        "0 or more and not all 0");
    require(newsRegimeScore > 0 && newsRegimeScore <= 1, "news_regime_score", "in (0, 1]");
    require(unit(newsRegimeConfidence), "news_regime_confidence", "in [0, 1]");
    require(unit(quietScore), "quiet_score", "in [0, 1]");
    require(unit(quietConfidence), "quiet_confidence", "in [0, 1]");
  }

  int flowCells() {
    return (int) (flowWindowNanos / flowCellNanos);
  }

  private static boolean unit(final double value) {
    return value >= 0 && value <= 1;
  }

  private static void require(final boolean holds, final String field, final String range) {
    if (!holds) {
      throw new IllegalArgumentException("sentiment." + field + " must be " + range);
    }
  }
}
