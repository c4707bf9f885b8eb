package io.millrace.tools.report.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Falls of an equity from its peaks, as it comes; keeps the deepest few. */
public final class Drawdowns {
  private final int kept;
  private final List<Fall> falls = new ArrayList<>();
  private double peak = Double.NaN;
  private long startTime;
  private double trough;
  private long troughTime;
  private long lastTime;
  private long longest;

  /**
   * From the first equity below a peak to the next as high.
   *
   * @param depth fraction of the peak, 0 to 1 (above 1 if the equity fell below 0)
   * @param startTime when it began, nanoseconds
   * @param troughTime when it was deepest
   * @param endTime when it was made good; 0 = not yet
   */
  public record Fall(double depth, long startTime, long troughTime, long endTime) {}

  /**
   * @param kept how many are kept, 1 and up
   */
  public Drawdowns(final int kept) {
    this.kept = kept;
  }

  /** Takes the equity at a time; times do not go back. */
  public void on(final long time, final double equity) {
    lastTime = time;
    if (Double.isNaN(peak)) {
      start(time, equity);
    } else if (equity >= peak) {
      close(time);
      start(time, equity);
    } else if (equity < trough) {
      startTime = trough == peak ? time : startTime;
      trough = equity;
      troughTime = time;
    }
  }

  private void start(final long time, final double equity) {
    peak = equity;
    startTime = time;
    trough = equity;
    troughTime = time;
  }

  private void close(final long endTime) {
    if (trough < peak && peak > 0) {
      longest = Math.max(longest, endTime - startTime);
      keep(falls, new Fall(1 - trough / peak, startTime, troughTime, endTime));
    }
  }

  private void keep(final List<Fall> list, final Fall fall) {
    list.add(fall);
    list.sort(Comparator.comparingDouble(Fall::depth).reversed());
    if (list.size() > kept) {
      list.remove(kept);
    }
  }

  /** Fraction below the peak now. */
  public double now(final double equity) {
    return peak > 0 ? Math.max(0, 1 - equity / peak) : 0;
  }

  /** The deepest, deepest first, one that lasts included. */
  public List<Fall> deepest() {
    final List<Fall> all = new ArrayList<>(falls);
    if (trough < peak && peak > 0) {
      keep(all, new Fall(1 - trough / peak, startTime, troughTime, 0));
    }
    return all;
  }

  /** Depth of the deepest, 0 without any. */
  public double worst() {
    final List<Fall> all = deepest();
    return all.isEmpty() ? 0 : all.get(0).depth();
  }

  /** Nothing more comes: what is not made good lasts until here. */
  public void end(final long time) {
    lastTime = Math.max(lastTime, time);
  }

  /** Longest time below a peak, until the next as high or the end, nanoseconds. */
  public long longestNanos() {
    return trough < peak ? Math.max(longest, lastTime - startTime) : longest;
  }
}
