package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.Regime;
import io.millrace.core.market.Fixed;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.publish.RunView;
import io.millrace.runtime.run.Manifest;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What a run came to, as one JSON object for programs and a screen for people. */
final class Summary {
  private static final int FIXED_DECIMALS = 8;
  private static final int BAR_WIDTH = 24;
  private static final List<Regime> NOT_SAID = List.of(Regime.NONE);

  private final Session.Result result;
  private final Manifest manifest;
  private final RunView view;

  Summary(final Session.Result result) {
    this.result = result;
    this.manifest = result.outcome().manifest();
    this.view = result.view();
  }

  ObjectNode json() {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("run_dir", result.run().path().toString());
    node.put("run_id", manifest.runId());
    node.put("mode", manifest.mode());
    node.put("topology", manifest.topology());
    node.put("strategy", manifest.strategy() == null ? null : manifest.strategy().name());
    node.set("parameters", parameters());
    node.put("data", manifest.data().description());
    node.put("status", manifest.end().status());
    node.put("reason", manifest.end().reason());
    node.put("inputs", manifest.end().inputs());
    node.put("outputs", manifest.end().outputs());
    node.put("digest", manifest.end().digest());
    node.put("elapsed_s", manifest.end().elapsedS());
    node.put("events_per_s", eventsPerSecond());
    results(node, view);
    node.put(
        "state_files", result.publisherFailure() == null ? "written" : result.publisherFailure());
    node.put("recovered_from", manifest.previous() == null ? null : manifest.previous().runId());
    final ObjectNode latency = node.putObject("latency_us");
    for (final StageTimes.Row row : StageTimes.Row.values()) {
      final Histogram histogram = result.outcome().times().histogram(row);
      if (histogram.getTotalCount() > 0) {
        final ObjectNode stage = latency.putObject(name(row));
        stage.put("count", histogram.getTotalCount());
        stage.put("p50", histogram.getValueAtPercentile(50) / 1e3);
        stage.put("p99", histogram.getValueAtPercentile(99) / 1e3);
        stage.put("max", histogram.getMaxValue() / 1e3);
      }
    }
    return node;
  }

  /** What was decided: counts and money. */
  static void results(final ObjectNode node, final RunView view) {
    node.put("ideas", view.ideas());
    node.put("intents", view.intents());
    node.put("strategy_stopped", view.strategyStopped());
    node.put("risk_halted", halted(view));
    node.put("declined", view.declined());
    node.put("orders", view.orders());
    node.put("fills", view.fills());
    node.put("vetoes", view.vetoes());
    node.put("reductions", view.reductions());
    node.put("fees", decimal(view.fees()));
    node.put("funding", decimal(view.funding()));
    node.put("start_equity", decimal(view.firstNav()));
    node.put("end_equity", decimal(view.nav()));
    node.put("max_drawdown", decimal(view.maxDrawdown()));
    counts(node.putObject("ideas_by_strategy"), view.ideasByStrategy());
    counts(node.putObject("vetoes_by_check"), view.vetoesByCheck());
    counts(node.putObject("regimes"), view.regimes());
    counts(node.putObject("alerts"), view.alertsByCode());
  }

  /** When and at what loss the risk limits halted trading for good; null = they did not. */
  static String halted(final RunView view) {
    return view.haltedAt() == 0
        ? null
        : String.format(
            Locale.ROOT,
            "trading was halted at %s, %.1f %% below the peak",
            Instant.ofEpochSecond(0, view.haltedAt()).truncatedTo(ChronoUnit.SECONDS),
            100 * Fixed.toDouble(view.haltedDrawdown()));
  }

  /** Values of the strategy's parameters. */
  private JsonNode parameters() {
    final String name = manifest.strategy() == null ? "" : manifest.strategy().name();
    final JsonNode values = manifest.config().path("strategy").path("parameters").path(name);
    return values.isObject() ? values : JsonNodeFactory.instance.objectNode();
  }

