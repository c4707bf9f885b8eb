package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.core.state.Digest;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.Manifest;
import io.millrace.tools.report.Duck;
import io.millrace.tools.report.LookAhead;
import io.millrace.tools.report.Report;
import io.millrace.tools.report.ReportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of the sample day against its journals, its own files and a second computation. */
final class ReportTest {
  private static final Pattern HEADLINE =
      Pattern.compile("data-of=\"([^\"]+)\" data-value=\"([^\"]*)\">([^<]*)<");

  @TempDir private static Path temp;
  private static RunDirectory run;
  private static Path report;
  private static JsonNode tree;

  @BeforeAll
  static void writeTheReport() throws IOException {
    run = RunDirectory.open(Recorded.copy(temp.resolve(Recorded.run().getFileName().toString())));
    report = run.report();
    tree = Report.write(run, ReportOptions.defaults(), done -> {}).tree();
  }

  private static double number(final String path) {
    return tree.at(path).asDouble();
  }

  @Test
  void backtestWroteTheSameReportAtItsEnd() throws IOException {
    for (final JsonNode file : tree.at("/reproduce/files")) {
      assertThat(Recorded.run().resolve("report").resolve(file.asText()))
          .hasSameBinaryContentAs(report.resolve(file.asText()));
    }
    assertThat(tree.at("/reproduce/files").size()).isEqualTo(8);
  }

  @Test
  void jsonFileHoldsWhatThePageIsMadeOf() throws IOException {
    assertThat(Recorded.json(Files.readString(report.resolve("report.json"))))
        .isEqualTo(Recorded.json(tree.toString()));
  }

  @Test
  void countsAndMoneyAreThoseOfTheRun() {
    final JsonNode summary = Recorded.summary();
    for (final String name : List.of("ideas", "vetoes", "reductions", "orders", "fills")) {
      assertThat(tree.at("/gate/" + name).asLong()).as(name).isEqualTo(summary.get(name).asLong());
    }
    assertThat(tree.at("/statistics/end_equity").decimalValue())
        .isEqualByComparingTo(summary.get("end_equity").decimalValue());
    assertThat(number("/costs/fees")).isCloseTo(summary.get("fees").asDouble(), within(1e-9));
    assertThat(tree.at("/reproduce/decisions_digest").asText())
        .isEqualTo(summary.get("digest").asText());
    assertThat(number("/run/inputs")).isEqualTo(summary.get("inputs").asDouble());
  }

  /** What trades and open positions made is what the account made, to the last digit. */
  @Test
  void profitsOfTradesAddUpToTheAccounts() {
    assertThat(tree.at("/profit/not_of_trades").decimalValue().abs())
        .isLessThan(new java.math.BigDecimal("0.000001"));
    assertThat(number("/profit/of_trades")).isNotZero();
    for (final String word : List.of("strategy", "structure", "symbol", "regime", "factor")) {
      double sum = 0;
      for (final JsonNode row : tree.at("/profit/by_" + word)) {
        sum += row.get("profit").asDouble();
      }
      assertThat(sum).as(word).isCloseTo(number("/statistics/net_profit"), within(1e-6));
    }
  }

