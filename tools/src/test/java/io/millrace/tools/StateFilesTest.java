package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.codecs.AlertCode;
import io.millrace.codecs.DataFault;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.publish.StateManifest;
import io.millrace.runtime.run.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the state files of a run of the sample day against manifest and schemas. */
final class StateFilesTest {
  private static final String STRATEGY_LOG = "strategy.jsonl";
  private static Path strategyLog;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @TempDir private static Path runs;
  private static RunDirectory run;

  @BeforeAll
  static void runTheSampleDay() {
    printed("backtest", "--runs", runs.toString(), "--json");
    run = RunDirectory.latest(runs).orElseThrow();
  }

  /** What a command prints on stdout; it must succeed. */
  private static String printed(final String... command) {
    final PrintStream out = System.out;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(Millrace.execute(command)).isZero();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Only a run with a strategy has one. */
  private static Path strategyLog() throws IOException {
    if (strategyLog == null) {
      final Launch.Ended ended =
          Launch.millrace(
              "backtest",
              "--json",
              "--runs",
              run.path().resolveSibling("strategy"),
              "--strategy",
              Launch.ROOT.resolve("tools/src/test/strategies/PutToTheClose.java"));
      final Path state = Path.of(JSON.readTree(ended.out()).get("run_dir").asText(), "state");
      strategyLog = state.resolve(STRATEGY_LOG);
    }
    return strategyLog;
  }

  private static List<JsonNode> documents(final String file) throws IOException {
    final Path path = file.equals(STRATEGY_LOG) ? strategyLog() : run.state().resolve(file);
    if (file.endsWith(".json")) {
      return List.of(JSON.readTree(path.toFile()));
    }
    final List<JsonNode> lines = new ArrayList<>();
    for (final String line : Files.readAllLines(path)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** What positions show adds up to what the account has gained, whatever they are marked by. */
  @ParameterizedTest
  @ValueSource(strings = {"mark-mid", "mark-last", "mark-touch"})
  void positionsAreShownAtThePortfoliosMark(final String rule) throws IOException {
    final JsonNode summary =
        JSON.readTree(
            printed(
                "backtest",
                "--json",
                "--strategy",
                "BuyAndHold",
                "--venue",
                "touch," + rule,
                "--runs",
                runs.resolve(rule).toString()));
    final Path state = Path.of(summary.get("run_dir").asText(), "state");
    BigDecimal unrealised = BigDecimal.ZERO;
    for (final JsonNode position :
        JSON.readTree(state.resolve("positions_state.json").toFile()).get("positions")) {
      assertThat(position.get("mark").isNumber()).as("%s", position).isTrue();
      unrealised = unrealised.add(position.get("unrealised").decimalValue());
    }
    assertThat(unrealised)
        .isNotZero()
        .isEqualByComparingTo(
            JSON.readTree(state.resolve("nav_state.json").toFile())
                .get("unrealised")
                .decimalValue());
  }

  @Test
  void everyFileOfARealRunIsInTheManifestAndTheOtherWayRound() throws IOException {
    final TreeSet<String> named = new TreeSet<>();
    StateManifest.read().get("files").forEach(file -> named.add(file.get("file").asText()));
    named.remove(STRATEGY_LOG);
    try (Stream<Path> files = Files.list(run.state())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void everyDocumentOfARealRunFitsItsSchema() throws IOException {
    final Path config = Project.root().resolve("config");
    final List<String> wrong = new ArrayList<>();
    for (final JsonNode file : StateManifest.read().get("files")) {
      final Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(
                  Files.readString(config.resolve(file.get("schema").asText())), InputFormat.JSON);
      final List<JsonNode> documents = documents(file.get("file").asText());
      assertThat(documents).as(file.get("file").asText()).isNotEmpty();
      for (final JsonNode document : documents) {
        schema
            .validate(document)
            .forEach(error -> wrong.add(file.get("file").asText() + ": " + error));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void schemasRefuseWhatIsNotStateOfARun() throws IOException {
    final Path config = Project.root().resolve("config");
    for (final JsonNode file : StateManifest.read().get("files")) {
      final Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(
                  Files.readString(config.resolve(file.get("schema").asText())), InputFormat.JSON);
      assertThat(schema.validate(JSON.readTree("{}"))).as("%s", file.get("file")).isNotEmpty();
      final JsonNode more =
          ((com.fasterxml.jackson.databind.node.ObjectNode)
                  documents(file.get("file").asText()).get(0).deepCopy())
              .put("surprise", 1);
      assertThat(schema.validate(more)).as("%s", file.get("file")).isNotEmpty();
    }
  }

  @Test
  void contentIsAFunctionOfTheLogAtItsInputSequence() throws IOException {
    final long inputs = Manifest.read(run).end().inputs();
    final JsonNode replayed =
        JSON.readTree(printed("replay", run.path().toString(), "--until", Long.toString(inputs)));
    int compared = 0;
    for (final JsonNode file : StateManifest.read().get("files")) {
      final String name = file.get("file").asText().replace(".json", "");
      if (replayed.has(name)) {
        compared++;
        assertThat(JSON.writeValueAsString(replayed.get(name)))
            .as(name)
            .isEqualTo(JSON.writeValueAsString(documents(name + ".json").get(0)));
      }
    }
    assertThat(compared).isEqualTo(9);
  }

  @Test
  void schemasOfAlertsKnowEveryCodeAndFault() throws IOException {
    final Path state = Project.root().resolve("config/schemas/state");
    final JsonNode alerts = JSON.readTree(state.resolve("alerts.schema.json").toFile());
    final JsonNode diagnostics = JSON.readTree(state.resolve("diagnostics.schema.json").toFile());
    final List<String> codes = names(AlertCode.values());
    final List<String> faults = names(DataFault.values());
    assertThat(words(alerts.at("/properties/code/enum"))).isEqualTo(codes);
    assertThat(words(alerts.at("/properties/fault/enum"))).isEqualTo(faults);
    assertThat(words(diagnostics.at("/properties/alerts/propertyNames/enum"))).isEqualTo(codes);
    assertThat(words(diagnostics.at("/properties/data_faults/propertyNames/enum")))
        .isEqualTo(faults);
  }

  private static List<String> names(final Enum<?>... codes) {
    return Stream.of(codes)
        .map(code -> code.name().toLowerCase(Locale.ROOT))
        .filter(name -> !name.equals("null_val"))
        .toList();
  }

  private static List<String> words(final JsonNode list) {
    final List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  @Test
  void manifestNamesEveryFileThatWasReadWithItsHash() throws IOException {
    final List<Manifest.SourceFile> files = Manifest.read(run).data().files();
    assertThat(files)
        .extracting(Manifest.SourceFile::path)
        .containsExactly(
            "lean/goog/instrument/2015-12-24.parquet",
            "lean/goog/open_interest/2015-12-24.parquet",
            "lean/goog/quote_1m/2015-12-24.parquet",
            "lean/goog/option_quote_1m/2015-12-24.parquet",
            "lean/goog/bar_1m/2015-12-24.parquet",
            "lean/goog/option_trade_1m/2015-12-24.parquet");
    for (final Manifest.SourceFile file : files) {
      assertThat(Files.readString(Project.curated().resolve(file.path() + ".sha256")))
          .startsWith(file.sha256());
    }
  }

  @Test
  void tailShowsTheRunWithinAHundredColumns() {
    final String shown = printed("tail", "--once", "--runs", runs.toString());
    assertThat(shown).contains(run.id(), "NAV ", "position", "engine", "suggestion", "gate: ");
    assertThat(shown.lines()).allMatch(line -> line.length() <= 100, "at most 100 columns");
    assertThat(printed("tail", "--once", "--json", "--runs", runs.toString(), "nav_state").lines())
        .singleElement()
        .satisfies(line -> assertThat(JSON.readTree(line).at("/state/nav").isNumber()).isTrue());
  }
}
