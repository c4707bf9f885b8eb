package io.millrace.core.strategy.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.millrace.core.engines.Allocations;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Test
  void aPriceThatIsNoNumberIsRefusedAndChangesNothing() {
    final Sma sma = new Sma(2);
    sma.update(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sma.update(Double.NaN))
        .withMessage("indicator value is not finite: NaN");
    sma.update(3);
    assertThat(sma.value()).isEqualTo(2);
    final Adx adx = new Adx(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adx.update(2, Double.POSITIVE_INFINITY, 1));
    final SessionVwap session = new SessionVwap();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.update(1, -1))
        .withMessage("volume is -1.0, allowed is 0 and above");
    assertThat(session.ready()).isFalse();
  }

  @Test
  void aLengthOutOfRangeIsRefusedWithItsRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ema(0))
        .withMessage("indicator length is 0, allowed is 1 to 1000000");
    assertThatIllegalArgumentException().isThrownBy(() -> new StandardDeviation(1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Macd(26, 12, 9));
    assertThatIllegalArgumentException().isThrownBy(() -> new Bollinger(20, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rsi(1_000_001));
  }

  @Test
  void flatPricesAreNeutral() {
    final Rsi wilder = new Rsi(14);
    final Rsi simple = Rsi.simple(14);
    final Bollinger bands = new Bollinger(20, 2);
    final Keltner channel = new Keltner(20, 1.5);
    final Stochastic stochastic = new Stochastic(14, 3, 3);
    final Adx adx = new Adx(14);
    final Regression trend = new Regression(10);
    for (int i = 0; i < 60; i++) {
      wilder.update(100.1);
      simple.update(100.1);
      bands.update(100.1);
      channel.update(100.1, 100.1, 100.1);
      stochastic.update(100.1, 100.1, 100.1);
      adx.update(100.1, 100.1, 100.1);
      trend.update(100.1);
    }
    assertThat(wilder.value()).isEqualTo(50);
    assertThat(simple.value()).isEqualTo(50);
    assertThat(bands.percentB()).isEqualTo(0.5);
    assertThat(bands.upper()).isEqualTo(100.1);
    assertThat(channel.position()).isZero();
    assertThat(stochastic.value()).isEqualTo(50);
    assertThat(adx.value()).isZero();
    assertThat(trend.slope()).isZero();
    assertThat(trend.value()).isEqualTo(100.1);
  }

  @Test
  void aSteadyRiseIsFullStrengthAndAStraightLine() {
    final Rsi wilder = new Rsi(14);
    final Rsi simple = Rsi.simple(14);
    final Adx adx = new Adx(14);
    final Regression trend = new Regression(10);
    final RateOfChange change = new RateOfChange(20);
    for (int i = 0; i < 60; i++) {
      wilder.update(100 + i);
      simple.update(100 + i);
      adx.update(101 + i, 99 + i, 100 + i);
      trend.update(100 + i);
      change.update(100 + i);
    }
    assertThat(wilder.value()).isEqualTo(100);
    assertThat(simple.value()).isEqualTo(100);
    assertThat(adx.value()).isCloseTo(100, within(1e-9));
    assertThat(adx.minusDi()).isZero();
    assertThat(trend.slope()).isCloseTo(1, within(1e-12));
    assertThat(trend.rSquared()).isCloseTo(1, within(1e-12));
    assertThat(trend.intercept()).isCloseTo(100, within(1e-9));
    assertThat(change.value()).isCloseTo(159.0 / 139.0 - 1, within(1e-15));
  }

  @Test
  void anAverageFromTheFirstValueForgetsItsStart() {
    final Ema plain = new Ema(10);
    final Ema first = Ema.fromFirst(10);
    for (int i = 1; i <= 200; i++) {
      plain.update(i % 7);
      first.update(i % 7);
      assertThat(first.ready()).isEqualTo(plain.ready()).isEqualTo(i >= 10);
      if (i == 10) {
        assertThat(first.value()).isNotCloseTo(plain.value(), within(0.1));
      }
    }
    assertThat(first.value()).isCloseTo(plain.value(), within(1e-14));
  }

  @Test
  void aSessionsAverageBeginsAgain() {
    final SessionVwap vwap = new SessionVwap();
    assertThat(vwap.value()).isNaN();
    vwap.update(10, 100);
    vwap.update(20, 300);
    assertThat(vwap.value()).isEqualTo(17.5);
    vwap.reset();
    assertThat(vwap.ready()).isFalse();
    vwap.update(11, 1);
    assertThat(vwap.value()).isEqualTo(11);
  }

  @Test
  void aChannelOfTheBarsBeforeIsReadBeforeTheUpdate() {
    final Donchian channel = new Donchian(3);
    channel.update(10, 5);
    channel.update(12, 6);
    channel.update(11, 4);
    assertThat(channel.upper()).isEqualTo(12);
    assertThat(channel.lower()).isEqualTo(4);
    assertThat(channel.value()).isEqualTo(8);
    channel.update(9, 8);
    channel.update(9, 8);
    assertThat(channel.upper()).isEqualTo(11);
    channel.update(9, 8);
    assertThat(channel.upper()).isEqualTo(9);
    assertThat(channel.lower()).isEqualTo(8);
  }

  @Test
  void nothingIsAllocatedByAnUpdate() {
    final All all = new All(50);
    final Runnable updates =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            all.update(100 + i % 17);
          }
        };
    for (int i = 0; i < 200; i++) {
      updates.run();
    }
    assertThat(Allocations.of(updates)).isZero();
    assertThat(all.values()).doesNotContain(Double.NaN);
  }

  @Test
  void aLoadedIndicatorGoesOnBitForBitAsTheSavedOneWould() {
    for (long seed = 1; seed <= 40; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final int length = random.nextInt(2, 30);
      final All straight = new All(length);
      All restored = new All(length);
      double price = 100;
      for (int bar = 0; bar < 300; bar++) {
        // Steps, now and then a standstill or a leap, which the windows must forget again.
        final int kind = random.nextInt(20);
        price += kind == 0 ? random.nextDouble() * 1e6 : kind < 4 ? 0 : random.nextDouble() - 0.5;
        price = price > 1e5 ? 100 : Math.max(1, price);
        straight.update(price);
        restored.update(price);
        if (random.nextInt(10) == 0) {
          final All next = new All(length);
          next.load(restored);
          restored = next;
        }
        assertThat(restored.values()).as("seed %d, bar %d", seed, bar).isEqualTo(straight.values());
      }
      assertThat(restored.saved()).as("seed %d", seed).isEqualTo(straight.saved());
    }
  }

  @Test
  void aStateOfAnotherKindOrLengthIsRefused() {
    final StateWriter seven = new StateWriter();
    new Sma(7).state(seven);
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> new Sma(8).state(read(seven)))
        .withMessage("a checkpoint has 7 values where Sma has 8");
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> new StandardDeviation(7).state(read(seven)))
        .withMessageContaining("part Sma where StandardDeviation is due");
    final StateWriter average = new StateWriter();
    new Ema(7).state(average);
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> new Ema(8).state(read(average)))
        .withMessage("a checkpoint was made with an average over 7, not 8");
  }

  private static StateReader read(final StateWriter writer) {
    return new StateReader(writer.buffer(), 0, writer.length());
  }

  /** One of each. */
  private static final class All {
    private final Sma sma;
    private final Ema ema;
    private final Rsi rsi;
    private final Rsi simpleRsi;
    private final Macd macd;
    private final Bollinger bollinger;
    private final Keltner keltner;
    private final Keltner exponential;
    private final Atr atr;
    private final Vwap vwap;
    private final SessionVwap session = new SessionVwap();
    private final Stochastic stochastic;
    private final Adx adx;
    private final Donchian donchian;
    private final ZScore score;
    private final Regression regression;
    private final RateOfChange change;
    private final List<Indicator> each;

    All(final int length) {
      sma = new Sma(length);
      ema = new Ema(length);
      rsi = new Rsi(length);
      simpleRsi = Rsi.simple(length);
      macd = new Macd(length, 2 * length, length);
      bollinger = new Bollinger(length, 2);
      keltner = new Keltner(length, 2);
      exponential = Keltner.exponential(length, 2);
      atr = new Atr(length);
      vwap = new Vwap(length);
      stochastic = new Stochastic(length, 3, 3);
      adx = new Adx(length);
      donchian = new Donchian(length);
      score = new ZScore(length);
      regression = new Regression(length);
      change = new RateOfChange(length);
      each =
          List.of(
              sma,
              ema,
              rsi,
              simpleRsi,
              macd,
              bollinger,
              keltner,
              exponential,
              atr,
              vwap,
              session,
              stochastic,
              adx,
              donchian,
              score,
              regression,
              change);
    }

    void update(final double price) {
      sma.update(price);
      ema.update(price);
      rsi.update(price);
      simpleRsi.update(price);
      macd.update(price);
      bollinger.update(price);
      keltner.update(price + 1, price - 1, price);
      exponential.update(price + 1, price - 1, price);
      atr.update(price + 1, price - 1, price);
      vwap.update(price, 10);
      session.update(price, 10);
      stochastic.update(price + 1, price - 1, price);
      adx.update(price + 1, price - 1, price);
      donchian.update(price + 1, price - 1);
      score.update(price);
      regression.update(price);
      change.update(price);
    }

    void load(final All other) {
      final byte[] saved = other.saved();
      final StateReader reader = new StateReader(new UnsafeBuffer(saved), 0, saved.length);
      each.forEach(reader::of);
      reader.end();
    }

    byte[] saved() {
      final StateWriter writer = new StateWriter();
      each.forEach(writer::of);
      final byte[] saved = new byte[writer.length()];
      writer.buffer().getBytes(0, saved);
      return saved;
    }

    double[] values() {
      return each.stream().mapToDouble(Indicator::value).toArray();
    }
  }
}
