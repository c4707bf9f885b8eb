package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.Held;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
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
  private static final int NEW_PROCESSES = 100;

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
    CheckpointTest.decidesTheSame(day(fundingCarry()), POINTS);
  }

  @Test
  void perpetualThatPaysFundingIsRestoredInANewProcess() {
    final JsonNode summary = fundingCarry();
    RestoreTest.decidesTheSame(run(summary), summary, NEW_PROCESSES / 5);
  }

  @Test
  void bookInDepthDecidesTheSame() throws IOException {
    CheckpointTest.decidesTheSame(day(marketMaking()), POINTS);
  }

  /** A strategy that saves its fields, a perpetual, a book in depth, and orders that rest in it. */
  @Test
  void marketMakerWithOrdersInABookInDepthIsRestoredInANewProcessAtAHundredPoints()
      throws IOException {
    final JsonNode summary = marketMaking();
    final SortedSet<Long> points = RestoreTest.decidesTheSame(run(summary), summary, NEW_PROCESSES);
    final long withOrders = withWorkingOrders(run(summary), points);
    System.out.println("orders were working at " + withOrders + " of " + points.size() + " points");
    assertThat(withOrders).isGreaterThan(points.size() / 2);
  }

  /** At how many points orders were working, by the decision log. */
  private static long withWorkingOrders(final Path run, final SortedSet<Long> points) {
    final Held held = new Held();
    long with = 0;
    try (JournalReader decisions = JournalReader.open(RunDirectory.open(run).decisions())) {
      boolean more = decisions.next();
      for (final long point : points) {
        while (more && cause(decisions) <= point) {
          held.accept(
              decisions.ingressTimeNanos(),
              decisions.templateId(),
              decisions.buffer(),
              decisions.offset(),
              decisions.length());
          more = decisions.next();
        }
        with += held.working().isEmpty() ? 0 : 1;
      }
    }
    return with;
  }

  private static long cause(final JournalReader decisions) {
    return decisions
        .buffer()
        .getLong(
            decisions.offset() + MessageHeaderDecoder.ENCODED_LENGTH + Outputs.CAUSE_OFFSET,
            ByteOrder.LITTLE_ENDIAN);
  }

  private JsonNode fundingCarry() {
    final Path curated = temp.resolve("curated");
    imported("lean", curated, "--symbol", "btcusdt", shared("data/lean"));
    return backtested("--strategy", "FundingCarry", "--data", curated, "--source", "lean");
  }

  /** The shipped one in another symbol, and in sizes that the gate lets through. */
  private JsonNode marketMaking() throws IOException {
    final Path curated = temp.resolve("curated");
    imported("hftbacktest", curated, shared("data/hftbacktest/usdm/btcusdt_20230404.dat.gz"));
    final Path strategy = temp.resolve("MarketMaking.java");
    Files.writeString(
        strategy,
        Files.readString(Launch.ROOT.resolve("config/strategies/MarketMaking.java"))
            .replace("\"GOOG\"", "\"BTCUSDT-PERP\"")
            .replace("SIZE = 100", "SIZE = 0.01")
            .replace("MOST = 300", "MOST = 0.03"));
    final JsonNode summary =
        backtested("--strategy", strategy, "--data", curated, "--source", "hftbacktest");
    assertThat(summary.get("fills").asLong()).as("fills").isPositive();
    return summary;
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
    return day(backtested(options));
  }

  private static ReplayedDay day(final JsonNode summary) {
    return ReplayedDay.of(run(summary));
  }

  private static Path run(final JsonNode summary) {
    return Path.of(summary.get("run_dir").asText());
  }

  /** What the run said at its end. */
  private JsonNode backtested(final Object... options) {
    final List<Object> arguments = new ArrayList<>(List.of("backtest", "--json"));
    arguments.addAll(List.of("--runs", temp.resolve("runs")));
    arguments.addAll(List.of(options));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
    return Recorded.json(ended.out());
  }
}
