package io.millrace.core.engines.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.NewsDecoder;
import io.millrace.codecs.NewsEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.engines.Allocations;
import io.millrace.core.engines.Readout;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Indicators;
import io.millrace.core.market.MarketScript;
import io.millrace.core.slot.Outputs;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SentimentEngineTest {
  private static final long SECOND = BarBuilder.SECOND;
  private static final long MINUTE = BarBuilder.MINUTE;
  private static final long HOUR = BarBuilder.HOUR;
  private static final long OPEN = 16_793 * BarBuilder.DAY + 14 * HOUR + 30 * MINUTE;
  private static final long CLOSE = OPEN + 6 * HOUR + 30 * MINUTE;
  private static final long EXPIRY = CLOSE + 30 * BarBuilder.DAY;

  private static final SentimentConfig CONFIG =
      new SentimentConfig(
          MINUTE,
          0.5,
          30 * MINUTE,
          MINUTE,
          500_000,
          50,
          0.7,
          2 * HOUR,
          8 * HOUR,
          3,
          0.7,
          0.4,
          0.3,
          0.3,
          0.25,
          0.3,
          0.1,
          0.25);

  private static final Lexicon LEXICON =
      new Lexicon(
          0,
          0,
          Map.of("beats", 2.5, "surges", 3.0, "record", 2.0, "plunges", -3.0, "fraud", -3.5),
          Map.of(),
          Map.of(),
          Map.of("sharply", 1.4),
          Map.of(),
          List.of("not", "no"),
          List.of(),
          Map.of("TABLOID", 0.1));

  private final MarketScript script = new MarketScript();
  private final int id = script.equity(OPEN, CLOSE);
  private final int call = script.option(id, OptionRight.CALL, 100, EXPIRY);
  private final int put = script.option(id, OptionRight.PUT, 100, EXPIRY);
  private final SentimentEngine engine = new SentimentEngine(CONFIG, script.market(), LEXICON);
  private final Outputs out = new Outputs();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);

  private void bar(final int minute, final double high, final double low, final double close) {
    engine.onBar(script.bar(id, OPEN + minute * MINUTE, MINUTE, close, high, low, close, 100));
  }

  private void option(final int option, final long time, final double contracts, final Side side) {
    final TradeDecoder trade = script.trade(option, time, 5, contracts, side);
    engine.onTrade(option, time, trade.price(), trade.size(), side);
  }

  private void news(final long time, final String source, final String headline) {
    final NewsEncoder encoder = new NewsEncoder();
    encoder.wrap(buffer, 0).eventTime(time).instrumentId(id).source(source).headline(headline);
    final NewsDecoder decoder = new NewsDecoder();
    decoder.wrap(buffer, 0, NewsEncoder.BLOCK_LENGTH, NewsEncoder.SCHEMA_VERSION);
    engine.onNews(decoder);
  }

  private Readout evaluate(final long now) {
    out.reset(1, now);
    return Readout.of(out, engine.evaluate(id, now, out));
  }

  // --- must hold

  @Test
  void onlyGoodNewsIsBullish() {
    news(OPEN, "WIRE", "Acme beats estimates");
    news(OPEN + 1, "WIRE", "Shares of the company rise to a record");
    news(OPEN + 2, "WIRE", "Revenue surges on strong demand");
    final Readout features = evaluate(OPEN + MINUTE);
    assertThat(features.get(Feature.NEWS_SENTIMENT_SCORE)).isGreaterThan(0.4);
    assertThat(features.get(Feature.NEWS_SENTIMENT_CONFIDENCE)).isGreaterThan(0.9);
    assertThat(features.regime()).isEqualTo(Regime.BULLISH_NEWS);
  }

  @Test
  void onlyBadNewsIsBearish() {
    news(OPEN, "WIRE", "Stock plunges sharply");
    news(OPEN + 1, "WIRE", "Auditor finds fraud at supplier");
    final Readout features = evaluate(OPEN + MINUTE);
    assertThat(features.get(Feature.NEWS_SENTIMENT_SCORE)).isLessThan(-0.4);
    assertThat(features.regime()).isEqualTo(Regime.BEARISH_NEWS);
  }

  @Test
  void noNewsAndMixedTechnicalsIsQuiet() {
    for (int i = 1; i <= 60; i++) {
      final double close = 100 + (i % 2) * 0.05;
      bar(i, close + 0.1, close - 0.1, close);
    }
    final Readout features = evaluate(OPEN + 60 * MINUTE);
    assertThat(features.confidence()).isLessThan(0.25);
    assertThat(features.regime()).isEqualTo(Regime.QUIET);
    assertThat(features.quality() & QualityEncoder.noNews(0, true)).isNotZero();
  }

  @Test
  void contradictingTechnicalsAreNotBelieved() {
    // A long fall of 0.1 a bar to 106, then a jump of 1.15: more than the 0.95 to the mean of 20
    // closes, less than the 1.3 (14 bars' worth of falling) that would lift strength above 50.
    for (int i = 1; i <= 40; i++) {
      final double close = 110 - 0.1 * i;
      bar(i, close + 0.05, close - 0.05, close);
    }
    assertThat(evaluate(OPEN + 40 * MINUTE).get(Feature.TECHNICAL_SENTIMENT_SCORE)).isNegative();
    bar(41, 107.15, 106, 107.15);
    final Readout jumped = evaluate(OPEN + 41 * MINUTE);
    assertThat(jumped.get(Feature.RSI_14)).isLessThan(50);
    assertThat(jumped.get(Feature.BOLLINGER_PERCENT_B)).isGreaterThan(0.5);
    assertThat(jumped.get(Feature.TECHNICAL_SENTIMENT_CONFIDENCE)).isZero();
    assertThat(jumped.regime()).isEqualTo(Regime.QUIET);
  }

  @Test
  void flowAgainstATrendWithoutNewsIsMixed() {
    for (int i = 1; i <= 40; i++) {
      final double close = 100 + 0.1 * i;
      bar(i, close + 0.05, close - 0.05, close);
    }
    for (int i = 0; i < 60; i++) {
      option(put, OPEN + 39 * MINUTE + i, 5, Side.BUY);
    }
    final Readout features = evaluate(OPEN + 40 * MINUTE);
    assertThat(features.get(Feature.TECHNICAL_SENTIMENT_SCORE)).isGreaterThan(0.5);
    assertThat(features.get(Feature.FLOW_SENTIMENT_SCORE)).isEqualTo(-1);
    assertThat(features.regime()).isEqualTo(Regime.MIXED);
  }

  // --- technicals

  @Test
  void technicalFeaturesAreThoseOfTheBars() {
    final long seed = 5;
    final SplittableRandom random = new SplittableRandom(seed);
    final Indicators reference = new Indicators();
    double close = 100;
    for (int i = 1; i <= 80; i++) {
      close = StrictMath.rint(close * 1e4 * (1 + random.nextDouble(-0.002, 0.002))) / 1e4;
      bar(i, close + 0.1, close - 0.2, close);
      reference.update(
          Fixed.toDouble(Fixed.fromDouble(close + 0.1)),
          Fixed.toDouble(Fixed.fromDouble(close - 0.2)),
          Fixed.toDouble(Fixed.fromDouble(close)));
    }
    final Readout features = evaluate(OPEN + 80 * MINUTE);
    assertThat(features.get(Feature.RSI_14)).as("seed %d", seed).isEqualTo(reference.rsi());
    assertThat(features.get(Feature.BOLLINGER_PERCENT_B)).isEqualTo(reference.percentB());
    assertThat(features.get(Feature.KELTNER_POSITION)).isEqualTo(reference.keltnerPosition());
    assertThat(features.get(Feature.MOMENTUM)).isEqualTo(reference.momentum());
  }

  @Test
  void risingPricesAreBullishAndFallingOnesTheMirror() {
    for (int i = 1; i <= 40; i++) {
      final double close = 100 + 0.1 * i;
      bar(i, close + 0.05, close - 0.05, close);
    }
    final double up = evaluate(OPEN + 40 * MINUTE).get(Feature.SENTIMENT_SCORE);
    final int other = script.equity(OPEN, CLOSE);
    for (int i = 1; i <= 40; i++) {
      final double close = 100 - 0.1 * i;
      engine.onBar(
          script.bar(
              other, OPEN + i * MINUTE, MINUTE, close, close + 0.05, close - 0.05, close, 100));
    }
    out.reset(1, OPEN);
    final Readout down = Readout.of(out, engine.evaluate(other, OPEN + 40 * MINUTE, out));
    assertThat(up).isGreaterThan(0.5);
    assertThat(down.get(Feature.SENTIMENT_SCORE)).isCloseTo(-up, within(1e-9));
  }

  @Test
  void tradesBuildTheBarsWhereTheFeedHasNone() {
    for (int i = 0; i < 25; i++) {
      final TradeDecoder trade = script.trade(id, OPEN + i * MINUTE, 100 + 0.1 * i, 10, Side.NONE);
      engine.onTrade(id, OPEN + i * MINUTE, trade.price(), trade.size(), Side.NONE);
    }
    final Readout features = evaluate(OPEN + 25 * MINUTE);
    assertThat(features.get(Feature.RSI_14)).isEqualTo(100);
    assertThat(features.has(Feature.BOLLINGER_PERCENT_B)).isTrue();
  }

  // --- flow

  @Test
  void callsBoughtAndPutsSoldAreBullish() {
    option(call, OPEN, 10, Side.BUY);
    option(put, OPEN + 1, 30, Side.SELL);
    final Readout features = evaluate(OPEN + SECOND);
    // Signed premium +1, and of the contracts bought all are calls.
    assertThat(features.get(Feature.FLOW_SENTIMENT_SCORE)).isCloseTo(1, within(1e-12));
    // 40 contracts × 5.00 × 100 = 20,000 of 500,000; 2 trades of 50.
    assertThat(features.get(Feature.FLOW_SENTIMENT_CONFIDENCE))
        .isCloseTo(20_000 / 500_000.0 * 2 / 50.0, within(1e-12));
  }

  @Test
  void premiumAndPutCallImbalanceAreBlended() {
    option(call, OPEN, 10, Side.BUY);
    option(put, OPEN + 1, 30, Side.BUY);
    final double score = evaluate(OPEN + SECOND).get(Feature.FLOW_SENTIMENT_SCORE);
    assertThat(score).isCloseTo(0.7 * (10 - 30) / 40.0 + 0.3 * (10 - 30) / 40.0, within(1e-12));
    option(put, OPEN + 2, 60, Side.SELL);
    assertThat(evaluate(OPEN + SECOND).get(Feature.FLOW_SENTIMENT_SCORE))
        .isCloseTo(0.7 * (10 - 30 + 60) / 100.0 + 0.3 * (10 - 30) / 40.0, within(1e-12));
  }

  @Test
  void quoteRuleTellsTheSideOfAnOptionBar() {
    script.quote(call, OPEN, 4.80, 10, 5.00, 10);
    engine.onBar(script.bar(call, OPEN + MINUTE, MINUTE, 5, 5, 5, 5, 20));
    assertThat(evaluate(OPEN + MINUTE).get(Feature.FLOW_SENTIMENT_SCORE))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void flowLeavesTheWindow() {
    option(call, OPEN, 10, Side.BUY);
    assertThat(evaluate(OPEN + 30 * MINUTE).has(Feature.FLOW_SENTIMENT_SCORE)).isTrue();
    final Readout later = evaluate(OPEN + 31 * MINUTE);
    assertThat(later.has(Feature.FLOW_SENTIMENT_SCORE)).isFalse();
    assertThat(later.quality() & QualityEncoder.noFlow(0, true)).isNotZero();
  }

  // --- news

  @Test
  void nearDuplicateHeadlineCountsOnce() {
    news(OPEN, "WIRE", "Acme beats estimates in the third quarter");
    final double once = evaluate(OPEN).get(Feature.NEWS_SENTIMENT_CONFIDENCE);
    news(OPEN, "OTHER", "ACME beats estimates in the third quarter - report");
    assertThat(evaluate(OPEN).get(Feature.NEWS_SENTIMENT_CONFIDENCE)).isEqualTo(once);
    news(OPEN, "OTHER", "Chief executive of Acme resigns");
    assertThat(evaluate(OPEN).get(Feature.NEWS_SENTIMENT_CONFIDENCE)).isGreaterThan(once);
  }

  @Test
  void headlineCountsHalfAfterItsHalfLife() {
    news(OPEN, "WIRE", "Acme beats estimates");
    assertThat(evaluate(OPEN).get(Feature.NEWS_SENTIMENT_CONFIDENCE))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(evaluate(OPEN + 2 * HOUR).get(Feature.NEWS_SENTIMENT_CONFIDENCE))
        .isCloseTo(0.5 / 3.0, within(1e-12));
    assertThat(evaluate(OPEN + 8 * HOUR + 1).has(Feature.NEWS_SENTIMENT_SCORE)).isFalse();
  }

  @Test
  void sourceHasItsWeight() {
    news(OPEN, "TABLOID", "Acme fraud");
    news(OPEN, "WIRE", "Acme beats estimates");
    final double good = 2.5 / StrictMath.sqrt(2.5 * 2.5 + 15);
    final double bad = -3.5 / StrictMath.sqrt(3.5 * 3.5 + 15);
    assertThat(evaluate(OPEN).get(Feature.NEWS_SENTIMENT_SCORE))
        .isCloseTo((good + 0.1 * bad) / 1.1, within(1e-12));
  }

  @Test
  void withoutALexiconThereIsNoNews() {
    final SentimentEngine deaf = new SentimentEngine(CONFIG, script.market());
    final NewsEncoder encoder = new NewsEncoder();
    encoder.wrap(buffer, 0).eventTime(OPEN).instrumentId(id).source("W").headline("fraud");
    final NewsDecoder decoder = new NewsDecoder();
    decoder.wrap(buffer, 0, NewsEncoder.BLOCK_LENGTH, NewsEncoder.SCHEMA_VERSION);
    deaf.onNews(decoder);
    out.reset(1, OPEN);
    final Readout features = Readout.of(out, deaf.evaluate(id, OPEN, out));
    assertThat(features.has(Feature.NEWS_SENTIMENT_SCORE)).isFalse();
    assertThat(features.regime()).isEqualTo(Regime.DEGRADED);
    assertThat(features.confidence()).isZero();
  }

  @Test
  void sameHeadlineAfterTheWindowIsNews() {
    news(OPEN, "WIRE", "Acme beats estimates in the third quarter");
    final long later = OPEN + 8 * HOUR + 1;
    assertThat(evaluate(later).has(Feature.NEWS_SENTIMENT_SCORE)).isFalse();
    news(later, "WIRE", "Acme beats estimates in the third quarter");
    assertThat(evaluate(later).get(Feature.NEWS_SENTIMENT_SCORE)).isPositive();
  }

  @Test
  void lateHeadlineHasAgedAlready() {
    news(OPEN + 2 * HOUR, "WIRE", "Acme beats estimates");
    news(OPEN, "WIRE", "Auditor finds fraud at supplier");
    // One of weight 1, one a half-life old.
    assertThat(evaluate(OPEN + 2 * HOUR).get(Feature.NEWS_SENTIMENT_CONFIDENCE))
        .isCloseTo(1.5 / 3.0, within(1e-12));
  }

  // --- fusion

  @Test
  void missingProcessorGivesItsWeightToTheOthers() {
    option(call, OPEN, 1000, Side.BUY);
    final Readout alone = evaluate(OPEN + 1);
    assertThat(alone.get(Feature.SENTIMENT_SCORE)).isEqualTo(1);
    assertThat(alone.confidence())
        .isCloseTo(alone.get(Feature.FLOW_SENTIMENT_CONFIDENCE), within(1e-12));
    news(OPEN + 2, "WIRE", "Acme fraud");
    final Readout both = evaluate(OPEN + 2);
    final double flow = both.get(Feature.FLOW_SENTIMENT_CONFIDENCE);
    final double news = both.get(Feature.NEWS_SENTIMENT_CONFIDENCE);
    assertThat(both.confidence()).isCloseTo((0.3 * flow + 0.4 * news) / 0.7, within(1e-12));
    assertThat(both.get(Feature.SENTIMENT_SCORE))
        .isCloseTo(
            (0.3 * flow + 0.4 * news * both.get(Feature.NEWS_SENTIMENT_SCORE))
                / (0.3 * flow + 0.4 * news),
            within(1e-12));
    assertThat(both.get(Feature.SENTIMENT_ENERGY))
        .isCloseTo(Math.abs(both.get(Feature.SENTIMENT_SCORE)) * both.confidence(), within(1e-12));
  }

  @Test
  void anyInputGivesFiniteOutput() {
    final long seed = 17;
    final SplittableRandom random = new SplittableRandom(seed);
    long time = OPEN;
    for (int i = 0; i < 20_000; i++) {
      time += random.nextLong(20 * SECOND);
      final int target = 1 + random.nextInt(3);
      final double price = StrictMath.pow(10, random.nextDouble(-3, 4));
      final double size = 1 + random.nextInt(3); // the market refuses a print of size 0
      final TradeDecoder trade = script.trade(target, time, price, size, Side.NONE);
      engine.onTrade(target, time, trade.price(), trade.size(), Side.NONE);
      if (random.nextInt(50) == 0) {
        news(time, "WIRE", random.nextBoolean() ? "" : "beats " + i);
      }
      final Readout features = evaluate(time);
      if (features.has(Feature.SENTIMENT_SCORE)) {
        assertThat(features.get(Feature.SENTIMENT_SCORE)).as("seed %d", seed).isBetween(-1.0, 1.0);
      }
    }
  }

  @Test
  void nothingIsAllocatedPerEvent() {
    engine.onInstrument(id);
    engine.onInstrument(call);
    engine.onInstrument(put);
    final NewsEncoder encoder = new NewsEncoder();
    final NewsDecoder decoder = new NewsDecoder();
    encoder.wrap(buffer, 0).eventTime(OPEN).instrumentId(id).source("W").headline("Acme beats all");
    final long[] time = {OPEN};
    final Runnable work =
        () -> {
          for (int i = 0; i < 3600; i++) {
            time[0] += SECOND;
            final long price = Fixed.ONE * (100 + i % 3);
            engine.onTrade(id, time[0], price, Fixed.ONE, Side.NONE);
            engine.onTrade(call, time[0], price, Fixed.ONE, Side.BUY);
            engine.onTrade(put, time[0], price, Fixed.ONE, Side.NONE);
            decoder.wrap(buffer, 0, NewsEncoder.BLOCK_LENGTH, NewsEncoder.SCHEMA_VERSION);
            engine.onNews(decoder);
            out.reset(1, time[0]);
            engine.evaluate(id, time[0], out);
          }
        };
    work.run();
    work.run();
    assertThat(Allocations.of(work)).isZero();
  }
}
