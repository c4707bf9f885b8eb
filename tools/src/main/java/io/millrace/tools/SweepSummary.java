package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a sweep came to, as a screen for people. */
final class SweepSummary {
  private static final int SHOWN = 5;

  private final JsonNode tree;
  private final Terminal terminal;

  SweepSummary(final JsonNode tree, final Terminal terminal) {
    this.tree = tree;
    this.terminal = terminal;
  }

  void print(final PrintStream out, final Path directory) {
    final JsonNode sweep = tree.get("sweep");
    final JsonNode runs = tree.get("runs");
    out.println();
    out.println(
        terminal.bold("Sweep")
            + "  "
            + Terminal.plain(sweep.get("strategy").asText() + ", " + sweep.get("data").asText())
            + "  "
            + terminal.dim(sweep.get("search").asText()));
    out.println();
    out.printf(
        Locale.ROOT,
        "  %-10s %,d done, of %,d combinations%s%s%n",
        "runs",
        runs.get("done").asLong(),
        sweep.get("combinations").asLong(),
        tree.has("folds") ? " in " + tree.get("folds").size() + " folds" : "",
        failed(runs));
    best(out, sweep.get("objective").asText());
    final JsonNode luck = tree.get("deflated_sharpe");
    if (luck.get("probability").isNumber()) {
      out.printf(
          Locale.ROOT,
          "  %-10s %.1f %% likely that the best Sharpe, %.2f, is more than luck gives the best of"
              + " %,d, %.2f%n",
          "skill",
          100 * luck.get("probability").asDouble(),
          luck.get("sharpe").asDouble(),
          luck.get("tries").asLong(),
          luck.get("expected_best").asDouble());
    }
    walkForward(out);
    out.println();
    out.printf("  %-10s %s%n", "results", Summary.display(directory.resolve("results.duckdb")));
    out.printf("  %-10s %s%n", "page", Summary.display(directory.resolve("index.html")));
  }

  private String failed(final JsonNode runs) {
    final long wrong = runs.get("failed").asLong() + runs.get("stopped").asLong();
    return wrong == 0
        ? ""
        : terminal.bad(
            ", "
                + Millrace.count(wrong)
                + " failed: "
                + Terminal.plain(tree.at("/failures/0/reason").asText()));
  }

  private void best(final PrintStream out, final String objective) {
    String label = "best";
    for (int i = 0; i < Math.min(SHOWN, tree.get("best").size()); i++) {
      final JsonNode row = tree.get("best").get(i);
      out.printf(
          Locale.ROOT,
          "  %-10s %-36s %s %.4g  return %.2f %%  drawdown %.2f %%  trades %,.0f%n",
          label,
          Terminal.plain(
              row.get("parameters").properties().stream()
                  .map(one -> one.getKey() + "=" + one.getValue().asText())
                  .collect(Collectors.joining(" "))),
          Terminal.plain(objective),
          row.get("objective").asDouble(),
          100 * row.get("total_return").asDouble(),
          100 * row.get("max_drawdown").asDouble(),
          row.get("trades").asDouble());
      label = "";
    }
  }

  private void walkForward(final PrintStream out) {
    final JsonNode told = tree.path("walk_forward");
    if (told.isObject()) {
      out.printf(
          Locale.ROOT,
          "  %-10s return %.2f %%, Sharpe %s, drawdown %.2f %%; objective in sample %s, out of it"
              + " %s%n",
          "tests",
          100 * told.get("total_return").asDouble(),
          number(told.get("sharpe")),
          100 * told.get("max_drawdown").asDouble(),
          number(told.get("in_sample")),
          number(told.get("out_of_sample")));
    }
  }

  private static String number(final JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.4g", value.asDouble()) : "–";
  }
}
