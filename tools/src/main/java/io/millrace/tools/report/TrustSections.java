package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The sanity analyses in words, and all it takes to make the run again. */
final class TrustSections {
  /** Files of the data that the page names. */
  private static final int FILES_SHOWN = 10;

  private final JsonNode tree;
  private final List<String> analyses;

  TrustSections(final JsonNode tree, final List<String> analyses) {
    this.tree = tree;
    this.analyses = analyses;
  }

  /** Heading of an analysis. */
  static String title(final String name) {
    return switch (name) {
      case "look_ahead" -> "Look-ahead";
      case "stale_prices" -> "Stale prices";
      case "volume" -> "Share of volume";
      case "parameters" -> "Trades and parameters";
      case "deflated_sharpe" -> "Deflated Sharpe";
      case "trade_order" -> "Order of trades";
      case "costs" -> "Cost sensitivity";
      default -> throw new IllegalArgumentException("no analysis is called " + name);
    };
  }

  /** What a status says, after a title. */
  static String verdict(final String status) {
    return switch (status) {
      case "ok" -> ": ok";
      case "look" -> ": look";
      case "fault" -> ": fault";
      default -> ": no verdict";
    };
  }

  void append(final StringBuilder page) {
    page.append("<section class=\"card\"><h2>Can it be believed?</h2><div class=\"analyses\">");
    for (final String name : analyses) {
      final JsonNode analysis = tree.at("/sanity/" + name);
      final String status = analysis.get("status").asText();
      page.append("<div class=\"analysis\" id=\"")
          .append(name)
          .append("\"><header><h3>")
          .append(title(name))
          .append("</h3><span class=\"state ")
          .append(status)
          .append("\">")
          .append(verdict(status).substring(2))
          .append("</span></header><p>")
          .append(words(name, analysis, status.equals("none")))
          .append("</p></div>");
    }
    page.append("</div></section>\n");
    reproduce(page);
  }

  private static String words(final String name, final JsonNode a, final boolean none) {
    return switch (name) {
      case "look_ahead" -> lookAhead(a, none);
      case "stale_prices" -> none ? "No fill." : stale(a);
      case "volume" -> none && a.get("instruments").asInt() == 0 ? "No fill." : volume(a);
      case "parameters" -> parameters(a, none);
      case "deflated_sharpe" -> deflated(a, none);
      case "trade_order" -> order(a, none);
      default -> costs(a, none);
    };
  }

  private static String lookAhead(final JsonNode a, final boolean none) {
    if (none) {
      return "Not run. <code>millrace report RUN --look-ahead 5</code> cuts the inputs off at five"
          + " places, re-executes what is left and compares every decision byte for byte.";
    }
    final StringBuilder text = new StringBuilder();
    long outputs = 0;
    int same = 0;
    for (final JsonNode point : a.get("points")) {
      outputs += point.get("outputs").asLong();
      same += point.get("differs").isNull() ? 1 : 0;
    }
    text.append("The inputs were cut off at ")
        .append(a.get("points").size())
        .append(" places and re-executed: at ")
        .append(same)
        .append(" of them every decision up to there was the recorded one, byte for byte (")
        .append(String.format(java.util.Locale.ROOT, "%,d", outputs))
        .append(" compared).");
    for (final JsonNode point : a.get("points")) {
      if (!point.get("differs").isNull()) {
        text.append(" Cut after input ")
            .append(Html.count(point.get("inputs")))
            .append(", output ")
            .append(Html.count(point.get("differs")))
            .append(" differs: it knew what came later.");
      }
    }
    return text.toString();
  }

  private static String stale(final JsonNode a) {
    return Html.count(a.get("stale"))
        + " of "
        + Html.count(a.get("fills"))
        + " fills were made at a price older than "
        + Html.duration(a.get("stale_after_s"))
        + "; the oldest was "
        + Html.duration(a.get("oldest_s"))
        + (a.get("oldest_symbol").isNull() ? "" : " (" + Html.text(a.get("oldest_symbol")) + ")")
        + ".";
  }

  private static String volume(final JsonNode a) {
    final String known =
        a.get("largest_share").isNull()
            ? "The data tells no traded volume of what was traded."
            : "At most "
                + Html.percent(a.get("largest_share"))
                + " of an instrument's volume in the run was ours ("
                + Html.text(a.get("largest_share_symbol"))
                + "); over "
                + Html.percent(a.get("alarm_share"))
                + " wants a look."
                + (a.get("instruments_without_volume").asInt() > 0
                    ? " "
                        + Html.count(a.get("instruments_without_volume"))
                        + " of "
                        + Html.count(a.get("instruments"))
                        + " instruments have no volume in the data."
                    : "");
    return known
        + " "
        + Html.count(a.get("fills_beyond_displayed"))
        + " taker fills were larger than the size displayed.";
  }

  private static String parameters(final JsonNode a, final boolean none) {
    final String parameters =
        Html.count(a.get("parameters"))
            + (a.get("told").asBoolean()
                ? " free parameters"
                : a.get("parameters").asInt() == 1
                    ? " setting changed from the defaults"
                    : " settings changed from the defaults");
    return Html.count(a.get("closed_trades"))
        + " closed trades, "
        + parameters
        + (a.get("trades_per_parameter").isNull()
            ? "."
            : ": " + Html.number(a.get("trades_per_parameter")) + " trades for each.")
        + (none
            ? " Without trades there is nothing to judge."
            : " Fewer than "
                + Html.count(a.get("wanted"))
                + " for each, or fewer than 30 in all, prove little.")
        + (a.get("told").asBoolean()
            ? ""
            : " A strategy's own parameters are not known here; tell them with"
                + " <code>--parameters N</code>.");
  }

