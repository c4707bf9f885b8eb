package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of a sweep, in the looks of a run's report: one file, no network, readable without
 * scripts. A function of {@code sweep.json} alone.
 */
public final class SweepPage {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  /** Windows from this on are told by their dates. */
  private static final double SHORT_SECONDS = 4 * 86_400;

  private static final List<String> SHOWN =
      List.of("statistics.total_return", "statistics.sharpe", "statistics.max_drawdown");

  private final JsonNode tree;
  private final SweepCells cells;
  private final boolean forward;

  /**
   * @param tree of {@code sweep.json}
   */
  public SweepPage(final JsonNode tree) {
    this.tree = tree;
    cells = new SweepCells(tree);
    forward = tree.path("walk_forward").isObject();
  }

  /** The page. */
  public String html() {
    final JsonNode sweep = tree.get("sweep");
    final String title = "Sweep of " + Html.text(sweep.get("strategy"));
    final StringBuilder page = new StringBuilder(1 << 16);
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\"><title>")
        .append(title)
        .append(" · Millrace</title>\n<style>\n")
        .append(Html.resource("style.css"))
        .append(Html.resource("sweep.css"))
        .append("</style></head>\n<body><main>\n<h1>")
        .append(title)
        .append("</h1><p class=\"sub\">")
        .append(Html.text(sweep.get("data")))
        .append(" · ")
        .append(Html.text(sweep.get("search")))
        .append(" · ")
        .append(Html.count(sweep.get("combinations")))
        .append(" combinations, judged by ")
        .append(Html.text(sweep.get("objective")))
        .append(" (")
        .append(Html.text(sweep.get("metric")))
        .append(sweep.get("less_is_better").asBoolean() ? ", less is better)" : ")")
        .append("</p>\n");
    failed(page);
    tiles(page);
    page.append("<div class=\"cards\">\n");
    if (forward) {
      equity(page);
      pairs(page);
    }
    cells.append(page);
    best(page);
    if (forward) {
      folds(page);
    }
    spread(page);
    trust(page);
    failures(page);
    repeat(page);
    page.append(
            "</div>\n<footer>Times are UTC. The same numbers are in sweep.json; every number of ")
        .append("every run is in results.duckdb.</footer>\n</main>\n");
    series(page);
    page.append("<script>\n").append(Html.resource("page.js")).append("</script></body></html>\n");
    return page.toString();
  }

  private void failed(final StringBuilder page) {
    final long wrong = tree.at("/runs/failed").asLong() + tree.at("/runs/stopped").asLong();
    if (wrong > 0) {
      page.append("<p class=\"alarm\">")
          .append(wrong)
          .append(" of ")
          .append(wrong + tree.at("/runs/done").asLong())
          .append(" runs have no result: <a href=\"#failures\">why</a></p>\n");
    }
  }

  private static void tile(
      final StringBuilder page,
      final String name,
      final String value,
      final String tone,
      final String more) {
    page.append("<div class=\"tile\"><div class=\"name\">")
        .append(name)
        .append("</div><div class=\"value ")
        .append(tone)
        .append("\">")
        .append(value)
        .append("</div><div class=\"more\">")
        .append(more)
        .append("</div></div>\n");
  }

  private void tiles(final StringBuilder page) {
    page.append("<div class=\"tiles\">\n");
    final JsonNode best = tree.at("/best/0");
    if (forward) {
      final JsonNode told = tree.get("walk_forward");
      tile(
          page,
          "Out-of-sample return",
          Html.change(told.get("total_return")),
          Html.tone(told.get("total_return")),
          Html.count(told.get("folds")) + " tests, one after the other");
      tile(
          page,
          "Out-of-sample Sharpe",
          Html.number(told.get("sharpe")),
          Html.tone(told.get("sharpe")),
          told.get("sharpe").isNull()
              ? "too few returns"
              : "± " + Html.number(told.get("sharpe_error")));
      tile(
          page,
          "Objective in sample → out",
          cells.objective(told.get("in_sample"))
              + " → "
              + cells.objective(told.get("out_of_sample")),
          "",
          "mean over the folds");
      tile(
          page,
          "Deepest drawdown",
          Html.percent(told.get("max_drawdown")),
          told.get("max_drawdown").asDouble() > 0 ? "loss" : "",
          "of the tests");
    } else {
      final JsonNode luck = tree.get("deflated_sharpe");
      tile(
          page,
          "Best " + Html.text(tree.at("/sweep/objective")),
          cells.objective(best.path("objective")),
          "",
          best.isMissingNode() ? "no run has one" : parameters(best));
      tile(
          page,
          "Its return",
          Html.change(best.path("total_return")),
          Html.tone(best.path("total_return")),
          "Sharpe ratio " + Html.number(best.path("sharpe")));
      tile(
          page,
          "Its deepest drawdown",
          Html.percent(best.path("max_drawdown")),
          best.path("max_drawdown").asDouble() > 0 ? "loss" : "",
          Html.count(best.path("trades")) + " trades");
      tile(
          page,
          "More than luck",
          Html.percent(luck.get("probability")),
          luck.get("status").asText().equals("ok") ? "gain" : "",
          "deflated Sharpe over " + Html.count(luck.get("tries")) + " tries");
    }
    page.append("</div>\n");
  }

  private static String parameters(final JsonNode row) {
    return row.get("parameters").properties().stream()
        .map(one -> Html.text(one.getKey() + " = " + one.getValue().asText()))
        .collect(Collectors.joining(", "));
  }

  private void equity(final StringBuilder page) {
    final JsonNode curve = tree.get("curve");
    page.append("<section class=\"card\"><h2>Equity of the walk-forward</h2>");
    if (curve.get("time").size() < 2) {
      page.append("<p class=\"empty\">No test has returns: see the folds below.</p></section>\n");
      return;
    }
    page.append("<div class=\"legend\"><span><i></i>equity, out of sample alone</span>")
        .append("<span class=\"c-loss\"><i></i>drawdown</span></div>");
    page.append(
        new Chart(curve.get("time"))
            .fit(curve.get("equity"))
            .line(curve.get("equity"), "main")
            .hover("equity", "equity", "money")
            .hover("drawdown", "drawdown", "percent")
            .html("", "Equity of the tests over time", Chart::number));
    page.append(
        new Chart(curve.get("time"))
            .fit(curve.get("drawdown"))
            .withZero()
            .area(curve.get("drawdown"), "fill-loss")
            .line(curve.get("drawdown"), "loss")
            .hover("drawdown", "drawdown", "percent")
            .html("low", "Drawdown of the tests over time", Chart::percent));
    page.append("<p class=\"note\">Each test is a run of its own that begins flat with the cash of")
        .append(" a backtest; its returns by the ")
        .append(Html.text(tree.at("/walk_forward/period")))
        .append(" are compounded onto what the test before left. What lies between tests takes no")
        .append(" room.</p></section>\n");
  }

  /** The objective of each fold's choice where it was chosen, and where it was not. */
  private void pairs(final StringBuilder page) {
    double low = 0;
    double high = 0;
    for (final JsonNode fold : tree.get("folds")) {
      for (final String side : new String[] {"in_sample", "out_of_sample"}) {
        low = Math.min(low, fold.path(side).asDouble());
        high = Math.max(high, fold.path(side).asDouble());
      }
    }
    page.append("<section class=\"card half\"><h2>In sample against out of sample</h2>")
        .append("<p class=\"note\">")
        .append(cells.title())
        .append(" of what each fold chose: grey in training, coloured in its test.</p>")
        .append("<div class=\"pairs\">");
    for (final JsonNode fold : tree.get("folds")) {
      bar(page, "fold " + fold.get("fold").asInt(), fold.path("in_sample"), "", low, high);
      final JsonNode out = fold.path("out_of_sample");
      bar(page, "", out, out.asDouble() < 0 ? "loss" : "gain", low, high);
      page.append("<div class=\"gap\"></div>");
    }
    page.append("</div></section>\n");
  }

  private void bar(
      final StringBuilder page,
      final String label,
      final JsonNode value,
      final String tone,
      final double low,
      final double high) {
    final double size = high > low ? high - low : 1;
    final double from = 100 * (Math.min(0, value.asDouble()) - low) / size;
    page.append("<div>").append(label).append("</div><div class=\"track\">");
    if (value.isNumber()) {
      page.append(
          String.format(
              Locale.ROOT,
              "<div class=\"bar %s\" style=\"left:%.2f%%;width:%.2f%%\"></div>",
              tone,
              from,
              100 * Math.abs(value.asDouble()) / size));
    }
    page.append(
            String.format(
                Locale.ROOT, "<div class=\"zero\" style=\"left:%.2f%%\"></div>", -100 * low / size))
        .append("</div><div class=\"number\">")
        .append(cells.objective(value))
        .append("</div>");
  }

  private void best(final StringBuilder page) {
    page.append("<section class=\"card\"><h2>The best combinations")
        .append(forward ? " in training, mean over the folds" : "")
        .append("</h2>");
    if (tree.get("best").isEmpty()) {
      page.append("<p class=\"empty\">No run has a number for the objective.</p></section>\n");
      return;
    }
    page.append("<div class=\"scroll\"><table><tr><th></th>");
    for (final JsonNode axis : tree.get("axes")) {
      page.append("<th>").append(Html.text(axis.get("name"))).append("</th>");
    }
    page.append(shown() ? "" : "<th>" + Html.text(tree.at("/sweep/objective")) + "</th>")
        .append("<th>return</th><th>Sharpe</th><th>drawdown</th><th>trades</th><th>fees</th>")
        .append("<th class=\"text\">alone</th></tr>");
    int rank = 0;
    for (final JsonNode row : tree.get("best")) {
      page.append("<tr><td>").append(++rank).append("</td>");
      for (final JsonNode axis : tree.get("axes")) {
        page.append("<td>")
            .append(Html.text(row.get("parameters").get(axis.get("name").asText())))
            .append("</td>");
      }
      if (!shown()) {
        page.append("<td><b>").append(cells.objective(row.get("objective"))).append("</b></td>");
      }
      numbers(page, row);
      page.append("<td>")
          .append(Html.money(row.path("fees")))
          .append("</td><td class=\"text\">")
          .append(command(row.get("command")))
          .append("</td></tr>");
    }
    page.append("</table></div></section>\n");
  }

  private static void numbers(final StringBuilder page, final JsonNode row) {
    page.append("<td class=\"")
        .append(Html.tone(row.path("total_return")))
        .append("\">")
        .append(Html.change(row.path("total_return")))
        .append("</td><td>")
        .append(Html.number(row.path("sharpe")))
        .append("</td><td>")
        .append(Html.percent(row.path("max_drawdown")))
        .append("</td><td>")
        .append(
            row.path("trades").isNumber()
                ? String.format(Locale.ROOT, "%,.0f", row.get("trades").asDouble())
                : Html.NONE)
        .append("</td>");
  }

  /** Whether the objective is one of the columns that every row has. */
  private boolean shown() {
    return SHOWN.contains(tree.at("/sweep/metric").asText());
  }

  private static String command(final JsonNode command) {
    return command.isTextual()
        ? "<details><summary>command</summary><code>" + Html.text(command) + "</code></details>"
        : Html.NONE;
  }

  private void folds(final StringBuilder page) {
    page.append(
            "<section class=\"card\"><h2>Folds</h2><div class=\"scroll\"><table><tr><th>fold</th>")
        .append("<th class=\"text\">training</th><th class=\"text\">test</th>")
        .append("<th class=\"text\">chosen</th><th>in sample</th><th>more than luck</th>")
        .append("<th>out of sample</th><th>return</th><th>Sharpe</th><th>drawdown</th>")
        .append("<th>trades</th><th class=\"text\">alone</th></tr>");
    for (final JsonNode fold : tree.get("folds")) {
      page.append("<tr><td>")
          .append(fold.get("fold").asInt())
          .append("</td><td class=\"text\">")
          .append(window(fold, "train"))
          .append("</td><td class=\"text\">")
          .append(window(fold, "test"))
          .append("</td><td class=\"text\">")
          .append(fold.get("combination").isNull() ? Html.NONE : parameters(fold))
          .append("</td><td>")
          .append(cells.objective(fold.path("in_sample")))
          .append("</td><td>")
          .append(Html.percent(fold.path("deflated_sharpe")))
          .append("</td><td><b>")
          .append(cells.objective(fold.path("out_of_sample")))
          .append("</b></td>");
      numbers(page, fold);
      page.append("<td class=\"text\">")
          .append(command(fold.path("test_command")))
          .append("</td></tr>");
      if (fold.has("why_none")) {
        page.append("<tr><td></td><td class=\"reason\" colspan=\"11\">")
            .append(Html.text(fold.get("why_none")))
            .append("</td></tr>");
      }
    }
    page.append("</table></div><p class=\"note\">")
        .append(Html.text(tree.at("/sweep/walk_forward")))
        .append(". A run sees nothing beyond the end of its window; what it sees before the begin")
        .append(
            " is a warm-up, in which it may not trade and which its numbers leave out. It begins")
        .append(" flat and ends at its cut, a position open there counting at its mark. Purge and")
        .append(" embargo after López de Prado, Advances in Financial Machine Learning (2018),")
        .append(" chapter 7.</p></section>\n");
  }

  private static String window(final JsonNode fold, final String name) {
    final JsonNode after = fold.get(name + "_after");
    final JsonNode until = fold.get(name + "_until");
    if (until.asDouble() - after.asDouble() >= SHORT_SECONDS) {
      return Html.day(after) + " – " + Html.day(until);
    }
    final String end = Html.time(until);
    return Html.time(after)
        + " – "
        + (Html.day(after).equals(Html.day(until)) ? end.substring(end.indexOf(' ') + 1) : end);
  }

  private void spread(final StringBuilder page) {
    final JsonNode spread = tree.get("spread");
    page.append("<section class=\"card half\"><h2>Spread of the objective</h2>");
    if (spread.size() < 2) {
      page.append("<p class=\"empty\">Too few runs with a number.</p></section>\n");
      return;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (final JsonNode value : spread) {
      low = Math.min(low, value.asDouble());
      high = Math.max(high, value.asDouble());
    }
    final int bins = Math.max(4, Math.min(24, (int) Math.ceil(2 * Math.cbrt(spread.size()))));
    final int[] counts = new int[bins];
    int most = 0;
    for (final JsonNode value : spread) {
      final double share = high > low ? (value.asDouble() - low) / (high - low) : 0;
      most = Math.max(most, ++counts[Math.min(bins - 1, (int) (share * bins))]);
    }
    page.append("<div class=\"histogram\">");
    for (int i = 0; i < bins; i++) {
      final double middle = low + (high - low) * (i + 0.5) / bins;
      page.append(
          String.format(
              Locale.ROOT,
              "<div class=\"%s\" style=\"height:%.1f%%\" title=\"%d\"></div>",
              low < 0 ? middle < 0 ? "loss" : "gain" : "",
              100.0 * counts[i] / most,
              counts[i]));
    }
    page.append("</div><div class=\"ends\"><span>")
        .append(cells.objective(low))
        .append("</span><span>")
        .append(cells.objective(high))
        .append("</span></div><p class=\"note\">")
        .append(spread.size())
        .append(" combinations. A best one that stands alone is more likely luck than one among")
        .append(" neighbours as good.</p></section>\n");
  }

  private void trust(final StringBuilder page) {
    page.append("<section class=\"card half\"><h2>How much is luck</h2><table class=\"facts\">");
    final JsonNode luck = tree.get("deflated_sharpe");
    if (forward) {
      final JsonNode told = tree.get("walk_forward");
      fact(page, "Combinations tried", Html.count(tree.at("/sweep/combinations")));
      fact(page, "Out-of-sample returns", Html.count(told.get("periods")));
      fact(page, "True Sharpe above 0, probability", Html.percent(told.get("probability")));
      fact(
          page,
          "The same, were it the best of all combinations",
          Html.percent(told.get("probability_of_all")));
    } else {
      fact(page, "Combinations tried", Html.count(luck.get("tries")));
      fact(page, "Sharpe ratio of the best", Html.number(luck.get("sharpe")));
      fact(page, "Best to expect without any skill", Html.number(luck.get("expected_best")));
      fact(page, "True Sharpe above that, probability", Html.percent(luck.get("probability")));
    }
    page.append("</table><p class=\"note\">Deflated Sharpe ratio (Bailey and López de Prado 2014)")
        .append(" over the number of combinations")
        .append(forward ? "" : " and the variance of their ratios")
        .append("; 95 % is what one would want. Combinations that resemble one another count in")
        .append(" full, so it is the strict side.</p></section>\n");
  }

  private static void fact(final StringBuilder page, final String name, final String value) {
    page.append("<tr><td>").append(name).append("</td><td>").append(value).append("</td></tr>");
  }

  private void failures(final StringBuilder page) {
    if (tree.get("failures").isEmpty()) {
      return;
    }
    page.append("<section class=\"card\" id=\"failures\"><h2>Runs without a result</h2>")
        .append("<div class=\"scroll\"><table><tr><th>runs</th><th class=\"text\">reason</th>")
        .append("<th class=\"text\">first of them</th></tr>");
    for (final JsonNode row : tree.get("failures")) {
      page.append("<tr><td>")
          .append(Html.count(row.get("runs")))
          .append("</td><td class=\"reason\">")
          .append(Html.text(row.get("reason")))
          .append("</td><td class=\"text\">")
          .append(command(row.get("command")))
          .append("</td></tr>");
    }
    page.append("</table></div></section>\n");
  }

  private void repeat(final StringBuilder page) {
    page.append("<section class=\"card\"><h2>Again</h2><p class=\"note\">The same command goes on")
        .append(" where it was ended, and runs nothing twice.</p><pre>")
        .append(Html.text(tree.at("/sweep/command")))
        .append("</pre><table class=\"facts\">");
    for (final Map.Entry<String, String> one :
        Map.of("config digest", "config_digest", "strategy SHA-256", "strategy_sha256")
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .toList()) {
      fact(
          page,
          one.getKey(),
          "<code>" + Html.text(tree.at("/sweep/" + one.getValue())) + "</code>");
    }
    page.append("</table></section>\n");
  }

  private void series(final StringBuilder page) {
    if (!forward) {
      return;
    }
    final ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (final String name : new String[] {"time", "equity", "drawdown"}) {
      data.set(name, tree.at("/curve/" + name));
    }
    page.append("<script type=\"application/json\" id=\"series\">")
        .append(data.toString().replace("<", "\\u003c"))
        .append("</script>\n");
  }
}
