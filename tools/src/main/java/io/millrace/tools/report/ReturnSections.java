package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Returns by month, statistics, exposure, rolling Sharpe, drawdowns. */
final class ReturnSections {
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /** A month of this return has the full colour. */
  private static final double FULL_COLOUR = 0.08;

  private final JsonNode tree;

  ReturnSections(final JsonNode tree) {
    this.tree = tree;
  }

  void append(final StringBuilder page) {
    final boolean months = tree.get("months").size() > 1;
    statistics(page);
    if (months) {
      months(page);
    }
    exposure(page);
    rolling(page);
    drawdowns(page);
  }

  private static void row(final StringBuilder page, final String name, final String value) {
    page.append("<tr><td>").append(name).append("</td><td>").append(value).append("</td></tr>");
  }

  private void statistics(final StringBuilder page) {
    final JsonNode s = tree.get("statistics");
    final JsonNode b = tree.get("benchmark");
    page.append("<section class=\"card half\"><h2>Return and risk</h2><table class=\"facts\">");
    row(page, "End equity", Html.money(s.get("end_equity")));
    row(page, "Growth a year (CAGR)", Html.change(s.get("cagr")));
    row(page, "Volatility a year", Html.percent(s.get("volatility")));
    row(page, "Sortino ratio", Html.number(s.get("sortino")));
    row(page, "Calmar ratio", Html.number(s.get("calmar")));
    final String period = Html.text(s.get("period"));
    row(page, "Value at risk, 95 %, one " + period, Html.percent(s.get("var_95")));
    row(page, "Expected shortfall, 95 %", Html.percent(s.get("expected_shortfall_95")));
    row(
        page,
        "Best and worst " + period,
        Html.change(s.get("best_period")) + " / " + Html.change(s.get("worst_period")));
    row(page, "Skewness", Html.number(s.get("skewness")));
    row(page, "Kurtosis (normal: 3)", Html.number(s.get("kurtosis")));
    page.append("</table><p class=\"note\">From ")
        .append(Html.count(s.get("periods")))
        .append(" returns by the ")
        .append(period)
        .append(", ")
        .append(Html.count(s.get("periods_per_year")))
        .append(" to a year, in ")
        .append(Html.count(s.get("days")))
        .append(s.get("days").asInt() == 1 ? " day" : " days")
        .append(" of data.")
        .append(
            s.get("days").asInt() < Basis.FEWEST
                ? " Yearly figures of so few days say little; no growth rate is given under 30 days."
                : "")
        .append("</p></section>\n");
    page.append("<section class=\"card half\"><h2>Against ")
        .append(b.get("symbol").isNull() ? "the benchmark" : Html.text(b.get("symbol")))
        .append(" bought and held</h2>");
    if (b.get("symbol").isNull()) {
      page.append("<p class=\"empty\">No instrument with a price.</p></section>\n");
      return;
    }
    page.append("<table><tr><th></th><th>this run</th><th>")
        .append(Html.text(b.get("symbol")))
        .append("</th></tr>");
    pair(page, "Return", Html.change(s.get("total_return")), Html.change(b.get("total_return")));
    pair(page, "Sharpe ratio", Html.number(s.get("sharpe")), Html.number(b.get("sharpe")));
    pair(
        page,
        "Deepest drawdown",
        Html.percent(s.get("max_drawdown")),
        Html.percent(b.get("max_drawdown")));
    page.append("</table><h3>Dependence</h3><table class=\"facts\">");
    row(page, "Beta", betaText(b.get("beta")));
    row(page, "Alpha a year", Html.change(b.get("alpha")));
    row(page, "Correlation", Html.number(b.get("correlation")));
    page.append("</table><h3>In the market</h3><table class=\"facts\">");
    final JsonNode e = tree.get("exposure");
    row(page, "Time with a position", Html.percent(e.get("time_in_market")));
    row(
        page,
        "Gross exposure over equity, mean and most",
        Html.percent(e.get("mean_gross")) + " / " + Html.percent(e.get("max_gross")));
    page.append("</table></section>\n");
  }

  private static String betaText(final JsonNode beta) {
    return beta.isNull()
        ? Html.NONE
        : Html.minus(String.format(Locale.ROOT, "%.3f", beta.asDouble()));
  }

  private static void pair(
      final StringBuilder page, final String name, final String ours, final String theirs) {
    page.append("<tr><td>")
        .append(name)
        .append("</td><td>")
        .append(ours)
        .append("</td><td>")
        .append(theirs)
        .append("</td></tr>");
  }

