package io.millrace.core.strategy.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The windowed indicators against the obvious: every value computed afresh from the rows in the
 * window, over a walk with jumps, flat stretches and prices far from 1.
 */
class ObviousTest {
  private static final long SEED = 20261121;
  private static final int BARS = 20_000;

  private final double[] x = new double[BARS];
  private final double[] close = new double[BARS];
  private final double[] high = new double[BARS];
  private final double[] low = new double[BARS];
  private final double[] volume = new double[BARS];

  private void walk() {
    final Random random = new Random(SEED);
    double price = 250;
    double other = 40;
    boolean split = false;
    for (int i = 0; i < BARS; i++) {
      final boolean flat = i % 1_000 >= 700 && i % 1_000 < 950;
      if (!flat) {
        price = Math.max(0.5, price + random.nextGaussian() * 0.2);
        other += random.nextGaussian() * 0.1;
      }
      if (random.nextInt(500) == 0) {
        price *= split ? 7 : 1.0 / 7;
        split = !split;
      }
      close[i] = price;
      x[i] = other;
      high[i] = price + (flat ? 0 : random.nextDouble());
      low[i] = price - (flat ? 0 : random.nextDouble());
      volume[i] = random.nextInt(4) == 0 ? 0 : random.nextInt(10_000);
    }
  }

  private double mean(final double[] of, final int end, final int length) {
    double sum = 0;
    for (int i = end - length + 1; i <= end; i++) {
      sum += of[i];
    }
    return sum / length;
  }

  private double product(final double[] a, final double[] b, final int end, final int length) {
    final double meanA = mean(a, end, length);
    final double meanB = mean(b, end, length);
    double sum = 0;
    for (int i = end - length + 1; i <= end; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum;
  }

  private static void same(final String what, final int bar, final double ours, final double is) {
    assertThat(ours)
        .as("%s at bar %d, seed %d", what, bar, SEED)
        .isCloseTo(is, within(1e-9 * Math.max(1, Math.abs(is))));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 20, 233})
  void meansDeviationsAndExtremes(final int length) {
    walk();
    final Sma sma = new Sma(length);
    final StandardDeviation deviation = new StandardDeviation(length);
    final ZScore score = new ZScore(length);
    final Donchian channel = new Donchian(length);
    final Vwap vwap = new Vwap(length);
    for (int i = 0; i < BARS; i++) {
      sma.update(close[i]);
      deviation.update(close[i]);
      score.update(close[i]);
      channel.update(high[i], low[i]);
      vwap.update(close[i], volume[i]);
      assertThat(sma.ready()).isEqualTo(i >= length - 1);
      if (i < length - 1) {
        assertThat(new double[] {sma.value(), deviation.value(), score.value(), channel.value()})
            .containsOnly(Double.NaN);
        continue;
      }
      same("mean", i, sma.value(), mean(close, i, length));
      final double spread = Math.sqrt(product(close, close, i, length) / length);
      same("deviation", i, deviation.value(), spread);
      double top = Double.NEGATIVE_INFINITY;
      double bottom = Double.POSITIVE_INFINITY;
      double amount = 0;
      double traded = 0;
      boolean flat = true;
      for (int k = i - length + 1; k <= i; k++) {
        top = Math.max(top, high[k]);
        bottom = Math.min(bottom, low[k]);
        amount += close[k] * volume[k];
        traded += volume[k];
        flat &= close[k] == close[i];
      }
      if (flat) {
        assertThat(deviation.value()).as("flat at %d", i).isZero();
        assertThat(score.value()).as("flat at %d", i).isZero();
        assertThat(sma.value()).isEqualTo(close[i]);
      } else {
        // The rounding of the price counts in units of the deviation.
        assertThat(score.value())
            .as("score at %d, seed %d", i, SEED)
            .isCloseTo(
                (close[i] - mean(close, i, length)) / spread,
                within(1e-9 + 1e-13 * close[i] / spread));
      }
      assertThat(channel.upper()).isEqualTo(top);
      assertThat(channel.lower()).isEqualTo(bottom);
      assertThat(vwap.ready()).isEqualTo(traded > 0);
      if (traded > 0) {
        same("vwap", i, vwap.value(), amount / traded);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 60})
  void regressionOfOneOnAnotherAndOnTime(final int length) {
    walk();
    final double[] time = new double[BARS];
    final Regression pair = new Regression(length);
    final Regression trend = new Regression(length);
    for (int i = 0; i < BARS; i++) {
      time[i] = i;
      pair.update(x[i], close[i]);
      trend.update(close[i]);
      if (i < length - 1) {
        assertThat(trend.value()).isNaN();
        assertThat(trend.intercept()).isNaN();
        continue;
      }
      final double slope = product(time, close, i, length) / product(time, time, i, length);
      final double here = mean(close, i, length) + slope * (i - mean(time, i, length));
      same("trend", i, trend.slope(), slope);
      same("value", i, trend.value(), here);
      assertThat(trend.residual()).isCloseTo(close[i] - here, within(1e-8));
      assertThat(trend.intercept())
          .isCloseTo(here - slope * i, within(1e-8 * Math.max(1, Math.abs(slope * i))));
      final double xx = product(x, x, i, length);
      final double yy = product(close, close, i, length);
      final double xy = product(x, close, i, length);
      if (xx > 1e-3) {
        assertThat(pair.slope())
            .as("slope at %d, seed %d", i, SEED)
            .isCloseTo(xy / xx, within(1e-9 * Math.max(1, Math.abs(xy / xx))));
        if (yy > 1e-3) {
          assertThat(pair.rSquared()).isCloseTo(xy * xy / (xx * yy), within(1e-9));
        }
      }
      if (pair.slope() == 0) {
        assertThat(pair.value()).isCloseTo(mean(close, i, length), within(1e-9 * close[i]));
      }
    }
  }
}
