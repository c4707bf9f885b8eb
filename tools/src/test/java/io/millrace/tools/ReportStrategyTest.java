package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.tools.report.Duck;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a strategy's backtest, through the command line. */
final class ReportStrategyTest {
  @TempDir private static Path runs;
  private static Path run;
  private static JsonNode tree;

  @BeforeAll
  static void backtestTheExample() {
    final Launch.Ended ended =
        Launch.millrace("backtest", "--strategy", "EmaCross", "--runs", runs, "--json");
    assertThat(ended.code()).as("%s", ended).isZero();
    run = Path.of(Recorded.json(ended.out()).get("run_dir").asText());
    final Launch.Ended report = Launch.millrace("report", run, "--look-ahead", "3", "--json");
    assertThat(report.code()).as("%s", report).isZero();
    tree = Recorded.json(report.out());
  }

  @Test
  void profitIsTheStrategys() {
    assertThat(tree.at("/run/strategy").asText()).isEqualTo("ema-cross");
    assertThat(tree.at("/profit/by_strategy").size()).isEqualTo(1);
    final JsonNode row = tree.at("/profit/by_strategy/0");
    assertThat(row.get("name").asText()).isEqualTo("ema-cross");
    assertThat(row.get("closed").asLong()).isPositive();
    assertThat(row.get("profit").asDouble())
        .isCloseTo(tree.at("/statistics/net_profit").asDouble(), within(1e-6));
    assertThat(tree.at("/profit/not_of_trades").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(tree.at("/gate/intents").asLong()).isPositive();
    assertThat(tree.at("/reproduce/strategy_sha256").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  void parametersAreThoseThatTheBundleDeclaresNotItsPresetsAndPolicies() {
    assertThat(tree.at("/reproduce/changed_settings").size()).isGreaterThan(2);
    assertThat(tree.at("/sanity/parameters/parameters").asInt()).as("fast, slow").isEqualTo(2);
    assertThat(tree.at("/sanity/parameters/told").asBoolean()).isFalse();
  }

  @Test
  void dustOfBinaryFractionsIsNoNumberForPeople() throws Exception {
    for (final JsonNode row : tree.at("/profit/by_factor")) {
      if (row.get("name").asText().equals("not explained")) {
        assertThat(row.get("profit").asText()).isEqualTo("0.0");
      }
    }
    final String fills = Files.readString(run.resolve("report").resolve("fills.csv"));
    assertThat(fills).doesNotContainPattern("[0-9]\\.[0-9]{9,}").doesNotContain("E-");
  }

  @Test
  void closedTradesEqualThoseOfTheCsv() throws Exception {
    try (Duck duck = new Duck(run.resolve("report"), "trades", "fills")) {
      assertThat(tree.at("/trades/closed").asDouble())
          .isEqualTo(duck.number("select count(*) from trades where status = 'closed'"));
      assertThat(tree.at("/trades/realised").asDouble())
          .isCloseTo(
              duck.number("select sum(profit) from trades where status = 'closed'"), within(1e-6));
      assertThat(tree.at("/trades/win_rate").asDouble())
          .isCloseTo(
              duck.number(
                  "select avg(if(profit > 0, 1.0, 0.0)) from trades where status = 'closed'"),
              within(1e-12));
      assertThat(duck.number("select count(distinct strategy) from fills")).isEqualTo(1);
    }
  }

  @Test
  void lossesThatHaltTradingAreSaid() {
    final Launch.Ended ended =
        Launch.millrace(
            "backtest",
            "--strategy",
            "EmaCross",
            "--runs",
            runs,
            "--json",
            "--set",
            "policies.risk.kill_switch_dd=0.001");
    assertThat(ended.code()).as("%s", ended).isEqualTo(4);
    assertThat(ended.err())
        .contains("millrace: trading was halted at 2015-12-24T")
        .contains("0.1 % below the peak");
    assertThat(Recorded.json(ended.out()).get("risk_halted").asText()).contains("halted at");
  }

  @Test
  void theStrategyDidNotLookAhead() {
    assertThat(tree.at("/sanity/look_ahead/status").asText()).isEqualTo("ok");
    assertThat(tree.at("/sanity/look_ahead/points").size()).isEqualTo(3);
    assertThat(tree.at("/sanity/look_ahead/points/2/outputs").asLong()).isGreaterThan(50);
  }
}
