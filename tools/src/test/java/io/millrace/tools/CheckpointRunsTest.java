package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As {@link CheckpointTest}, of runs with a strategy, a perpetual, a book in depth. */
@Tag("slow")
class CheckpointRunsTest {
  private static final int POINTS = 4;

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BuyAndHold",
        "EmaCross",
        "MeanReversion",
        "MarketMaking",
        "TwapRebalance",
        "GammaRegimeCondor"
      })
  void strategyOfTheSampleDayDecidesTheSame(final String strategy) {
    CheckpointTest.decidesTheSame(backtest("--strategy", strategy, "--symbol", "goog"), POINTS);
  }

  @Test
  void noFieldOfAStrategyOrItsHostIsForgotten() {
    CheckpointTest.forgetsNothing(backtest("--strategy", "MarketMaking", "--symbol", "goog"));
  }

  @Test
  void perpetualThatPaysFundingDecidesTheSame() {
    final Path curated = temp.resolve("curated");
    imported("lean", curated, "--symbol", "btcusdt", shared("data/lean"));
    CheckpointTest.decidesTheSame(
        backtest("--strategy", "FundingCarry", "--data", curated, "--source", "lean"), POINTS);
  }

  @Test
  void bookInDepthDecidesTheSame() throws IOException {
    final Path curated = temp.resolve("curated");
    imported("hftbacktest", curated, shared("data/hftbacktest/usdm/btcusdt_20230404.dat.gz"));
    final Path strategy = temp.resolve("MarketMaking.java");
    final String shipped =
        Files.readString(Launch.ROOT.resolve("config/strategies/MarketMaking.java"));
    Files.writeString(strategy, shipped.replace("\"GOOG\"", "\"BTCUSDT-PERP\""));
    CheckpointTest.decidesTheSame(
        backtest("--strategy", strategy, "--data", curated, "--source", "hftbacktest"), POINTS);
  }

  private static Path shared(final String place) {
    final Path data = Path.of(System.getProperty("millrace.shared", "absent"), place);
    if (!Files.exists(data)) {
      System.err.println("SKIPPED, no " + place + ": set -Dmillrace.shared to where it is");
    }
    Assumptions.assumeTrue(Files.exists(data));
    return data;
  }

  private static void imported(final String format, final Path curated, final Object... options) {
    final List<Object> arguments = new ArrayList<>(List.of("import", format, "--out", curated));
    arguments.addAll(List.of(options));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
  }

  private ReplayedDay backtest(final Object... options) {
    final List<Object> arguments = new ArrayList<>(List.of("backtest", "--json"));
    arguments.addAll(List.of("--runs", temp.resolve("runs")));
    arguments.addAll(List.of(options));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
    return ReplayedDay.of(Path.of(Recorded.json(ended.out()).get("run_dir").asText()));
  }
}
