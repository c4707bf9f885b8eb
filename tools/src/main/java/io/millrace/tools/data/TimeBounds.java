package io.millrace.tools.data;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The times of some dates of an exchange: after the midnight that they begin with, up to the one
 * that they end with, since a bar that ends at midnight is of the day before. A definition is of
 * the day whose midnight it comes at.
 *
 * @param after the first midnight, nanoseconds UTC
 * @param until the last midnight
 */
record TimeBounds(long after, long until) {
  /** No bounds. */
  static final TimeBounds NONE = new TimeBounds(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * Bounds of dates.
   *
   * @param from first date; null = from the first
   * @param to last date; null = to the last
   */
  static TimeBounds of(final LocalDate from, final LocalDate to, final ZoneId zone) {
    return new TimeBounds(
        from == null ? Long.MIN_VALUE : midnight(from, zone),
        to == null ? Long.MAX_VALUE : midnight(to.plusDays(1), zone));
  }

  private static long midnight(final LocalDate date, final ZoneId zone) {
    return date.atStartOfDay(zone).toEpochSecond() * NANOS_PER_SECOND;
  }

  boolean holdEvent(final long time) {
    return time > after && time <= until;
  }
}
