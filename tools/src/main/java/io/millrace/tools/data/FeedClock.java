package io.millrace.tools.data;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Event times of the lines of a captured feed.
 *
 * <p>A line is of the time that its venue put on it, in milliseconds; lines of one millisecond keep
 * their order by a nanosecond each. The time at which the line was received is of another clock,
 * which may be ahead or behind by seconds: it never counts as an event time. For a line without a
 * time of the venue it is moved by the largest difference between the two clocks seen so far, which
 * is that of the fastest line: so the line is never put before the instant it was sent at.
 */
final class FeedClock {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final int REMEMBERED_MILLIS = 4_096;

  private final Map<Long, Long> lines =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Long> eldest) {
          return size() > REMEMBERED_MILLIS;
        }
      };
  private long offset = Long.MIN_VALUE;

  /**
   * Event time of a line that has one.
   *
   * @param received nanoseconds of the receiving clock
   * @param eventMillis milliseconds of the venue's clock
   */
  long at(final long received, final long eventMillis) {
    offset = Math.max(offset, eventMillis * NANOS_PER_MILLI - received);
    return within(eventMillis);
  }

  /** Whether a line without a time can be placed. */
  boolean canEstimate() {
    return offset != Long.MIN_VALUE;
  }

  /** Event time of a line that has none. */
  long estimate(final long received) {
    return within(Math.floorDiv(received + offset, NANOS_PER_MILLI));
  }

  private long within(final long millis) {
    final long order = lines.merge(millis, 1L, Long::sum) - 1;
    return Math.multiplyExact(millis, NANOS_PER_MILLI) + Math.min(order, NANOS_PER_MILLI - 1);
  }
}
