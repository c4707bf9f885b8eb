package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong is refused at the door: a sentence a problem with the place and the remedy, the
 * right exit code, no stack trace, and nothing left behind.
 */
@Tag("slow")
class BadInputTest {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int MAX_LINE = 1_100;
  private static final String CURATED = "tools/data/curated/lean/goog";

  @TempDir private Path temp;
  private Path runs;

  @BeforeEach
  void place() {
    runs = temp.resolve("runs");
  }

  // --- config ---

  @Test
  void everythingWrongWithAConfigIsToldAtOnce() throws IOException {
    final Path file =
        Files.writeString(
            temp.resolve("mine.yaml"),
            """
            engine:
              ring_size: many
            risc:
              max_shares: 3
            risk:
              max_shares: -1
              max_contract: 5
            """);
    final Launch.Ended ended =
        refused(
            USAGE,
            "backtest",
            "--runs",
            runs,
            "--config",
            file,
            "--set",
            "risk.order_notional_pct=-0.5",
            "--set",
            "no.such=1",
            "--set",
            "nonsense");
    assertThat(ended.problems())
        .as("%s", ended)
        .anyMatch(line -> line.contains("mine.yaml:2") && line.contains("engine.ring_size"))
        .anyMatch(line -> line.contains("mine.yaml:3") && line.contains("did you mean risk"))
        .anyMatch(line -> line.contains("mine.yaml:6") && line.contains("risk.max_shares is -1"))
        .anyMatch(line -> line.contains("mine.yaml:7") && line.contains("mean max_contracts"))
        .anyMatch(line -> line.contains("--set") && line.contains("risk.order_notional_pct"))
        .anyMatch(line -> line.contains("--set") && line.contains("unknown key no;"))
        .anyMatch(line -> line.contains("--set nonsense") && line.contains("KEY=VALUE"))
        .hasSize(7);
  }

  @Test
  void configThatIsNoYamlIsRefusedWithItsLine() throws IOException {
    final Path file = Files.writeString(temp.resolve("mine.yaml"), "engine:\n ring: 1\n\tx: {");
    assertThat(refused(USAGE, "validate", "--config", file).err()).contains("mine.yaml:3");
    assertThat(refused(USAGE, "backtest", "--runs", runs, "--config", temp.resolve("none")).err())
        .contains("does not exist");
  }

  @Test
  void numbersOutOfRangeAreRefusedNotWrapped() {
    for (final String set :
        List.of(
            "engine.ring_size=100",
            "engine.ring_size=99999999999999999999",
            "account.initial_cash=\"99999999999999999999999\"",
            "account.initial_cash=.nan",
            "engine.timer_interval=0s",
            "engine.timer_interval=99999999999999d",
            "engine.topology=circle")) {
      final Launch.Ended ended = refused(USAGE, "backtest", "--runs", runs, "--set", set);
      assertThat(ended.problems()).as("%s: %s", set, ended).hasSize(1);
      assertThat(ended.err()).as(set).contains(set.substring(0, set.indexOf('=')));
    }
  }

  // --- arguments ---

  @Test
  void argumentsThatMeanNothingAreRefused() {
    refusedWithOne(USAGE, "nosuch");
    refusedWithOne(USAGE, "backtest", "--nosuch");
    refusedWithOne(USAGE, "run", "--mode", "dream", "--runs", runs);
    for (final String speed : List.of("NaN", "-1", "Infinity", "fast")) {
      assertThat(refusedWithOne(USAGE, "run", "--mode", "paper", "--speed", speed, "--runs", runs))
          .contains("--speed");
    }
    assertThat(refusedWithOne(USAGE, "backtest", "--from", "2015-13-01", "--runs", runs))
        .contains("2015-12-24")
        .doesNotContain("java");
    assertThat(
            refusedWithOne(
                USAGE, "backtest", "--from", "2015-12-25", "--to", "2015-12-24", "--runs", runs))
        .contains("--to");
  }

