package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.publish.StateManifest;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
  private static final int WIDTH = 98;
  private static final String ENDING = ".json";
  private static final String GONE =
      "its process ended without an end, killed or with its machine; the last that it wrote stands";
  private static final Set<String> SHOWN_LIMITS =
      Set.of("gross_exposure", "net_exposure", "drawdown", "open_orders");

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
  private boolean over;
  private boolean killed;

  @Override
  public Integer call() throws InterruptedException {
    files = files.stream().map(TailCommand::known).toList();
    Path following = null;
    boolean waiting = false;
    while (true) {
      final RunDirectory newest = newest();
      if (newest == null && once) {
        throw new RunException("no run in " + runs + "; `millrace demo` makes one");
      }
      if (newest == null && !waiting) {
        waiting = true;
        System.err.println(
            Terminal.plain("millrace: no run in " + runs + " yet; waiting for one (Ctrl-C ends)"));
      }
      if (newest != null && !newest.path().equals(following)) {
        following = newest.path();
        seen.clear();
        state.clear();
        over = false;
        killed = false;
      }
      if (newest != null) {
        final boolean changed = changed(newest);
        if ((nowKilled(newest) || changed) && !json) {
          print();
        }
      }
      if (once && state.isEmpty()) {
        throw new RunException(
            "run " + newest.id() + " has written no such state file; look again later");
      }
      if (once || System.out.checkError()) {
        return ExitCodes.DONE;
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private RunDirectory newest() {
    if (run != null) {
      return RunDirectory.open(run);
    }
    return Files.isDirectory(runs) ? RunDirectory.latest(runs).orElse(null) : null;
  }

  /**
   * Whether the process of a run has just been found gone without an end. Its last state file says
   * that it runs, and always will; the lock that it held says the truth.
   */
  private boolean nowKilled(final RunDirectory following) {
    if (over || Project.running(following)) {
      return false;
    }
    over = true;
    killed = Manifest.read(following).end() == null;
    if (killed && json) {
      System.err.println("millrace: run " + following.id() + " is not running: " + GONE);
      if (state.containsKey("run")) {
        tell("run", state.get("run"));
      }
    }
    return killed;
  }

  private void tell(final String name, final JsonNode content) {
    final ObjectNode line = mapper.createObjectNode();
    line.put("file", name);
    if (killed) {
      line.put("killed", true);
    }
    line.set("state", content);
    System.out.println(Terminal.json(line.toString()));
  }

  /** A state file by its name, with or without ending. */
  private static String known(final String asked) {
    final String name =
        asked.endsWith(ENDING) ? asked.substring(0, asked.length() - ENDING.length()) : asked;
    final List<String> all = new ArrayList<>();
    for (final JsonNode file : StateManifest.read().get("files")) {
      if (file.get("file").asText().endsWith(ENDING)) {
        all.add(file.get("file").asText().replace(ENDING, ""));
      }
    }
    if (!all.contains(name)) {
      throw new RunException(
          "no state file is called " + asked + "; there are " + String.join(", ", all));
    }
    return name;
  }

  /** Reads what has changed; prints it at once as JSON lines if asked to. */
  private boolean changed(final RunDirectory following) {
    boolean any = false;
    try (Stream<Path> listing = Files.list(following.state())) {
      for (final Path file : listing.sorted().toList()) {
        final String name = file.getFileName().toString().replace(ENDING, "");
        if (!file.toString().endsWith(ENDING) || (!files.isEmpty() && !files.contains(name))) {
          continue;
        }
        final long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
        if (modified == seen.getOrDefault(file, 0L)) {
          continue;
        }
        final JsonNode content = mapper.readTree(file.toFile());
        seen.put(file, modified);
        any = true;
        state.put(name, json ? content : Terminal.plain(content));
        if (json) {
          tell(name, content);
        }
      }
    } catch (final IOException | UncheckedIOException e) {
      return any; // replaced or removed under our eyes: the next look sees it
    }
    return any;
  }

  private void print() {
    final Terminal terminal = Terminal.of(false);
    final boolean redraw = terminal.interactive() && !once;
    final StringBuilder text = new StringBuilder();
    if (files.isEmpty()) {
      header(text, terminal);
      money(text, terminal);
      limits(text);
      positions(text, terminal);
      engines(text, terminal);
      suggestions(text, terminal);
      vetoes(text, terminal);
      latency(text, terminal);
    }
    if (killed && !files.isEmpty()) {
      text.append(terminal.bad(GONE)).append('\n');
    }
    for (final String file : files) {
      if (state.containsKey(file)) {
        text.append(terminal.bold(file)).append('\n');
        text.append(state.get(file).toPrettyString()).append('\n');
      }
    }
    // Drawn over the old picture, line by line: a cleared screen would flicker.
    System.out.print(
        redraw ? "\u001b[H" + text.toString().replace("\n", "\u001b[K\n") + "\u001b[J" : text);
    System.out.flush();
  }

  private void header(final StringBuilder text, final Terminal terminal) {
    final JsonNode facts = state.get("run");
    if (facts == null) {
      return;
    }
    final String status = killed ? "killed" : facts.path("status").asText();
    text.append(terminal.bold("Millrace"))
        .append("  ")
        .append(facts.path("run_id").asText())
        .append("  ")
        .append(facts.path("mode").asText())
        .append(", ")
        .append(facts.path("topology").asText())
        .append(", ")
        .append(killed || status.equals("halted") ? terminal.bad(status) : status)
        .append('\n');
    if (killed) {
      text.append(terminal.bad(GONE)).append('\n');
    }
    if (facts.path("reason").isTextual()) {
      text.append(terminal.bad(facts.path("reason").asText())).append('\n');
    }
    text.append(facts.path("data").asText())
        .append("  event time ")
        .append(Instant.ofEpochSecond(facts.path("updated_ts").asLong()))
        .append("  input ")
        .append(Millrace.count(facts.path("input_sequence").asLong()))
        .append('\n');
  }

  private void money(final StringBuilder text, final Terminal terminal) {
    final JsonNode nav = state.get("nav_state");
    if (nav == null || !nav.has("nav")) {
      return;
    }
    final double pnl = nav.path("pnl").asDouble();
    final String gain = String.format(Locale.ROOT, "%+,.2f", pnl);
    text.append(
        String.format(
            Locale.ROOT,
            "%nNAV %,.2f  P&L %s  unrealised %+,.2f  cash %,.2f  fees %,.2f%n",
            nav.path("nav").asDouble(),
            pnl < 0 ? terminal.bad(gain) : terminal.good(gain),
            nav.path("unrealised").asDouble(),
            nav.path("cash").asDouble(),
            nav.path("fees").asDouble()));
  }

  private void limits(final StringBuilder text) {
    final JsonNode risk = state.get("risk_snapshot");
    if (risk == null) {
      return;
    }
    text.append("risk ")
        .append(risk.path("risk_mode").asText("not struck yet"))
        .append("  used of");
    risk.path("limits")
        .forEach(
            row -> {
              final String name =
                  row.path("limit").asText().replaceAll("_(multiple|pct|total)$", "");
              if (SHOWN_LIMITS.contains(name)) {
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %s %.0f%%",
                        name.replace('_', ' '),
                        row.path("used").asDouble() * 100));
              }
            });
    text.append('\n');
  }

  private void positions(final StringBuilder text, final Terminal terminal) {
    final List<JsonNode> open = new ArrayList<>();
    rows("positions_state", "positions")
        .forEach(
            row -> {
              if (row.path("quantity").asDouble() != 0) {
                open.add(row);
              }
            });
    if (open.isEmpty()) {
      return;
    }
    title(
        text,
        terminal,
        String.format(
            Locale.ROOT,
            "%-22s %9s %11s %11s %12s %12s %9s",
            "position",
            "quantity",
            "average",
            "mark",
            "unrealised",
            "realised",
            "fees"));
    for (final JsonNode row : open.subList(0, Math.min(ROWS, open.size()))) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s %9s %11s %11s %12s %12s %9s%n",
              cut(row.path("symbol").asText("?"), 22),
              row.path("quantity").asText(),
              number(row.path("average_price"), "%,.4f"),
              number(row.path("mark"), "%,.4f"),
              number(row.path("unrealised"), "%+,.2f"),
              number(row.path("realised"), "%+,.2f"),
              number(row.path("fees"), "%,.2f")));
    }
    if (open.size() > ROWS) {
      text.append("… ").append(open.size() - ROWS).append(" more\n");
    }
  }

  private void engines(final StringBuilder text, final Terminal terminal) {
    final JsonNode list = rows("engine_features", "engines");
    if (list.isEmpty()) {
      return;
    }
    title(
        text,
        terminal,
        String.format(
            Locale.ROOT,
            "%-12s %-11s %-17s %5s  %s",
            "engine",
            "of",
            "regime",
            "conf.",
            "missing"));
    int shown = 0;
    for (final JsonNode row : list) {
      if (++shown > ROWS) {
        break;
      }
      final List<String> missing = new ArrayList<>();
      row.path("quality").forEach(flag -> missing.add(flag.asText().replace("missing_", "")));
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %-11s %-17s %5.2f  %s%n",
              cut(row.path("symbol").asText("?"), 12),
              row.path("engine").asText(),
              row.path("regime").asText(),
              row.path("confidence").asDouble(),
              cut(String.join(", ", missing), 48)));
    }
  }

  private void suggestions(final StringBuilder text, final Terminal terminal) {
    final JsonNode list = rows("suggestions", "suggestions");
    if (list.isEmpty()) {
      return;
    }
    title(
        text,
        terminal,
        String.format(
            Locale.ROOT,
            "%-12s %-11s %-17s %5s  %s",
            "suggestion",
            "of",
            "action",
            "conf.",
            "because"));
    int shown = 0;
    for (final JsonNode row : list) {
      if (++shown > ROWS) {
        break;
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%-12s %-11s %-17s %5.2f  %s%n",
              cut(row.path("symbol").asText("?"), 12),
              row.path("layer").asText(),
              row.path("action").asText(),
              row.path("confidence").asDouble(),
              cut(row.path("reason").asText(), 48)));
    }
  }

  private void vetoes(final StringBuilder text, final Terminal terminal) {
    final JsonNode risk = state.get("risk_snapshot");
    if (risk == null) {
      return;
    }
    title(
        text,
        terminal,
        "gate: "
            + Millrace.count(risk.path("approvals").asLong())
            + " approved, "
            + Millrace.count(risk.path("vetoes").asLong())
            + " vetoed");
    wrapped(text, risk.path("vetoes_by_check"), JsonNode::asText);
  }

  private void latency(final StringBuilder text, final Terminal terminal) {
    final JsonNode node = state.get("latency");
    if (node == null) {
      return;
    }
    title(text, terminal, "latency, µs: median / 99 %");
    final ObjectNode busy = mapper.createObjectNode();
    node.path("stages")
        .properties()
        .forEach(
            stage -> {
              if (stage.getValue().path("count").asLong() > 0) {
                busy.set(stage.getKey(), stage.getValue());
              }
            });
    wrapped(
        text,
        busy,
        stage ->
            String.format(
                Locale.ROOT,
                "%s / %s",
                micros(stage.path("p50").asDouble()),
                micros(stage.path("p99").asDouble())));
  }

  private static String micros(final double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** Names and values, as many to a line as fit. */
  private static void wrapped(
      final StringBuilder text, final JsonNode object, final Function<JsonNode, String> value) {
    int column = 0;
    for (final Map.Entry<String, JsonNode> field : object.properties()) {
      final String item =
          String.format("%-15s %-16s ", field.getKey(), value.apply(field.getValue()));
      if (column > 0 && column + item.stripTrailing().length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(item);
      column += item.length();
    }
    if (column > 0) {
      text.append('\n');
    }
  }

  private JsonNode rows(final String file, final String list) {
    return state.containsKey(file) ? state.get(file).path(list) : MissingNode.getInstance();
  }

  private static void title(
      final StringBuilder text, final Terminal terminal, final String columns) {
    text.append('\n').append(terminal.bold(columns)).append('\n');
  }

  private static String cut(final String text, final int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private static String number(final JsonNode value, final String format) {
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "-";
  }
}
