package io.millrace.core.market;

import io.millrace.codecs.BarDecoder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * Bars of one interval for every instrument, in columns indexed by instrument id.
 *
 * <p>Built from trades, or taken from the feed (bars of the interval as they are, shorter ones that
 * divide it merged): for each instrument the source that speaks first stays the only one. Bars are
 * aligned to the start of the session (see {@link Sessions}) and never reach across its end; an
 * interval without a trade has no bar.
 *
 * <p>Each call finishes at most one bar; the accessors then read it, until the next call.
 */
public final class BarBuilder implements Stateful {
  /** One second, nanoseconds. */
  public static final long SECOND = 1_000_000_000L;

  /** One minute, nanoseconds. */
  public static final long MINUTE = 60 * SECOND;

  /** Five minutes, nanoseconds. */
  public static final long FIVE_MINUTES = 5 * MINUTE;

  /** Fifteen minutes, nanoseconds. */
  public static final long QUARTER_HOUR = 15 * MINUTE;

  /** One hour, nanoseconds. */
  public static final long HOUR = 60 * MINUTE;

  /** One day, which is one session, nanoseconds. */
  public static final long DAY = Sessions.DAY;

  private static final int INITIAL = 64;
  private static final long UNDECIDED = 0;
  private static final long TRADES = -1;

  private final Instruments instruments;
  private final long interval;
  // UNDECIDED, TRADES, or the interval of the feed's bars.
  private long[] source = new long[INITIAL];
  // End of the open bar; 0 = none is open.
  private long[] openEnd = new long[INITIAL];
  private long[] openStart = new long[INITIAL];
  private long[] doneUntil = new long[INITIAL];
  private long[] open = new long[INITIAL];
  private long[] high = new long[INITIAL];
  private long[] low = new long[INITIAL];
  private long[] close = new long[INITIAL];
  private long[] volume = new long[INITIAL];
  private long late;

  private long finishedStart;
  private long finishedEnd;
  private long finishedOpen;
  private long finishedHigh;
  private long finishedLow;
  private long finishedClose;
  private long finishedVolume;

  /**
   * No bars yet.
   *
   * @param intervalNanos length of a bar, above 0
   */
  public BarBuilder(final Instruments instruments, final long intervalNanos) {
    if (intervalNanos <= 0) {
      throw new IllegalArgumentException("bar interval " + intervalNanos + " ns, not above 0");
    }
    this.instruments = instruments;
    interval = intervalNanos;
    Arrays.fill(doneUntil, Long.MIN_VALUE);
  }

  /** Makes room for an instrument. */
  public void grow(final int id) {
    final int old = source.length;
    if (id < old) {
      return;
    }
    final int size = Math.max(id + 1, old * 2);
    source = Arrays.copyOf(source, size);
    openEnd = Arrays.copyOf(openEnd, size);
    openStart = Arrays.copyOf(openStart, size);
    doneUntil = Arrays.copyOf(doneUntil, size);
    Arrays.fill(doneUntil, old, size, Long.MIN_VALUE);
    open = Arrays.copyOf(open, size);
    high = Arrays.copyOf(high, size);
    low = Arrays.copyOf(low, size);
    close = Arrays.copyOf(close, size);
    volume = Arrays.copyOf(volume, size);
  }

  /**
   * Takes a trade. One that is late for its bar counts in the open bar without becoming its close;
   * when no bar is open it is left out and counted.
   *
   * @return whether the trade finished the bar before it
   */
  public boolean onTrade(final int id, final long time, final long price, final long size) {
    if (source[id] == UNDECIDED) {
      source[id] = TRADES;
    }
    return source[id] == TRADES && take(id, time, price, price, price, price, size);
  }

