package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The page: one file, no network, readable without scripts (they add what the pointer shows). A
 * function of the report's tree alone; headline numbers carry the path of their value in {@code
 * data-of}, and the value itself.
 */
final class Page {
  /** Nothing may be loaded from anywhere, whatever a name in the data holds. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private static final List<String> ANALYSES =
      List.of(
          "look_ahead",
          "stale_prices",
          "volume",
          "parameters",
          "deflated_sharpe",
          "trade_order",
          "costs");

  private final JsonNode tree;

  Page(final JsonNode tree) {
    this.tree = tree;
  }

  String html() {
    final JsonNode strategy = tree.at("/run/strategy");
    final String data = Html.text(tree.at("/run/data").asText());
    final String title = strategy.isNull() ? data : Html.text(strategy) + " on " + data;
    final StringBuilder page = new StringBuilder(1 << 18);
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\"><title>")
        .append(title)
        .append(" · Millrace</title>\n<style>\n")
        .append(Html.resource("style.css"))
        .append("</style></head>\n<body><main>\n");
    header(page, title);
    tiles(page);
    page.append("<div class=\"cards\">\n");
    equity(page);
    new ReturnSections(tree).append(page);
    new ProfitSections(tree).append(page);
    new TradeSections(tree).append(page);
    new TrustSections(tree, ANALYSES).append(page);
    page.append(
            "</div>\n<footer>Times are UTC. Everything but latency is computed from the run's two")
        .append(" journals; the same numbers are in report.json, and the rows behind them in the")
        .append(" CSV files.</footer>\n</main>\n");
    series(page);
    page.append("<script>\n").append(Html.resource("page.js")).append("</script></body></html>\n");
    return page.toString();
  }

  private void header(final StringBuilder page, final String title) {
    final JsonNode run = tree.get("run");
    page.append("<h1>").append(title).append("</h1><p class=\"sub\">");
    page.append(Html.text(run.get("mode")))
        .append(" · ")
        .append(Html.time(run.get("first_time")))
        .append(" to ")
        .append(Html.time(run.get("last_time")))
        .append(" UTC · ")
        .append(Html.count(run.get("inputs")))
        .append(" inputs · run ")
        .append(Html.text(run.get("run_id")))
        .append("</p>");
    if (!run.get("status").asText().equals("done")) {
      page.append("<p class=\"alarm\">This run is ")
          .append(Html.text(run.get("status")))
          .append(run.get("reason").isNull() ? "" : ": " + Html.text(run.get("reason")))
          .append("</p>");
    }
    if (!run.get("strategy_stopped").isNull()) {
      page.append("<p class=\"alarm\">The strategy was stopped: ")
          .append(Html.text(run.get("strategy_stopped")))
          .append("</p>");
    }
    page.append("<div class=\"chips\">");
    for (final String name : ANALYSES) {
      final String status = tree.at("/sanity/" + name + "/status").asText();
      page.append("<a class=\"chip ")
          .append(status)
          .append("\" href=\"#")
          .append(name)
          .append("\">")
          .append(TrustSections.title(name))
          .append(TrustSections.verdict(status))
          .append("</a>");
    }
    page.append("</div>\n");
  }

  /** A headline number with the path of its value. */
  private void tile(
      final StringBuilder page,
      final String name,
      final String path,
      final String shown,
      final String tone,
      final String more) {
    final JsonNode value = tree.at(path);
    page.append("<div class=\"tile\"><div class=\"name\">")
        .append(name)
        .append("</div><div class=\"value ")
        .append(tone)
        .append("\" data-of=\"")
        .append(path)
        .append("\" data-value=\"")
        .append(value.isNull() ? "" : Html.text(value.asText()))
        .append("\">")
        .append(shown)
        .append("</div><div class=\"more\">")
        .append(more)
        .append("</div></div>\n");
  }

