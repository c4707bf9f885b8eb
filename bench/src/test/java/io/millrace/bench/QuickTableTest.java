package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick table has every row, and none that says nothing. */
@Tag("slow")
final class QuickTableTest {
  private static final int ROWS = 63;
  private static final long MINUTES = 5;

  @TempDir private Path directory;

  @Test
  void quickTableHasEveryRow() throws Exception {
    final Path out = directory.resolve("out.json");
    final Path errors = directory.resolve("errors.txt");
    final List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    final Path root = Path.of(System.getProperty("millrace.root"));
    command.add("@" + root.resolve("tools/bin/jvm.options"));
    if (Runtime.version().feature() >= 24) {
      command.add("@" + root.resolve("tools/bin/jvm-25.options"));
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx2g", "-Dmillrace.root=" + root, "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Bench.class.getName());
    command.addAll(
        List.of("--quick", "--json", "--scratch", directory.resolve("scratch").toString()));
    command.addAll(List.of("--results", directory.resolve("results").toString()));
    final Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();

    final JsonNode report = new ObjectMapper().readTree(out.toFile());
    final TreeSet<String> sections = new TreeSet<>();
    for (final JsonNode row : report.get("rows")) {
      final String name = row.get("section").asText() + " " + row.get("name").asText();
      sections.add(row.get("section").asText());
      assertThat(row.get("best").asDouble()).as(name).isFinite().isNotNegative();
      if (!row.get("unit").asText().equals("B")) {
        assertThat(row.get("best").asDouble()).as(name).isPositive();
      }
      if (!row.get("peerName").asText().isEmpty()) {
        assertThat(row.get("ratio").asDouble()).as(name).isFinite().isPositive();
      }
    }
    final TreeSet<String> expected = new TreeSet<>();
    for (final Section section : Section.values()) {
      expected.add(section.name().toLowerCase(Locale.ROOT));
    }
    assertThat(sections).isEqualTo(expected);
    assertThat(report.get("rows")).hasSize(ROWS);
    assertThat(report.get("machine").get("cpu").asText()).isNotEmpty();
    assertThat(report.toString()).as("no paths in a result").doesNotContain(root.toString());
    final File[] kept = directory.resolve("results").toFile().listFiles();
    assertThat(kept).as("one file for a run").hasSize(1);
    assertThat(directory.resolve("scratch")).as("queues are cleared away").isEmptyDirectory();
  }
}
