package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.run.ExitCodes;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace explain}: why an order, idea or veto is what it is. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Shows the way of an order, idea or veto, from the tick that caused it to its fills.")
final class ExplainCommand implements Callable<Integer> {
  private static final int LISTED = 8;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  @Parameters(index = "0", paramLabel = "RUN", description = "Run directory")
  private Path directory;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "Such as 1234.5, as listed when left out; a client order id will do")
  private String id;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    try (Trace trace = new Trace(Project.run(directory))) {
      final ObjectNode node = id == null ? trace.list(LISTED) : trace.explain(id);
      if (json) {
        System.out.println(Terminal.json(node.toPrettyString()));
      } else if (id == null) {
        list((ObjectNode) Terminal.plain(node));
      } else {
        new Tree(System.out, Terminal.of(false)).print((ObjectNode) Terminal.plain(node));
      }
    }
    return ExitCodes.DONE;
  }

  private void list(final ObjectNode node) {
    final PrintStream out = System.out;
    for (final String kind : new String[] {"orders", "vetoes", "ideas"}) {
      out.println(kind + (node.get(kind).isEmpty() ? ": none" : ", latest first"));
      node.get(kind).forEach(row -> out.println("  " + Tree.headline(row)));
    }
    out.println(
        "explain one with: tools/bin/millrace explain " + Summary.display(directory) + " ID");
  }

  /** The trace as a tree for people. */
  private static final class Tree {
    private final PrintStream out;
    private final Terminal terminal;

    Tree(final PrintStream out, final Terminal terminal) {
      this.out = out;
      this.terminal = terminal;
    }

    void print(final ObjectNode trace) {
      out.println(
          terminal.bold("trace of " + trace.get("asked").asText())
              + "  run "
              + trace.get("run_id").asText());
      out.println(
          "├─ input "
              + trace.get("input").get("sequence").asText()
              + "  "
              + fields(trace.get("input"), "sequence"));
      section("features, as the engines measured them");
      trace.get("features").forEach(this::engine);
      section("snapshot");
      trace.get("snapshot").forEach(node -> line(fields(node, "features", "cause", "ordinal")));
      section("votes and composer rows");
      trace.get("votes").forEach(this::vote);
      if (trace.has("idea")) {
        section("idea " + trace.get("idea").get("id").asText());
        line(fields(trace.get("idea"), "id", "cause", "ordinal", "legs"));
        trace.get("idea").get("legs").forEach(leg -> line("  leg " + fields(leg)));
      }
      trace.get("gate").forEach(this::judgement);
      section("route, events and fills");
      if (trace.get("orders").isEmpty()) {
        line("no order");
      }
      trace.get("orders").forEach(node -> line(headline(node)));
      if (!trace.get("positions").isEmpty()) {
        section("position after");
        trace.get("positions").forEach(node -> line(fields(node, "id", "cause", "ordinal")));
      }
    }

    private void section(final String title) {
      out.println("├─ " + terminal.bold(title));
    }

    private void line(final String text) {
      out.println("│    " + text);
    }

    private void engine(final JsonNode node) {
      line(
          String.format(
              Locale.ROOT,
              "%s: %s, confidence %s%s",
              node.get("engine").asText(),
              node.get("regime").asText(),
              number(node.get("confidence")),
              node.get("quality").isEmpty() ? "" : ", missing " + list(node.get("quality"))));
      final StringBuilder text = new StringBuilder("  ");
      for (final JsonNode feature : node.get("features")) {
        text.append(feature.get("feature").asText())
            .append(' ')
            .append(number(feature.get("value")))
            .append("  ");
        if (text.length() > 110) {
          line(text.toString());
          text.setLength(2);
        }
      }
      if (text.length() > 2) {
        line(text.toString());
      }
    }

    private void vote(final JsonNode node) {
      line(
          String.format(
              Locale.ROOT,
              "%s: %s, confidence %s, because %s %s",
              node.get("layer").asText(),
              node.get("action").asText(),
              number(node.get("confidence")),
              node.get("reason").asText(),
              node.get("tags").isEmpty() ? "" : list(node.get("tags"))));
      node.get("rows")
          .forEach(
              row ->
                  line(
                      String.format(
                          Locale.ROOT,
                          "  %-28s saw %-12s gave %s",
                          row.get("rule").asText(),
                          number(row.get("value")),
                          number(row.get("weight")))));
    }

    private void judgement(final JsonNode node) {
      final String verdict = node.get("verdict").asText();
      section(
          "gate "
              + node.get("id").asText()
              + ": "
              + (verdict.equals("deny") ? terminal.bad("veto") : terminal.good(verdict))
              + (verdict.equals("approve") ? "" : " by " + node.get("denial").asText())
              + " ("
              + node.get("purpose").asText()
              + ")");
      line(
          fields(
              node,
              "id",
              "cause",
              "ordinal",
              "checks",
              "verdict",
              "denial",
              "purpose",
              "counterfactual"));
      line(node.get("counterfactual").asText());
      node.get("checks")
          .forEach(
              check ->
                  line(
                      String.format(
                          Locale.ROOT,
                          "  %s %-22s value %-14s limit %-14s margin %s",
                          status(check.get("status").asText()),
                          check.get("check").asText(),
                          number(check.get("value")),
                          number(check.get("limit")),
                          number(check.get("margin")))));
    }

    private String status(final String status) {
      final String padded = String.format(Locale.ROOT, "%-6s", status);
      return status.equals("pass") ? padded : terminal.bad(padded);
    }

    static String headline(final JsonNode node) {
      return node.get("id").asText()
          + "  "
          + fields(node, "id", "cause", "ordinal", "checks", "legs", "key", "instrument_id");
    }

    private static String fields(final JsonNode node, final String... without) {
      final StringBuilder text = new StringBuilder();
      node.properties()
          .forEach(
              field -> {
                for (final String skipped : without) {
                  if (skipped.equals(field.getKey())) {
                    return;
                  }
                }
                final JsonNode value = field.getValue();
                if (field.getKey().equals("type")) {
                  text.insert(0, value.asText() + "  ");
                } else if (field.getKey().equals("event_time")) {
                  text.append(Instant.ofEpochSecond(value.asLong())).append("  ");
                } else if (value.isArray()) {
                  if (!value.isEmpty() && value.get(0).isTextual()) {
                    text.append(field.getKey()).append(' ').append(list(value)).append("  ");
                  }
                } else {
                  text.append(field.getKey()).append(' ').append(number(value)).append("  ");
                }
              });
      return text.toString().strip();
    }

    private static String list(final JsonNode values) {
      final StringBuilder text = new StringBuilder();
      values.forEach(value -> text.append(text.length() == 0 ? "" : ", ").append(value.asText()));
      return text.toString();
    }

    private static String number(final JsonNode value) {
      if (value == null) {
        return "-"; // null in the schema: there was no such number
      }
      if (!value.isNumber() || value.isIntegralNumber()) {
        return value.asText();
      }
      final BigDecimal rounded = value.decimalValue().round(SIX_DIGITS).stripTrailingZeros();
      return rounded.toPlainString();
    }
  }
}