  @Test
  void sequencesOutsideARunAreRefused() {
    final Path run = Recorded.run();
    final long inputs = Recorded.summary().get("inputs").asLong();
    assertThat(refusedWithOne(USAGE, "replay", run, "--until", inputs + 1))
        .contains("beyond the end")
        .contains(Long.toString(inputs));
    refusedWithOne(USAGE, "replay", run, "--until", 0);
    refusedWithOne(USAGE, "replay", run, "--until", "abc");
    for (final String sequences : List.of("nonsense", "5..2", "-3", "1..x", "..")) {
      assertThat(refusedWithOne(USAGE, "journal", "cat", run, "--seq", sequences))
          .contains("--seq");
    }
    refusedWithOne(USAGE, "journal", "cat", run, "--template", "nosuch");
    assertThat(refusedWithOne(USAGE, "journal", "cat", run, "--instrument", "nosuch"))
        .contains("no instrument nosuch; the run has 2,193, such as GOOG, GOOG  151224C00590000");
    refusedWithOne(FAILED, "explain", run, "nope");
    refusedWithOne(FAILED, "explain", run, "1.99");
  }

  @Test
  void hostileNamesCannotReachTheFileSystemOrTheTerminal() {
    for (final String symbol :
        List.of("../goog", "/etc/passwd", "a".repeat(5_000), "go\u001b[31mog", "go\nog", "", "…")) {
      final String told = refusedWithOne(USAGE, "backtest", "--symbol", symbol, "--runs", runs);
      assertThat(told).contains("--symbol").doesNotContain("\u001b");
    }
    assertThat(refusedWithOne(USAGE, "backtest", "--source", "../..", "--runs", runs))
        .contains("--source");
    assertThat(refusedWithOne(USAGE, "replay", "x\u001b]0;title\u0007\n/../y"))
        .contains("not a run");
    refused(USAGE, "backtest", "--set", "risk.\u001b[2J=1", "--runs", runs);
  }

  // --- stdout ---

  @Test
  void outputThatCannotBeWrittenIsAFailureAndSaid() {
    final Path full = Path.of("/dev/full");
    assumeThat(full).as("SKIPPED: no full device here").exists();
    final Path run = Recorded.run();
    for (final List<?> command :
        List.of(
            List.of("--version"),
            List.of("validate"),
            List.of("journal", "stat", run, "--json"),
            List.of("journal", "cat", run),
            List.of("explain", run),
            List.of("replay", run, "--until", 1_000))) {
      final Launch.Ended ended = new Launch().to(full).run(command.toArray());
      assertThat(ended.code()).as("%s: %s", command, ended).isEqualTo(FAILED);
      assertThat(ended.problems()).as("%s: %s", command, ended).hasSize(1);
      assertThat(ended.err()).contains("could be written to stdout").contains("; give it a place");
    }
  }

  // --- places ---

  @Test
  void directoryThatCannotBeWrittenIsRefused() throws IOException {
    final Path file = Files.writeString(temp.resolve("file"), "");
    assertThat(refusedWithOne(FAILED, "backtest", "--runs", file.resolve("runs")))
        .contains("--runs");
    assertThat(refusedWithOne(FAILED, "run", "--mode", "paper", "--runs", file)).contains("--runs");
    assertThat(refusedWithOne(FAILED, "backtest", "--runs", "/proc/millrace"))
        .contains("/proc/millrace cannot be made or is no directory (the file system takes no")
        .doesNotContain("Exception");
    final Path lean = lean("93600000,10000,10100,9900,10050,100\n");
    refusedWithOne(USAGE, "import", "lean", lean, "--out", file.resolve("out"));
  }

  // --- data ---

  @Test
  void truncatedZipIsRefused() throws IOException {
    final Path lean = lean("34200000,10000,10100,9900,10050,100\n".repeat(200));
    final Path zip = lean.resolve("equity/usa/minute/goog/20151224_trade.zip");
    final byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    final Path out = temp.resolve("out");
    assertThat(refused(USAGE, "import", "lean", lean, "--out", out).err())
        .contains("20151224_trade.zip");
    assertThat(tree(out)).isEmpty();
  }

  @Test
  void badRowIsRefusedWithItsLine() throws IOException {
    final Path lean =
        lean(
            "34200000,7500000,7500000,7500000,7500000,100\n"
                + "34260000,seven,7500000,7500000,7500000,100\n"
                + "34320000,7500000,7500000,7500000,7500000,-1\n");
    final Path out = temp.resolve("out");
    final Launch.Ended ended = refused(USAGE, "import", "lean", lean, "--out", out);
    assertThat(ended.err()).contains("20151224_trade.zip").contains("line 2").contains("line 3");
    assertThat(tree(out)).isEmpty();
  }

