package io.millrace.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.journal.AtomicFile;
import io.millrace.runtime.config.ConfigLoader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures everything and prints one table, ratios first. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description =
        "Measures the engine beside its floors and peers; prints one table, ratios first.")
final class Bench implements Callable<Integer> {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Option(names = "--quick", description = "Every row within a minute; figures of little worth")
  private boolean quick;

  @Option(names = "--json", description = "One JSON object on stdout instead of the table")
  private boolean json;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SECTION",
      description = "Only these: ${COMPLETION-CANDIDATES}")
  private Set<Section> only = EnumSet.allOf(Section.class);

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Where queues are written, on the disk to measure (default: bench/target)")
  private Path scratch;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where the JSON of the run goes (default: bench/results)")
  private Path results;

  @Option(names = "--section", hidden = true, description = "Measures one section, in this JVM")
  private Section section;

  @Option(names = "--out", hidden = true, description = "Where the rows of the section go")
  private Path out;

  public static void main(final String[] arguments) {
    final CommandLine command = new CommandLine(new Bench());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (section != null) {
      JSON.writeValue(out.toFile(), section.rows(new Effort(quick, scratch)));
      return 0;
    }
    final Path root = Path.of(System.getProperty("millrace.root", ".")).toAbsolutePath();
    final Path base = scratch == null ? root.resolve("bench/target") : scratch;
    Files.createDirectories(base);
    final Path work = Files.createTempDirectory(base, "bench");
    try {
      final List<Row> rows = measure(root, work);
      return rows == null ? 1 : report(rows, root);
    } finally {
      RawChronicle.delete(work);
    }
  }

  /** One JVM for each section, so that none inherits another's compiled code or heap. */
  private List<Row> measure(final Path root, final Path work)
      throws IOException, InterruptedException {
    final Path inputs = work.resolve("inputs.bin");
    SampleDay.write(root, ConfigLoader.load(null, List.of()).config(), inputs);
    final List<Row> rows = new ArrayList<>();
    for (final Section each : Section.values()) {
      if (!only.contains(each)) {
        continue;
      }
      final String name = each.name().toLowerCase(Locale.ROOT);
      System.err.println("bench: " + name);
      final Path answer = work.resolve(name + ".json");
      final List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.add("-D" + SampleDay.FILE_PROPERTY + "=" + inputs);
      command.add("-cp");
      command.add(classPath());
      command.add(Bench.class.getName());
      command.addAll(List.of("--section", each.name(), "--out", answer.toString()));
      command.addAll(List.of("--scratch", work.toString()));
      if (quick) {
        command.add("--quick");
      }
      final Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(work.resolve(name + ".log").toFile())
              .start();
      if (process.waitFor() != 0) {
        System.err.println(Files.readString(work.resolve(name + ".log"), StandardCharsets.UTF_8));
        System.err.println("bench: section " + name + " failed; its words are above");
        return null;
      }
      rows.addAll(List.of(JSON.readValue(answer.toFile(), Row[].class)));
    }
    return rows;
  }

  private static String classPath() {
    return System.getProperty("java.class.path", "." + File.pathSeparator);
  }

  private int report(final List<Row> rows, final Path root) throws IOException {
    final Machine machine = Machine.here();
    final double load = Machine.load();
    final Instant now = Instant.now();
    final ObjectNode report = JSON.createObjectNode();
    report.put("time", now.toString());
    report.put("quick", quick);
    report.set("machine", JSON.valueToTree(machine));
    report.put("load_average", load);
    final ArrayNode list = report.putArray("rows");
    for (final Row row : rows) {
      final ObjectNode node = JSON.valueToTree(row);
      node.put("best", row.best());
      if (row.hasPeer()) {
        node.put("peer_best", row.peerBest());
        node.put("ratio", row.ratio());
        node.put("median_ratio", row.medianRatio());
      }
      if (row.goal() != null) {
        node.put("met", row.met());
      }
      list.add(node);
    }
    final Path directory = results == null ? root.resolve("bench/results") : results;
    Files.createDirectories(directory);
    final String name =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(now);
    AtomicFile.write(
        directory.resolve(name + (quick ? "-quick" : "") + ".json"),
        JSON.writeValueAsBytes(report));
    if (json) {
      System.out.println(JSON.writeValueAsString(report));
    } else {
      System.out.println(machine.line());
      System.out.printf(
          Locale.ROOT,
          "load average of the last minute %.1f on %d cores%s%n%n",
          load,
          machine.cores(),
          quick ? "; --quick: every row, figures of little worth" : "");
      Table.print(rows, System.out);
    }
    return 0;
  }
}