  private void tiles(final StringBuilder page) {
    final JsonNode s = tree.get("statistics");
    final JsonNode trades = tree.get("trades");
    final JsonNode costs = tree.get("costs");
    final JsonNode gate = tree.get("gate");
    page.append("<div class=\"tiles\">\n");
    tile(
        page,
        "Net profit",
        "/statistics/net_profit",
        Html.gain(s.get("net_profit")),
        Html.tone(s.get("net_profit")),
        "of " + Html.money(s.get("start_equity")));
    tile(
        page,
        "Return",
        "/statistics/total_return",
        Html.change(s.get("total_return")),
        Html.tone(s.get("total_return")),
        tree.at("/benchmark/symbol").isNull()
            ? "no benchmark"
            : Html.text(tree.at("/benchmark/symbol"))
                + " held: "
                + Html.change(tree.at("/benchmark/total_return")));
    tile(
        page,
        "Sharpe ratio",
        "/statistics/sharpe",
        Html.number(s.get("sharpe")),
        "",
        s.get("sharpe").isNull()
            ? "too few returns that differ"
            : "± " + Html.number(s.get("sharpe_error")) + ", by the " + Html.text(s.get("period")));
    tile(
        page,
        "Deepest drawdown",
        "/statistics/max_drawdown",
        Html.percent(s.get("max_drawdown")),
        s.get("max_drawdown").asDouble() > 0 ? "loss" : "",
        "longest " + Html.duration(s.get("longest_drawdown_s")));
    tile(
        page,
        "Trades closed",
        "/trades/closed",
        Html.count(trades.get("closed")),
        "",
        Html.count(trades.get("open")) + " lots open at the end");
    tile(
        page,
        "Win rate",
        "/trades/win_rate",
        Html.percent(trades.get("win_rate")),
        "",
        "profit factor " + Html.number(trades.get("profit_factor")));
    tile(
        page,
        "Fees",
        "/costs/fees",
        Html.money(costs.get("fees")),
        "",
        "slippage "
            + Html.money(costs.get("slippage"))
            + (costs.get("slippage_bps").isNull()
                ? ""
                : " (" + Html.number(costs.get("slippage_bps")) + " bp)")
            + (costs.get("funding").decimalValue().signum() == 0
                ? ""
                : ", funding " + Html.money(costs.get("funding"))));
    tile(
        page,
        "Fills",
        "/gate/fills",
        Html.count(gate.get("fills")),
        "",
        Html.count(gate.get("vetoes")) + " orders vetoed");
    page.append("</div>\n");
  }

  private void equity(final StringBuilder page) {
    final JsonNode curve = tree.get("curve");
    final JsonNode symbol = tree.at("/benchmark/symbol");
    page.append("<section class=\"card\"><h2>Equity</h2>");
    if (curve.get("time").size() < 2 || tree.at("/statistics/net_profit").isNull()) {
      page.append("<p class=\"empty\">No equity over time: the run has no market data, or no NAV")
          .append(" was struck.</p></section>\n");
      return;
    }
    page.append("<div class=\"legend\"><span><i></i>equity</span>");
    if (!symbol.isNull()) {
      page.append("<span class=\"c-other\"><i></i>")
          .append(Html.text(symbol))
          .append(" bought and held</span>");
    }
    page.append("<span class=\"c-loss\"><i></i>drawdown</span></div>");
    final Chart chart =
        new Chart(curve.get("time"))
            .fit(curve.get("equity_low"))
            .fit(curve.get("equity_high"))
            .fit(curve.get("benchmark"));
    page.append(
        chart
            .line(curve.get("benchmark"), "other")
            .band(curve.get("equity_low"), curve.get("equity_high"), "band")
            .line(curve.get("equity"), "main")
            .hover("equity", "equity", "money")
            .hover("benchmark", symbol.isNull() ? "" : symbol.asText(), "money")
            .hover("drawdown", "drawdown", "percent")
            .html("", "Equity and benchmark over time", Chart::number));
    final JsonNode falls = negative(curve.get("drawdown"));
    page.append(
        new Chart(curve.get("time"))
            .fit(falls)
            .withZero()
            .area(falls, "fill-loss")
            .line(falls, "loss")
            .hover("drawdown", "drawdown", "percent")
            .html("low", "Drawdown over time", Chart::percent));
    page.append("<p class=\"note\">Each point spans ")
        .append(Html.duration(curve.get("span_s")))
        .append(" and keeps its lowest and highest equity (the pale band). Times without market")
        .append(" data take no room. The benchmark is a fractional holding of the same capital,")
        .append(" without costs.</p></section>\n");
  }

  private static JsonNode negative(final JsonNode series) {
    final com.fasterxml.jackson.databind.node.ArrayNode list =
        JsonNodeFactory.instance.arrayNode(series.size());
    series.forEach(value -> list.add(value.asDouble() == 0 ? 0 : -value.asDouble()));
    return list;
  }

  private void series(final StringBuilder page) {
    final JsonNode curve = tree.get("curve");
    final JsonNode rolling = tree.get("rolling_sharpe");
    final ObjectNode data = JsonNodeFactory.instance.objectNode();
    for (final String name : List.of("time", "equity", "benchmark", "drawdown", "gross", "net")) {
      data.set(name, curve.get(name));
    }
    data.set("rolling_time", rolling.get("time"));
    data.set("rolling", rolling.get("sharpe"));
    page.append("<script type=\"application/json\" id=\"series\">")
        .append(data.toString().replace("<", "\\u003c"))
        .append("</script>\n");
  }
}
