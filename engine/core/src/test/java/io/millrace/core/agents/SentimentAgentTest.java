package io.millrace.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Regime;
import io.millrace.codecs.TagsDecoder;
import org.junit.jupiter.api.Test;

class SentimentAgentTest {
  private static final double EXACT = 1e-12;

  private final SentimentAgent agent = new SentimentAgent(Defaults.AGENTS);
  private final Snapshots snapshots = new Snapshots();

  private Snapshots.Read suggest() {
    return snapshots.read(agent.suggest(snapshots.out(), snapshots.write()));
  }

  @Test
  void strongScoreTakesItsSide() {
    snapshots.with(Feature.SENTIMENT_SCORE, 0.3);
    final Snapshots.Read up = suggest();
    assertThat(up.action()).isEqualTo(Action.LONG);
    assertThat(up.confidence()).isEqualTo(0.4, within(EXACT));
    snapshots.with(Feature.SENTIMENT_SCORE, -0.9);
    final Snapshots.Read down = suggest();
    assertThat(down.action()).isEqualTo(Action.SHORT);
    assertThat(down.confidence()).isEqualTo(0.8, within(EXACT));
    assertThat(down.reason()).isEqualTo(Reason.SCORE_BEARISH);
  }

  @Test
  void weakScoreIsFlat() {
    snapshots.with(Feature.SENTIMENT_SCORE, -0.075);
    final Snapshots.Read read = suggest();
    assertThat(read.action()).isEqualTo(Action.FLAT);
    assertThat(read.confidence()).isEqualTo(0.1, within(EXACT));
    assertThat(read.reason()).isEqualTo(Reason.SCORE_WEAK);
  }

  @Test
  void scoreAgainstThePriceIsADivergence() {
    snapshots.with(Feature.SENTIMENT_SCORE, 0.6).with(Feature.MOMENTUM, -0.0015);
    final Snapshots.Read read = suggest();
    assertThat(TagsDecoder.sentimentDivergence(read.tags())).isTrue();
    assertThat(read.confidence()).isEqualTo(0.4, within(EXACT));
  }

  @Test
  void smallMoveAgainstTheScoreIsNone() {
    snapshots.with(Feature.SENTIMENT_SCORE, 0.6).with(Feature.MOMENTUM, -0.0014);
    assertThat(TagsDecoder.sentimentDivergence(suggest().tags())).isFalse();
  }

  @Test
  void shockingNewsAddsAndIsTagged() {
    snapshots
        .with(Feature.SENTIMENT_SCORE, 0.3)
        .with(Feature.NEWS_SENTIMENT_SCORE, 0.8)
        .with(Feature.NEWS_SENTIMENT_CONFIDENCE, 0.5);
    final Snapshots.Read read = suggest();
    assertThat(read.confidence()).isEqualTo(0.4 + 0.24, within(EXACT));
    assertThat(TagsDecoder.newsShock(read.tags())).isTrue();
  }

  @Test
  void doubtfulNewsIsNoShock() {
    snapshots
        .with(Feature.SENTIMENT_SCORE, 0.3)
        .with(Feature.NEWS_SENTIMENT_SCORE, 0.8)
        .with(Feature.NEWS_SENTIMENT_CONFIDENCE, 0.49);
    assertThat(TagsDecoder.newsShock(suggest().tags())).isFalse();
  }

  @Test
  void degradedEngineMeansFlat() {
    snapshots.sentiment(Regime.DEGRADED).with(Feature.SENTIMENT_SCORE, 0.9);
    assertThat(suggest().reason()).isEqualTo(Reason.MISSING_INPUT);
  }
}
