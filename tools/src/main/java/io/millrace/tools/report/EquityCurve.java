package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * Equity, exposure and benchmark over time in a bounded number of equal spans; each keeps first,
 * least, greatest and last equity, so no extreme is lost. When the spans run out, neighbours are
 * merged and spans are twice as long. Spans without market data (nights, weekends) are left out.
 */
final class EquityCurve {
  /** Most spans. */
  static final int MOST = 1600;

  private static final long FIRST_SPAN = 1_000_000_000L;

  private long origin;
  private long span = FIRST_SPAN;
  private int used;
  private boolean started;

  private final double[] low = filled();
  private final double[] high = filled();
  private final double[] last = filled();
  private final double[] drawdown = new double[MOST];
  private final double[] benchmark = filled();
  private final double[] gross = new double[MOST];
  private final double[] net = new double[MOST];

  private final boolean[] active = new boolean[MOST];

  private double equity = Double.NaN;
  private double fallNow;
  private double exposureGross;
  private double exposureNet;

  private static double[] filled() {
    final double[] column = new double[MOST];
    Arrays.fill(column, Double.NaN);
    return column;
  }

  /**
   * Equity at a time.
   *
   * @param fall below the peak, fraction
   * @param grossShare gross exposure over equity
   * @param netShare net exposure over equity
   */
  void equity(
      final long time,
      final double value,
      final double fall,
      final double grossShare,
      final double netShare) {
    final int at = started ? place(time) : -1;
    equity = value;
    fallNow = fall;
    exposureGross = grossShare;
    exposureNet = netShare;
    if (!started) {
      return;
    }
    low[at] = Double.isNaN(low[at]) ? value : Math.min(low[at], value);
    high[at] = Double.isNaN(high[at]) ? value : Math.max(high[at], value);
    last[at] = value;
    drawdown[at] = Math.max(drawdown[at], fall);
    gross[at] = Math.max(gross[at], grossShare);
    net[at] = Math.abs(netShare) > Math.abs(net[at]) ? netShare : net[at];
  }

  /** Market data at a time: the curve begins with the first, and leaves out spans without. */
  void active(final long time) {
    if (!started) {
      started = true;
      origin = time;
    }
    active[place(time)] = true;
  }

  /** Price of the benchmark at the time of market data. */
  void benchmark(final long time, final double price) {
    benchmark[place(time)] = price;
  }

  private int place(final long time) {
    int at = (int) Math.max(used - 1L, Math.min((time - origin) / span, Integer.MAX_VALUE));
    while (at >= MOST) {
      merge();
      at = (int) Math.max(used - 1L, Math.min((time - origin) / span, Integer.MAX_VALUE));
    }
    while (used <= at) {
      carry(used++);
    }
    return at;
  }

  /** A span in which nothing changed has the equity before it. */
  private void carry(final int at) {
    low[at] = equity;
    high[at] = equity;
    last[at] = equity;
    drawdown[at] = fallNow;
    benchmark[at] = at == 0 ? Double.NaN : benchmark[at - 1];
    gross[at] = exposureGross;
    net[at] = exposureNet;
    active[at] = false;
  }

  private void merge() {
    for (int i = 0; i < MOST / 2; i++) {
      final int a = 2 * i;
      final int b = a + 1;
      if (b >= used) {
        copy(a, i);
        continue;
      }
      low[i] = least(low[a], low[b]);
      high[i] = greatest(high[a], high[b]);
      last[i] = last[b];
      drawdown[i] = Math.max(drawdown[a], drawdown[b]);
      benchmark[i] = benchmark[b];
      gross[i] = Math.max(gross[a], gross[b]);
      net[i] = Math.abs(net[a]) > Math.abs(net[b]) ? net[a] : net[b];
      active[i] = active[a] || active[b];
    }
    used = (used + 1) / 2;
    span *= 2;
  }

  private void copy(final int from, final int to) {
    low[to] = low[from];
    high[to] = high[from];
    last[to] = last[from];
    drawdown[to] = drawdown[from];
    benchmark[to] = benchmark[from];
    gross[to] = gross[from];
    net[to] = net[from];
    active[to] = active[from];
  }

  private static double least(final double a, final double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
  }

  private static double greatest(final double a, final double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  /**
   * The columns as JSON.
   *
   * @param start equity at the start: what the benchmark's first price is scaled to
   */
  void write(final ObjectNode node, final double start) {
    node.put("span_s", span / 1e9);
    final ArrayNode time = node.putArray("time");
    final ArrayNode equities = node.putArray("equity");
    final ArrayNode lows = node.putArray("equity_low");
    final ArrayNode highs = node.putArray("equity_high");
    final ArrayNode falls = node.putArray("drawdown");
    final ArrayNode held = node.putArray("benchmark");
    final ArrayNode grosses = node.putArray("gross");
    final ArrayNode nets = node.putArray("net");
    double first = Double.NaN;
    for (int i = 0; i < used; i++) {
      if (Double.isNaN(first)) {
        first = benchmark[i];
      }
      if (!active[i]) {
        continue;
      }
      time.add((origin + i * span) / 1e9);
      equities.add(Json.number(last[i]));
      lows.add(Json.number(low[i]));
      highs.add(Json.number(high[i]));
      falls.add(Json.number(drawdown[i]));
      held.add(Json.number(start * benchmark[i] / first));
      grosses.add(Json.number(gross[i]));
      nets.add(Json.number(net[i]));
    }
  }
}
