package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.market.Fixed;
import io.millrace.tools.report.stats.Returns;
import java.util.Arrays;

/**
 * The series that ratios are computed from: daily returns where there are enough days, else hourly,
 * else by the minute; periods without market data do not exist.
 *
 * @param periods the series
 * @param perYear such periods in a year: 252 days of trading (365 where the market never closes)
 *     times periods seen in a day
 * @param returns of the equity
 * @param benchmark returns of the benchmark, NaN where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // carried from maker to writers, never compared
record Basis(Periods periods, double perYear, double[] returns, double[] benchmark) {
  /** Fewest returns that a ratio is made of. */
  static final int FEWEST = 20;

  private static final double TRADING_DAYS = 252;
  private static final double CALENDAR_DAYS = 365;
  private static final int QUARTER = 63;
  private static final int MONTH = 21;
  private static final int SHORT_WINDOW = 60;
  private static final int POINTS = 500;

  static Basis of(final RunScan scan) {
    final Periods periods =
        scan.days.count() >= FEWEST
            ? scan.days
            : scan.hours.count() >= FEWEST ? scan.hours : scan.minutes;
    final double year = scan.weekends() ? CALENDAR_DAYS : TRADING_DAYS;
    final double perDay =
        periods.count() == 0 ? 1 : (double) periods.count() / Math.max(1, scan.days.count());
    final double start = scan.firstNav() == Fixed.NONE ? 0 : Fixed.toDouble(scan.firstNav());
    return new Basis(
        periods,
        year * perDay,
        periods.returns(start, 1),
        periods.benchmarkReturns(scan.benchmarkFirst()));
  }

  /** Whether there are enough returns for ratios. */
  boolean enough() {
    return returns.length >= FEWEST;
  }

  /** Returns where the benchmark has one too: ours, then its. */
  double[][] paired() {
    final double[][] pair = new double[2][returns.length];
    int count = 0;
    for (int i = 0; i < returns.length; i++) {
      if (!Double.isNaN(benchmark[i])) {
        pair[0][count] = returns[i];
        pair[1][count++] = benchmark[i];
      }
    }
    return new double[][] {Arrays.copyOf(pair[0], count), Arrays.copyOf(pair[1], count)};
  }

  private int window() {
    final int wanted =
        periods.name().equals("day")
            ? returns.length >= 2 * QUARTER ? QUARTER : MONTH
            : SHORT_WINDOW;
    return Math.min(wanted, Math.max(10, returns.length / 3));
  }

  /** The series, a row for each period. */
  void write(final CsvFile csv) {
    for (int i = 0; i < returns.length; i++) {
      csv.text(periods.name())
          .time(periods.endTime(i))
          .number(periods.equity(i))
          .number(returns[i])
          .number(benchmark[i])
          .end();
    }
  }

  /** Sharpe ratio of a window that moves along. */
  void writeRolling(final ObjectNode node, final double riskFree) {
    final int window = window();
    node.put("period", periods.name());
    node.put("window", window);
    final ArrayNode time = node.putArray("time");
    final ArrayNode sharpe = node.putArray("sharpe");
    if (!enough()) {
      return;
    }
    final int step = Math.max(1, (returns.length - window) / POINTS);
    for (int end = window; end <= returns.length; end += step) {
      time.add(periods.endTime(end - 1) / 1e9);
      sharpe.add(
          Json.number(
              Returns.sharpe(
                  Arrays.copyOfRange(returns, end - window, end), riskFree / perYear, perYear)));
    }
  }
}
