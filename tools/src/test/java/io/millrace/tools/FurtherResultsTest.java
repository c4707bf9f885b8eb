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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More strategies that come to what plain loops over raw files come to, to the cent: limit orders
 * and their queue, short sales, pairs, daily rules on hours, options held into shares, funding,
 * inverse contracts, other formats. The figures are printed by {@code
 * src/test/python/further_results.py}, which shares nothing with the engine.
 */
class FurtherResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path STRATEGIES = Launch.ROOT.resolve("tools/src/test/strategies");
  private static final String MAPPING =
      """
      kind: bar
      interval: 1d
      symbol: SPYDAILY
      columns: {time: date, open: open, high: high, low: low, close: close, volume: volume}
      time: {zone: America/New_York}
      session: {zone: America/New_York, open: "09:30", close: "16:00"}
      instrument: {kind: etf, tick: 0.01, lot: 1}
      """;

  @TempDir private static Path temp;
  private static boolean imported;

  /** At the mid; bids that go for a minute are no loss. */
  @Test
  void butterflyOfTheSampleDayIsWorthItsLegs() throws IOException {
    check(run("Butterfly", "--cash", "100000"), 6, "62.096678", "99937.90", "0.003150", "0");
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "SpyDonchian, lean, 1d, 1998-01-01, 2021-12-31, 100000, 185, 647.27, 182839.56, 0.367462, 0",
    "AaplBands, lean-adjusted, 1d, 2005-01-01, 2015-12-31, 100000, 179, 2591.30730658, 39661.35, 0.652136, 0",
    "Pairs, lean-adjusted, 1d, 2010-01-01, 2015-12-31, 100000, 98, 559.77, 84546.50, 0.213180, 0",
    "DayOnHours, lean, 1h, 2008-01-01, 2012-12-31, 100000, 111, 450.22, 128007.12, 0.243327, 0",
    "HourLimits, lean, 1h, 2010-01-01, 2010-12-31, 100000, 47, 18.55, 109160.45, 0.037323, 0",
    "IbmQueue, lean, tick, 2013-10-07, 2013-10-07, 100000, 1347, 199.062, 99660.19, , 0",
    "CoinM, lean, 1m, 2022-12-13, 2022-12-13, 100000, 27, 668.00, 98842.48, 0.016282, -1.46465300",
    "Condor, lean, 1m, 2015-12-24, 2015-12-28, 100000, 10, 13.50, 101612.50, , 0",
    "HftTouch, hftbacktest, '', 2023-04-04, 2023-04-05, 1000000, 66, 940.2791715, 999306.06, , -1.16316980",
    "Mapped, parquet, 1d, 1998-01-01, 2021-12-31, 100000, 340, 0.00, 485178.62, 0.200244, 0",
  })
  void strategiesComeToWhatPlainLoopsComeTo(
      final String strategy,
      final String source,
      final String resolution,
      final String from,
      final String to,
      final String cash,
      final int fills,
      final String fees,
      final String end,
      final String drawdown,
      final String funding)
      throws IOException {
    importOnce();
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
            cash);
    check(run, fills, fees, end, drawdown, funding);
  }

  /** Positions are not split, so a run over a split of raw prices says so before it starts. */
  @Test
  @Tag("slow")
  void runOverASplitOfRawPricesSaysSo() throws IOException {
    final Path curated = temp.resolve("split");
    final Object[] aapl = {"--symbol", "aapl", "--resolution", "1m", "--out", curated};
    take("lean", List.of(aapl), shared("data/lean/equity"));
    final Launch.Ended over =
        launch("Split", "--data", curated, "--from", "2014-06-05", "--to", "2014-06-09");
    assertThat(over.err()).contains("AAPL was split after 2014-06-06, 7 shares for one");
    final Launch.Ended before =
        launch("Split", "--data", curated, "--from", "2014-06-05", "--to", "2014-06-06");
    assertThat(before.err()).doesNotContain("split");
  }

  /** A maker who may not go short never does, though sales may be on their way when prices move. */
  @Test
  @Tag("slow")
  void marketMakerNeverSellsMoreThanItHolds() throws IOException {
    importOnce();
    final Path strategy = temp.resolve("MarketMaking.java");
    final String shipped =
        Files.readString(Launch.ROOT.resolve("config/strategies/MarketMaking.java"));
    Files.writeString(
        strategy,
        shipped
            .replace("\"GOOG\"", "\"BTCUSDT-PERP\"")
            .replace("SIZE = 100", "SIZE = 0.1")
            .replace("MOST = 300", "MOST = 0.3"));
    final JsonNode run =
        ended(
            strategy,
            "--data",
            temp.resolve("curated"),
            "--source",
            "hftbacktest",
            "--from",
            "2023-04-04",
            "--to",
            "2023-04-05");
    final List<String> rows =
        Files.readAllLines(Path.of(run.get("run_dir").asText()).resolve("report/fills.csv"));
    BigDecimal held = BigDecimal.ZERO;
    for (final String row : rows.subList(1, rows.size())) {
      final String[] fields = row.split(",", -1);
      final BigDecimal quantity = new BigDecimal(fields[8]);
      held = fields[7].equals("buy") ? held.add(quantity) : held.subtract(quantity);
      assertThat(held).as(row).isBetween(BigDecimal.ZERO, new BigDecimal("0.3"));
    }
    assertThat(rows.size()).isGreaterThan(20);
  }

  private static Path shared(final String place) {
    final Path data = Path.of(System.getProperty("millrace.shared", "absent"), place);
    if (!Files.exists(data)) {
      System.err.println("SKIPPED, no " + place + ": set -Dmillrace.shared to where it is");
    }
    Assumptions.assumeTrue(Files.exists(data));
    return data;
  }

  private static void importOnce() throws IOException {
    if (imported) {
      return;
    }
    final Path lean = shared("data/lean");
    final Path captured = shared("data/hftbacktest/usdm");
    final Path parquet = shared("data/parquet-derived/spy_daily_raw_1998_2021.parquet");
    final Path out = temp.resolve("curated");
    final Path equity = lean.resolve("equity");
    take("lean", List.of("--symbol", "spy,aapl", "--resolution", "1d,1h", "--out", out), equity);
    take("lean", List.of("--symbol", "ibm", "--resolution", "tick", "--out", out), equity);
    take(
        "lean",
        List.of("--adjust", "--symbol", "spy,aapl", "--resolution", "1d", "--out", out),
        equity);
    take("lean", List.of("--out", out), lean.resolve("cryptofuture/binance"));
    take(
        "lean",
        List.of("--symbol", "goog", "--resolution", "1m", "--from", "2015-12-24", "--out", out),
        lean);
    take(
        "hftbacktest",
        List.of("--out", out, captured.resolve("btcusdt_20230404.dat.gz")),
        captured.resolve("btcusdt_20230405.dat.gz"));
    final Path mapping = temp.resolve("mapping.yaml");
    Files.writeString(mapping, MAPPING);
    take("parquet", List.of("--mapping", mapping, "--out", out), parquet);
    imported = true;
  }

  private static void take(final String format, final List<Object> options, final Path path) {
    final List<Object> arguments = new ArrayList<>(List.of("import", format));
    arguments.addAll(options);
    arguments.add(path);
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
  }

  private static void check(
      final JsonNode run,
      final int fills,
      final String fees,
      final String end,
      final String drawdown,
      final String funding)
      throws IOException {
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
    assertThat(run.get("funding").decimalValue()).isEqualByComparingTo(funding);
    reportTellsFundingFromFees(run);
  }

  private static void reportTellsFundingFromFees(final JsonNode run) throws IOException {
    final Path report = Path.of(run.get("run_dir").asText()).resolve("report");
    final JsonNode tree = JSON.readTree(report.resolve("report.json").toFile());
    assertThat(tree.at("/costs/funding").decimalValue())
        .isEqualByComparingTo(run.get("funding").decimalValue());
    final List<String> rows = Files.readAllLines(report.resolve("equity.csv"));
    final List<String> names = List.of(rows.get(0).split(","));
    final String[] last = rows.get(rows.size() - 1).split(",", -1);
    assertThat(new BigDecimal(last[names.indexOf("fees")]))
        .isEqualByComparingTo(run.get("fees").decimalValue());
    assertThat(new BigDecimal(last[names.indexOf("funding")]))
        .isEqualByComparingTo(run.get("funding").decimalValue());
  }

  private static BigDecimal rounded(final JsonNode run, final String field, final int decimals) {
    return run.get(field).decimalValue().setScale(decimals, RoundingMode.HALF_EVEN);
  }

  private static JsonNode run(final String strategy, final Object... options) throws IOException {
    return ended(STRATEGIES.resolve(strategy + ".java"), options);
  }

  private static JsonNode ended(final Path strategy, final Object... options) throws IOException {
    return JSON.readTree(launch(strategy, options).out());
  }

  private static Launch.Ended launch(final String strategy, final Object... options) {
    return launch(STRATEGIES.resolve(strategy + ".java"), options);
  }

  private static Launch.Ended launch(final Path strategy, final Object... options) {
    final List<Object> arguments = new ArrayList<>(List.of("backtest", "--json"));
    arguments.addAll(List.of("--runs", temp.resolve("runs"), "--strategy", strategy));
    for (int i = 0; i < options.length; i += 2) {
      if (!options[i + 1].equals("")) {
        arguments.addAll(List.of(options[i], options[i + 1]));
      }
    }
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended;
  }
}