  @Test
  void duckDbFindsTheSameInTheCsvFiles() throws Exception {
    try (Duck duck = new Duck(report, "equity", "trades", "fills", "vetoes", "returns")) {
      same("/statistics/end_equity", duck, "select arg_max(nav, row) from equity");
      same(
          "/statistics/net_profit",
          duck,
          "select arg_max(nav, row) - arg_min(nav, row) from equity");
      same(
          "/statistics/max_drawdown",
          duck,
          "select max(1 - nav / peak) from (select nav, max(nav) over (order by row"
              + " rows unbounded preceding) as peak from equity)");
      same("/exposure/max_gross", duck, "select max(gross / nav) from equity");
      final double year = number("/statistics/periods_per_year");
      same(
          "/statistics/sharpe",
          duck,
          "select avg(\"return\") / stddev_samp(\"return\") * sqrt(" + year + ") from returns");
      same(
          "/statistics/sortino",
          duck,
          "select avg(\"return\") * sqrt("
              + year
              + ") / sqrt(avg(least(\"return\", 0) * least(\"return\", 0))) from returns");
      same(
          "/statistics/volatility",
          duck,
          "select stddev_samp(\"return\") * sqrt(" + year + ") from returns");
      same("/statistics/var_95", duck, "select quantile_cont(\"return\", 0.05) from returns");
      same("/statistics/kurtosis", duck, "select kurtosis_pop(\"return\") + 3 from returns");
      same("/statistics/best_period", duck, "select max(\"return\") from returns");
      same("/benchmark/beta", duck, "select regr_slope(\"return\", benchmark_return) from returns");
      same(
          "/benchmark/correlation", duck, "select corr(\"return\", benchmark_return) from returns");
      same("/costs/fees", duck, "select sum(fee) from fills");
      same("/costs/slippage", duck, "select sum(slippage) from fills");
      same(
          "/costs/slippage",
          duck,
          "select sum(quantity * multiplier * (price - arrival_mid)"
              + " * if(side = 'buy', 1, -1)) from fills");
      same("/costs/traded", duck, "select sum(quantity * multiplier * price) from fills");
      same("/costs/fills", duck, "select count(*) from fills");
      same("/gate/vetoes", duck, "select count(*) from vetoes");
      same("/trades/unrealised", duck, "select sum(profit) from trades where status = 'open'");
      final Map<String, Double> checks =
          duck.numbers("select \"check\", count(*) from vetoes group by 1");
      assertThat(checks).hasSize(tree.at("/gate/vetoes_by_check").size()).isNotEmpty();
      checks.forEach(
          (name, count) ->
              assertThat(tree.at("/gate/vetoes_by_check").get(name).asDouble()).isEqualTo(count));
      final Map<String, Double> symbols =
          duck.numbers("select symbol, sum(profit) from trades group by 1");
      for (final JsonNode row : tree.at("/profit/by_symbol")) {
        assertThat(symbols.get(row.get("name").asText()))
            .isCloseTo(row.get("profit").asDouble(), within(1e-6));
      }
      // Cash flow of the fills, and what is held at the marks: the equity again.
      assertThat(
              number("/statistics/start_equity")
                  - duck.number(
                      "select sum(quantity * multiplier * price * if(side = 'buy', 1, -1) + fee)"
                          + " from fills")
                  + duck.number(
                      "select sum(quantity * multiplier * exit_price) from trades"
                          + " where status = 'open'"))
          .isCloseTo(number("/statistics/end_equity"), within(1e-6));
    }
  }

