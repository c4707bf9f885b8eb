package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code millrace tail}: follows the state files of the newest run, over restarts of the engine.
 */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Follows the state files of the newest run.")
final class TailCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 250;
  private static final int ROWS = 8;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "State files to follow, such as nav_state (default: all)")
  private List<String> files = new ArrayList<>();

  @Option(names = "--runs", defaultValue = "runs", description = "Where runs are (default: runs)")
  private Path runs;

  @Option(names = "--run", paramLabel = "RUN", description = "This run instead of the newest")
  private Path run;

  @Option(names = "--once", description = "What is there now, then end")
  private boolean once;

  @Option(names = "--json", description = "One JSON line a change on stdout")
  private boolean json;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<Path, Long> seen = new TreeMap<>();
  private final Map<String, JsonNode> state = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    RunDirectory following = null;
    while (true) {
      final Optional<RunDirectory> newest =
          run == null ? RunDirectory.latest(runs) : Optional.of(RunDirectory.open(run));
      if (newest.isEmpty() && once) {
        throw new RunException("no run in " + runs + "; `millrace demo` makes one");
      }
      if (newest.isPresent() && !newest.get().equals(following)) {
        following = newest.get();
        seen.clear();
        state.clear();
      }
      if (following != null && changed(following) && !json) {
        print();
      }
      if (once || System.out.checkError()) {
        return ExitCodes.DONE;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Reads what has changed; prints it at once as JSON lines if asked to. */
  private boolean changed(final RunDirectory following) {
    boolean any = false;
    try (Stream<Path> listing = Files.list(following.state())) {
      for (final Path file : listing.sorted().toList()) {
        final String name = name(file);
        if (name == null || (!files.isEmpty() && !files.contains(name))) {
          continue;
        }
        final long modified =
            Files.getLastModifiedTime(file).to(java.util.concurrent.TimeUnit.NANOSECONDS);
        if (modified == seen.getOrDefault(file, 0L)) {
          continue;
        }
        seen.put(file, modified);
        final JsonNode content = mapper.readTree(file.toFile());
        any = true;
        state.put(name, content);
        if (json) {
          final ObjectNode line = mapper.createObjectNode();
          line.put("file", name);
          line.set("state", content);
          System.out.println(line);
        }
      }
    } catch (final IOException e) {
      return any; // replaced or removed under our eyes: the next look sees it
    }
    return any;
  }

  private static String name(final Path file) {
    final String name = file.getFileName().toString();
    return name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : null;
  }

  private void print() {
    final Terminal terminal = Terminal.of(false);
    final StringBuilder text = new StringBuilder();
    if (terminal.interactive() && !once) {
      text.append("\u001b[H\u001b[2J");
    }
    final JsonNode run = state.get("run");
    if (run != null) {
      text.append(terminal.bold("Millrace "))
          .append(run.path("run_id").asText())
          .append("  ")
          .append(run.path("mode").asText())
          .append(", ")
          .append(run.path("topology").asText())
          .append(", ")
          .append(run.path("status").asText())
          .append(run.path("reason").isNull() ? "" : ": " + run.path("reason").asText())
          .append("  event time ")
          .append(Instant.ofEpochSecond(run.path("updated_ts").asLong()))
          .append("  input ")
          .append(Millrace.count(run.path("input_sequence").asLong()))
          .append('\n');
    }
    final JsonNode nav = state.get("nav_state");
    if (nav != null && nav.has("nav")) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nNAV %,.2f  P&L %+,.2f  cash %,.2f  fees %,.2f%n",
              nav.path("nav").asDouble(),
              nav.path("pnl").asDouble(),
              nav.path("cash").asDouble(),
              nav.path("fees").asDouble()));
    }
    rows(
        text,
        "positions_state",
        "positions",
        "symbol",
        "quantity",
        "average_price",
        "realised",
        "fees");
    rows(text, "engine_features", "engines", "symbol", "engine", "regime", "confidence");
    rows(text, "suggestions", "suggestions", "symbol", "layer", "action", "confidence", "reason");
    counts(text, "risk_snapshot", "vetoes_by_check");
    latency(text);
    for (final String file : files) {
      if (state.containsKey(file)) {
        text.append(state.get(file).toPrettyString()).append('\n');
      }
    }
    System.out.print(text);
    System.out.flush();
  }

  private void rows(
      final StringBuilder text, final String file, final String list, final String... fields) {
    final JsonNode node = state.get(file);
    if (node == null || node.path(list).isEmpty() || !files.isEmpty()) {
      return;
    }
    text.append('\n').append(list).append('\n');
    int shown = 0;
    for (final JsonNode row : node.path(list)) {
      if (++shown > ROWS) {
        text.append("  … ").append(node.path(list).size() - ROWS).append(" more\n");
        return;
      }
      text.append("  ");
      for (final String field : fields) {
        text.append(String.format(Locale.ROOT, "%-22s ", cell(row.path(field))));
      }
      text.append('\n');
    }
  }

  private static String cell(final JsonNode value) {
    return value.isDouble() ? String.format(Locale.ROOT, "%.4f", value.asDouble()) : value.asText();
  }

  private void counts(final StringBuilder text, final String file, final String object) {
    final JsonNode node = state.get(file);
    if (node == null || node.path(object).isEmpty() || !files.isEmpty()) {
      return;
    }
    text.append("\nvetoes\n");
    node.path(object)
        .properties()
        .forEach(
            field ->
                text.append(
                    String.format(
                        Locale.ROOT, "  %-22s %d%n", field.getKey(), field.getValue().asLong())));
  }

  private void latency(final StringBuilder text) {
    final JsonNode node = state.get("latency");
    if (node == null || !files.isEmpty()) {
      return;
    }
    text.append("\nlatency, µs              count        p50        p99        max\n");
    node.path("stages")
        .properties()
        .forEach(
            field -> {
              final JsonNode stage = field.getValue();
              if (stage.path("count").asLong() > 0) {
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %-16s %12d %10.2f %10.2f %10.1f%n",
                        field.getKey(),
                        stage.path("count").asLong(),
                        stage.path("p50").asDouble(),
                        stage.path("p99").asDouble(),
                        stage.path("max").asDouble()));
              }
            });
  }
}
