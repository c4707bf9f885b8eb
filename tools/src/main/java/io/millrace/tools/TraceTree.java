package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A trace as a tree for people. Of the judgements, the one that was asked for is shown with all its
 * checks; of the others what failed or came near its limit, unless everything is wanted.
 */
final class TraceTree {
  /** A check that leaves less than this of its limit is near it. */
  private static final double NEAR = 0.1;

  private static final String INDENT = "│    ";
  private static final int FEATURES_WIDTH = TraceLines.WIDTH - INDENT.length() - 2;

  private final PrintStream out;
  private final Terminal terminal;
  private final boolean everything;

  TraceTree(final PrintStream out, final Terminal terminal, final boolean everything) {
    this.out = out;
    this.terminal = terminal;
    this.everything = everything;
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
            + TraceLines.fields(trace.get("input"), "sequence"));
    section("features, as the engines measured them", trace.get("features"), this::engine);
    section("snapshot", trace.get("snapshot"), node -> lines(node, "features", "cause", "ordinal"));
    section("votes and composer rows", trace.get("votes"), this::vote);
    if (trace.has("idea")) {
      section("idea " + trace.get("idea").get("id").asText());
      lines(trace.get("idea"), "id", "cause", "ordinal", "legs");
      trace
          .get("idea")
          .path("legs")
          .forEach(leg -> line("  leg " + TraceLines.fields(leg, "instrument_id")));
    }
    if (trace.has("intent")) {
      section("intent of the strategy " + trace.get("intent").get("id").asText());
      trace.get("strategy_notes").forEach(note -> line("said: " + note.get("text").asText()));
      lines(trace.get("intent"), "id", "cause", "ordinal", "legs");
      trace
          .get("intent")
          .path("legs")
          .forEach(leg -> line("  leg " + TraceLines.fields(leg, "instrument_id")));
    }
    final String full = fullJudgement(trace);
    trace
        .get("gate")
        .forEach(node -> judgement(node, everything || node.get("id").asText().equals(full)));
    section("route, events and fills");
    if (trace.get("orders").isEmpty()) {
      line("no order");
    }
    final boolean structure =
        TraceLines.isStructure(trace.path(trace.has("idea") ? "idea" : "intent"));
    final LocalDate today = TraceLines.time(trace.get("input")).toLocalDate();
    trace.get("orders").forEach(node -> line(TraceLines.headline(node, structure, today)));
    if (!trace.get("positions").isEmpty()) {
      section("position after");
      trace.get("positions").forEach(node -> line(TraceLines.headline(node, structure, today)));
    }
  }

  /** Id of the judgement that was asked for, or behind the order that was; else the first. */
  private static String fullJudgement(final ObjectNode trace) {
    final String asked = trace.get("asked").asText();
    final JsonNode thing = named(trace, "orders", asked);
    final JsonNode order =
        thing.has("decision_cause")
            ? thing
            : named(trace, "orders", thing.path("order_id").asText(asked));
    if (order.has("decision_cause")) {
      final String generation = asked.substring(0, asked.indexOf(':') + 1);
      return generation
          + order.get("decision_cause").asText()
          + "."
          + order.get("decision_ordinal").asText();
    }
    return named(trace, "gate", asked).isMissingNode() && !trace.get("gate").isEmpty()
        ? trace.get("gate").get(0).get("id").asText()
        : asked;
  }

  private static JsonNode named(final ObjectNode trace, final String list, final String id) {
    for (final JsonNode node : trace.get(list)) {
      if (node.get("id").asText().equals(id)) {
        return node;
      }
    }
    return MissingNode.getInstance();
  }

  private void section(final String title) {
    out.println("├─ " + terminal.bold(title));
  }

  /** A section of rows; none where there are none: a strategy may rest on bars alone. */
  private void section(final String title, final JsonNode rows, final Consumer<JsonNode> row) {
    if (!rows.isEmpty()) {
      section(title);
      rows.forEach(row);
    }
  }

  private void line(final String text) {
    out.println(INDENT + text);
  }

  private void lines(final JsonNode node, final String... without) {
    TraceLines.wrapped(TraceLines.WIDTH - INDENT.length(), node, without).forEach(this::line);
  }

  private void engine(final JsonNode node) {
    line(
        String.format(
            Locale.ROOT,
            "%s: %s, confidence %s%s",
            node.get("engine").asText(),
            node.get("regime").asText(),
            TraceLines.number(node.get("confidence")),
            node.get("quality").isEmpty()
                ? ""
                : ", missing " + TraceLines.list(node.get("quality"))));
    final StringBuilder text = new StringBuilder();
    for (final JsonNode feature : node.path("features")) { // absent while it warms up
      final String next =
          feature.get("feature").asText() + " " + TraceLines.number(feature.get("value"));
      if (text.length() > 0 && text.length() + 2 + next.length() > FEATURES_WIDTH) {
        line("  " + text);
        text.setLength(0);
      }
      text.append(text.length() == 0 ? "" : "  ").append(next);
    }
    if (text.length() > 0) {
      line("  " + text);
    }
  }

  private void vote(final JsonNode node) {
    line(
        String.format(
            Locale.ROOT,
            "%s: %s, confidence %s, because %s",
            node.get("layer").asText(),
            node.get("action").asText(),
            TraceLines.number(node.get("confidence")),
            node.get("reason").asText()));
    TraceLines.wrapped(
            FEATURES_WIDTH, JsonNodeFactory.instance.objectNode().set("tags", node.get("tags")))
        .forEach(tags -> line("  " + tags));
    node.path("rows")
        .forEach(
            row ->
                line(
                    String.format(
                        Locale.ROOT,
                        "  %-28s saw %-12s gave %s",
                        row.get("rule").asText(),
                        TraceLines.number(row.get("value")),
                        TraceLines.number(row.get("weight")))));
  }

  private void judgement(final JsonNode node, final boolean full) {
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
    lines(
        node,
        "id",
        "cause",
        "ordinal",
        "checks",
        "verdict",
        "denial",
        "purpose",
        "counterfactual",
        "instrument_id",
        "key");
    line(node.get("counterfactual").asText());
    final List<JsonNode> shown = new ArrayList<>();
    node.get("checks")
        .forEach(
            check -> {
              if (full || failed(check) || near(check)) {
                shown.add(check);
              }
            });
    shown.forEach(this::check);
    final int passed = node.get("checks").size() - shown.size();
    if (passed > 0) {
      line(
          terminal.dim(
              "  "
                  + passed
                  + (shown.isEmpty() ? " checks" : " more checks")
                  + " passed; --all shows them"));
    }
  }

  private void check(final JsonNode check) {
    final String status =
        String.format(Locale.ROOT, "%-6s", near(check) ? "near" : check.get("status").asText());
    line(
        String.format(
            Locale.ROOT,
            "  %s %-22s value %-14s limit %-14s margin %s",
            failed(check) ? terminal.bad(status) : status,
            check.get("check").asText(),
            TraceLines.number(check.get("value")),
            TraceLines.number(check.get("limit")),
            TraceLines.number(check.get("margin"))));
  }

  private static boolean failed(final JsonNode check) {
    return !check.get("status").asText().equals("pass");
  }

  /** Passed with little left of the limit; a child may always be as large as its parent. */
  private static boolean near(final JsonNode check) {
    return !failed(check)
        && !check.get("check").asText().equals("child_exceeds_parent")
        && check.path("limit").asDouble() > 0
        && check.has("margin")
        && check.get("margin").asDouble() < check.get("limit").asDouble() * NEAR;
  }
}
