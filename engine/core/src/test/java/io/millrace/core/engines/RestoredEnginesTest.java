package io.millrace.core.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.MarketMetricDecoder;
import io.millrace.codecs.MarketMetricEncoder;
import io.millrace.codecs.MetricKind;
import io.millrace.codecs.NewsDecoder;
import io.millrace.codecs.NewsEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.engines.elasticity.ElasticityConfig;
import io.millrace.core.engines.elasticity.ElasticityEngine;
import io.millrace.core.engines.liquidity.LiquidityConfig;
import io.millrace.core.engines.liquidity.LiquidityEngine;
import io.millrace.core.engines.sentiment.Lexicon;
import io.millrace.core.engines.sentiment.SentimentConfig;
import io.millrace.core.engines.sentiment.SentimentEngine;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.MarketScript;
import io.millrace.core.slot.Outputs;
import io.millrace.core.snapshot.SnapshotBuilder;
import io.millrace.core.snapshot.SnapshotConfig;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Engines on trades, quotes, bars and news, and the snapshot behind them: those that are saved and
 * loaded again and again say what those do that never were.
 */
class RestoredEnginesTest {
  private static final long SECOND = BarBuilder.SECOND;
  private static final long MINUTE = BarBuilder.MINUTE;
  private static final long HOUR = BarBuilder.HOUR;
  private static final long DAY = BarBuilder.DAY;
  private static final long OPEN = 16_793 * DAY + 14 * HOUR + 30 * MINUTE;
  private static final long CLOSE = OPEN + 6 * HOUR + 30 * MINUTE;
  private static final long YEAR = 5_896_800 * SECOND;
  private static final List<String> HEADLINES =
      List.of("beats estimates", "plunges on fraud", "surges to a record", "names a new auditor");

