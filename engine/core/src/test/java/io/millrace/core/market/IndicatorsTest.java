package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Against third-party series on SPY daily. Columns: date, open, high, low, close, then the
 * reference's own.
 */
class IndicatorsTest {
  private static final int HIGH = 2;
  private static final int LOW = 3;
  private static final int CLOSE = 4;

  private static List<String[]> reference(final String file) throws IOException {
    final Path folder =
        Path.of(System.getProperty("millrace.shared", "../../../shared"))
            .resolve("data/lean/reference-indicators");
    final boolean there = Files.isDirectory(folder);
    if (!there) {
      System.err.println("SKIPPED: no reference indicators in " + folder.toAbsolutePath());
    }
    assumeTrue(there, "no reference indicators in " + folder);
    final List<String[]> rows = new ArrayList<>();
    final List<String> lines = Files.readAllLines(folder.resolve(file));
    for (final String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        rows.add(line.split(",", -1));
      }
    }
    return rows;
  }

  private static void feed(final Indicators indicators, final String[] row) {
    indicators.update(
        Double.parseDouble(row[HIGH]),
        Double.parseDouble(row[LOW]),
        Double.parseDouble(row[CLOSE]));
  }

  private static void compare(
      final String file,
      final int column,
      final int rows,
      final double tolerance,
      final ToDoubleFunction<Indicators> value)
      throws IOException {
    final Indicators indicators = new Indicators();
    int compared = 0;
    for (final String[] row : reference(file)) {
      feed(indicators, row);
      if (column < row.length && !row[column].isBlank()) {
        assertThat(value.applyAsDouble(indicators))
            .as("%s %s column %d", file, row[0], column)
            .isCloseTo(Double.parseDouble(row[column]), within(tolerance));
        compared++;
      }
    }
    assertThat(compared).as("rows compared of %s", file).isGreaterThanOrEqualTo(rows);
  }

  @Test
  void wilderStrengthEqualsTheReference() throws IOException {
    final Indicators indicators = new Indicators();
    int compared = 0;
    for (final String[] row : reference("spy_with_indicators.txt")) {
      final double close = Double.parseDouble(row[7]);
      indicators.update(close, close, close);
      if (!row[5].isBlank()) {
        assertThat(indicators.rsiReady()).isTrue();
        assertThat(indicators.rsi()).as(row[0]).isCloseTo(Double.parseDouble(row[5]), within(6e-6));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(480);
  }

  @Test
  void bollingerBandsEqualTheReference() throws IOException {
    // Printed to four decimals.
    compare("spy_bollinger_bands.txt", 5, 480, 1e-4, Indicators::bollingerMiddle);
    compare("spy_bollinger_bands.txt", 6, 480, 1e-4, Indicators::bollingerUpper);
    compare("spy_bollinger_bands.txt", 7, 480, 1e-4, Indicators::bollingerLower);
    compare("spy_bollinger_bands.txt", 9, 480, 1e-4, Indicators::percentB);
  }

  @Test
  void keltnerChannelEqualsTheReference() throws IOException {
    // Printed to four decimals, from prices printed to four. The reference takes the mean of
    // typical prices and the plain mean of true ranges.
    compare("spy_with_keltner.csv", 7, 480, 1e-4, Indicators::keltnerMiddle);
    // The very first true range is only in the first channel; the reference knew the day before.
    compare("spy_with_keltner.csv", 5, 480, 2e-4, Indicators::keltnerUpper);
    compare("spy_with_keltner.csv", 6, 480, 2e-4, Indicators::keltnerLower);
  }

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
