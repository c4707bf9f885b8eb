package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What the engines read; the values themselves are tested where each indicator lives. */
class IndicatorsTest {
  @Test
  void flatPricesAreNeutralAndFinite() {
    final Indicators indicators = new Indicators();
    for (int i = 0; i < 40; i++) {
      indicators.update(100.1, 100.1, 100.1);
    }
    assertThat(indicators.rsi()).isEqualTo(50);
    assertThat(indicators.percentB()).isEqualTo(0.5);
    assertThat(indicators.keltnerPosition()).isZero();
    assertThat(indicators.momentum()).isZero();
  }

  @Test
  void onlyRisingPricesAreAStrengthOfAHundred() {
    final Indicators indicators = new Indicators();
    for (int i = 0; i < 30; i++) {
      indicators.update(101 + i, 99 + i, 100 + i);
    }
    assertThat(indicators.rsi()).isEqualTo(100);
    assertThat(indicators.percentB()).isGreaterThan(0.8);
    assertThat(indicators.momentum()).isCloseTo(129.0 / 109.0 - 1, within(1e-12));
  }

  @Test
  void nothingIsSaidBeforeThereAreEnoughBars() {
    final Indicators indicators = new Indicators();
    for (int i = 1; i <= 21; i++) {
      indicators.update(10, 9, 9.5);
      assertThat(indicators.rsiReady()).as("bar %d", i).isEqualTo(i >= 15);
      assertThat(indicators.bandsReady()).as("bar %d", i).isEqualTo(i >= 20);
      assertThat(indicators.momentumReady()).as("bar %d", i).isEqualTo(i >= 21);
    }
  }

  @Test
  void realisedVolatilityOfASteadySwingIsItsSize() {
    // 1 % up and down each minute: sqrt(minutes of a year) × log return.
    final RealizedVolatility volatility = new RealizedVolatility(100, RollingWindow.COUNT_ONLY);
    final long minute = BarBuilder.MINUTE;
    for (int i = 1; i <= 100; i++) {
      volatility.update(i * minute, i % 2 == 0 ? 101 : 100, i % 2 == 0 ? 100 : 101, minute);
    }
    final double expected = StrictMath.log(1.01) * StrictMath.sqrt(365 * 1440);
    assertThat(volatility.annualised(Sessions.CALENDAR_YEAR)).isCloseTo(expected, within(1e-12));
  }
}