  private static String shown(final JsonNode values) {
    return values.properties().stream()
        .map(value -> value.getKey() + " " + value.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  private double eventsPerSecond() {
    return manifest.end().elapsedS() == 0 ? 0 : manifest.end().inputs() / manifest.end().elapsedS();
  }

  void print(final PrintStream out, final Terminal terminal) {
    out.println();
    out.println(
        terminal.bold("Millrace")
            + "  "
            + Terminal.plain(manifest.data().description())
            + "  "
            + terminal.dim(manifest.mode() + ", " + manifest.topology()));
    if (manifest.previous() != null) {
      out.println("  goes on from " + manifest.previous().runId() + ", which was killed");
    }
    out.println();
    row(
        out,
        "inputs",
        Millrace.count(manifest.end().inputs())
            + String.format(
                Locale.ROOT,
                "  in %.2f s, %,.0f a second",
                manifest.end().elapsedS(),
                eventsPerSecond()));
    row(
        out,
        "outputs",
        Millrace.count(manifest.end().outputs()) + "  digest " + manifest.end().digest());
    if (!view.regimes().isEmpty()) {
      regimes(out, terminal);
    }
    if (manifest.strategy() != null) {
      row(
          out,
          "strategy",
          manifest.strategy().name()
              + ": "
              + (parameters().isEmpty() ? "" : shown(parameters()) + "; ")
              + Millrace.count(view.intents())
              + " intents");
      if (view.strategyStopped() != null) {
        out.println(terminal.bad(Terminal.plain("  stopped    " + view.strategyStopped())));
      }
    } else {
      ideas(out);
    }
    gate(out);
    vetoes(out, terminal);
    row(
        out,
        "orders",
        Millrace.count(view.orders()) + " sent, " + Millrace.count(view.fills()) + " fills");
    money(out, terminal);
    if (halted(view) != null) {
      out.println(terminal.bad("  halted     " + halted(view)));
    }
    latency(out, terminal);
    if (result.publisherFailure() != null) {
      out.println(terminal.bad(Terminal.plain("  state files: " + result.publisherFailure())));
    }
    if (manifest.end().reason() != null) {
      out.println(terminal.bad(Terminal.plain("  " + manifest.end().reason())));
    }
    out.println();
    row(out, "run", display(result.run().path()));
  }

  private void ideas(final PrintStream out) {
    row(out, "ideas", Millrace.count(view.ideas()) + list(view.ideasByStrategy()));
    row(out, "declined", Millrace.count(view.declined()) + list(view.declinedByReason()));
  }

  private void gate(final PrintStream out) {
    row(
        out,
        "gate",
        Millrace.count(view.approvals())
            + " approved ("
            + Millrace.count(view.reductions())
            + " cut to a limit), "
            + Millrace.count(view.vetoes())
            + " vetoed, re-priced and fallback orders included");
  }

  private static void row(final PrintStream out, final String name, final String text) {
    out.printf(Locale.ROOT, "  %-10s %s%n", name, text);
  }

  private void regimes(final PrintStream out, final Terminal terminal) {
    final long total =
        view.regimes().entrySet().stream()
            .filter(entry -> !NOT_SAID.contains(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .max()
            .orElse(1);
    out.println();
    out.println(terminal.bold("  Regimes") + terminal.dim("  evaluations of the four engines"));
    view.regimes().entrySet().stream()
        .filter(entry -> !NOT_SAID.contains(entry.getKey()))
        .sorted(Map.Entry.<Regime, Long>comparingByValue().reversed())
        .forEach(entry -> bar(out, entry.getKey().name(), entry.getValue(), total));
    out.println();
  }

  private void vetoes(final PrintStream out, final Terminal terminal) {
    if (view.vetoesByCheck().isEmpty()) {
      return;
    }
    out.println();
    out.println(terminal.bold("  Vetoes") + terminal.dim("  by the first check that denied"));
    final long most =
        view.vetoesByCheck().values().stream().mapToLong(Long::longValue).max().orElse(1);
    view.vetoesByCheck().entrySet().stream()
        .sorted(Map.Entry.<io.millrace.codecs.Check, Long>comparingByValue().reversed())
        .forEach(entry -> bar(out, entry.getKey().name(), entry.getValue(), most));
    out.println();
  }

  private static void bar(
      final PrintStream out, final String name, final long count, final long most) {
    final int width = (int) Math.max(1, count * BAR_WIDTH / most);
    out.printf(
        Locale.ROOT,
        "    %-20s %6d  %s%n",
        name.toLowerCase(Locale.ROOT),
        count,
        "▇".repeat(width));
  }

  private void money(final PrintStream out, final Terminal terminal) {
    if (view.nav() == Fixed.NONE) {
      return;
    }
    final long pnl = Math.subtractExact(view.nav(), view.firstNav());
    final String text = (pnl >= 0 ? "+" : "") + money(pnl);
    row(
        out,
        "equity",
        money(view.firstNav())
            + " → "
            + money(view.nav())
            + "  P&L "
            + (pnl >= 0 ? terminal.good(text) : terminal.bad(text))
            + ", fees "
            + money(view.fees())
            + (view.funding() == 0 ? "" : ", funding " + money(view.funding())));
  }

  private void latency(final PrintStream out, final Terminal terminal) {
    out.println();
    out.println(
        terminal.bold("  Latency, µs") + terminal.dim("        count      p50      p99       max"));
    for (final StageTimes.Row row : StageTimes.Row.values()) {
      final Histogram histogram = result.outcome().times().histogram(row);
      if (histogram.getTotalCount() > 0) {
        out.printf(
            Locale.ROOT,
            "    %-14s %10d %8.2f %8.2f %9.1f%n",
            name(row),
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50) / 1e3,
            histogram.getValueAtPercentile(99) / 1e3,
            histogram.getMaxValue() / 1e3);
      }
    }
  }

  private static String name(final StageTimes.Row row) {
    return row.name().toLowerCase(Locale.ROOT);
  }

  private static String list(final Map<String, Long> counts) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", ", "  (", ")"));
  }

  private static void counts(final ObjectNode node, final Map<?, Long> counts) {
    counts.forEach((key, count) -> node.put(key.toString().toLowerCase(Locale.ROOT), count));
  }

  private static BigDecimal decimal(final long fixed) {
    if (fixed == Fixed.NONE) {
      return null;
    }
    return new BigDecimal(
        BigDecimal.valueOf(fixed, FIXED_DECIMALS).stripTrailingZeros().toPlainString());
  }

  private static String money(final long fixed) {
    return String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(fixed, FIXED_DECIMALS));
  }

  /** The path as one would type it from here. */
  static String display(final Path path) {
    final Path here = Path.of("").toAbsolutePath();
    final Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }
}
