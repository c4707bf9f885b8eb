package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Results that another project publishes on the same data come out, by strategy file and command.
 */
class KnownResultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path STRATEGIES = Launch.ROOT.resolve("tools/src/test/strategies");

  @TempDir private Path temp;

  /** LEAN's BasicTemplateOptionsAlgorithm on the sample day. */
  @Test
  void putBoughtAtTheFirstBarAndSoldAtTheCloseLosesTwoDollarsEightyAShare() throws IOException {
    final JsonNode run =
        backtest("--strategy", STRATEGIES.resolve("PutToTheClose.java"), "--cash", "100000");
    assertThat(run.get("orders").asInt()).isEqualTo(2);
    assertThat(run.get("fees").asText()).isEqualTo("2");
    assertThat(run.get("end_equity").asText()).isEqualTo("99718");
  }

  /** LEAN's BasicTemplateAlgorithm: SPY of five days in 2013, adjusted. */
  @Test
  void spyBoughtAtTheFirstBarIsWorthWhatLeanSays() throws IOException {
    final Path lean = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    if (!Files.isDirectory(lean)) {
      System.err.println("SKIPPED, no LEAN data: set -Dmillrace.shared to where data/lean is");
    }
    Assumptions.assumeTrue(Files.isDirectory(lean));
    final Path curated = temp.resolve("curated");
    final Launch.Ended imported =
        Launch.millrace(
            "import",
            "lean",
            "--adjust",
            "--symbol",
            "spy",
            "--from",
            "2013-10-07",
            "--to",
            "2013-10-11",
            "--resolution",
            "1m",
            "--out",
            curated,
            lean);
    assertThat(imported.code()).as("%s", imported).isZero();
    final JsonNode run =
        backtest(
            "--strategy",
            STRATEGIES.resolve("SpyOnce.java"),
            "--data",
            curated,
            "--source",
            "lean-adjusted",
            "--cash",
            "100000");
    assertThat(run.get("orders").asInt()).isEqualTo(1);
    assertThat(run.get("fees").asText()).isEqualTo("3.44");
    assertThat(run.get("end_equity").decimalValue().setScale(2, java.math.RoundingMode.HALF_EVEN))
        .isEqualTo("101691.92");
    // LEAN tells a drawdown to a tenth of a percent: 2.200 %.
    assertThat(run.get("max_drawdown").decimalValue().setScale(3, java.math.RoundingMode.HALF_EVEN))
        .isEqualTo("0.022");
  }

  /**
   * A crossing of two averages of daily closes, filled at the next open, over 23 years: the figures
   * are of a plain loop over LEAN's file, written apart from this project.
   */
  @Test
  void dailyCrossingFilledAtTheNextOpenEqualsAPlainLoop() throws IOException {
    final Path lean = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    if (!Files.isDirectory(lean)) {
      System.err.println("SKIPPED, no LEAN data: set -Dmillrace.shared to where data/lean is");
    }
    Assumptions.assumeTrue(Files.isDirectory(lean));
    final Path curated = temp.resolve("curated");
    final Launch.Ended imported =
        Launch.millrace(
            "import", "lean", "--symbol", "spy", "--resolution", "1d", "--out", curated, lean);
    assertThat(imported.code()).as("%s", imported).isZero();
    final JsonNode run =
        backtest(
            "--strategy",
            STRATEGIES.resolve("DailyCross.java"),
            "--data",
            curated,
            "--resolution",
            "1d",
            "--cash",
            "100000");
    assertThat(run.get("fills").asInt()).isEqualTo(153);
    assertThat(run.get("vetoes").asInt()).isZero();
    assertThat(run.get("fees").asText()).isEqualTo("533.7");
    assertThat(run.get("end_equity").asText()).isEqualTo("175785.84");
  }

  private JsonNode backtest(final Object... options) throws IOException {
    final List<Object> arguments = new ArrayList<>(List.of("backtest", "--json"));
    arguments.addAll(List.of("--runs", temp.resolve("runs")));
    arguments.addAll(List.of(options));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
    return JSON.readTree(ended.out());
  }
}
