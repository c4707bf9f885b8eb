package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Collectors;

/** The heat maps of a sweep, and how its objective is written. */
final class SweepCells {
  private static final String[] FRACTIONS = {
    "_return", "_drawdown", "win_rate", "time_in_market", "volatility"
  };

  private final JsonNode tree;
  private final boolean fraction;
  private final boolean less;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  SweepCells(final JsonNode tree) {
    this.tree = tree;
    final String metric = tree.at("/sweep/metric").asText();
    boolean ends = false;
    for (final String end : FRACTIONS) {
      ends |= metric.endsWith(end);
    }
    fraction = ends;
    less = tree.at("/sweep/less_is_better").asBoolean();
    for (final JsonNode map : tree.get("heat_maps")) {
      for (final JsonNode line : map.get("cells")) {
        for (final JsonNode cell : line) {
          if (cell.isNumber()) {
            low = Math.min(low, cell.asDouble());
            high = Math.max(high, cell.asDouble());
          }
        }
      }
    }
  }

  /** The objective's name as a title begins with it. */
  String title() {
    final String name = tree.at("/sweep/objective").asText().replace('_', ' ');
    return Html.text(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
  }

  /** The objective as people read it. */
  String objective(final JsonNode value) {
    return value.isNumber() ? objective(value.asDouble()) : Html.NONE;
  }

  /** The objective as people read it. */
  String objective(final double value) {
    if (fraction) {
      return Html.minus(String.format(Locale.ROOT, "%.2f %%", 100 * value));
    }
    final double size = Math.abs(value);
    return Html.minus(
        String.format(
            Locale.ROOT,
            size >= 100 ? "%,.0f" : size >= 0.01 || size == 0 ? "%.2f" : "%.4f",
            value));
  }

  void append(final StringBuilder page) {
    final JsonNode maps = tree.get("heat_maps");
    if (maps.isEmpty()) {
      return;
    }
    final boolean forward = tree.path("walk_forward").isObject();
    page.append("<section class=\"card").append(forward && small(maps) ? " half" : "");
    page.append("\"><h2>")
        .append(title())
        .append(" over ")
        .append(Html.text(maps.get(0).get("x")))
        .append(maps.get(0).get("y").isNull() ? "" : " and " + Html.text(maps.get(0).get("y")))
        .append(forward ? ", mean of the trainings" : "")
        .append("</h2><div class=\"maps\">");
    for (final JsonNode map : maps) {
      map(page, map);
    }
    page.append("</div><p class=\"note\">Green is better, red worse")
        .append(low < 0 && high > 0 && !less ? ", 0 without colour" : "")
        .append(". A cell is the best of what falls into it; – is no result, an empty one was not")
        .append(" tried. The best is framed.");
    final int slices = maps.get(0).path("slices").asInt();
    if (slices > maps.size()) {
      page.append(" The best ")
          .append(maps.size())
          .append(" of ")
          .append(slices)
          .append(" slices.");
    }
    page.append("</p></section>\n");
  }

  private static boolean small(final JsonNode maps) {
    return maps.size() == 1 && maps.get(0).get("x_values").size() <= 8;
  }

  private void map(final StringBuilder page, final JsonNode map) {
    page.append("<div class=\"map\">");
    if (!map.get("slice").isEmpty()) {
      page.append("<h3>")
          .append(
              map.get("slice").properties().stream()
                  .map(one -> Html.text(one.getKey() + " = " + one.getValue().asText()))
                  .collect(Collectors.joining(", ")))
          .append("</h3>");
    }
    page.append("<div class=\"scroll\"><table class=\"heat\"><tr><th class=\"axis\">")
        .append(map.get("y").isNull() ? "" : Html.text(map.get("y")) + " ↓ ")
        .append(Html.text(map.get("x")))
        .append(" →</th>");
    for (final JsonNode value : map.get("x_values")) {
      page.append("<th>").append(Html.text(value)).append("</th>");
    }
    page.append("</tr>");
    for (int row = 0; row < map.get("cells").size(); row++) {
      page.append("<tr><th>")
          .append(map.get("y").isNull() ? "" : Html.text(map.get("y_values").get(row)))
          .append("</th>");
      for (int column = 0; column < map.get("x_values").size(); column++) {
        cell(page, map.get("cells").get(row).get(column), map.get("tried").get(row).get(column));
      }
      page.append("</tr>");
    }
    page.append("</table></div></div>");
  }

  private void cell(final StringBuilder page, final JsonNode value, final JsonNode tried) {
    if (!value.isNumber()) {
      page.append("<td class=\"void\">").append(tried.asInt() > 0 ? Html.NONE : "").append("</td>");
      return;
    }
    final double number = value.asDouble();
    // Around 0 where there is gain and loss, else around the middle.
    final double middle = low < 0 && high > 0 ? 0 : (low + high) / 2;
    final double span = Math.max(high - middle, middle - low);
    final double strength = span > 0 ? Math.abs(number - middle) / span : 0;
    page.append(
        String.format(
            Locale.ROOT,
            "<td%s style=\"background:color-mix(in srgb, var(--%s-fill) %.0f%%, transparent)\""
                + " title=\"%d tried\">%s</td>",
            number == (less ? low : high) ? " class=\"top\"" : "",
            number < middle == less ? "gain" : "loss",
            8 + 62 * strength,
            tried.asInt(),
            objective(number)));
  }
}
