package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the stages took: from the run's {@code state/latency.json}, and percentile files ({@code
 * *.hgrm}, as HdrHistogram writes them, microseconds) beside the report. Clock times: the only part
 * of a report that differs from one execution to the next.
 */
final class Latency {
  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p999", "max");
  private static final double[] SHARES = {0.5, 0.9, 0.99, 0.999, 1};

  private Latency() {}

  static void write(final RunDirectory run, final ObjectNode node) {
    node.put("unit", "microseconds");
    final ArrayNode rows = node.putArray("stages");
    final Path state = run.state().resolve("latency.json");
    try {
      if (Files.isRegularFile(state)) {
        final JsonNode stages = new ObjectMapper().readTree(state.toFile()).path("stages");
        stages
            .properties()
            .forEach(
                stage -> {
                  if (stage.getValue().path("count").asLong() > 0) {
                    final ObjectNode row = rows.addObject();
                    row.put("stage", stage.getKey());
                    row.set("count", stage.getValue().get("count"));
                    PERCENTILES.forEach(name -> row.set(name, stage.getValue().get(name)));
                  }
                });
      }
      for (final Path file : histograms(run.report())) {
        percentiles(file, rows);
      }
    } catch (final IOException e) {
      throw new RunException(
          "a latency file of " + run.path() + " is not readable (" + e.getMessage() + ")", e);
    }
  }

  private static List<Path> histograms(final Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".hgrm")).sorted().toList();
    }
  }

  /** Lines of value, percentile, count and 1/(1-percentile). */
  private static void percentiles(final Path file, final ArrayNode rows) throws IOException {
    final double[] found = new double[SHARES.length];
    int next = 0;
    long count = 0;
    double last = 0;
    for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      final String[] cells = line.strip().split("\\s+", -1);
      if (cells.length < 3 || !cells[0].matches("[0-9.]+")) {
        continue;
      }
      last = Double.parseDouble(cells[0]);
      final double share = Double.parseDouble(cells[1]);
      count = Long.parseLong(cells[2]);
      while (next < SHARES.length && share >= SHARES[next]) {
        found[next++] = last;
      }
    }
    if (count == 0) {
      return;
    }
    final ObjectNode row = rows.addObject();
    final String name = file.getFileName().toString();
    row.put("stage", name.substring(0, name.length() - ".hgrm".length()));
    row.put("count", count);
    for (int i = 0; i < SHARES.length; i++) {
      row.put(PERCENTILES.get(i), i < next ? found[i] : last);
    }
  }
}