  /**
   * Takes a bar of the feed, if its interval is or divides ours.
   *
   * @return whether a bar is finished: this one, or the one before it
   */
  public boolean onBar(final BarDecoder bar) {
    final int id = bar.instrumentId();
    final long length = bar.interval();
    if (length <= 0 || length > interval || interval % length != 0) {
      return false;
    }
    if (source[id] == UNDECIDED) {
      source[id] = length;
    }
    if (source[id] != length) {
      return false;
    }
    final long end = bar.eventTime();
    if (length == interval) {
      finishedStart = end - length;
      finishedEnd = end;
      finishedOpen = bar.open();
      finishedHigh = bar.high();
      finishedLow = bar.low();
      finishedClose = bar.close();
      finishedVolume = bar.volume();
      return true;
    }
    // The last nanosecond of the bar tells which of ours it belongs to.
    final boolean before =
        take(id, end - 1, bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
    if (before || openEnd[id] == 0 || end < openEnd[id]) {
      return before;
    }
    finish(id);
    return true;
  }

  /**
   * Finishes the open bar if its time is up at {@code now}. Bars of the feed get one interval of
   * grace, since the last one comes at its end.
   */
  public boolean advance(final int id, final long now) {
    final long end = openEnd[id];
    if (end == 0 || now < end || (source[id] > 0 && now - end < source[id])) {
      return false;
    }
    finish(id);
    return true;
  }

  /** Start of the finished bar, nanoseconds. */
  public long start() {
    return finishedStart;
  }

  /** End of the finished bar, nanoseconds. */
  public long end() {
    return finishedEnd;
  }

  /** First price of the finished bar, 1e-8. */
  public long open() {
    return finishedOpen;
  }

  /** Highest price of the finished bar, 1e-8. */
  public long high() {
    return finishedHigh;
  }

  /** Lowest price of the finished bar, 1e-8. */
  public long low() {
    return finishedLow;
  }

  /** Last price of the finished bar, 1e-8. */
  public long close() {
    return finishedClose;
  }

  /** Units traded in the finished bar, 1e-8. */
  public long volume() {
    return finishedVolume;
  }

  /** Trades and bars that came after their bar was finished, with no other one open. */
  public long late() {
    return late;
  }

  @Override
  public void state(final StateCodec codec) {
    source = codec.grown(source);
    openEnd = codec.grown(openEnd);
    openStart = codec.grown(openStart);
    doneUntil = codec.grown(doneUntil);
    open = codec.grown(open);
    high = codec.grown(high);
    low = codec.grown(low);
    close = codec.grown(close);
    volume = codec.grown(volume);
    late = codec.int64(late);
    finishedStart = codec.int64(finishedStart);
    finishedEnd = codec.int64(finishedEnd);
    finishedOpen = codec.int64(finishedOpen);
    finishedHigh = codec.int64(finishedHigh);
    finishedLow = codec.int64(finishedLow);
    finishedClose = codec.int64(finishedClose);
    finishedVolume = codec.int64(finishedVolume);
  }

  private boolean take(
      final int id,
      final long time,
      final long first,
      final long highest,
      final long lowest,
      final long last,
      final long size) {
    if (openEnd[id] != 0 && time < openEnd[id]) {
      high[id] = Math.max(high[id], highest);
      low[id] = Math.min(low[id], lowest);
      volume[id] = Math.addExact(volume[id], size);
      if (time >= openStart[id]) {
        close[id] = last;
      }
      return false;
    }
    if (time < doneUntil[id]) {
      late++;
      return false;
    }
    final boolean finished = openEnd[id] != 0;
    if (finished) {
      finish(id);
    }
    final long session = Sessions.start(instruments, id, time);
    final long start = session + Math.floorDiv(time - session, interval) * interval;
    final long sessionEnd = Sessions.end(instruments, id, time);
    openStart[id] = start;
    openEnd[id] = Math.min(start + interval, sessionEnd);
    open[id] = first;
    high[id] = highest;
    low[id] = lowest;
    close[id] = last;
    volume[id] = size;
    return finished;
  }

  private void finish(final int id) {
    finishedStart = openStart[id];
    finishedEnd = openEnd[id];
    finishedOpen = open[id];
    finishedHigh = high[id];
    finishedLow = low[id];
    finishedClose = close[id];
    finishedVolume = volume[id];
    doneUntil[id] = openEnd[id];
    openEnd[id] = 0;
  }
}