  private static String deflated(final JsonNode a, final boolean none) {
    if (none) {
      return "Too few returns that differ ("
          + Html.count(a.get("returns"))
          + " by the "
          + Html.text(a.get("period"))
          + ").";
    }
    final StringBuilder text = new StringBuilder("The probability that the Sharpe ratio is real");
    text.append(a.get("tries").asInt() == 1 ? "" : ", the best of " + Html.count(a.get("tries")))
        .append(": ")
        .append(Html.percent(a.get("probability")))
        .append(". Were it the best of");
    String comma = " ";
    for (final JsonNode row : a.get("if_best_of")) {
      if (row.get("tries").asInt() > 1) {
        text.append(comma)
            .append(Html.count(row.get("tries")))
            .append(" tries ")
            .append(Html.percent(row.get("probability")));
        comma = ", of ";
      }
    }
    return text.append(". Tell the number of variants tried with <code>--tries N</code>.")
        .toString();
  }

  private static String order(final JsonNode a, final boolean none) {
    if (none) {
      return Html.count(a.get("closed_trades"))
          + " closed trades: their order says nothing before there are three.";
    }
    return "In "
        + Html.count(a.get("shuffles"))
        + " random orders of the same trades, the deepest fall of their summed profits was less than"
        + " the real "
        + Html.money(a.get("drawdown"))
        + " in "
        + Html.percent(a.get("percentile"))
        + " of them; the median is "
        + Html.money(a.get("median_drawdown"))
        + ", one in 20 exceeds "
        + Html.money(a.get("worst_5_percent"))
        + ". Seed "
        + Html.plain(a.get("seed"))
        + ".";
  }

  private static String costs(final JsonNode a, final boolean none) {
    if (none) {
      return "No fill.";
    }
    return "Before fees "
        + Html.gain(a.get("gross_profit"))
        + ". "
        + (a.get("break_even_times").isNull()
            ? "There is nothing for fees to eat: it loses before them, or there are none."
            : "Fees could be "
                + Html.number(a.get("break_even_times"))
                + " times what they were before nothing is left.");
  }

  private void reproduce(final StringBuilder page) {
    final JsonNode r = tree.get("reproduce");
    page.append("<section class=\"card\"><h2>Make it again</h2><pre>tools/bin/millrace replay RUN")
        .append(" --verify     # every decision again from its journal, compared byte for byte\n")
        .append("tools/bin/millrace report RUN              # this report from the journals\n")
        .append(
            "tools/bin/millrace backtest --config RUN/report/config.yaml …   # the same config,")
        .append(" other data</pre><div class=\"scroll\"><table class=\"facts\">");
    for (final String name :
        new String[] {
          "config_digest",
          "decisions_digest",
          "input_chain",
          "decision_chain",
          "input_file_crc",
          "decision_file_crc",
          "build_version",
          "message_schema_version",
          "topology"
        }) {
      page.append("<tr><td>")
          .append(name.replace('_', ' '))
          .append("</td><td><code>")
          .append(Html.text(r.get(name)))
          .append("</code></td></tr>");
    }
    page.append("<tr><td>data</td><td>")
        .append(Html.text(tree.at("/run/data")))
        .append("</td></tr>");
    if (!r.get("strategy_file").isNull()) {
      page.append("<tr><td>strategy ")
          .append(Html.text(r.get("strategy_file")))
          .append("</td><td><code>")
          .append(Html.text(r.get("strategy_sha256")))
          .append("</code></td></tr>");
    }
    final JsonNode data = r.get("data_files");
    for (int i = 0; i < Math.min(FILES_SHOWN, data.size()); i++) {
      final JsonNode file = data.get(i);
      page.append("<tr><td>")
          .append(Html.text(file.get("file")))
          .append("</td><td><code>")
          .append(Html.text(file.get("sha256")))
          .append("</code></td></tr>");
    }
    if (data.size() > FILES_SHOWN) {
      page.append("<tr><td>and ")
          .append(data.size() - FILES_SHOWN)
          .append(" more files</td><td>in report.json</td></tr>");
    }
    page.append("</table></div><h3>Settings that are not the default</h3>");
    if (r.get("changed_settings").isEmpty()) {
      page.append("<p class=\"note\">None.</p>");
    } else {
      page.append("<div class=\"scroll\"><table class=\"facts\">");
      r.get("changed_settings")
          .properties()
          .forEach(
              field ->
                  page.append("<tr><td>")
                      .append(Html.text(field.getKey()))
                      .append("</td><td><code>")
                      .append(Html.text(field.getValue()))
                      .append("</code></td></tr>"));
      page.append("</table></div>");
    }
    page.append("<p class=\"note\">Beside this page: ");
    final StringBuilder files = new StringBuilder();
    for (final JsonNode file : r.get("files")) {
      if (!file.asText().equals("index.html")) {
        files
            .append(files.length() == 0 ? "" : ", ")
            .append("<a href=\"")
            .append(Html.text(file))
            .append("\">")
            .append(Html.text(file))
            .append("</a>");
      }
    }
    page.append(files).append(".</p></section>\n");
  }
}
