package io.millrace.tools.sweep;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a combination is judged by: a number of its report, more being better.
 *
 * @param name as asked for
 * @param metric path of the number in the report, with dots
 * @param sign -1 where less is better
 */
public record Objective(String name, String metric, int sign) {
  private static final Map<String, String> NAMES = names();

  private static Map<String, String> names() {
    final Map<String, String> names = new LinkedHashMap<>();
    names.put("sharpe", "statistics.sharpe");
    names.put("sortino", "statistics.sortino");
    names.put("calmar", "statistics.calmar");
    names.put("return", "statistics.total_return");
    names.put("profit", "statistics.net_profit");
    names.put("drawdown", "-statistics.max_drawdown");
    names.put("win_rate", "trades.win_rate");
    names.put("profit_factor", "trades.profit_factor");
    return names;
  }

  /**
   * By its name, or by the path of a number in report.json, with a dash before it where less is
   * better.
   *
   * @throws SweepException if it is neither
   */
  public static Objective of(final String name) {
    final String path = NAMES.getOrDefault(name, name);
    final boolean less = path.startsWith("-");
    final String metric = less ? path.substring(1) : path;
    if (!metric.matches("[a-z0-9_]+(\\.[a-z0-9_]+)+")) {
      throw new SweepException(
          "there is no objective '"
              + name
              + "'; there are: "
              + String.join(", ", NAMES.keySet())
              + ", and any number of report.json such as trades.expectancy");
    }
    return new Objective(name, metric, less ? -1 : 1);
  }

  /** Of a row's metrics; NaN where the report has no such number. */
  public double value(final Map<String, Double> metrics) {
    final Double value = metrics.get(metric);
    return value == null ? Double.NaN : sign * value;
  }
}