  @Test
  void parquetWithoutAColumnIsRefused() throws Exception {
    final Path data = sample();
    final Path file = data.resolve("lean/goog/quote_1m/2015-12-24.parquet");
    sql(
        "COPY (SELECT * EXCLUDE (bid) FROM '"
            + Launch.ROOT.resolve(CURATED + "/quote_1m/2015-12-24.parquet")
            + "') TO '"
            + file
            + "' (FORMAT parquet)");
    assertThat(refused(USAGE, "backtest", "--data", data, "--runs", runs).err())
        .contains("2015-12-24.parquet")
        .contains("bid");
  }

  @Test
  void parquetThatIsCutOffIsRefused() throws Exception {
    final Path data = sample();
    final Path file = data.resolve("lean/goog/option_quote_1m/2015-12-24.parquet");
    final byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(refused(USAGE, "backtest", "--data", data, "--runs", runs).err())
        .contains("2015-12-24.parquet");
  }

  @Test
  void dataThatIsNotThereIsRefused() {
    assertThat(refusedWithOne(USAGE, "backtest", "--data", temp.resolve("none"), "--runs", runs))
        .contains("does not exist");
    refusedWithOne(USAGE, "backtest", "--symbol", "msft", "--runs", runs);
    refusedWithOne(USAGE, "backtest", "--from", "2016-01-01", "--runs", runs);
    refusedWithOne(USAGE, "import", "lean", temp.resolve("none"), "--out", temp.resolve("out"));
  }

  private String refusedWithOne(final int code, final Object... arguments) {
    final Launch.Ended ended = refused(code, arguments);
    assertThat(ended.problems()).as("%s: %s", List.of(arguments), ended).hasSize(1);
    return ended.err();
  }

  private Launch.Ended refused(final int code, final Object... arguments) {
    final List<String> before = tree(temp);
    final Launch.Ended ended = new Launch().jvm("-XX:TieredStopAtLevel=1").run(arguments);
    final String told = List.of(arguments) + ": " + ended;
    assertThat(ended.code()).as(told).isEqualTo(code);
    assertThat(ended.problems())
        .as(told)
        .isNotEmpty()
        .allMatch(line -> line.startsWith("millrace: "))
        .allMatch(line -> line.length() < MAX_LINE);
    assertThat(ended.err()).as(told).doesNotContain("\tat ").doesNotContain("fault of the program");
    assertThat(tree(temp)).as("left behind by %s", told).isEqualTo(before);
    return ended;
  }

  /** Everything below a directory but the directory. */
  private static List<String> tree(final Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(directory::relativize).map(Path::toString).sorted().skip(1).toList();
    } catch (final IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A LEAN folder with one zip of minute trades. */
  private Path lean(final String rows) throws IOException {
    final Path lean = temp.resolve("lean");
    final String day = "[{\"start\":\"09:30:00\",\"end\":\"16:00:00\",\"state\":\"market\"}]";
    final StringBuilder hours =
        new StringBuilder(
            "{\"entries\":{\"Equity-usa-[*]\":{\"exchangeTimeZone\":\"America/New_York\"");
    for (final String name : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
      hours.append(",\"").append(name).append("\":").append(day);
    }
    hours.append(",\"saturday\":[],\"sunday\":[],\"holidays\":[],\"earlyCloses\":{}}");
    final String equity = hours.substring("{\"entries\":{".length());
    write(
        lean.resolve("market-hours/market-hours-database.json"),
        "{\"entries\":{" + equity + "," + equity.replace("Equity", "Option") + "}}");
    write(
        lean.resolve("symbol-properties/symbol-properties-database.csv"),
        """
        market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size
        usa,[*],option,,USD,100,0.01,1
        usa,[*],equity,,USD,1,0.01,1
        """);
    final Path zip = lean.resolve("equity/usa/minute/goog/20151224_trade.zip");
    Files.createDirectories(zip.getParent());
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("20151224_goog_minute_trade.csv"));
      entries.write(rows.getBytes(StandardCharsets.US_ASCII));
      entries.closeEntry();
    }
    return lean;
  }

  private static void write(final Path file, final String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A copy of the sample day that a test may damage. */
  private Path sample() throws IOException {
    final Path data = temp.resolve("data");
    final Path from = Launch.ROOT.resolve(CURATED);
    final List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(from)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (final Path file : files) {
      final Path to = data.resolve("lean/goog").resolve(from.relativize(file).toString());
      Files.createDirectories(to.getParent());
      Files.copy(file, to);
    }
    return data;
  }

  private static void sql(final String statement) throws SQLException {
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        Statement run = database.createStatement()) {
      run.execute(statement);
    }
  }
}
