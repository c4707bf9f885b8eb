package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tools.data.SweepStore;
import io.millrace.tools.sweep.KeptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps as a user runs them, on the day that ships with the project. */
class SweepRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SIX =
      List.of(
          "sweep",
          "--strategy",
          "EmaCross",
          "--kind",
          "quote,bar",
          "--param",
          "fast=5,10",
          "--param",
          "slow=20,30,50");

  @TempDir private static Path shared;
  private static JsonNode six;
  private static SortedMap<Long, KeptRun> runs;

  @TempDir private Path temp;

  @BeforeAll
  static void sweepSixCombinations() {
    six = sweep(shared, SIX, "--jobs", "2");
    runs = kept(six);
  }

  private static JsonNode sweep(final Path to, final List<String> command, final String... more) {
    final Launch.Ended ended = launch(to, command, more);
    assertThat(ended.code()).as("%s", ended).isZero();
    return Recorded.json(ended.out());
  }

  private static Launch.Ended launch(
      final Path to, final List<String> command, final String... more) {
    return Launch.millrace(arguments(to, command, more));
  }

  private static Object[] arguments(
      final Path to, final List<String> command, final String... more) {
    final List<Object> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    all.addAll(List.of("--sweeps", to, "--json"));
    return all.toArray();
  }

  private static Path directory(final JsonNode tree) {
    return Path.of(tree.get("directory").asText());
  }

  private static SortedMap<Long, KeptRun> kept(final JsonNode tree) {
    try (SweepStore store = SweepStore.open(directory(tree).resolve("results.duckdb"))) {
      return store.runs();
    }
  }

  /** Runs what a row says alone; its report. */
  private JsonNode alone(final KeptRun run) throws IOException {
    final List<Object> arguments =
        new ArrayList<>(
            List.of(run.command().substring("tools/bin/millrace ".length()).split(" ", -1)));
    arguments.addAll(List.of("--runs", temp.resolve("alone-" + run.row()), "--json"));
    final Launch.Ended ended = Launch.millrace(arguments.toArray());
    assertThat(ended.code()).as("%s", ended).isZero();
    return JSON.readTree(
        Path.of(Recorded.json(ended.out()).get("run_dir").asText())
            .resolve("report/report.json")
            .toFile());
  }

  private static void numbersEqual(final KeptRun run, final JsonNode report) {
    assertThat(run.decisionsDigest()).isEqualTo(report.at("/reproduce/decisions_digest").asText());
    assertThat(run.metrics()).hasSizeGreaterThan(60).containsKey("statistics.net_profit");
    run.metrics()
        .forEach(
            (name, value) ->
                assertThat(report.at("/" + name.replace('.', '/')).doubleValue())
                    .as(name)
                    .isEqualTo(value));
  }

  @Test
  void aRowHasTheNumbersOfTheSameBacktestAlone() throws IOException {
    assertThat(runs).hasSize(6);
    assertThat(runs.values()).allMatch(KeptRun::done);
    assertThat(runs.values().stream().map(KeptRun::decisionsDigest)).doesNotHaveDuplicates();
    numbersEqual(runs.get(4L), alone(runs.get(4L)));
    assertThat(six.at("/sweep/combinations").asInt()).isEqualTo(6);
    assertThat(six.at("/best/0/objective").asDouble())
        .isEqualTo(
            runs.values().stream()
                .mapToDouble(run -> run.metrics().get("statistics.sharpe"))
                .max()
                .orElseThrow());
  }

  @Test
  void resultsDoNotDependOnHowManyRunAtATimeNorOnShards() throws IOException {
    final Path halves = temp.resolve("halves");
    sweep(halves, SIX, "--shard", "1/2", "--jobs", "1");
    sweep(halves, SIX, "--shard", "2/2", "--jobs", "3");
    final JsonNode whole = sweep(halves, SIX);
    assertThat(kept(whole)).isEqualTo(runs);
    // Nothing was left to run when the shards were taken in.
    assertThat(Files.exists(directory(whole).resolve("running-results"))).isFalse();
    for (final String same : List.of("best", "heat_maps", "deflated_sharpe", "spread")) {
      assertThat(whole.get(same)).as(same).isEqualTo(six.get(same));
    }
  }

  @Test
  void theResultsAreThereForQueries() throws Exception {
    final Path copy =
        Files.copy(directory(six).resolve("results.duckdb"), temp.resolve("copy.duckdb"));
    try (var database = java.sql.DriverManager.getConnection("jdbc:duckdb:" + copy);
        var statement = database.createStatement();
        var row =
            statement.executeQuery(
                "SELECT parameters, sharpe, trades FROM results ORDER BY sharpe DESC LIMIT 1")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1))
          .isEqualTo(
              "fast="
                  + six.at("/best/0/parameters/fast").asText()
                  + " slow="
                  + six.at("/best/0/parameters/slow").asText());
      assertThat(row.getDouble(2)).isEqualTo(six.at("/best/0/sharpe").asDouble());
    }
  }

  @Test
  void aSweepThatWasKilledGoesOnAndRunsNothingTwice() throws Exception {
    final Launch.Child child = new Launch().start(arguments(temp, SIX, "--jobs", "1"));
    final List<ProcessHandle> workers = new ArrayList<>();
    final Set<String> seen = new HashSet<>();
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    // One at a time: when a third run begins, two are kept.
    while (seen.size() < 3 && System.nanoTime() < end) {
      Thread.sleep(10);
      seen.addAll(running(temp));
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
    child.process().descendants().forEach(workers::add);
    child.kill();
    for (final ProcessHandle worker : workers) {
      worker.onExit().get(30, TimeUnit.SECONDS); // its stdin has ended
    }
    final Path results;
    try (Stream<Path> sweeps = Files.list(temp)) {
      results = sweeps.findFirst().orElseThrow().resolve("results.duckdb");
    }
    final List<String> before = elapsed(results);
    assertThat(before.size()).isBetween(2, 5);
    final JsonNode whole = sweep(temp, SIX, "--jobs", "2");
    assertThat(kept(whole)).isEqualTo(runs);
    assertThat(elapsed(results)).hasSize(6).containsAll(before);
    assertThat(running(temp)).isEmpty();
  }

  private static Set<String> running(final Path sweeps) throws IOException {
    final Set<String> names = new HashSet<>();
    try (Stream<Path> all = Files.walk(sweeps, 3)) {
      all.filter(path -> path.getParent().getFileName().toString().startsWith("running-"))
          .forEach(path -> names.add(path.getFileName().toString()));
    } catch (final java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
      return names; // a run that was just deleted
    }
    return names;
  }

  /** Row and clock time of each run that is kept: a run that is run again has another. */
  private static List<String> elapsed(final Path results) throws Exception {
    final List<String> rows = new ArrayList<>();
    try (var database = java.sql.DriverManager.getConnection("jdbc:duckdb:" + results);
        var statement = database.createStatement();
        var row = statement.executeQuery("SELECT \"row\", elapsed_s FROM runs")) {
      while (row.next()) {
        rows.add(row.getLong(1) + " " + row.getDouble(2));
      }
    }
    return rows;
  }

  @Test
  void aProcessThatIsKilledIsOneFailedRowAndCanBeRetried() throws Exception {
    final Launch.Child child = new Launch().start(arguments(temp, SIX, "--jobs", "1"));
    final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (running(temp).isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    child.process().descendants().forEach(ProcessHandle::destroyForcibly);
    final Launch.Ended ended = child.await();
    assertThat(ended.code()).as("%s", ended).isZero();
    final JsonNode tree = Recorded.json(ended.out());
    assertThat(tree.at("/runs/failed").asInt()).isEqualTo(1);
    assertThat(tree.at("/runs/done").asInt()).isEqualTo(5);
    assertThat(tree.at("/failures/0/reason").asText())
        .isEqualTo("its process was killed by signal 9");
    assertThat(sweep(temp, SIX).at("/runs/failed").asInt()).as("not again by itself").isEqualTo(1);
    assertThat(kept(sweep(temp, SIX, "--retry"))).isEqualTo(runs);
  }

  @Test
  void aStrategyThatBreaksForOneValueIsOneRowWithItsReason() throws IOException {
    final Path file = temp.resolve("Breaks.java");
    Files.writeString(
        file,
        """
        import io.millrace.core.strategy.*;
        public final class Breaks implements Strategy {
          Breaks(Parameters values) {
            if (values.whole("x") == 3) {
              throw new IllegalStateException("three is too many");
            }
          }
          public static StrategyBundle bundle() {
            return StrategyBundle.named("breaks").universe("GOOG").param("x", 1, 1, 4)
                .create(Breaks::new);
          }
        }
        """);
    final JsonNode tree =
        sweep(
            temp,
            List.of("sweep", "--strategy", file.toString(), "--kind", "quote,bar"),
            "--param",
            "x=1:4:1",
            "--objective",
            "return");
    assertThat(tree.at("/runs/done").asInt()).isEqualTo(3);
    assertThat(tree.at("/runs/stopped").asInt()).isEqualTo(1);
    assertThat(tree.at("/failures/0/reason").asText())
        .contains("the strategy was stopped: Breaks.java:5: ", "three is too many");
    assertThat(tree.at("/failures/0/command").asText()).contains("--param x=3");
  }

  @Test
  void aWalkForwardTestsOnWhatItWasNotChosenOn() throws IOException {
    final JsonNode tree =
        sweep(
            temp,
            List.of("sweep", "--strategy", "EmaCross", "--kind", "quote,bar"),
            "--param",
            "fast=5,10",
            "--param",
            "slow=20,30",
            "--walk-forward",
            "2",
            "--objective",
            "return");
    final SortedMap<Long, KeptRun> all = kept(tree);
    assertThat(all).hasSize(2 * 4 + 2);
    for (final JsonNode fold : tree.get("folds")) {
      final int number = fold.get("fold").asInt();
      final List<KeptRun> trained =
          all.values().stream()
              .filter(run -> run.stage().equals("train") && run.fold() == number)
              .toList();
      assertThat(trained).hasSize(4);
      double best = Double.NEGATIVE_INFINITY;
      for (final KeptRun run : trained) {
        best = Math.max(best, run.metrics().get("statistics.total_return"));
        assertThat(run.metrics().get("run.last_time"))
            .isLessThanOrEqualTo(fold.get("train_until").asDouble());
      }
      assertThat(fold.get("in_sample").asDouble()).isEqualTo(best);
      final KeptRun test =
          all.values().stream()
              .filter(run -> run.stage().equals("test") && run.fold() == number)
              .findFirst()
              .orElseThrow();
      assertThat(test.combination()).isEqualTo(fold.get("combination").asInt());
      assertThat(test.metrics().get("run.first_time"))
          .isGreaterThan(fold.get("test_after").asDouble());
      assertThat(test.metrics().get("run.last_time"))
          .isLessThanOrEqualTo(fold.get("test_until").asDouble());
      assertThat(fold.get("train_until").asDouble()).isLessThan(fold.get("test_after").asDouble());
      numbersEqual(test, alone(test));
    }
    final double chained =
        (1 + tree.at("/folds/0/total_return").asDouble())
                * (1 + tree.at("/folds/1/total_return").asDouble())
            - 1;
    assertThat(tree.at("/walk_forward/total_return").asDouble())
        .isCloseTo(chained, org.assertj.core.api.Assertions.within(1e-12));
    // Another objective judges the same runs anew: only a test of another choice is run.
    final JsonNode again =
        sweep(
            temp,
            List.of("sweep", "--strategy", "EmaCross", "--kind", "quote,bar"),
            "--param",
            "fast=5,10",
            "--param",
            "slow=20,30",
            "--walk-forward",
            "2",
            "--objective",
            "drawdown");
    assertThat(directory(again)).isEqualTo(directory(tree));
    assertThat(kept(again)).containsAllEntriesOf(all);
  }

  /** LEAN's 23 daily years of SPY; one of the rows is the figure that a plain loop has. */
  @Test
  void settingsAndPresetsVaryOverRealYearsAndARowHasTheKnownResult() {
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
    final JsonNode tree =
        sweep(
            temp,
            List.of(
                "sweep",
                "--strategy",
                Launch.ROOT.resolve("tools/src/test/strategies/DailyCross.java").toString(),
                "--data",
                curated.toString(),
                "--resolution",
                "1d",
                "--cash",
                "100000"),
            "--param",
            "venue=next-open+fees-per-share+mark-last,bar-close+fees-per-share+mark-last",
            "--param",
            "policies.sizing.max_gross_exposure=0.5,1");
    final SortedMap<Long, KeptRun> all = kept(tree);
    assertThat(all).hasSize(4);
    assertThat(all.values()).allMatch(KeptRun::done);
    final KeptRun known = all.get(1L);
    assertThat(known.command())
        .endsWith(
            "--venue next-open,fees-per-share,mark-last --set policies.sizing.max_gross_exposure=1");
    assertThat(known.metrics())
        .containsEntry("gate.fills", 153.0)
        .containsEntry("costs.fees", 533.7)
        .containsEntry("statistics.end_equity", 175_785.84);
    assertThat(all.get(0L).metrics().get("exposure.max_gross"))
        .isLessThan(known.metrics().get("exposure.max_gross"));
    assertThat(tree.at("/heat_maps/0/cells").size()).isEqualTo(2);
  }

  @Test
  void whatCannotBeSweptIsToldInOneSentenceAndNothingIsMade() {
    refused(
        "has no parameter fsat; it has fast, slow", "--strategy", "EmaCross", "--param", "fsat=5");
    refused(
        "parameter fast of ema-cross is 1: must be a whole number from 2 to 200",
        "--strategy",
        "EmaCross",
        "--param",
        "fast=1:9:2");
    refused("unknown key risk.nothing", "--strategy", "EmaCross", "--param", "risk.nothing=5,6");
    refused(
        "too short for a purge of 1 d",
        "--strategy",
        "EmaCross",
        "--param",
        "fast=5,6",
        "--walk-forward",
        "2",
        "--purge",
        "1d");
  }

  private void refused(final String words, final String... options) {
    final Path nowhere = temp.resolve("nowhere");
    final Launch.Ended ended = launch(nowhere, List.of("sweep"), options);
    assertThat(ended.code()).as("%s", ended).isEqualTo(2);
    assertThat(ended.err()).contains(words);
    assertThat(ended.problems()).as("%s", ended).hasSize(1);
    assertThat(nowhere).doesNotExist();
  }
}
