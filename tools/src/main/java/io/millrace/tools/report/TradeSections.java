package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Trades, open positions, fill quality, latency. */
final class TradeSections {
  /** Rows shown before one asks for more. */
  private static final int AT_ONCE = 12;

  private static final double LOWEST_MICROS = 0.01;

  private final JsonNode tree;

  TradeSections(final JsonNode tree) {
    this.tree = tree;
  }

  void append(final StringBuilder page) {
    fillQuality(page);
    trades(page);
    positions(page);
    latency(page);
  }

  private void trades(final StringBuilder page) {
    final JsonNode trades = tree.get("trades");
    page.append("<section class=\"card\"><h2>Trades</h2>");
    if (trades.get("closed").asLong() == 0) {
      page.append("<p class=\"empty\">No position was closed.</p></section>\n");
      return;
    }
    page.append("<div class=\"scroll\"><table><tr><th>closed</th><th>wins</th><th>losses</th>")
        .append(
            "<th>average win</th><th>average loss</th><th>largest win</th><th>largest loss</th>")
        .append("<th>mean profit</th><th>held</th><th>wins in a row</th><th>losses in a row</th>")
        .append("</tr><tr>");
    for (final String name : new String[] {"closed", "wins", "losses"}) {
      page.append("<td>").append(Html.count(trades.get(name))).append("</td>");
    }
    for (final String name :
        new String[] {"average_win", "average_loss", "largest_win", "largest_loss", "expectancy"}) {
      page.append("<td>").append(Html.money(trades.get(name))).append("</td>");
    }
    page.append("<td>").append(Html.duration(trades.get("held_s"))).append("</td><td>");
    page.append(Html.count(trades.get("longest_wins"))).append("</td><td>");
    page.append(Html.count(trades.get("longest_losses"))).append("</td></tr></table></div>");
    rows(page, trades.get("shown"), "exit");
    page.append("<p class=\"note\">Entries and exits are matched first in first out, by strategy")
        .append(" and instrument; legs of a structure count each. Profit is after fees.");
    if (trades.get("closed").asLong() > trades.get("shown").size()) {
      page.append(" Shown are the ")
          .append(trades.get("shown").size())
          .append(" with the largest profits and losses; all are in trades.csv.");
    }
    page.append("</p></section>\n");
  }

  private void positions(final StringBuilder page) {
    final JsonNode trades = tree.get("trades");
    if (trades.get("open").asLong() == 0) {
      return;
    }
    page.append("<section class=\"card\"><h2>Open at the end</h2><p class=\"sub\">")
        .append(Html.count(trades.get("open")))
        .append(" lots, ")
        .append(Html.gain(trades.get("unrealised")))
        .append(" at the last marks, entry fees taken off</p>");
    rows(page, trades.get("positions"), "mark");
    if (trades.get("open").asLong() > trades.get("positions").size()) {
      page.append("<p class=\"note\">The largest; all are in trades.csv.</p>");
    }
    page.append("</section>\n");
  }

  private static void rows(final StringBuilder page, final JsonNode rows, final String exit) {
    table(page, rows, 0, Math.min(AT_ONCE, rows.size()), exit);
    if (rows.size() > AT_ONCE) {
      page.append("<details><summary>").append(rows.size() - AT_ONCE).append(" more</summary>");
      table(page, rows, AT_ONCE, rows.size(), exit);
      page.append("</details>");
    }
  }

  private static void table(
      final StringBuilder page,
      final JsonNode rows,
      final int from,
      final int to,
      final String exit) {
    page.append("<div class=\"scroll\"><table><tr><th>symbol</th><th>profit</th><th>quantity</th>")
        .append("<th>entered</th><th>price</th><th>")
        .append(exit)
        .append("</th><th>price</th><th>fees</th><th class=\"text\">structure</th>")
        .append("<th class=\"text\">regime</th></tr>");
    for (int i = from; i < to; i++) {
      final JsonNode row = rows.get(i);
      page.append("<tr><td>")
          .append(Html.text(row.get("symbol").asText().replaceAll("\\s+", " ")))
          .append("</td><td class=\"")
          .append(Html.tone(row.get("profit")))
          .append("\">")
          .append(Html.gain(row.get("profit")))
          .append("</td><td>")
          .append(Html.plain(row.get("quantity")).replace("-", "−"))
          .append("</td><td>")
          .append(Html.time(row.get("entry_time")))
          .append("</td><td>")
          .append(Html.plain(row.get("entry_price")))
          .append("</td><td>")
          .append(Html.time(row.get("exit_time")))
          .append("</td><td>")
          .append(Html.plain(row.get("exit_price")))
          .append("</td><td>")
          .append(Html.money(row.get("fees")))
          .append("</td><td class=\"text\">")
          .append(Html.text(row.get("structure")))
          .append("</td><td class=\"text\">")
          .append(Html.text(row.get("regime")))
          .append("</td></tr>");
    }
    page.append("</table></div>");
  }