  private static final LiquidityConfig LIQUIDITY =
      new LiquidityConfig(
          30 * MINUTE, MINUTE, 10, 3, 2 * MINUTE, 0.001, 0.01, 0.005, 0.0004, 25, 5, 0.6, YEAR);
  private static final ElasticityConfig ELASTICITY =
      new ElasticityConfig(
          MINUTE, 60, 0.5, 20, 1.0, 0.6, 0.3, 0.02, 0.2, 0.1, 2.5e7, 2e6, 0.1, YEAR, 252);
  private static final SentimentConfig SENTIMENT =
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
          Map.of(),
          Map.of(),
          List.of("not"),
          List.of(),
          Map.of());

  /** A market and all that listens to it. */
  private static final class Floor {
    final MarketScript script = new MarketScript();
    final LiquidityEngine liquidity = new LiquidityEngine(LIQUIDITY, script.market());
    final SentimentEngine sentiment = new SentimentEngine(SENTIMENT, script.market(), LEXICON);
    final ElasticityEngine elasticity = new ElasticityEngine(ELASTICITY, script.market());
    final SnapshotBuilder snapshot =
        new SnapshotBuilder(new SnapshotConfig(0.3, 2 * HOUR), script.market());
    final Outputs out = new Outputs();
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);

    Floor restored() {
      final StateWriter saved = new StateWriter();
      saved.of(script.market());
      saved.of(liquidity);
      saved.of(sentiment);
      saved.of(elasticity);
      saved.of(snapshot);
      final Floor other = new Floor();
      final StateReader reader = new StateReader(saved.buffer(), 0, saved.length());
      reader.of(other.script.market());
      reader.of(other.liquidity);
      reader.of(other.sentiment);
      reader.of(other.elasticity);
      reader.of(other.snapshot);
      reader.end();
      return other;
    }

    void quote(final int id, final long time, final double bid, final double size) {
      script.quote(id, time, bid, size, bid + 0.03, 2 * size);
      liquidity.onQuote(id, time);
    }

    void trade(
        final int id, final long time, final double price, final double size, final Side side) {
      final TradeDecoder trade = script.trade(id, time, price, size, side);
      liquidity.onTrade(id, time, trade.price(), trade.size(), side);
      sentiment.onTrade(id, time, trade.price(), trade.size(), side);
      elasticity.onTrade(id, time, trade.price(), trade.size());
    }

    void bar(final int id, final long time, final double close, final double volume) {
      final BarDecoder bar =
          script.bar(id, time, MINUTE, close, close + 0.1, close - 0.1, close, volume);
      liquidity.onBar(bar);
      sentiment.onBar(bar);
      elasticity.onBar(bar);
    }

    void news(final int id, final long time, final String headline) {
      new NewsEncoder()
          .wrap(buffer, 0)
          .eventTime(time)
          .instrumentId(id)
          .source("WIRE")
          .headline(headline);
      sentiment.onNews(
          new NewsDecoder().wrap(buffer, 0, NewsEncoder.BLOCK_LENGTH, NewsEncoder.SCHEMA_VERSION));
    }

    void ivRank(final int id, final long time, final double rank) {
      new MarketMetricEncoder()
          .wrap(buffer, 0)
          .eventTime(time)
          .instrumentId(id)
          .metric(MetricKind.IV_RANK)
          .value(rank);
      snapshot.onMetric(
          new MarketMetricDecoder()
              .wrap(
                  buffer, 0, MarketMetricEncoder.BLOCK_LENGTH, MarketMetricEncoder.SCHEMA_VERSION));
    }

    void evaluate(final int id, final long now) {
      script.market().advance(now);
      out.reset(1, now);
      final int l = liquidity.evaluate(id, now, out);
      final int s = sentiment.evaluate(id, now, out);
      final int e = elasticity.evaluate(id, now, out, -1, l);
      snapshot.fuse(id, now, out, -1, l, s, e);
    }

    byte[] bytes() {
      final byte[] bytes = new byte[out.length()];
      out.buffer().getBytes(0, bytes);
      return bytes;
    }
  }

  private Floor straight = new Floor();
  private Floor restored = straight;

  private void both(final Consumer<Floor> step) {
    step.accept(straight);
    step.accept(restored);
  }

  @Test
  void restoredEnginesGoOnBitForBit() {
    for (long seed = 1; seed <= 8; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      straight = new Floor();
      restored = new Floor();
      both(
          floor -> {
            floor.script.equity(OPEN, CLOSE);
            floor.script.equity(OPEN, CLOSE);
            floor.script.equity(0, 0);
            floor.script.option(1, OptionRight.CALL, 100, CLOSE + 30 * DAY);
            floor.script.option(1, OptionRight.PUT, 100, CLOSE + 30 * DAY);
          });
      long now = OPEN;
      double price = 100;
      for (int i = 0; i < 3_000; i++) {
        now += random.nextInt(200) == 0 ? random.nextLong(2 * HOUR) : random.nextLong(20 * SECOND);
        price = Math.max(50, price + random.nextInt(-5, 6) / 100.0);
        event(random, now, Math.rint(price * 100) / 100);
        if (random.nextInt(5) == 0) {
          final int due = random.nextInt(1, 4);
          final long at = now;
          both(floor -> floor.evaluate(due, at));
          assertThat(restored.bytes()).as("seed %d, event %d", seed, i).isEqualTo(straight.bytes());
        }
        if (random.nextInt(50) == 0) {
          restored = restored.restored();
        }
      }
    }
  }

  /** Instrument 1 trades and has options, 2 has bars of the feed, 3 is always open. */
  private void event(final SplittableRandom random, final long now, final double price) {
    final int id = random.nextInt(1, 4);
    final double size = random.nextInt(1, 500);
    final Side side = Side.get((short) random.nextInt(3));
    switch (random.nextInt(12)) {
      case 0 -> both(f -> f.news(id, now, "Acme " + HEADLINES.get((int) size % 4)));
      case 1 -> both(f -> f.ivRank(id, now, size / 500));
      case 2, 3 -> both(f -> f.trade(4 + (int) size % 2, now, 5, size, side));
      case 4, 5, 6 -> both(f -> f.quote(id, now, price - 0.01, size + 1));
      default -> {
        if (id == 2) {
          both(f -> f.bar(2, now, price, size));
        } else {
          both(f -> f.trade(id, now, price, size, side));
        }
      }
    }
  }
}
