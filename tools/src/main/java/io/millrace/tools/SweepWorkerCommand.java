package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.run.ExitCodes;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code millrace sweep-worker}: the process that runs a sweep's rows, one after the other. A line
 * of JSON on stdin is the arguments of a backtest, the line that answers on stdout what its report
 * says; it begins with the row's number. Each goes through the command line as it would alone. Ends
 * with its stdin, at once.
 */
@Command(
    name = "sweep-worker",
    hidden = true,
    description = "Runs rows for a sweep, which starts it; not for people.")
final class SweepWorkerCommand implements Callable<Integer> {
  /** Sections of a report whose numbers are of the machine, or no numbers to judge by. */
  private static final List<String> LEFT_OUT = List.of("latency", "reproduce", "schema_version");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_REASON = 400;

  @Option(names = "--scratch", required = true, description = "Where runs go until they are read")
  private Path scratch;

  @Override
  public Integer call() {
    final PrintStream answers = System.out;
    final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    final Thread reader = new Thread(() -> read(lines), "sweep-stdin");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      final String line;
      try {
        line = lines.take();
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCodes.FAILED;
      }
      answers.println(answer(line));
      answers.flush();
    }
  }

  /** The sweep is over, or was killed: nobody waits for what this process is at. */
  private static void read(final LinkedBlockingQueue<String> lines) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (final IOException e) {
      System.err.println("sweep-worker: stdin is gone: " + e.getMessage());
    }
    Runtime.getRuntime().halt(ExitCodes.DONE);
  }

  private ObjectNode answer(final String line) {
    final PrintStream out = System.out;
    final PrintStream err = System.err;
    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    final ObjectNode answer = JsonNodeFactory.instance.objectNode();
    try {
      final JsonNode request = JSON.readTree(line);
      answer.set("row", request.get("row"));
      final List<String> arguments = new ArrayList<>(List.of("backtest"));
      request.get("arguments").forEach(argument -> arguments.add(argument.asText()));
      arguments.addAll(List.of("--runs", scratch.toString(), "--json"));
      final int code = Millrace.execute(arguments.toArray(String[]::new));
      answer.setAll(
          read(
              code,
              printed.toString(StandardCharsets.UTF_8),
              told.toString(StandardCharsets.UTF_8),
              request.path("returns").asBoolean()));
    } catch (final IOException e) {
      answer.setAll(failed("its report cannot be read (" + e.getMessage() + ")"));
    } finally {
      System.setOut(out);
      System.setErr(err);
      err.print(told.toString(StandardCharsets.UTF_8)); // into the sweep's log
      err.flush();
    }
    return answer;
  }

  private static ObjectNode failed(final String reason) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", "FAILED");
    node.put(
        "reason", reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) + "…" : reason);
    return node;
  }

  private ObjectNode read(final int code, final String out, final String err, final boolean returns)
      throws IOException {
    final JsonNode summary = out.isBlank() ? null : JSON.readTree(out);
    final Path run = summary == null ? null : Path.of(summary.path("run_dir").asText());
    try {
      final JsonNode stopped =
          summary == null
              ? JsonNodeFactory.instance.missingNode()
              : summary.path("strategy_stopped");
      // A loss that halts trading is a result like any other.
      final boolean halted = summary != null && summary.path("risk_halted").isTextual();
      if (code != ExitCodes.DONE && !stopped.isTextual() && !halted) {
        return failed(reason(code, err));
      }
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("status", stopped.isTextual() ? "STOPPED" : "DONE");
      node.put(
          "reason",
          stopped.isTextual()
              ? "the strategy was stopped: " + stopped.asText()
              : halted ? summary.path("risk_halted").asText() : null);
      final JsonNode report = JSON.readTree(run.resolve("report/report.json").toFile());
      final ObjectNode metrics = node.putObject("metrics");
      report
          .properties()
          .forEach(
              section -> {
                if (!LEFT_OUT.contains(section.getKey())) {
                  numbers(section.getKey(), section.getValue(), metrics);
                }
              });
      node.set("config_digest", report.at("/reproduce/config_digest"));
      node.set("decisions_digest", report.at("/reproduce/decisions_digest"));
      if (returns) {
        returns(run.resolve("report/returns.csv"), node.putArray("returns"));
      }
      return node;
    } finally {
      if (run != null) {
        delete(run);
      }
    }
  }

  /** What the command said last, in its own words. */
  private static String reason(final int code, final String err) {
    return err.lines()
        .filter(line -> line.startsWith("millrace: ") && !line.startsWith("millrace: warning"))
        .map(line -> line.substring("millrace: ".length()))
        .findFirst()
        .orElse("it ended with exit code " + code);
  }

  /** Every number below a node, lists left out, by its path with dots. */
  private static void numbers(final String path, final JsonNode node, final ObjectNode into) {
    if (node.isNumber()) {
      into.set(path, node);
    } else if (node.isObject()) {
      node.properties()
          .forEach(field -> numbers(path + "." + field.getKey(), field.getValue(), into));
    }
  }

  private static void returns(final Path csv, final ArrayNode into) throws IOException {
    final List<String> lines = Files.readAllLines(csv);
    for (final String line : lines.subList(1, lines.size())) {
      final String[] columns = line.split(",", -1);
      into.addArray()
          .add(columns[0])
          .add(Double.parseDouble(columns[1]))
          .add(Double.parseDouble(columns[3]));
    }
  }

  /** Deletes a run that has been read. */
  static void delete(final Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(tree + " cannot be deleted", e);
    }
  }
}
