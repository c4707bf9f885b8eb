package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Strategies come to what plain loops over LEAN's raw files come to, to the cent: other symbols,
 * markets, samplings, fills and fees than those of {@link KnownResultsTest}. The figures are
 * printed by {@code src/test/python/independent_results.py}, which shares nothing with the engine.
 */
class IndependentResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path STRATEGIES = Launch.ROOT.resolve("tools/src/test/strategies");

  @TempDir private static Path temp;
  private static boolean imported;

  /** Structures on the day that ships: each leg at its touch, whatever is displayed. */
  @ParameterizedTest
  @CsvSource({
    "GoogVertical, 100000, 4, 40, 99260.00, 0.007400",
    "GoogCalendar, 100000, 4, 12, 99568.00, 0.004320",
    "GoogExpiry, 200000, 5, 4, 199524.00,",
  })
  void structuresAreWorthTheirLegs(
      final String strategy,
      final String cash,
      final int fills,
      final String fees,
      final String end,
      final String drawdown)
      throws IOException {
    check(run(strategy, "--cash", cash), fills, fees, end, drawdown);
  }

  /**
   * Ticks, seconds, minutes, hours and days of shares, a coin, a perpetual, a future and options.
   */
  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "AaplOnce, lean-adjusted, 1m, 2014-06-05, 2014-06-09, 1, 23.975, 101463.70, 0.013375",
    "SpySeconds, lean, 1s, 2013-10-07, 2013-10-08, 136, 202.21, 99595.74, 0.006499",
    "IbmTicks, lean, tick, 2013-10-07, 2013-10-07, 24, 12, 99909.00, 0.001340",
    "HourOnMinutes, lean, 1m, 2013-10-07, 2013-10-11, 18, 45, 99840.00, 0.010433",
    "AaplHours, lean, 1h, 2012-01-01, 2013-12-31, 94, 94, 130080.00, 0.096257",
    "AaplStops, lean, 1h, 2012-01-01, 2013-12-31, 94, 47, 117131.00, 0.082930",
    "Flip, lean, 1h, 2015-01-01, 2016-12-31, 67, 261.88, 75021.89, 0.286528",
    "Rebalance, lean-adjusted, 1d, 2010-01-01, 2012-12-31, 106, 65.305, 174456.12, 0.144432",
    "BtcMinutes, lean, 1m, 2022-12-13, 2022-12-13, 52, 2580.81, 98855.51, 0.016727",
    "PerpTouch, lean, 1m, 2022-12-13, 2022-12-13, 18, 826.78, 99429.63, 0.009728",
    "EsMinutes, lean, 1m, 2013-10-07, 2013-10-08, 92, 1235.25, 92952.25, 0.082682",
    "SpxwSpread, lean, 1m, 2021-01-04, 2021-01-04, 4, 10, 123075.00, 0.033639",
    "AaplOptionHours, lean, 1h, 2014-06-06, 2014-06-09, 4, 46, 100624.00, 0.006595",
    "AaplExpiryHours, lean, 1h, 2014-06-06, 2014-06-06, 3, 1, 99681.00,",
    "EsOption, lean, 1m, 2020-01-05, 2020-01-05, 2, 2.60, 100047.40, 0.001638",
  })
  void strategiesComeToWhatPlainLoopsComeTo(
      final String strategy,
      final String source,
      final String resolution,
      final String from,
      final String to,
      final int fills,
      final String fees,
      final String end,
      final String drawdown)
      throws IOException {
    final Path lean = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    if (!Files.isDirectory(lean)) {
      System.err.println("SKIPPED, no LEAN data: set -Dmillrace.shared to where data/lean is");
    }
    Assumptions.assumeTrue(Files.isDirectory(lean));
    importOnce(lean);
    final JsonNode run =
        run(
            strategy,
            "--data",
            temp.resolve("curated"),
            "--source",
            source,
            "--resolution",
            resolution,
            "--from",
            from,
            "--to",
            to,
            "--cash",
            "100000");
    check(run, fills, fees, end, drawdown);
  }

  private static void importOnce(final Path lean) {
    if (imported) {
      return;
    }
    final Path out = temp.resolve("curated");
    final Path equity = lean.resolve("equity");
    take("--symbol", "spy,aapl,ibm", "--out", out, equity);
    take("--adjust", "--symbol", "spy,aapl", "--resolution", "1m,1d", "--out", out, equity);
    take("--out", out, lean.resolve("crypto/bybit"), lean.resolve("cryptofuture/bybit"));
    take("--symbol", "es201312", "--out", out, lean.resolve("future"));
    take("--symbol", "spx", "--out", out, lean.resolve("index"), lean.resolve("indexoption"));
    take(
        "--symbol", "es202003", "--out", out, lean.resolve("future"), lean.resolve("futureoption"));
    take("--symbol", "aapl", "--resolution", "1h", "--out", out, equity, lean.resolve("option"));
    imported = true;
  }

  private static void take(final Object... options) {
    final List<Object> arguments = new ArrayList<>(List.of("import", "lean"));
    arguments.addAll(List.of(options));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
  }

  private static void check(
      final JsonNode run,
      final int fills,
      final String fees,
      final String end,
      final String drawdown) {
    assertThat(run.get("strategy_stopped").isNull()).as("%s", run).isTrue();
    assertThat(run.get("vetoes").asInt()).as("%s", run).isZero();
    assertThat(run.get("reductions").asInt()).as("%s", run).isZero();
    assertThat(run.get("fills").asInt()).isEqualTo(fills);
    final BigDecimal paid = new BigDecimal(fees);
    assertThat(rounded(run, "fees", Math.max(2, paid.scale()))).isEqualByComparingTo(paid);
    assertThat(rounded(run, "end_equity", 2)).isEqualTo(end);
    if (drawdown != null) {
      assertThat(rounded(run, "max_drawdown", 6)).isEqualTo(drawdown);
    }
  }

  private static BigDecimal rounded(final JsonNode run, final String field, final int decimals) {
    return run.get(field).decimalValue().setScale(decimals, RoundingMode.HALF_EVEN);
  }

  private static JsonNode run(final String strategy, final Object... options) throws IOException {
    final List<Object> arguments = new ArrayList<>(List.of("backtest", "--json"));
    arguments.addAll(List.of("--runs", temp.resolve("runs")));
    arguments.addAll(List.of("--strategy", STRATEGIES.resolve(strategy + ".java")));
    arguments.addAll(List.of(options));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
    return JSON.readTree(ended.out());
  }
}
