package io.millrace.core.engines.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.engines.Allocations;
import io.millrace.core.engines.Readout;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.MarketScript;
import io.millrace.core.slot.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LiquidityEngineTest {
  private static final long SECOND = BarBuilder.SECOND;
  private static final long MINUTE = BarBuilder.MINUTE;
  private static final long HOUR = BarBuilder.HOUR;
  private static final long OPEN = 16_793 * BarBuilder.DAY + 14 * HOUR + 30 * MINUTE;
  private static final long CLOSE = OPEN + 6 * HOUR + 30 * MINUTE;
  private static final long YEAR = 5_896_800 * SECOND;

  static final LiquidityConfig CONFIG =
      new LiquidityConfig(
          30 * MINUTE, MINUTE, 10, 3, 2 * MINUTE, 0.001, 0.01, 0.005, 0.0004, 25, 5, 0.6, YEAR);

  private final MarketScript script = new MarketScript();
  private final int id = script.equity(OPEN, CLOSE);
  private final LiquidityEngine engine = new LiquidityEngine(CONFIG, script.market());
  private final Outputs out = new Outputs();

  private void quote(
      final long time,
      final double bid,
      final double bidSize,
      final double ask,
      final double size) {
    script.quote(id, time, bid, bidSize, ask, size);
    engine.onQuote(id, time);
  }

  private void trade(final long time, final double price, final double size, final Side side) {
    final TradeDecoder trade = script.trade(id, time, price, size, side);
    engine.onTrade(id, time, trade.price(), trade.size(), side);
  }

  private void bar(final long end, final double close, final double volume) {
    engine.onBar(script.bar(id, end, MINUTE, close, close, close, close, volume));
  }

  private Readout evaluate(final long now) {
    out.reset(1, now);
    return Readout.of(out, engine.evaluate(id, now, out));
  }

  // --- must hold

  @Test
  void lowVolumeAndHighReturnIsThin() {
    // 1 % a minute on 100 shares of 100: 0.01 / 10,000 = 1 per 1e6 of currency.
    for (int i = 0; i < 20; i++) {
      trade(OPEN + i * MINUTE, i % 2 == 0 ? 100 : 101, 100, i % 2 == 0 ? Side.SELL : Side.BUY);
    }
    final Readout features = evaluate(OPEN + 20 * MINUTE);
    assertThat(features.get(Feature.AMIHUD_ILLIQUIDITY)).isCloseTo(0.985, within(0.01));
    assertThat(features.regime()).isEqualTo(Regime.THIN_LIQUIDITY);
  }

  @Test
  void highVolumeAndLowReturnIsLiquid() {
    for (int i = 0; i < 20; i++) {
      quote(OPEN + i * MINUTE, 100.00, 500, 100.01, 500);
      trade(OPEN + i * MINUTE + 1, 100 + (i % 2) * 0.01, 100_000, Side.BUY);
      trade(OPEN + i * MINUTE + 2, 100 + (i % 2) * 0.01, 100_000, Side.SELL);
    }
    final Readout features = evaluate(OPEN + 20 * MINUTE);
    assertThat(features.get(Feature.AMIHUD_ILLIQUIDITY)).isLessThan(1e-5);
    assertThat(features.regime()).isEqualTo(Regime.HIGH_LIQUIDITY);
    assertThat(features.confidence()).isEqualTo(1);
  }

  @Test
  void symmetricFlowHasNoImbalance() {
    final long seed = 11;
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      trade(
          OPEN + i * 50_000_000L,
          100 + random.nextInt(10) * 0.01,
          1 + random.nextInt(300),
          random.nextBoolean() ? Side.BUY : Side.SELL);
    }
    final Readout features = evaluate(OPEN + 20_000 * 50_000_000L);
    assertThat(Math.abs(features.get(Feature.OFI))).as("seed %d", seed).isLessThan(0.05);
    assertThat(features.regime()).isNotEqualTo(Regime.ONE_SIDED_FLOW);
  }

  @Test
  void oneBigBuyWaveIsOneSided() {
    for (int i = 0; i < 20; i++) {
      trade(OPEN + i * MINUTE, 100, 1000, i % 2 == 0 ? Side.BUY : Side.SELL);
    }
    for (int i = 0; i < 60; i++) {
      trade(OPEN + 20 * MINUTE + i * SECOND, 100 + i * 0.01, 5000, Side.BUY);
    }
    final Readout features = evaluate(OPEN + 21 * MINUTE);
    assertThat(features.get(Feature.OFI)).isGreaterThan(0.6);
    assertThat(features.regime()).isEqualTo(Regime.ONE_SIDED_FLOW);
  }

  @Test
  void buyWaveWithoutSidesIsFoundByTheQuotes() {
    for (int i = 0; i < 30; i++) {
      final double bid = 100 + i * 0.01;
      quote(OPEN + 10L * i * SECOND, bid, 100, bid + 0.02, 100);
      trade(OPEN + 10L * i * SECOND + 1, bid + 0.02, 20_000, Side.NONE);
    }
    final Readout features = evaluate(OPEN + 5 * MINUTE);
    assertThat(features.get(Feature.OFI)).isEqualTo(1);
    assertThat(features.regime()).isEqualTo(Regime.ONE_SIDED_FLOW);
  }

  // --- figures

  @Test
  void amihudKyleAndFlowEqualAFreshComputation() {
    final long seed = 3;
    final SplittableRandom random = new SplittableRandom(seed);
    final double lambda = 2e-5;
    double price = 100;
    final int minutes = 90;
    final List<double[]> cells = new ArrayList<>(); // close, signed, buy, sell, currency
    for (int m = 0; m < minutes; m++) {
      double signed = 0;
      double buy = 0;
      double currency = 0;
      final double before = price;
      for (int k = 0; k < 10; k++) {
        final double size = 1 + random.nextInt(1000);
        final boolean isBuy = random.nextInt(100) < 50 + 5 * (m % 7 - 3);
        signed += isBuy ? size : -size;
        buy += isBuy ? size : 0;
        price =
            StrictMath.rint((before + lambda * signed + random.nextDouble(-0.005, 0.005)) * 1e4)
                / 1e4;
        currency += price * size;
        trade(OPEN + m * MINUTE + k * SECOND, price, size, isBuy ? Side.BUY : Side.SELL);
      }
      cells.add(new double[] {price, signed, buy, buy - signed, currency});
    }
    final Readout features = evaluate(OPEN + minutes * MINUTE);

    // The window is (now - 30 min, now] of cell ends: the last 30 cells.
    double impact = 0;
    double buys = 0;
    double sells = 0;
    double squares = 0;
    double sx = 0;
    double sy = 0;
    for (int m = minutes - 30; m < minutes; m++) {
      final double[] c = cells.get(m);
      final double last = cells.get(m - 1)[0];
      impact += Math.abs(c[0] / last - 1) / (c[4] / 1e6) / 30;
      squares += StrictMath.pow(StrictMath.log(c[0] / last), 2);
      buys += c[2];
      sells += c[3];
      sx += c[1] / 30;
      sy += (c[0] - last) / 30;
    }
    double sxx = 0;
    double sxy = 0;
    double syy = 0;
    for (int m = minutes - 30; m < minutes; m++) {
      final double x = cells.get(m)[1] - sx;
      final double y = cells.get(m)[0] - cells.get(m - 1)[0] - sy;
      sxx += x * x;
      sxy += x * y;
      syy += y * y;
    }
    final double relative = 1e-9;
    close(features, Feature.AMIHUD_ILLIQUIDITY, impact, relative, seed);
    close(features, Feature.OFI, (buys - sells) / (buys + sells), relative, seed);
    close(features, Feature.KYLE_LAMBDA, sxy / sxx, relative, seed);
    close(features, Feature.KYLE_R2, sxy * sxy / (sxx * syy), relative, seed);
    close(
        features,
        Feature.REALIZED_VOL,
        StrictMath.sqrt(squares / (30 * 60) * 5_896_800),
        relative,
        seed);
    assertThat(features.get(Feature.KYLE_LAMBDA)).isCloseTo(lambda, within(0.5 * lambda));
  }

  private static void close(
      final Readout features,
      final Feature feature,
      final double expected,
      final double relative,
      final long seed) {
    assertThat(features.get(feature))
        .as("%s, seed %d", feature, seed)
        .isCloseTo(expected, within(relative * Math.abs(expected)));
  }

  @Test
  void spreadIsWeightedByHowLongItStood() {
    quote(OPEN, 99.99, 1, 100.01, 1); // 2 bps
    quote(OPEN + 3 * MINUTE, 99.95, 1, 100.05, 1); // 10 bps
    final Readout features = evaluate(OPEN + 4 * MINUTE);
    assertThat(features.get(Feature.AVG_SPREAD_BPS)).isCloseTo((3 * 2 + 10) / 4.0, within(1e-9));
  }

  @Test
  void crossedBookHasNoSpreadAndIsFlagged() {
    quote(OPEN, 99.99, 1, 100.01, 1);
    quote(OPEN + MINUTE, 100.05, 1, 100.01, 1);
    final Readout features = evaluate(OPEN + 2 * MINUTE);
    assertThat(features.get(Feature.AVG_SPREAD_BPS)).isCloseTo(2, within(1e-9));
    assertThat(features.quality() & QualityEncoder.crossedBook(0, true)).isNotZero();
  }

  @Test
  void spreadBeforeTheOpenIsForgottenAtTheOpen() {
    quote(OPEN - HOUR, 90, 1, 110, 1);
    quote(OPEN, 99.99, 1, 100.01, 1);
    assertThat(evaluate(OPEN + MINUTE).get(Feature.AVG_SPREAD_BPS)).isCloseTo(2, within(1e-9));
  }

  @Test
  void bookImbalanceFollowsContKukanovStoikov() {
    quote(OPEN, 100.00, 10, 100.02, 20);
    quote(OPEN + 1, 100.00, 15, 100.02, 20); // bid size + 5
    quote(OPEN + 2, 100.01, 7, 100.02, 20); // bid up: + 7
    quote(OPEN + 3, 100.01, 7, 100.03, 4); // ask up: + 20
    quote(OPEN + 4, 100.00, 3, 100.03, 9); // bid down: - 7; ask size + 5: - 5
    assertThat(evaluate(OPEN + 5).get(Feature.BOOK_OFI))
        .isCloseTo(5 + 7 + 20 - 7 - 5, within(1e-9));
  }

  @Test
  void depthImbalanceIsOfTheTouchNow() {
    quote(OPEN, 100.00, 30, 100.02, 10);
    assertThat(evaluate(OPEN + 1).get(Feature.DEPTH_IMBALANCE)).isEqualTo(0.5);
  }

  @Test
  void heaviestPriceIsTheMagnetAndTheUntradedOneTheVoid() {
    trade(OPEN, 100.0, 100, Side.BUY);
    trade(OPEN + 1, 100.5, 5000, Side.BUY);
    trade(OPEN + 2, 100.1, 100, Side.SELL);
    trade(OPEN + 3, 100.2, 100, Side.SELL);
    trade(OPEN + 4, 100.4, 100, Side.SELL);
    final Readout features = evaluate(OPEN + SECOND);
    assertThat(features.get(Feature.VOLUME_MAGNET_PRICE)).isCloseTo(100.5, within(0.06));
    // Share 5000 / 5400 of 21 buckets near.
    assertThat(features.get(Feature.VOLUME_MAGNET_SCORE))
        .isCloseTo((5000 / 5400.0 - 1 / 21.0) / (1 - 1 / 21.0), within(1e-9));
    assertThat(features.get(Feature.LIQUIDITY_VOID_PRICE)).isCloseTo(100.3, within(0.06));
    assertThat(features.get(Feature.LIQUIDITY_VOID_SCORE)).isEqualTo(1);
  }

  @Test
  void evenVolumeHasNeitherMagnetNorVoid() {
    for (int i = -15; i <= 15; i++) {
      trade(OPEN, 100 + i * 0.1, 100, Side.BUY);
    }
    quote(OPEN + 1, 99.99, 1, 100.01, 1);
    final Readout features = evaluate(OPEN + SECOND);
    assertThat(features.get(Feature.VOLUME_MAGNET_SCORE)).isCloseTo(0, within(1e-9));
    assertThat(features.get(Feature.LIQUIDITY_VOID_SCORE)).isCloseTo(0, within(1e-9));
  }

  @Test
  void profileStartsAnewWithTheSession() {
    trade(OPEN - MINUTE, 95, 1_000_000, Side.BUY);
    trade(OPEN, 100, 10, Side.BUY);
    assertThat(evaluate(OPEN + 1).get(Feature.VOLUME_MAGNET_PRICE)).isCloseTo(100, within(0.06));
    script.session(id, OPEN + BarBuilder.DAY, CLOSE + BarBuilder.DAY);
    trade(OPEN + BarBuilder.DAY, 105, 10, Side.BUY);
    assertThat(evaluate(OPEN + BarBuilder.DAY + 1).get(Feature.VOLUME_MAGNET_PRICE))
        .isCloseTo(105, within(0.06));
  }

  @Test
  void evaluationAtTheCloseStillSeesTheDay() {
    for (int i = 1; i <= 20; i++) {
      bar(CLOSE - (20 - i) * MINUTE, 100 + i % 2, 500);
    }
    final Readout features = evaluate(CLOSE);
    assertThat(features.get(Feature.DOLLAR_VOLUME)).isEqualTo(10 * 500 * (100 + 101));
    assertThat(features.has(Feature.AMIHUD_ILLIQUIDITY)).isTrue();
  }

  // --- sources

  @Test
  void barCountsAsTradingOfItsVolumeAtItsClose() {
    bar(OPEN + MINUTE, 100, 500);
    bar(OPEN + 2 * MINUTE, 101, 700);
    final Readout features = evaluate(OPEN + 2 * MINUTE);
    assertThat(features.get(Feature.DOLLAR_VOLUME)).isEqualTo(100 * 500 + 101 * 700);
    assertThat(features.get(Feature.AMIHUD_ILLIQUIDITY))
        .isCloseTo(0.01 / (101 * 700 / 1e6), within(1e-9));
  }

  @Test
  void volumeIsNotCountedTwiceWhereBarsAndTradesCome() {
    bar(OPEN + MINUTE, 100, 500);
    trade(OPEN + MINUTE + 1, 100, 300, Side.BUY);
    engine.onBar(script.bar(id, OPEN + 5 * MINUTE, 5 * MINUTE, 100, 100, 100, 100, 900));
    assertThat(evaluate(OPEN + 5 * MINUTE).get(Feature.DOLLAR_VOLUME)).isEqualTo(100 * 500);
  }

  @Test
  void optionsAreNotFollowed() {
    final int option = script.option(id, OptionRight.CALL, 100, CLOSE);
    final TradeDecoder trade = script.trade(option, OPEN, 5, 10, Side.BUY);
    engine.onTrade(option, OPEN, trade.price(), trade.size(), Side.BUY);
    assertThat(evaluate(OPEN + 1).has(Feature.DOLLAR_VOLUME)).isFalse();
  }

  @Test
  void windowForgets() {
    trade(OPEN, 100, 500, Side.BUY);
    assertThat(evaluate(OPEN + 30 * MINUTE).has(Feature.DOLLAR_VOLUME)).isTrue();
    final Readout features = evaluate(OPEN + 31 * MINUTE);
    assertThat(features.has(Feature.DOLLAR_VOLUME)).isFalse();
    assertThat(features.quality() & QualityEncoder.noTrades(0, true)).isNotZero();
  }

  // --- what is missing degrades

  @Test
  void nothingSeenIsDegradedWithoutConfidence() {
    final Readout features = evaluate(OPEN);
    assertThat(features.regime()).isEqualTo(Regime.DEGRADED);
    assertThat(features.confidence()).isZero();
    int expected = QualityEncoder.noTrades(0, true);
    expected = QualityEncoder.noBook(expected, true);
    expected = QualityEncoder.noSpot(expected, true);
    expected = QualityEncoder.warmingUp(expected, true);
    assertThat(features.quality()).isEqualTo(expected);
  }

  @Test
  void staleQuoteLowersConfidence() {
    quote(OPEN, 99.99, 1, 100.01, 1);
    assertThat(evaluate(OPEN + 2 * MINUTE).confidence()).isEqualTo(0.4);
    final Readout stale = evaluate(OPEN + 2 * MINUTE + 1);
    assertThat(stale.confidence()).isZero();
    assertThat(stale.quality() & QualityEncoder.staleQuotes(0, true)).isNotZero();
  }

  @Test
  void anyInputGivesFiniteOutput() {
    final long seed = 99;
    final SplittableRandom random = new SplittableRandom(seed);
    long time = OPEN - HOUR;
    for (int i = 0; i < 20_000; i++) {
      time += random.nextInt(100) == 0 ? random.nextLong(HOUR) : random.nextLong(SECOND);
      final double price = StrictMath.pow(10, random.nextDouble(-4, 5));
      if (random.nextBoolean()) {
        quote(
            time,
            random.nextInt(5) == 0 ? 0 : price,
            random.nextInt(3),
            random.nextInt(5) == 0 ? 0 : price * random.nextDouble(0.9, 1.2),
            random.nextInt(3));
      } else {
        trade(time, Math.max(price, 1e-4), 1 + random.nextInt(5), Side.NONE);
      }
      if (random.nextInt(10) == 0) {
        evaluate(time);
      }
    }
  }

  @Test
  void configOutOfRangeIsRefusedByName() {
    assertThatThrownBy(
            () ->
                new LiquidityConfig(
                    30 * MINUTE, 7 * MINUTE, 10, 3, MINUTE, 0.001, 0.01, 1, 0, 25, 5, 0.6, YEAR))
        .hasMessageContaining("liquidity.window_nanos");
  }

  // --- drift

  @Test
  void featuresDoNotDriftOverAMillionTicks() {
    featuresDoNotDrift(1_000_000, 31);
  }

  @Test
  @Tag("slow")
  void featuresDoNotDriftOverTenMillionTicks() {
    featuresDoNotDrift(10_000_000, 32);
  }

  /** An engine that saw everything and one that saw only what is in the window say the same. */
  private void featuresDoNotDrift(final int ticks, final long seed) {
    final int coin = script.equity(0, 0);
    final SplittableRandom random = new SplittableRandom(seed);
    final LiquidityEngine fresh = new LiquidityEngine(CONFIG, script.market());
    final long tick = 10_000_000L;
    final long start = OPEN - OPEN % MINUTE;
    final long end = start + ticks * tick;
    // The cell before the window is needed for its first return.
    final long freshFrom = end - end % MINUTE - 31 * MINUTE;
    double price = 100;
    for (int i = 0; i < ticks; i++) {
      final long time = start + i * tick;
      price = Math.max(1, price + 0.01 * (random.nextInt(3) - 1));
      if (i % 4 == 0) {
        final double half = 0.005 * (1 + random.nextInt(4));
        script.quote(
            coin, time, price - half, random.nextInt(900), price + half, random.nextInt(900));
        engine.onQuote(coin, time);
        if (time >= freshFrom) {
          fresh.onQuote(coin, time);
        }
      }
      final long at = Fixed.fromDouble(price);
      final long size = Fixed.fromDouble(StrictMath.rint(random.nextDouble(1, 1e4)));
      final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      engine.onTrade(coin, time, at, size, side);
      if (time >= freshFrom) {
        fresh.onTrade(coin, time, at, size, side);
      }
    }
    out.reset(1, end);
    final Readout lifelong = Readout.of(out, engine.evaluate(coin, end, out));
    final Readout recent = Readout.of(out, fresh.evaluate(coin, end, out));
    for (final Feature feature :
        new Feature[] {
          Feature.AMIHUD_ILLIQUIDITY,
          Feature.KYLE_LAMBDA,
          Feature.KYLE_R2,
          Feature.OFI,
          Feature.BOOK_OFI,
          Feature.AVG_SPREAD_BPS,
          Feature.REALIZED_VOL,
          Feature.DOLLAR_VOLUME
        }) {
      close(lifelong, feature, recent.get(feature), 1e-9, seed);
    }
  }

  // --- cost

  @Test
  void nothingIsAllocatedPerEvent() {
    engine.onInstrument(id);
    final long[] time = {OPEN};
    final Runnable work = () -> time[0] = minutes(time[0], 60);
    work.run();
    work.run();
    assertThat(Allocations.of(work)).isZero();
  }

  /** Quotes, trades and evaluations of some minutes, straight into the engine. */
  private long minutes(final long start, final int minutes) {
    long time = start;
    for (int i = 0; i < minutes * 60; i++) {
      time += SECOND;
      engine.onQuote(id, time);
      engine.onTrade(id, time, Fixed.ONE * (100 + i % 3), Fixed.ONE * 5, Side.NONE);
      out.reset(1, time);
      engine.evaluate(id, time, out);
    }
    return time;
  }

  @Test
  @Tag("slow")
  void tradeCostsAtMostAHundredNanoseconds() {
    quote(OPEN, 99.99, 1, 100.01, 1);
    double best = Double.MAX_VALUE;
    long time = OPEN;
    for (int round = 0; round < 20; round++) {
      final int trades = 500_000;
      final long start = System.nanoTime();
      for (int i = 0; i < trades; i++) {
        time += 20_000;
        engine.onTrade(id, time, Fixed.ONE * (99 + (i & 3)), Fixed.ONE * 5, Side.NONE);
      }
      best = Math.min(best, (double) (System.nanoTime() - start) / trades);
    }
    double quote = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      final int quotes = 500_000;
      final long start = System.nanoTime();
      for (int i = 0; i < quotes; i++) {
        time += 20_000;
        engine.onQuote(id, time);
      }
      quote = Math.min(quote, (double) (System.nanoTime() - start) / quotes);
    }
    double evaluation = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      final int evaluations = 20_000;
      final long start = System.nanoTime();
      for (int i = 0; i < evaluations; i++) {
        out.reset(1, time);
        engine.evaluate(id, time, out);
      }
      evaluation = Math.min(evaluation, (double) (System.nanoTime() - start) / evaluations);
    }
    System.out.printf(
        "liquidity: %.1f ns a trade, %.1f ns a quote, %.1f ns an evaluation%n",
        best, quote, evaluation);
    assertThat(best).isLessThan(100);
  }
}