  private void months(final StringBuilder page) {
    final Map<Integer, Double[]> years = new TreeMap<>();
    for (final JsonNode month : tree.get("months")) {
      years
              .computeIfAbsent(month.get("year").asInt(), year -> new Double[MONTHS.length])[
              month.get("month").asInt() - 1] =
          month.get("return").isNull() ? null : month.get("return").asDouble();
    }
    page.append("<section class=\"card\"><h2>Returns by month</h2><div class=\"scroll\">")
        .append("<table class=\"months\"><tr><th></th>");
    for (final String month : MONTHS) {
      page.append("<th>").append(month).append("</th>");
    }
    page.append("<th>Year</th></tr>");
    for (final Map.Entry<Integer, Double[]> year : years.entrySet()) {
      page.append("<tr><td>").append(year.getKey()).append("</td>");
      double value = 1;
      for (final Double month : year.getValue()) {
        if (month == null) {
          page.append("<td></td>");
        } else {
          value *= 1 + month;
          page.append(cell(month));
        }
      }
      page.append(cell(value - 1)).append("</tr>");
    }
    page.append("</table></div></section>\n");
  }

  private static String cell(final double value) {
    final double strength = Math.min(1, Math.abs(value) / FULL_COLOUR);
    return String.format(
        Locale.ROOT,
        "<td class=\"m\" style=\"background:color-mix(in srgb, var(--%s-fill) %.0f%%,"
            + " transparent)\">%s</td>",
        value < 0 ? "loss" : "gain",
        value == 0 ? 0 : 8 + 52 * strength,
        Html.minus(String.format(Locale.ROOT, "%.1f", 100 * value)));
  }

  private void exposure(final StringBuilder page) {
    final JsonNode curve = tree.get("curve");
    page.append("<section class=\"card half\"><h2>Exposure</h2>");
    if (curve.get("time").size() < 2 || tree.at("/exposure/max_gross").asDouble() == 0) {
      page.append("<p class=\"empty\">Nothing was ever held.</p></section>\n");
      return;
    }
    page.append("<div class=\"legend\"><span><i></i>gross, over equity</span>")
        .append("<span class=\"c-other\"><i></i>net</span></div>");
    page.append(
        new Chart(curve.get("time"))
            .fit(curve.get("gross"))
            .fit(curve.get("net"))
            .withZero()
            .area(curve.get("gross"), "fill-main")
            .line(curve.get("gross"), "main")
            .line(curve.get("net"), "other")
            .hover("gross", "gross", "percent")
            .hover("net", "net", "percent")
            .html("mid", "Gross and net exposure over time", Chart::percent));
    page.append("</section>\n");
  }

  private void rolling(final StringBuilder page) {
    final JsonNode rolling = tree.get("rolling_sharpe");
    page.append("<section class=\"card half\"><h2>Rolling Sharpe ratio</h2>");
    boolean any = false;
    for (final JsonNode value : rolling.get("sharpe")) {
      any |= !value.isNull();
    }
    if (!any || rolling.get("time").size() < 2) {
      page.append("<p class=\"empty\">Too few returns for a window that moves.</p></section>\n");
      return;
    }
    page.append("<div class=\"legend\"><span><i></i>of the last ")
        .append(Html.count(rolling.get("window")))
        .append(' ')
        .append(Html.text(rolling.get("period")))
        .append("s, a year</span></div>");
    page.append(
        new Chart(rolling.get("time"))
            .fit(rolling.get("sharpe"))
            .withZero()
            .line(rolling.get("sharpe"), "main")
            .times("rolling_time")
            .hover("rolling", "Sharpe", "number")
            .html("mid", "Sharpe ratio of a moving window", Chart::number));
    page.append("</section>\n");
  }

  private void drawdowns(final StringBuilder page) {
    if (tree.get("drawdowns").isEmpty()) {
      return;
    }
    page.append("<section class=\"card\"><h2>Deepest drawdowns</h2><div class=\"scroll\">")
        .append("<table><tr><th>depth</th><th>from</th><th>deepest</th><th>made good</th></tr>");
    for (final JsonNode fall : tree.get("drawdowns")) {
      page.append("<tr><td class=\"loss\">")
          .append(Html.percent(fall.get("depth")))
          .append("</td><td>")
          .append(Html.time(fall.get("start_time")))
          .append("</td><td>")
          .append(Html.time(fall.get("trough_time")))
          .append("</td><td>")
          .append(fall.get("end_time").isNull() ? "not yet" : Html.time(fall.get("end_time")))
          .append("</td></tr>");
    }
    page.append("</table></div></section>\n");
  }
}
