package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Which underlyings are due for evaluation, by event time alone.
 *
 * <p>An update (a finished bar too) makes its underlying due at the next whole interval after it; a
 * price move past the threshold makes it due at once. An underlying nothing happened to is never
 * due. So a burst of quotes with one event time is evaluated once, when it is complete.
 */
public final class Evaluations {
  private static final int INITIAL = 64;
  private static final long IDLE = Long.MAX_VALUE;

  private final long interval;
  private final double move;
  private long[] due = idle(INITIAL);
  private long[] evaluatedAt = new long[INITIAL];
  private long[] evaluatedMark = new long[INITIAL];
  private int[] pending = new int[INITIAL];
  private int pendingCount;
  private long earliest = IDLE;

  Evaluations(final MarketLimits limits) {
    interval = limits.evaluationIntervalNanos();
    move = limits.evaluationMove();
  }

  private static long[] idle(final int size) {
    final long[] column = new long[size];
    Arrays.fill(column, IDLE);
    return column;
  }

  void changed(final int underlyingId, final long time) {
    if (due[underlyingId] == IDLE) {
      schedule(underlyingId, time - Math.floorMod(time, interval) + interval);
    }
  }

  void priceChanged(final int underlyingId, final long time, final long mark) {
    final long before = evaluatedMark[underlyingId];
    if (move > 0
        && before > 0
        && mark > 0
        && Math.abs(mark - before) > move * before
        && time > evaluatedAt[underlyingId]) {
      schedule(underlyingId, time);
    } else {
      changed(underlyingId, time);
    }
  }

  private void schedule(final int underlyingId, final long time) {
    if (due[underlyingId] == IDLE) {
      pending[pendingCount++] = underlyingId;
    }
    due[underlyingId] = Math.min(due[underlyingId], time);
    earliest = Math.min(earliest, due[underlyingId]);
  }

  /** Whether any underlying is due at {@code now}: one comparison for an event that is not. */
  public boolean any(final long now) {
    return now >= earliest;
  }

  /**
   * Takes the next due underlying, lowest id first.
   *
   * @param books its mark at this evaluation is kept for the price-move rule
   * @return its id, or 0 when none is due
   */
  public int next(final long now, final Books books) {
    int best = 0;
    int bestIndex = -1;
    long nextEarliest = IDLE;
    for (int i = 0; i < pendingCount; i++) {
      final int id = pending[i];
      if (due[id] <= now) {
        if (best == 0 || id < best) {
          best = id;
          bestIndex = i;
        }
      } else {
        nextEarliest = Math.min(nextEarliest, due[id]);
      }
    }
    if (best == 0) {
      earliest = nextEarliest;
      return 0;
    }
    pending[bestIndex] = pending[--pendingCount];
    due[best] = IDLE;
    evaluatedAt[best] = now;
    evaluatedMark[best] = books.mark(best);
    return best;
  }

  void state(final StateCodec codec) {
    due = codec.grown(due);
    evaluatedAt = codec.grown(evaluatedAt);
    evaluatedMark = codec.grown(evaluatedMark);
    pending = codec.grown(pending);
    pendingCount = codec.int32(pendingCount);
    earliest = codec.int64(earliest);
  }

  void grow(final int id) {
    if (id < due.length) {
      return;
    }
    final int old = due.length;
    due = Arrays.copyOf(due, old * 2);
    Arrays.fill(due, old, old * 2, IDLE);
    evaluatedAt = Arrays.copyOf(evaluatedAt, old * 2);
    evaluatedMark = Arrays.copyOf(evaluatedMark, old * 2);
    pending = Arrays.copyOf(pending, old * 2);
  }
}
