package io.millrace.core.strategy.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.adx.MinusDIIndicator;
import org.ta4j.core.indicators.adx.PlusDIIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.bollinger.PercentBIndicator;
import org.ta4j.core.indicators.donchian.DonchianChannelLowerIndicator;
import org.ta4j.core.indicators.donchian.DonchianChannelUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.TRIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelLowerIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelMiddleIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelUpperIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator.SimpleLinearRegressionType;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.volume.VWAPIndicator;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;

/**
 * Against ta4j on a random walk. It starts exponential averages from the first value, ours start as
 * a plain mean, so those are compared once either start has faded below rounding; windows from
 * their first value on.
 */
class AgainstTa4jTest {
  private static final long SEED = 20261121;
  private static final int BARS = 2_500;
  private static final int FADED = 1_500;
  private static final double TOLERANCE = 1e-9;

  private final double[] high = new double[BARS];
  private final double[] low = new double[BARS];
  private final double[] close = new double[BARS];
  private final double[] volume = new double[BARS];
  private final BarSeries series =
      new BaseBarSeriesBuilder().withNumTypeOf(DoubleNum.class).build();
  private final ClosePriceIndicator closes = new ClosePriceIndicator(series);

  AgainstTa4jTest() {
    final Random random = new Random(SEED);
    ZonedDateTime time = ZonedDateTime.of(2026, 1, 2, 0, 0, 0, 0, ZoneOffset.UTC);
    double price = 100;
    for (int i = 0; i < BARS; i++) {
      final double open = price;
      price = Math.max(1, price + random.nextGaussian());
      close[i] = price;
      high[i] = Math.max(open, price) + random.nextDouble();
      low[i] = Math.min(open, price) - random.nextDouble();
      volume[i] = 1 + random.nextInt(1_000);
      time = time.plusMinutes(1);
      series.addBar(time, open, high[i], low[i], close[i], volume[i]);
    }
  }

  private void same(
      final String what,
      final int from,
      final IntConsumer update,
      final DoubleSupplier ours,
      final Indicator<Num> theirs) {
    int compared = 0;
    for (int i = 0; i < BARS; i++) {
      update.accept(i);
      if (i >= from && !Double.isNaN(ours.getAsDouble())) {
        final double expected = theirs.getValue(i).doubleValue();
        assertThat(ours.getAsDouble())
            .as("%s at bar %d, seed %d", what, i, SEED)
            .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
        compared++;
      }
    }
    assertThat(compared).as("bars compared of " + what).isGreaterThanOrEqualTo(BARS - FADED);
  }

  @Test
  void averages() {
    final Sma sma = new Sma(30);
    same("SMA", 0, i -> sma.update(close[i]), sma::value, new SMAIndicator(closes, 30));
    final Ema first = Ema.fromFirst(30);
    same("EMA", 0, i -> first.update(close[i]), first::value, new EMAIndicator(closes, 30));
    final Ema ema = new Ema(30);
    same("EMA", FADED, i -> ema.update(close[i]), ema::value, new EMAIndicator(closes, 30));
  }

  @Test
  void convergence() {
    final Macd macd = new Macd(12, 26, 9);
    final MACDIndicator line = new MACDIndicator(closes, 12, 26);
    same("MACD", FADED, i -> macd.update(close[i]), macd::value, line);
    final Macd again = new Macd(12, 26, 9);
    same("signal", FADED, i -> again.update(close[i]), again::signal, new EMAIndicator(line, 9));
  }

  @Test
  void strength() {
    final Rsi rsi = new Rsi(14);
    same("RSI", FADED, i -> rsi.update(close[i]), rsi::value, new RSIIndicator(closes, 14));
  }

  @Test
  void bands() {
    final StandardDeviationIndicator spread = new StandardDeviationIndicator(closes, 20);
    final BollingerBandsMiddleIndicator middle =
        new BollingerBandsMiddleIndicator(new SMAIndicator(closes, 20));
    final Bollinger bands = new Bollinger(20, 2);
    same(
        "upper",
        0,
        i -> bands.update(close[i]),
        bands::upper,
        new BollingerBandsUpperIndicator(middle, spread));
    final Bollinger lower = new Bollinger(20, 2);
    same(
        "lower",
        0,
        i -> lower.update(close[i]),
        lower::lower,
        new BollingerBandsLowerIndicator(middle, spread));
    final Bollinger percent = new Bollinger(20, 2);
    same(
        "%B",
        0, i -> percent.update(close[i]), percent::percentB, new PercentBIndicator(closes, 20, 2));
  }

