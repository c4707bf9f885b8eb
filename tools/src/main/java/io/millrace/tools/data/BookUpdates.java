package io.millrace.tools.data;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows the updates of one book as its venue numbers them and writes those that belong to it.
 * Updates before the first snapshot, or that it holds already, are left out, but for those that
 * were received before the snapshot and go beyond it: they are applied on top of it. After a gap
 * the book is emptied and waits for the next snapshot. Each date begins with a snapshot of the book
 * as it stood, so that it can be read by itself.
 */
final class BookUpdates {
  private static final byte BID = 1;
  private static final byte ASK = 2;

  /** Updates kept until a snapshot comes: some seconds of a busy book. */
  private static final int MAX_EARLY = 1_000;

  /** An update that came before its snapshot. */
  private record Early(long first, long last, long previous, List<long[]> levels) {}

  private final Gathered symbol;
  private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Long, Long> asks = new TreeMap<>();
  private final List<long[]> levels = new ArrayList<>();
  private final ArrayDeque<Early> early = new ArrayDeque<>();
  private boolean known;
  private long lastUpdate;
  private LocalDate date;

  BookUpdates(final Gathered symbol) {
    this.symbol = symbol;
  }

  /** Begins an update; its levels follow. */
  void begin() {
    levels.clear();
  }

  /** Adds a level to the update; size 0 removes it. */
  void level(final boolean bid, final long price, final long size) {
    levels.add(new long[] {bid ? BID : ASK, price, size});
    symbol.tick().see(price);
    symbol.lot().see(size);
  }

  /** Takes the levels as the whole book. */
  void snapshot(final long time, final long update, final RowCounts counts) throws SQLException {
    bids.clear();
    asks.clear();
    apply();
    known = true;
    lastUpdate = update;
    date = symbol.dateOf(time);
    count(rows(time, update, true), counts);
    for (final Early later : early) {
      if (later.last > lastUpdate && joins(later.first, later.previous)) {
        levels.clear();
        levels.addAll(later.levels);
        apply();
        lastUpdate = later.last;
        counts.add(levels.size());
        for (final long[] level : levels) {
          row(time, lastUpdate, false, level);
        }
      }
    }
    early.clear();
  }

  /** Whether no change is missing between the last one taken and an update. */
  private boolean joins(final long first, final long previous) {
    return previous >= 0 ? previous <= lastUpdate : first <= lastUpdate + 1;
  }

  /**
   * Takes the levels as an update.
   *
   * @param first id of the first change in it
   * @param last id of the last change in it
   * @param previous id of the last change of the update before; below 0 = not told
   * @return why it was left out; null = it was taken
   */
  RowRefusal update(
      final long time,
      final long first,
      final long last,
      final long previous,
      final RowCounts counts)
      throws SQLException {
    if (!known) {
      if (early.size() == MAX_EARLY) {
        early.removeFirst();
      }
      early.add(new Early(first, last, previous, List.copyOf(levels)));
      return RowRefusal.BEFORE_SNAPSHOT;
    }
    if (last <= lastUpdate) {
      return RowRefusal.DUPLICATE;
    }
    if (!joins(first, previous)) {
      empty(time, last, counts);
      return RowRefusal.SEQUENCE_GAP;
    }
    final LocalDate today = symbol.dateOf(time);
    if (!today.equals(date)) {
      date = today;
      whole(today, counts);
    }
    apply();
    lastUpdate = last;
    for (final long[] level : levels) {
      row(time, last, false, level);
    }
    count(levels.size(), counts);
    return null;
  }

  private void apply() {
    for (final long[] level : levels) {
      final TreeMap<Long, Long> side = level[0] == BID ? bids : asks;
      if (level[2] == 0) {
        side.remove(level[1]);
      } else {
        side.put(level[1], level[2]);
      }
    }
  }

  /** The book that stands, at the midnight of a date. */
  private void whole(final LocalDate today, final RowCounts counts) throws SQLException {
    final long midnight = TradingDays.ALWAYS_OPEN.start(today);
    counts.add(rows(midnight, lastUpdate, true));
  }

  /** One source row made these. */
  private static void count(final int rows, final RowCounts counts) {
    if (rows == 0) {
      counts.merge(1);
    } else {
      counts.add(rows - 1L);
    }
  }

  private int rows(final long time, final long update, final boolean snapshot) throws SQLException {
    // By turns, so that a message that ends within has the best levels of both sides.
    final Iterator<Map.Entry<Long, Long>> bid = bids.entrySet().iterator();
    final Iterator<Map.Entry<Long, Long>> ask = asks.entrySet().iterator();
    while (bid.hasNext() || ask.hasNext()) {
      if (bid.hasNext()) {
        final Map.Entry<Long, Long> level = bid.next();
        row(time, update, snapshot, new long[] {BID, level.getKey(), level.getValue()});
      }
      if (ask.hasNext()) {
        final Map.Entry<Long, Long> level = ask.next();
        row(time, update, snapshot, new long[] {ASK, level.getKey(), level.getValue()});
      }
    }
    return bids.size() + asks.size();
  }

  /** Removes every level: nobody shall trade on a book that missed an update. */
  private void empty(final long time, final long update, final RowCounts counts)
      throws SQLException {
    for (final long price : bids.keySet()) {
      row(time, update, false, new long[] {BID, price, 0});
    }
    for (final long price : asks.keySet()) {
      row(time, update, false, new long[] {ASK, price, 0});
    }
    counts.add(bids.size() + asks.size());
    bids.clear();
    asks.clear();
    known = false;
  }

  private void row(final long time, final long update, final boolean snapshot, final long[] level)
      throws SQLException {
    symbol
        .row(CuratedKind.DEPTH, "", time)
        .put(update)
        .put(snapshot)
        .put((byte) level[0])
        .put(level[1])
        .put(level[2])
        .end();
  }
}
