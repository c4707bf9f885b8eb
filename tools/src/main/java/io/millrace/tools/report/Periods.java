package io.millrace.tools.report;

import io.millrace.core.market.Fixed;
import java.util.Arrays;

/**
 * Equity, fees and benchmark at the end of each period that saw market data: days, hours or
 * minutes. Bounded: a series that grows beyond its bound is given up (a run of that many minutes
 * has enough hours and days to judge by).
 */
final class Periods {
  private final String name;
  private final long length;
  private final long offset;
  private final int most;

  private long[] index = new long[64];
  private double[] equity = new double[64];
  private double[] fees = new double[64];
  private double[] benchmark = new double[64];
  private int count;
  private boolean open;
  private boolean overflow;
  private long current;

  /**
   * @param name day, hour or minute
   * @param length nanoseconds
   * @param offset where a period begins, nanoseconds after the epoch's
   * @param most periods kept
   */
  Periods(final String name, final long length, final long offset, final int most) {
    this.name = name;
    this.length = length;
    this.offset = offset;
    this.most = most;
  }

  /** Market data came at a time; what is told was true before it. */
  void on(final long time, final long nav, final long paid, final double price) {
    final long now = Math.floorDiv(time - offset, length);
    if (!open) {
      open = true;
      current = now;
    } else if (now > current) {
      close(nav, paid, price);
      current = now;
    }
  }

  /** The run is over. */
  void end(final long nav, final long paid, final double price) {
    if (open) {
      close(nav, paid, price);
      open = false;
    }
  }

  private void close(final long nav, final long paid, final double price) {
    if (overflow || nav == Fixed.NONE) {
      return;
    }
    if (count == most) {
      overflow = true;
      index = new long[0];
      equity = new double[0];
      fees = new double[0];
      benchmark = new double[0];
      return;
    }
    if (count == index.length) {
      final int size = count * 2;
      index = Arrays.copyOf(index, size);
      equity = Arrays.copyOf(equity, size);
      fees = Arrays.copyOf(fees, size);
      benchmark = Arrays.copyOf(benchmark, size);
    }
    index[count] = current;
    equity[count] = Fixed.toDouble(nav);
    fees[count] = Fixed.toDouble(paid);
    benchmark[count] = price;
    count++;
  }

  /** day, hour or minute. */
  String name() {
    return name;
  }

  /** Periods that saw market data; 0 once the series was given up. */
  int count() {
    return overflow ? 0 : count;
  }

  /** End of a period, nanoseconds. */
  long endTime(final int at) {
    return (index[at] + 1) * length + offset;
  }

  /** Start of a period, nanoseconds. */
  long startTime(final int at) {
    return index[at] * length + offset;
  }

  /** Equity at the end of a period. */
  double equity(final int at) {
    return equity[at];
  }

  /**
   * Returns of all periods, had the fees been some multiple of what they were.
   *
   * @param start equity before the first period
   */
  double[] returns(final double start, final double feeMultiple) {
    final double[] r = new double[count()];
    double before = start;
    for (int i = 0; i < r.length; i++) {
      final double now = equity[i] + (1 - feeMultiple) * fees[i];
      r[i] = before == 0 ? 0 : now / before - 1;
      before = now;
    }
    return r;
  }

  /** Returns of the benchmark; NaN where it has no price. */
  double[] benchmarkReturns(final double firstPrice) {
    final double[] r = new double[count()];
    double before = firstPrice;
    for (int i = 0; i < r.length; i++) {
      r[i] = benchmark[i] / before - 1;
      before = Double.isNaN(benchmark[i]) ? before : benchmark[i];
    }
    return r;
  }

  /** Days with a period, for the number of periods in a day. */
  int days(final long dayOffset) {
    int days = 0;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < count(); i++) {
      final long day = Math.floorDiv(startTime(i) - dayOffset, RunScan.DAY);
      if (day != last) {
        days++;
        last = day;
      }
    }
    return days;
  }
}
