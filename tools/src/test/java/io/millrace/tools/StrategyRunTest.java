package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategy files as a user runs them: the shipped examples, and files with something wrong. */
class StrategyRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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
  void shippedExampleTradesOnTheSampleDayAndReplaysToTheByte(final String name) throws IOException {
    final JsonNode run = json(millrace("backtest", "--strategy", name, "--json"));
    assertThat(run.get("strategy_stopped").isNull()).as(run.toPrettyString()).isTrue();
    assertThat(run.get("fills").asInt()).as(run.toPrettyString()).isPositive();
    final Launch.Ended replay =
        Launch.millrace("replay", Path.of(run.get("run_dir").asText()), "--verify");
    assertThat(replay.code()).as("%s", replay).isZero();
  }

  @Test
  void paperDecidesAsTheBacktestDoes() throws IOException {
    final JsonNode backtest = json(millrace("backtest", "--strategy", "EmaCross", "--json"));
    final JsonNode paper =
        json(
            millrace("run", "--mode", "paper", "--strategy", "EmaCross", "--speed", "0", "--json"));
    assertThat(paper.get("digest")).isEqualTo(backtest.get("digest"));
  }

  @Test
  void strategyThatThrowsIsStoppedAndTheRunGoesOn() throws IOException {
    final Path file =
        file(
            "Throws",
            "private int bars;",
            "@Override public void bar(Bar bar) {",
            "  if (++bars == 5) {",
            "    int[] none = new int[0];",
            "    none[bars] = 1;",
            "  }",
            "}");
    final Launch.Ended ended = millrace("backtest", "--strategy", file, "--json");
    final JsonNode run = json(ended);
    assertThat(run.get("strategy_stopped").asText())
        .contains("Throws.java:14")
        .contains("ArrayIndexOutOfBoundsException");
    assertThat(run.get("inputs").asInt()).isGreaterThan(290_000);
  }

  @Test
  void endlessLoopIsStoppedByItsBudget() throws IOException {
    final Path file =
        file(
            "Endless", "@Override public void bar(Bar bar) {", "  for (long i = 0; ; i++) {}", "}");
    final JsonNode run = json(millrace("backtest", "--strategy", file, "--json"));
    assertThat(run.get("strategy_stopped").asText()).contains("Endless.java").contains("steps");
  }

  @Test
  void sourceThatDoesNotCompileIsOneSentenceWithFileAndLine() throws IOException {
    final Path file = file("Typo", "@Override public void bar(Bar bar) { bar.closs(); }");
    final Launch.Ended ended = millrace("backtest", "--strategy", file);
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).contains("Typo.java:10").contains("closs");
  }

  @Test
  void forbiddenCallIsNamedWithItsLine() throws IOException {
    final Path file =
        file("Reads", "@Override public void bar(Bar bar) { System.getProperty(\"user.home\"); }");
    final Launch.Ended ended = millrace("backtest", "--strategy", file);
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).contains("Reads.java:10").contains("System.getProperty");
  }

  @Test
  void overridePastAHardCapIsRefused() throws IOException {
    final Path file = temp.resolve("Bold.java");
    Files.writeString(
        file,
        """
        import io.millrace.core.strategy.*;
        public final class Bold implements Strategy {
          public static StrategyBundle bundle() {
            return StrategyBundle.named("bold").universe("GOOG")
                .risk(RiskPolicy.DEFAULT.withMaxLeverage(50)).create(Bold::new);
          }
        }
        """);
    final Launch.Ended ended = millrace("backtest", "--strategy", file);
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err())
        .contains("Bold.java")
        .contains("max_leverage 50.0")
        .contains("hard cap 4.0");
  }

  @Test
  void unknownStrategyAndPresetNameThoseThatThereAre() {
    final Launch.Ended strategy = millrace("backtest", "--strategy", "Nobody");
    assertThat(strategy.code()).as("%s", strategy).isEqualTo(2);
    assertThat(strategy.err()).contains("Nobody").contains("EmaCross");
    final Launch.Ended venue = millrace("backtest", "--strategy", "EmaCross", "--venue", "nowhere");
    assertThat(venue.code()).as("%s", venue).isEqualTo(2);
    assertThat(venue.err()).contains("nowhere").contains("bar-close");
  }

  @Test
  void kindOfDataThatIsRequiredAndMissingIsRefusedBeforeAnythingIsMade() throws IOException {
    final Path file = file("Paid", "@Override public void bar(Bar bar) {}");
    Files.writeString(
        file, Files.readString(file).replace(".venue(", ".requires(\"bar\", \"funding\").venue("));
    final Path runs = temp.resolve("none");
    final Launch.Ended ended = Launch.millrace("backtest", "--runs", runs, "--strategy", file);
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.problems()).as("%s", ended).hasSize(1);
    assertThat(ended.err()).contains("requires funding, which the data lacks");
    assertThat(runs).doesNotExist();
  }

  @Test
  void universeThatTheDataLacksStopsTheStrategyInOneSentence() throws IOException {
    final Path file = file("Absent", "@Override public void bar(Bar bar) {}");
    Files.writeString(file, Files.readString(file).replace("\"GOOG\"", "\"NOPE\""));
    final JsonNode run =
        json(millrace("backtest", "--strategy", file, "--symbol", "goog", "--json"));
    assertThat(run.get("strategy_stopped").asText()).contains("NOPE");
  }

  private Path file(final String name, final String... lines) throws IOException {
    final List<String> text =
        new ArrayList<>(
            List.of(
                "import io.millrace.core.strategy.*;",
                "public final class " + name + " implements Strategy {",
                "  public static StrategyBundle bundle() {",
                "    return StrategyBundle.named(\"a\")",
                "        .universe(\"GOOG\")",
                "        .timeframe(\"1m\")",
                "        .venue(\"touch\")",
                "        .create(" + name + "::new);",
                "  }"));
    text.addAll(List.of(lines));
    text.add("}");
    return Files.write(temp.resolve(name + ".java"), text);
  }

  private Launch.Ended millrace(final Object... arguments) {
    final List<Object> all = new ArrayList<>(List.of(arguments));
    all.add(1, "--runs");
    all.add(2, temp.resolve("runs-" + System.nanoTime()));
    return Launch.millrace(all.toArray());
  }

  private static JsonNode json(final Launch.Ended ended) throws IOException {
    assertThat(ended.code()).as("%s", ended).isZero();
    return JSON.readTree(ended.out());
  }
}
