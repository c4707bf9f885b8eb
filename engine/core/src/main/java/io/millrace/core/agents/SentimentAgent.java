package io.millrace.core.agents;

import static io.millrace.core.agents.Opinion.unit;

import io.millrace.codecs.Feature;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.TagsEncoder;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;

/**
 * What news, option flow and technicals together say of the direction.
 *
 * <table>
 * <caption>Rules of the sentiment agent</caption>
 * <tr><th>rule</th><th>applies when</th><th>value</th><th>gives</th></tr>
 * <tr><td>SCORE_BULLISH, SCORE_BEARISH</td><td>score at or beyond the threshold</td>
 *   <td>score</td><td>lean scoreWeight · score / fullScore, cut to 1</td></tr>
 * <tr><td>SCORE_WEAK</td><td>score inside</td><td>score</td>
 *   <td>calm weakWeight · (1 - |score| / scoreThreshold)</td></tr>
 * <tr><td>NEWS_SHOCK</td><td>news score and its confidence both past their thresholds</td>
 *   <td>news score</td><td>lean shockWeight · news score</td></tr>
 * <tr><td>DIVERGENCE</td><td>it leans and momentum past divergenceMove goes the other way</td>
 *   <td>momentum</td><td>calm divergenceShare · |lean|; the tag is the contrarian's</td></tr>
 * </table>
 */
public final class SentimentAgent {
  private static final long DIVERGENCE = TagsEncoder.sentimentDivergence(0L, true);
  private static final long NEWS_SHOCK = TagsEncoder.newsShock(0L, true);

  private final AgentsConfig.Sentiment config;
  private final Opinion opinion;

  /** An agent with these thresholds. */
  public SentimentAgent(final AgentsConfig config) {
    this.config = config.sentiment();
    opinion = new Opinion(Layer.SENTIMENT, config, config.sentiment().horizonNanos());
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
    final double confidence = snapshot.sentimentConfidence();
    if (opinion.missing(snapshot.sentimentRegime(), confidence, Feature.SENTIMENT_SCORE)) {
      return opinion.giveUp(out, confidence);
    }
    final double score = features.get(Feature.SENTIMENT_SCORE);
    if (Math.abs(score) >= config.scoreThreshold()) {
      opinion.lean(
          score > 0 ? Reason.SCORE_BULLISH : Reason.SCORE_BEARISH,
          score,
          config.scoreWeight() * unit(score / config.fullScore()));
    } else {
      opinion.calm(
          Reason.SCORE_WEAK,
          score,
          config.weakWeight() * (1 - Math.abs(score) / config.scoreThreshold()));
    }
    final double news = features.get(Feature.NEWS_SENTIMENT_SCORE);
    if (Math.abs(news) >= config.shockScore()
        && features.get(Feature.NEWS_SENTIMENT_CONFIDENCE) >= config.shockConfidence()) {
      opinion.lean(Reason.NEWS_SHOCK, news, config.shockWeight() * news);
      opinion.tag(NEWS_SHOCK);
    }
    final double momentum = features.get(Feature.MOMENTUM);
    final double lean = opinion.leaning();
    if (momentum * lean < 0 && Math.abs(momentum) >= config.divergenceMove()) {
      opinion.calm(Reason.DIVERGENCE, momentum, config.divergenceShare() * Math.abs(lean));
      opinion.tag(DIVERGENCE);
    }
    return opinion.conclude(out, confidence);
  }
}
