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
    final JsonNode run =
        json(
            millrace(
                "backtest",
                "--strategy",
                name,
                "--set",
                "checkpoints.every_inputs=1500",
                "--set",
                "checkpoints.keep=1000",
                "--json"));
    assertThat(run.get("strategy_stopped").isNull()).as(run.toPrettyString()).isTrue();
    assertThat(run.get("fills").asInt()).as(run.toPrettyString()).isPositive();
    final Path directory = Path.of(run.get("run_dir").asText());
    final Launch.Ended replay = Launch.millrace("replay", directory, "--verify");
    assertThat(replay.code()).as("%s", replay).isZero();
    final long half = run.get("inputs").asLong() / 2;
    final Launch.Ended restored =
        Launch.millrace("replay", directory, "--from", half, "--verify", "--json");
    assertThat(restored.code()).as("%s", restored).isZero();
    final JsonNode tail = json(restored);
    assertThat(tail.get("from_checkpoint").asLong()).as("%s", restored).isPositive();
    assertThat(tail.get("digest")).isEqualTo(run.get("digest"));
  }

  @Test
  void strategyThatSavesNotAllHasNoCheckpointsAndSaysSo() throws IOException {
    final Path file =
        file("Counts", "private int bars;", "@Override public void bar(Bar bar) { bars++; }");
    final Launch.Ended ended = millrace("backtest", "--strategy", file, "--json");
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.problems())
        .singleElement()
        .asString()
        .contains("Counts.java has no state() that saves")
        .contains("bars")
        .contains("no checkpoints are made");
    assertThat(Path.of(json(ended).get("run_dir").asText()).resolve("checkpoints")).doesNotExist();
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
  void aParameterChangesTheRunIsKeptInItAndReplays() throws IOException {
    final JsonNode plain = json(millrace("backtest", "--strategy", "EmaCross", "--json"));
    final JsonNode same =
        json(millrace("backtest", "--strategy", "EmaCross", "--param", "slow=30", "--json"));
    final JsonNode other =
        json(
            millrace(
                "backtest",
                "--strategy",
                "EmaCross",
                "--param",
                "fast=5",
                "--param",
                "slow=20",
                "--json"));
    assertThat(same.get("digest")).isEqualTo(plain.get("digest"));
    assertThat(other.get("digest")).isNotEqualTo(plain.get("digest"));
    assertThat(other.get("parameters").toString()).isEqualTo("{\"fast\":5,\"slow\":20}");
    final Path run = Path.of(other.get("run_dir").asText());
    final JsonNode manifest = JSON.readTree(Files.readString(run.resolve("manifest.json")));
    assertThat(manifest.at("/config/strategy/parameters/ema-cross/fast").asInt()).isEqualTo(5);
    final JsonNode report = JSON.readTree(Files.readString(run.resolve("report/report.json")));
    assertThat(
            report
                .at("/reproduce/changed_settings")
                .get("strategy.parameters.ema-cross.slow")
                .asText())
        .isEqualTo("20");
    final Launch.Ended replay = Launch.millrace("replay", run, "--verify");
    assertThat(replay.code()).as("%s", replay).isZero();
  }

  @Test
  void whatIsNoParameterIsRefusedInOneSentence() {
    final Launch.Ended wrong = millrace("backtest", "--strategy", "EmaCross", "--param", "fast=1");
    assertThat(wrong.code()).as("%s", wrong).isEqualTo(2);
    assertThat(wrong.problems())
        .containsExactly(
            "millrace: --param fast=1: parameter fast of ema-cross is 1: must be a whole number"
                + " from 2 to 200");
    final Launch.Ended nobodys = millrace("backtest", "--param", "fast=3");
    assertThat(nobodys.code()).as("%s", nobodys).isEqualTo(2);
    assertThat(nobodys.err()).contains("name one with --strategy");
  }

  @Test
  void aWarmUpSeesEverythingOrdersNothingAndIsNoPartOfTheReport() throws IOException {
    final JsonNode run =
        json(
            millrace(
                "backtest",
                "--strategy",
                "EmaCross",
                "--kind",
                "quote,bar",
                "--from",
                "2015-12-24T15:00:00Z",
                "--to",
                "2015-12-24T17:00:00Z",
                "--trade-after",
                "2015-12-24T16:00:00Z",
                "--json"));
    final Path report = Path.of(run.get("run_dir").asText()).resolve("report");
    final JsonNode tree = JSON.readTree(Files.readString(report.resolve("report.json")));
    // 16:00 and 17:00 UTC; the first bar after the warm-up is stamped a minute later.
    assertThat(tree.at("/run/first_time").asLong()).isEqualTo(1_450_972_860L);
    assertThat(tree.at("/run/last_time").asLong()).isEqualTo(1_450_976_400L);
    final List<String> fills = Files.readAllLines(report.resolve("fills.csv"));
    assertThat(fills.size()).isGreaterThan(1);
    for (final String fill : fills.subList(1, fills.size())) {
      assertThat(Double.parseDouble(fill.substring(0, fill.indexOf(','))))
          .isGreaterThan(1_450_972_800.0);
    }
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
    final JsonNode run = stopped(ended);
    assertThat(ended.problems())
        .as("%s", ended)
        .filteredOn(line -> line.contains("the strategy was stopped there"))
        .singleElement()
        .asString()
        .startsWith("millrace: Throws.java:14: java.lang.ArrayIndexOutOfBoundsException");
    assertThat(Path.of(run.get("run_dir").asText(), "report", "index.html"))
        .content()
        .contains("The strategy was stopped: Throws.java:14: java.lang.ArrayIndexOutOfBounds");
    assertThat(run.get("strategy_stopped").asText())
        .contains("Throws.java:14")
        .contains("ArrayIndexOutOfBoundsException");
    assertThat(run.get("inputs").asInt()).isGreaterThan(280_000);
  }

  @Test
  void endlessLoopIsStoppedByItsBudget() throws IOException {
    final Path file =
        file(
            "Endless", "@Override public void bar(Bar bar) {", "  for (long i = 0; ; i++) {}", "}");
    final JsonNode run = stopped(millrace("backtest", "--strategy", file, "--json"));
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
  void universeThatIsNotReadIsRefusedInOneSentence() throws IOException {
    final Path file = file("Absent", "@Override public void bar(Bar bar) {}");
    Files.writeString(file, Files.readString(file).replace("\"GOOG\"", "\"NOPE\""));
    assertThat(refused("--strategy", file, "--symbol", "goog"))
        .startsWith("millrace: Absent.java:4: the universe of a names NOPE, which --symbol goog");
  }

  @Test
  void universeWithoutDataIsRefusedWithTheLineOfItsBundle() throws IOException {
    final Path file = file("Absent", "@Override public void bar(Bar bar) {}");
    Files.writeString(file, Files.readString(file).replace("\"GOOG\"", "\"GOOG\", \"NOPE\""));
    assertThat(refused("--strategy", file))
        .startsWith("millrace: Absent.java:4: the universe of a names NOPE, of which ");
  }

  @Test
  void barsThatTheDataCannotGiveAreRefusedNotWaitedForInSilence() throws IOException {
    final Path file = file("Fine", "@Override public void bar(Bar bar) {}");
    Files.writeString(file, Files.readString(file).replace("\"1m\"", "\"1s\""));
    assertThat(refused("--strategy", file))
        .startsWith("millrace: Fine.java:4: a waits for bars of 1s, which cannot be made")
        .contains("its bars are of 1m");
    Files.writeString(file, Files.readString(file).replace("\"1s\"", "\"5m\""));
    assertThat(refused("--strategy", file, "--kind", "quote")).contains("neither bars nor trades");
    assertThat(refused("--strategy", file, "--resolution", "1h"))
        .contains("holds nothing sampled by 1h; choose a resolution of 1m");
  }

  @Test
  void presetThatABundleNamesAndThereIsNotIsToldWithItsLine() throws IOException {
    final Path file = file("Typo", "@Override public void bar(Bar bar) {}");
    Files.writeString(file, Files.readString(file).replace("\"touch\"", "\"tuch\""));
    assertThat(refused("--strategy", file))
        .startsWith("millrace: Typo.java:4: there is no venue preset 'tuch'; there are: bar-close");
  }

  @Test
  void slipsOfThePenAreAnsweredWithWhatWasMeant() {
    assertThat(refused("--strategy", "ema-cross")).contains("did you mean EmaCross");
    assertThat(refused("--venu", "touch")).contains("no option --venu; did you mean --venue");
    assertThat(refused("--strategy", temp)).contains("is a directory");
    assertThat(refused("--strategy", "no/Such.java")).contains("there is no file 'no/Such.java'");
    assertThat(refused("--cash", "much")).contains("'much' is no amount").doesNotContain("java.");
    assertThat(refused("--cash", "0")).contains("--cash 0 is not allowed");
    assertThat(refused("--symbol", "aapl")).contains("lean/aapl: does not exist; there is goog");
    assertThat(refused("--source", "leen")).contains("leen: does not exist; there is lean");
  }

  @Test
  void orderOfAStrategyIsExplainedFromIntentToPosition() throws IOException {
    final JsonNode run = json(millrace("backtest", "--strategy", "EmaCross", "--json"));
    final Path directory = Path.of(run.get("run_dir").asText());
    final Launch.Ended list = Launch.millrace("explain", directory, "--json");
    final String order = JSON.readTree(list.out()).get("orders").get(0).get("id").asText();
    final Launch.Ended ended = Launch.millrace("explain", directory, order);
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.out())
        .contains("├─ input ")
        .contains("intent of the strategy ")
        .contains(": approve (open)")
        .contains("new order: ")
        .contains("fill: ")
        .contains("position after")
        .doesNotContain("features, as the engines measured them");
  }

  @Test
  void filesThatAreNamedAreValidatedAlone() throws IOException {
    final Path good = file("Good", "@Override public void bar(Bar bar) {}");
    final Path bad = file("Bad", "@Override public void bar(Bar bar) { Math.random(); }");
    final Launch.Ended ended = Launch.millrace("validate", good, bad, "EmaCross");
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.out().lines().skip(1))
        .containsExactly(
            "Good.java: sound, a on GOOG, called for bar",
            "Bad.java: not sound",
            "EmaCross.java: sound, ema-cross on GOOG, called for bar; parameters fast 10 (2 to 200),"
                + " slow 30 (3 to 1000)");
    assertThat(ended.problems()).singleElement().asString().contains("Bad.java:10: Bad.bar calls");
  }

  /** What a backtest says that is refused at the door, in one sentence, nothing made. */
  private String refused(final Object... arguments) {
    final List<Object> all = new ArrayList<>(List.of(arguments));
    all.add(0, "backtest");
    all.add(1, "--runs");
    all.add(2, temp.resolve("refused"));
    final Launch.Ended ended = Launch.millrace(all.toArray());
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.problems()).as("%s", ended).hasSize(1);
    assertThat(temp.resolve("refused")).doesNotExist();
    return ended.err();
  }

  /** The summary of a run whose strategy was stopped. */
  private static JsonNode stopped(final Launch.Ended ended) throws IOException {
    assertThat(ended.code()).as("%s", ended).isEqualTo(4);
    return JSON.readTree(ended.out());
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
