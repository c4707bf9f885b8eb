package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line chart as inline SVG that stretches to any width; words stand beside it as HTML, so that
 * they keep their size on a telephone.
 */
final class Chart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 100;
  private static final int TICKS_X = 7;
  private static final int MOST_TICKS_Y = 6;
  private static final double MARGIN = 0.04;

  private final JsonNode time;
  private final StringBuilder shapes = new StringBuilder();
  private final List<JsonNode> scaled = new ArrayList<>();
  private final List<String> hover = new ArrayList<>();
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private boolean zero;
  private String timeName = "time";

  Chart(final JsonNode time) {
    this.time = time;
  }

  /** Makes room for a series. */
  Chart fit(final JsonNode series) {
    scaled.add(series);
    for (final JsonNode value : series) {
      if (!value.isNull()) {
        low = Math.min(low, value.asDouble());
        high = Math.max(high, value.asDouble());
      }
    }
    return this;
  }

  /** The axis has to hold zero, which is drawn. */
  Chart withZero() {
    low = Math.min(low, 0);
    high = Math.max(high, 0);
    zero = true;
    return this;
  }

  /** What the pointer shows: name of the series in the page's data, words, form. */
  Chart hover(final String name, final String words, final String form) {
    hover.add(name + "|" + words + "|" + form);
    return this;
  }

  /** Name of the times in the page's data. */
  Chart times(final String name) {
    timeName = name;
    return this;
  }

  private double x(final int at) {
    return time.size() < 2 ? 0 : (double) at * WIDTH / (time.size() - 1);
  }

  private double y(final double value) {
    return HEIGHT * (1 - (value - bottom()) / (top() - bottom()));
  }

  private double bottom() {
    return zero && low == 0 ? 0 : low - MARGIN * size();
  }

  private double top() {
    return zero && high == 0 && low < 0 ? 0 : high + MARGIN * size();
  }

  private double size() {
    final double size = high - low;
    return size > 0 ? size : high == 0 ? 1 : Math.abs(high) * 1e-4; // flat: some room all the same
  }

  /** Draws a line; call after all series are fitted. */
  Chart line(final JsonNode series, final String style) {
    shapes
        .append("<path class=\"")
        .append(style)
        .append("\" d=\"")
        .append(path(series))
        .append("\"/>");
    return this;
  }

  private String path(final JsonNode series) {
    final StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < series.size(); i++) {
      if (series.get(i).isNull()) {
        pen = false;
        continue;
      }
      path.append(pen ? "L" : "M").append(point(i, series.get(i).asDouble()));
      pen = true;
    }
    return path.toString();
  }

  /** Fills between two series. */
  Chart band(final JsonNode under, final JsonNode over, final String style) {
    final StringBuilder path = new StringBuilder();
    for (int i = 0; i < over.size(); i++) {
      if (!over.get(i).isNull()) {
        path.append(path.length() == 0 ? "M" : "L").append(point(i, over.get(i).asDouble()));
      }
    }
    for (int i = under.size() - 1; i >= 0; i--) {
      if (!under.get(i).isNull()) {
        path.append("L").append(point(i, under.get(i).asDouble()));
      }
    }
    shapes.append("<path class=\"").append(style).append("\" d=\"").append(path).append("Z\"/>");
    return this;
  }

  /** Fills between a series and zero. */
  Chart area(final JsonNode series, final String style) {
    final StringBuilder path = new StringBuilder("M" + point(0, 0));
    for (int i = 0; i < series.size(); i++) {
      path.append("L").append(point(i, series.get(i).isNull() ? 0 : series.get(i).asDouble()));
    }
    path.append("L").append(point(series.size() - 1, 0)).append("Z");
    shapes.append("<path class=\"").append(style).append("\" d=\"").append(path).append("\"/>");
    return this;
  }

  private String point(final int at, final double value) {
    return String.format(Locale.ROOT, "%.1f %.2f", x(at), y(value));
  }

  /**
   * The chart.
   *
   * @param style low, mid or nothing: how high
   * @param form of the numbers at the side
   */
  String html(final String style, final String what, final Form form) {
    final StringBuilder grid = new StringBuilder();
    final StringBuilder labels = new StringBuilder();
    final double step = step();
    for (final double tick : ticks(step)) {
      final double y = y(tick);
      final String line = tick == 0 && zero ? "zero" : "g";
      grid.append(
          String.format(
              Locale.ROOT,
              "<line class=\"%s\" x1=\"0\" x2=\"%d\" y1=\"%.2f\" y2=\"%.2f\"/>",
              line,
              WIDTH,
              y,
              y));
      labels.append(
          String.format(
              Locale.ROOT,
              "<span class=\"y\" style=\"top:%.2f%%\">%s</span>",
              y * 100 / HEIGHT,
              form.of(tick, step)));
    }
    return "<figure class=\"chart "
        + style
        + "\" data-time=\""
        + timeName
        + "\" data-series=\""
        + Html.text(String.join(";", hover))
        + "\"><div class=\"plot\"><svg role=\"img\" aria-label=\""
        + Html.text(what)
        + "\" viewBox=\"0 0 "
        + WIDTH
        + " "
        + HEIGHT
        + "\" preserveAspectRatio=\"none\">"
        + grid
        + shapes
        + "</svg>"
        + labels
        + "</div><div class=\"x\">"
        + timeLabels()
        + "</div></figure>";
  }

  /** A round distance of the ticks. */
  private double step() {
    final double span = top() - bottom();
    double step = Math.pow(10, Math.floor(Math.log10(span / MOST_TICKS_Y)));
    final double[] factors = {2, 2.5, 2};
    for (int i = 0; span / step > MOST_TICKS_Y; i++) {
      step *= factors[i % factors.length];
    }
    return step;
  }

  private List<Double> ticks(final double step) {
    final List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(bottom() / step); i * step <= top(); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** How numbers stand beside an axis. */
  interface Form {
    /** Text of a tick, with the decimals that the distance of the ticks needs. */
    String of(double value, double step);
  }

  /** An amount, millions as such. */
  static String number(final double value, final double step) {
    return Math.abs(value) >= 1e6
        ? decimals(value / 1e6, step / 1e6) + " M"
        : decimals(value, step);
  }

  /** A fraction as percent. */
  static String percent(final double value, final double step) {
    return decimals(100 * value, 100 * step) + " %";
  }

  private static String decimals(final double value, final double step) {
    int decimals = 0;
    for (double scaled = step; decimals < 6 && Math.abs(scaled - Math.rint(scaled)) > 1e-6; ) {
      scaled = step * Math.pow(10, ++decimals);
    }
    final double clean = Math.abs(value) < step / 1e6 ? 0 : value;
    return Html.minus(String.format(Locale.ROOT, "%,." + decimals + "f", clean));
  }

  private String timeLabels() {
    if (time.size() < 2) {
      return "";
    }
    final double first = time.get(0).asDouble();
    final double last = time.get(time.size() - 1).asDouble();
    final DateTimeFormatter form = form(Duration.ofSeconds((long) (last - first)));
    final StringBuilder labels = new StringBuilder();
    String before = "";
    for (int i = 0; i < TICKS_X; i++) {
      final int at = (int) Math.round((double) i * (time.size() - 1) / (TICKS_X - 1));
      final String label =
          form.format(Html.instant(time.get(at).asDouble()).atZone(ZoneOffset.UTC));
      if (label.equals(before)) {
        continue;
      }
      before = label;
      labels.append(
          String.format(
              Locale.ROOT,
              "<span%s style=\"left:%.2f%%\">%s</span>",
              i % 2 == 1 ? " class=\"minor\"" : "",
              100.0 * at / (time.size() - 1),
              label));
    }
    return labels.toString();
  }

  private static DateTimeFormatter form(final Duration span) {
    final String pattern =
        span.toHours() < 36 ? "HH:mm" : span.toDays() < 300 ? "d MMM" : "MMM yyyy";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
