package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.StrategyKind;
import io.millrace.core.market.Fixed;
import io.millrace.tools.report.stats.Drawdowns;
import io.millrace.tools.report.stats.Returns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A page of eight invented years of daily trading, to see months, trades and long axes. */
public final class LongReport {
  private static final int DAYS = 2_080;
  private static final long SEED = 5;

  private LongReport() {}

  /**
   * The page.
   *
   * @param tree of a real report, whose other parts are kept
   */
  public static String page(final ObjectNode tree) {
    final ObjectNode copy = tree.deepCopy();
    ((ObjectNode) copy.get("run")).put("data", "eight invented years, two strategies");
    final SplittableRandom random = new SplittableRandom(SEED);
    final EquityCurve curve = new EquityCurve();
    final Drawdowns falls = new Drawdowns(5);
    final ArrayNode months = JsonNodeFactory.instance.arrayNode();
    final double[] r = new double[DAYS];
    final double[] market = new double[DAYS];
    LocalDate day = LocalDate.of(2016, 1, 4);
    double equity = 1e6;
    double held = 100;
    double monthStart = equity;
    for (int i = 0; i < DAYS; i++) {
      market[i] = normal(random) * 0.011 + 0.0003;
      r[i] = 0.35 * market[i] + normal(random) * 0.006 + 0.0004;
      held *= 1 + market[i];
      equity *= 1 + r[i];
      final long time = day.toEpochDay() * RunScan.DAY + 75_600_000_000_000L;
      falls.on(time, equity);
      curve.active(time);
      curve.benchmark(time, held);
      final double gross = 0.5 + 0.5 * Math.abs(Math.sin(i / 90.0));
      curve.equity(time, equity, falls.now(equity), gross, gross * Math.cos(i / 200.0));
      LocalDate next = day.plusDays(1);
      while (next.getDayOfWeek().getValue() > 5) {
        next = next.plusDays(1);
      }
      if (!YearMonth.from(next).equals(YearMonth.from(day))) {
        final ObjectNode month = months.addObject();
        month.put("year", day.getYear());
        month.put("month", day.getMonthValue());
        month.put("return", equity / monthStart - 1);
        monthStart = equity;
      }
      day = next;
    }
    final ObjectNode series = JsonNodeFactory.instance.objectNode();
    curve.write(series, 1e6);
    copy.set("curve", series);
    copy.set("months", months);
    statistics(copy, r, market, equity, falls);
    trades(copy, random);
    return new Page(copy).html();
  }

  private static double normal(final SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private static void statistics(
      final ObjectNode tree,
      final double[] r,
      final double[] market,
      final double equity,
      final Drawdowns falls) {
    final ObjectNode s = (ObjectNode) tree.get("statistics");
    s.put("net_profit", equity - 1e6);
    s.put("end_equity", equity);
    s.put("total_return", equity / 1e6 - 1);
    s.put("cagr", Returns.cagr(1e6, equity, 8));
    s.put("days", r.length);
    s.put("period", "day");
    s.put("periods", r.length);
    s.put("periods_per_year", 252);
    s.put("volatility", Returns.volatility(r, 252));
    s.put("sharpe", Returns.sharpe(r, 0, 252));
    s.put("sharpe_error", Returns.sharpeError(r, 0, 252));
    s.put("sortino", Returns.sortino(r, 0, 252));
    s.put("calmar", Returns.calmar(Returns.cagr(1e6, equity, 8), falls.worst()));
    s.put("max_drawdown", falls.worst());
    s.put("longest_drawdown_s", falls.longestNanos() / 1e9);
    final ObjectNode b = (ObjectNode) tree.get("benchmark");
    b.put("symbol", "SPY");
    b.put("total_return", Returns.total(market));
    b.put("beta", Returns.beta(r, market));
    b.put("correlation", Returns.correlation(r, market));
    final ObjectNode rolling = (ObjectNode) tree.get("rolling_sharpe");
    rolling.put("period", "day");
    rolling.put("window", 63);
    final ArrayNode time = rolling.putArray("time");
    final ArrayNode sharpe = rolling.putArray("sharpe");
    for (int end = 63; end < r.length; end += 4) {
      time.add((LocalDate.of(2016, 1, 4).toEpochDay() + end * 7 / 5) * 86_400.0);
      sharpe.add(Returns.sharpe(Arrays.copyOfRange(r, end - 63, end), 0, 252));
    }
    final ArrayNode list = tree.putArray("drawdowns");
    for (final Drawdowns.Fall fall : falls.deepest()) {
      final ObjectNode row = list.addObject();
      row.put("depth", fall.depth());
      row.put("start_time", fall.startTime() / 1e9);
      row.put("trough_time", fall.troughTime() / 1e9);
      row.put("end_time", fall.endTime() == 0 ? null : fall.endTime() / 1e9);
    }
  }

  private static void trades(final ObjectNode tree, final SplittableRandom random) {
    try {
      final Path folder = Files.createTempDirectory("millrace-long-report");
      try (ReportFiles files = new ReportFiles(folder)) {
        final Trades trades = new Trades(files.trades());
        for (int i = 0; i < 900; i++) {
          final double profit = normal(random) * 900 + 140;
          trades.closed(
              new RoundTrip(
                  i % 3 == 0 ? "mean-reversion" : "ema-cross",
                  Origins.word(StrategyKind.LONG_STOCK.name()),
                  i % 4 == 0 ? "pin" : i % 4 == 1 ? "gamma squeeze" : "normal",
                  i + ".0",
                  1 + i % 5,
                  "SYM" + i % 5,
                  100 * Fixed.ONE,
                  1_452_000_000_000_000_000L + i * 250_000_000_000_000L,
                  50 * Fixed.ONE,
                  1_452_100_000_000_000_000L + i * 250_000_000_000_000L,
                  Fixed.fromDouble(50 + profit / 100),
                  Fixed.ONE,
                  Fixed.ONE,
                  Fixed.fromDouble(profit),
                  false));
        }
        trades.write((ObjectNode) tree.get("trades"));
        final ObjectNode profit = (ObjectNode) tree.get("profit");
        trades.byStrategy.write(profit.putArray("by_strategy"));
        trades.bySymbol.write(profit.putArray("by_symbol"));
        trades.byRegime.write(profit.putArray("by_regime"));
        trades.byStructure.write(profit.putArray("by_structure"));
      }
      Files.delete(folder);
    } catch (final java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
