package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** Profit by strategy, structure, symbol, regime and factor; costs; vetoes. */
final class ProfitSections {
  private static final int BARS = 14;

  private final JsonNode tree;

  ProfitSections(final JsonNode tree) {
    this.tree = tree;
  }

  void append(final StringBuilder page) {
    final JsonNode profit = tree.get("profit");
    attribution(page, "Profit by strategy", "", profit.get("by_strategy"));
    attribution(page, "Profit by structure", "", profit.get("by_structure"));
    attribution(page, "Profit by symbol", "", profit.get("by_symbol"));
    attribution(
        page,
        "Profit by regime",
        "Fused regime of the underlying when the trade was entered.",
        profit.get("by_regime"));
    attribution(
        page,
        "Profit by factor",
        "Moves of the underlying by delta, then gamma, time and implied volatility of options held,"
            + " looked at each five minutes; execution is each fill against the mark of its moment.",
        profit.get("by_factor"));
    gate(page);
    costs(page);
  }

  private static void attribution(
      final StringBuilder page, final String title, final String note, final JsonNode rows) {
    page.append("<section class=\"card half\"><h2>").append(title).append("</h2>");
    if (rows.isEmpty()) {
      page.append("<p class=\"empty\">No trade.</p></section>\n");
      return;
    }
    double low = 0;
    double high = 0;
    for (final JsonNode row : rows) {
      low = Math.min(low, row.get("profit").asDouble());
      high = Math.max(high, row.get("profit").asDouble());
    }
    final double span = high - low > 0 ? high - low : 1;
    page.append("<div class=\"bars\">");
    final int skipFrom = rows.size() > BARS ? BARS / 2 : rows.size();
    final int skipTo = rows.size() > BARS ? rows.size() - BARS / 2 : rows.size();
    for (int i = 0; i < rows.size(); i++) {
      if (i >= skipFrom && i < skipTo) {
        continue;
      }
      final JsonNode row = rows.get(i);
      final double value = row.get("profit").asDouble();
      page.append(
          String.format(
              Locale.ROOT,
              "<span class=\"label\" title=\"%s\">%s</span><span class=\"track\"><span class=\"axis\""
                  + " style=\"left:%.2f%%\"></span><span class=\"bar %s\""
                  + " style=\"left:%.2f%%;width:%.2f%%\"></span></span><span class=\"number"
                  + " %s\">%s</span>",
              title(row),
              Html.text(row.get("name").asText().replaceAll("\\s+", " ")),
              -low / span * 100,
              value < 0 ? "loss" : "gain",
              (Math.min(value, 0) - low) / span * 100,
              Math.abs(value) / span * 100,
              Html.tone(row.get("profit")),
              Html.gain(row.get("profit"))));
    }
    page.append("</div>");
    if (skipTo > skipFrom) {
      page.append("<p class=\"note\">")
          .append(skipTo - skipFrom)
          .append(" in the middle are in report.json.</p>");
    }
    if (!note.isEmpty()) {
      page.append("<p class=\"note\">").append(note).append("</p>");
    }
    page.append("</section>\n");
  }

  private static String title(final JsonNode row) {
    return row.has("closed")
        ? Html.count(row.get("closed"))
            + " closed, "
            + Html.count(row.get("open"))
            + " open, fees "
            + Html.money(row.get("fees"))
        : "";
  }

  private void costs(final StringBuilder page) {
    final JsonNode costs = tree.get("costs");
    page.append("<section class=\"card half\"><h2>Costs</h2>");
    if (costs.get("fills").asLong() == 0) {
      page.append("<p class=\"empty\">No fill.</p></section>\n");
      return;
    }
    page.append("<div class=\"mix\" role=\"img\" aria-label=\"Maker and taker fills\">");
    for (final JsonNode side : costs.get("by_liquidity")) {
      page.append(
          String.format(
              Locale.ROOT,
              "<div class=\"%s\" style=\"flex:%.4f\">%s %s</div>",
              Html.text(side.get("liquidity").asText()),
              side.get("share").asDouble(),
              Html.text(side.get("liquidity")),
              Html.percent(side.get("share"))));
    }
    page.append("</div><div class=\"scroll\"><table><tr><th></th><th>fills</th><th>fees</th>")
        .append("<th>bp</th><th>slippage</th><th>bp</th><th>traded</th></tr>");
    for (final JsonNode side : costs.get("by_liquidity")) {
      costRow(page, Html.text(side.get("liquidity")), side);
    }
    if (costs.get("by_liquidity").size() > 1) {
      costRow(page, "all", costs);
    }
    page.append(
            "</table></div><p class=\"note\">Slippage is the price paid beyond the mid when the")
        .append(" order's idea arrived; above 0 is a cost. Traded is price times units.</p>");
    page.append("<h3>Had fees been otherwise</h3><table><tr><th>fees</th><th>profit</th>")
        .append("<th>return</th><th>Sharpe</th></tr>");
    for (final JsonNode row : tree.at("/sanity/costs/rows")) {
      page.append("<tr><td>× ")
          .append(Html.plain(row.get("fees_times")))
          .append("</td><td class=\"")
          .append(Html.tone(row.get("profit")))
          .append("\">")
          .append(Html.gain(row.get("profit")))
          .append("</td><td>")
          .append(Html.change(row.get("return")))
          .append("</td><td>")
          .append(Html.number(row.get("sharpe")))
          .append("</td></tr>");
    }
    page.append("</table></section>\n");
  }

  private static void costRow(final StringBuilder page, final String name, final JsonNode row) {
    page.append("<tr><td>")
        .append(name)
        .append("</td><td>")
        .append(Html.count(row.get("fills")))
        .append("</td><td>")
        .append(Html.money(row.get("fees")))
        .append("</td><td>")
        .append(Html.number(row.get("fees_bps")))
        .append("</td><td>")
        .append(Html.money(row.get("slippage")))
        .append("</td><td>")
        .append(Html.number(row.get("slippage_bps")))
        .append("</td><td>")
        .append(Html.money(row.get("traded")))
        .append("</td></tr>");
  }

  private void gate(final StringBuilder page) {
    final JsonNode gate = tree.get("gate");
    page.append("<section class=\"card half\"><h2>Risk gate</h2><p class=\"sub\">")
        .append(Html.count(gate.get("approvals")))
        .append(" approved (")
        .append(Html.count(gate.get("reductions")))
        .append(" cut to a limit), ")
        .append(Html.count(gate.get("vetoes")))
        .append(" vetoed</p>");
    final JsonNode checks = gate.get("vetoes_by_check");
    if (checks.isEmpty()) {
      page.append("<p class=\"empty\">No veto.</p></section>\n");
      return;
    }
    double most = 1;
    for (final JsonNode count : checks) {
      most = Math.max(most, count.asDouble());
    }
    page.append("<div class=\"bars\">");
    final double scale = most;
    checks.properties().stream()
        .sorted(Map.Entry.comparingByValue((a, b) -> Long.compare(b.asLong(), a.asLong())))
        .forEach(
            check ->
                page.append(
                    String.format(
                        Locale.ROOT,
                        "<span class=\"label\">%s</span><span class=\"track\"><span class=\"bar\""
                            + " style=\"left:0;width:%.2f%%\"></span></span><span"
                            + " class=\"number\">%s</span>",
                        Html.text(check.getKey()),
                        check.getValue().asDouble() / scale * 100,
                        Html.count(check.getValue()))));
    page.append(
            "</div><p class=\"note\">Vetoes by the first check that denied; each with value and")
        .append(" limit is in vetoes.csv.</p></section>\n");
  }
}
