package io.millrace.core.risk;

import io.millrace.core.state.StateCodec;

/**
 * The newest approvals: when and with what content. A ring that holds as many as the message rate
 * lets through in the longer of the two windows asked about, and one window more, at most {@link
 * #MAX}: beyond it the oldest are forgotten.
 */
final class RecentOrders {
  /** No such content. */
  static final long NEVER = Long.MIN_VALUE;

  /** Most approvals held. */
  static final int MAX = 1 << 16;

  private final long[] times;
  private final long[] contents;
  private final int mask;
  private long count;

  RecentOrders(final int perWindow, final long windowNanos, final long duplicateNanos) {
    final long windows = 2 + Math.max(0, duplicateNanos) / windowNanos;
    final long wanted = Math.min(MAX, Math.max(2, perWindow * windows));
    final int size = Math.toIntExact(Long.highestOneBit(wanted - 1) << 1);
    times = new long[size];
    contents = new long[size];
    mask = size - 1;
  }

  void add(final long time, final long content) {
    final int at = (int) count & mask;
    times[at] = time;
    contents[at] = content;
    count++;
  }

  /** How many approvals came after {@code since}. */
  int after(final long since) {
    int found = 0;
    for (long i = count - 1; i >= oldest() && times[(int) i & mask] > since; i--) {
      found++;
    }
    return found;
  }

  /** When the same content was last approved, if after {@code since}; else {@link #NEVER}. */
  long last(final long content, final long since) {
    for (long i = count - 1; i >= oldest(); i--) {
      final int at = (int) i & mask;
      if (times[at] <= since) {
        return NEVER;
      }
      if (contents[at] == content) {
        return times[at];
      }
    }
    return NEVER;
  }

  void state(final StateCodec codec) {
    codec.same("places for recent orders", times.length);
    count = codec.int64(count);
    final int used = (int) Math.min(count, times.length);
    codec.first(times, used);
    codec.first(contents, used);
  }

  private long oldest() {
    return Math.max(0, count - times.length);
  }
}