  @Test
  void channels() {
    final Keltner channel = Keltner.exponential(20, 1.5);
    final KeltnerChannelMiddleIndicator middle = new KeltnerChannelMiddleIndicator(series, 20);
    final IntConsumer feed = i -> channel.update(high[i], low[i], close[i]);
    same("Keltner", FADED, feed, channel::upper, new KeltnerChannelUpperIndicator(middle, 1.5, 20));
    final Keltner other = Keltner.exponential(20, 1.5);
    same(
        "Keltner",
        FADED,
        i -> other.update(high[i], low[i], close[i]),
        other::lower,
        new KeltnerChannelLowerIndicator(middle, 1.5, 20));
    final Donchian donchian = new Donchian(20);
    same(
        "Donchian",
        0,
        i -> donchian.update(high[i], low[i]),
        donchian::upper,
        new DonchianChannelUpperIndicator(series, 20));
    final Donchian bottom = new Donchian(20);
    same(
        "Donchian",
        0,
        i -> bottom.update(high[i], low[i]),
        bottom::lower,
        new DonchianChannelLowerIndicator(series, 20));
  }

  @Test
  void ranges() {
    final Atr atr = new Atr(14);
    same(
        "ATR",
        FADED,
        i -> atr.update(high[i], low[i], close[i]),
        atr::value,
        new ATRIndicator(series, 14));
    final Atr simple = Atr.simple(14);
    same(
        "plain ATR",
        0,
        i -> simple.update(high[i], low[i], close[i]),
        simple::value,
        new SMAIndicator(new TRIndicator(series), 14));
    final Stochastic stochastic = new Stochastic(14, 3, 3);
    final SMAIndicator k = new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
    final IntConsumer feed = i -> stochastic.update(high[i], low[i], close[i]);
    same("%K", 0, feed, stochastic::value, k);
    final Stochastic again = new Stochastic(14, 3, 3);
    same(
        "%D",
        0, i -> again.update(high[i], low[i], close[i]), again::signal, new SMAIndicator(k, 3));
  }

  @Test
  void direction() {
    final Adx adx = new Adx(14);
    same(
        "ADX",
        FADED,
        i -> adx.update(high[i], low[i], close[i]),
        adx::value,
        new ADXIndicator(series, 14));
    final Adx plus = new Adx(14);
    same(
        "+DI",
        FADED,
        i -> plus.update(high[i], low[i], close[i]),
        plus::plusDi,
        new PlusDIIndicator(series, 14));
    final Adx minus = new Adx(14);
    same(
        "-DI",
        FADED,
        i -> minus.update(high[i], low[i], close[i]),
        minus::minusDi,
        new MinusDIIndicator(series, 14));
  }

  @Test
  void volumeWeightedTypicalPrice() {
    final Vwap vwap = new Vwap(25);
    same(
        "VWAP",
        0,
        i -> vwap.update((high[i] + low[i] + close[i]) / 3, volume[i]),
        vwap::value,
        new VWAPIndicator(series, 25));
  }

  @Test
  void deviationsFromTheMean() {
    final ZScore score = new ZScore(40);
    final SMAIndicator mean = new SMAIndicator(closes, 40);
    final StandardDeviationIndicator spread = new StandardDeviationIndicator(closes, 40);
    int compared = 0;
    for (int i = 0; i < BARS; i++) {
      score.update(close[i]);
      if (score.ready()) {
        final double expected =
            closes.getValue(i).minus(mean.getValue(i)).dividedBy(spread.getValue(i)).doubleValue();
        assertThat(score.value()).as("bar %d, seed %d", i, SEED).isCloseTo(expected, within(1e-9));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(BARS - 39);
  }

  @Test
  void regressionOnTime() {
    final Regression line = new Regression(30);
    same(
        "line",
        0,
        i -> line.update(close[i]),
        line::value,
        new SimpleLinearRegressionIndicator(closes, 30));
    final Regression slope = new Regression(30);
    same(
        "slope",
        0,
        i -> slope.update(close[i]),
        slope::slope,
        new SimpleLinearRegressionIndicator(closes, 30, SimpleLinearRegressionType.SLOPE));
    final Regression intercept = new Regression(30);
    same(
        "intercept",
        0,
        i -> intercept.update(close[i]),
        intercept::intercept,
        new SimpleLinearRegressionIndicator(closes, 30, SimpleLinearRegressionType.INTERCEPT));
  }
}
