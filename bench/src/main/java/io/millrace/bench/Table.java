package io.millrace.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints rows, ratios first. */
final class Table {
  private static final String FORMAT = "%-9s %-6s  %-9s %-46s %12s  %-31s %12s %7s  %s%n";

  /** Ratios up to this are told as one part in so many. */
  private static final double SMALL = 0.1;

  private Table() {}

  static void print(final List<Row> rows, final PrintStream out) {
    out.printf(FORMAT, "ratio", "median", "section", "what", "ours", "beside", "", "noise", "goal");
    String section = "";
    for (final Row row : rows) {
      if (!row.section().equals(section)) {
        section = row.section();
        out.println();
      }
      out.printf(
          FORMAT,
          row.hasPeer() ? ratio(row.ratio()) : "",
          row.hasPeer() ? ratio(row.medianRatio()) : "",
          row.section(),
          row.name(),
          figure(row.best()) + " " + padded(row.unit()),
          row.peerName(),
          row.hasPeer() ? figure(row.peerBest()) + " " + padded(row.unit()) : "",
          noise(row.noise()),
          goal(row) + (row.note().isEmpty() ? "" : "  " + row.note()));
    }
  }

  private static String padded(final String unit) {
    return String.format(Locale.ROOT, "%-3s", unit);
  }

  private static String ratio(final double value) {
    return value <= SMALL
        ? String.format(Locale.ROOT, "1/%.0f", 1 / value)
        : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private static String noise(final double value) {
    return value < 9.995
        ? String.format(Locale.ROOT, "+%.0f%%", value * 100)
        : String.format(Locale.ROOT, "x%.0f", value + 1);
  }

  static String figure(final double value) {
    if (value == 0) {
      return "0";
    }
    final double size = Math.abs(value);
    return String.format(
        Locale.ROOT,
        size < 0.1 ? "%.3f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f",
        value);
  }

  private static String goal(final Row row) {
    return row.goal() == null ? "" : (row.met() ? "met    " : "MISSED ") + bounds(row.goal());
  }

  private static String bounds(final Row.Goal goal) {
    return (goal.ofRatio() ? "ratio " : "")
        + (goal.atMost() ? "<= " : ">= ")
        + (goal.ofRatio() ? ratio(goal.bound()) : figure(goal.bound()))
        + (goal.also() == null ? "" : ", " + bounds(goal.also()));
  }
}