  private static void same(final String path, final Duck duck, final String sql) throws Exception {
    final double expected = duck.number(sql);
    assertThat(expected).as(path).isNotNaN();
    assertThat(number(path))
        .as(path)
        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void headlineNumbersOfThePageAreThoseOfTheJson() throws IOException {
    final Matcher headline = HEADLINE.matcher(Files.readString(report.resolve("index.html")));
    int seen = 0;
    while (headline.find()) {
      final JsonNode value = tree.at(headline.group(1));
      assertThat(value.isMissingNode()).as(headline.group(1)).isFalse();
      if (value.isNull()) {
        assertThat(headline.group(3)).isEqualTo("–");
      } else {
        assertThat(headline.group(2)).isEqualTo(value.asText());
        final boolean percent = headline.group(3).endsWith("%");
        final double shown =
            Double.parseDouble(headline.group(3).replace("−", "-").replaceAll("[+, %]", ""));
        assertThat(percent ? shown / 100 : shown)
            .as(headline.group(1))
            .isCloseTo(value.asDouble(), within(percent ? 5.1e-4 : 5.1e-3));
      }
      seen++;
    }
    assertThat(seen).isEqualTo(8);
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    final String page = Files.readString(report.resolve("index.html"));
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .doesNotContain("<link")
        .doesNotContainPattern("<(img|iframe|script|object|embed)[^>]+src=");
  }

  @Test
  void theConfigBesideItHasTheSameDigest() {
    final ConfigLoader.Resolved again = ConfigLoader.load(report.resolve("config.yaml"), List.of());
    assertThat(Digest.text(again.digest())).isEqualTo(tree.at("/reproduce/config_digest").asText());
    assertThat(again.warnings()).isEmpty();
  }

  /** The first law, seen from outside: cut anywhere, every decision before the cut is the same. */
  @Test
  void decisionsBeforeACutAreTheRecordedOnes() {
    final long seed = 20_261_121;
    final SplittableRandom random = new SplittableRandom(seed);
    final Manifest manifest = Manifest.read(run);
    final LookAhead test = new LookAhead(run, () -> pipeline(manifest, List.of()));
    for (int i = 0; i < 3; i++) {
      final long cut = random.nextLong(100_000, manifest.end().inputs());
      final LookAhead.Point point = test.at(cut);
      assertThat(point.differs()).as("seed %d, cut after input %d", seed, cut).isZero();
      assertThat(point.outputs()).as("decisions compared").isGreaterThan(100);
    }
  }

  /** A pipeline that decides otherwise is found: the test can fail. */
  @Test
  void aDifferentDecisionIsFoundByTheCut() {
    final Manifest manifest = Manifest.read(run);
    final LookAhead test =
        new LookAhead(run, () -> pipeline(manifest, List.of("composer.hedge_weight=0.9")));
    assertThat(test.at(manifest.end().inputs() / 2).differs()).isPositive();
  }

  private static Pipeline pipeline(final Manifest manifest, final List<String> sets) {
    return new Pipeline(
        sets.isEmpty()
            ? ConfigLoader.bind(manifest.config())
            : ConfigLoader.load(null, sets).config(),
        new StageTimes());
  }

  @Test
  void theCommandTellsWhereTheReportIs() {
    final Launch.Ended ended =
        Launch.millrace("report", run.path(), "--look-ahead", "2", "--open-nothing");
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.out()).contains("index.html");
    final Launch.Ended json = Launch.millrace("report", run.path(), "--json", "--tries", "50");
    assertThat(json.code()).as("%s", json).isZero();
    final JsonNode told = Recorded.json(json.out());
    assertThat(told.at("/sanity/deflated_sharpe/tries").asInt()).isEqualTo(50);
    assertThat(told.at("/statistics/sharpe")).isEqualTo(tree.at("/statistics/sharpe"));
    assertThat(told.at("/reproduce/message_schema_version").asInt())
        .isEqualTo(TimerTickEncoder.SCHEMA_VERSION);
  }

  @Test
  void wrongArgumentsAreOneSentence() {
    for (final List<String> wrong :
        List.of(
            List.of("--look-ahead", "-1"),
            List.of("--look-ahead", "101"),
            List.of("--tries", "0"),
            List.of("--parameters", "-2"),
            List.of("--risk-free", "5"))) {
      final Launch.Ended ended =
          Launch.millrace("report", run.path(), wrong.get(0), wrong.get(1), "--json");
      assertThat(ended.code()).as("%s %s", wrong, ended).isEqualTo(ExitCodes.USAGE);
      assertThat(ended.problems()).hasSize(1);
    }
    assertThat(Launch.millrace("report", temp.resolve("nowhere")).code())
        .isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void namesOfTheDataCannotBecomeMarkup(@TempDir final Path folder) throws IOException {
    final RunDirectory hostile =
        RunDirectory.open(Recorded.copy(folder.resolve(run.path().getFileName().toString())));
    final Path manifest = hostile.manifest();
    Files.writeString(
        manifest,
        Files.readString(manifest, StandardCharsets.UTF_8)
            .replaceFirst(
                "\"description\" : \"[^\"]*\"",
                "\"description\" : \"<script>alert(1)</script><img src=x onerror=y>\""));
    Report.write(hostile, ReportOptions.defaults(), done -> {});
    assertThat(Files.readString(hostile.report().resolve("index.html")))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert")
        .doesNotContain("<img");
  }
}