  private void fillQuality(final StringBuilder page) {
    final JsonNode quality = tree.get("fill_quality");
    page.append("<section class=\"card half\"><h2>Fill quality</h2>");
    if (quality.get("symbols").isEmpty()) {
      page.append("<p class=\"empty\">No order was sent.</p></section>\n");
      return;
    }
    page.append("<div class=\"scroll\"><table><tr><th>symbol</th><th>orders</th><th>filled</th>")
        .append("<th>maker</th><th>fallback</th><th>rejected</th><th>to fill</th>")
        .append("<th>slip bp</th></tr>");
    for (final JsonNode row : quality.get("symbols")) {
      page.append("<tr><td>")
          .append(Html.text(row.get("symbol")))
          .append("</td><td>")
          .append(Html.count(row.get("orders")))
          .append("</td><td>")
          .append(Html.percent(row.get("fill_rate")))
          .append("</td><td>")
          .append(Html.percent(row.get("maker_ratio")))
          .append("</td><td>")
          .append(Html.percent(row.get("fallback_rate")))
          .append("</td><td>")
          .append(Html.count(row.get("rejected")))
          .append("</td><td>")
          .append(Html.duration(row.get("seconds_to_fill")))
          .append("</td><td>")
          .append(Html.number(row.get("slippage_bps")))
          .append("</td></tr>");
    }
    page.append("</table></div><h3>Where the mid went after our fills</h3><table>")
        .append("<tr><th>after</th><th>fills</th><th>for us, bp</th><th>for us</th></tr>");
    for (final JsonNode row : quality.get("markouts")) {
      page.append("<tr><td>")
          .append(Html.duration(row.get("after_s")))
          .append("</td><td>")
          .append(Html.count(row.get("fills")))
          .append("</td><td class=\"")
          .append(Html.tone(row.get("bps")))
          .append("\">")
          .append(Html.number(row.get("bps")))
          .append("</td><td class=\"")
          .append(Html.tone(row.get("money")))
          .append("\">")
          .append(Html.gain(row.get("money")))
          .append("</td></tr>");
    }
    page.append(
            "</table><p class=\"note\">Against the fill's price; fills whose market told no new")
        .append(" price in that time are not counted.</p></section>\n");
  }

  private void latency(final StringBuilder page) {
    final JsonNode stages = tree.at("/latency/stages");
    page.append("<section class=\"card\"><h2>Latency</h2>");
    if (stages.isEmpty()) {
      page.append("<p class=\"empty\">The run has no latency file.</p></section>\n");
      return;
    }
    double most = 1;
    for (final JsonNode stage : stages) {
      most = Math.max(most, stage.get("max").asDouble());
    }
    page.append("<div class=\"scroll\"><table><tr><th>stage</th><th class=\"wide-only\">p50 to p99")
        .append(", log scale</th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th>")
        .append("<th>count</th></tr>");
    for (final JsonNode stage : stages) {
      final double from = place(stage.get("p50").asDouble(), most);
      final double to = place(stage.get("p99").asDouble(), most);
      page.append("<tr><td>")
          .append(Html.text(stage.get("stage").asText().replace('_', ' ')))
          .append(
              String.format(
                  Locale.ROOT,
                  "</td><td class=\"wide-only\"><div class=\"bars\" style=\"display:block;margin:0;"
                      + "min-width:120px\"><div class=\"track\"><div class=\"bar\""
                      + " style=\"left:%.1f%%;width:%.1f%%\"></div></div></div></td>",
                  from,
                  Math.max(to - from, 1)));
      for (final String name : new String[] {"p50", "p90", "p99", "p999", "max"}) {
        page.append("<td>").append(Html.micros(stage.get(name))).append("</td>");
      }
      page.append("<td>").append(Html.count(stage.get("count"))).append("</td></tr>");
    }
    page.append("</table></div><p class=\"note\">Microseconds of clock time when the run was made.")
        .append("</p></section>\n");
  }

  private static double place(final double micros, final double most) {
    return Math.max(0, Math.log(Math.max(micros, LOWEST_MICROS) / LOWEST_MICROS))
        / Math.log(most / LOWEST_MICROS)
        * 100;
  }
}
