package io.millrace.tools.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The days of a market, where no database of its holidays is at hand.
 *
 * @param zone in which a date begins at midnight
 * @param open start of the regular session; null = the market never closes
 * @param close end of the regular session; null = the market never closes
 */
record TradingDays(ZoneId zone, LocalTime open, LocalTime close) {
  /** A market that never closes and counts its days in UTC. */
  static final TradingDays ALWAYS_OPEN = new TradingDays(ZoneOffset.UTC, null, null);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

  /** The date that an event is of. */
  LocalDate dateOf(final long time) {
    return zone.equals(ZoneOffset.UTC)
        ? LocalDate.ofEpochDay(Math.floorDiv(time, NANOS_PER_DAY))
        : LocalDate.ofInstant(Instant.ofEpochSecond(0, time), zone);
  }

  /** Midnight that begins a date, nanoseconds UTC. */
  long start(final LocalDate date) {
    return nanos(date, LocalTime.MIDNIGHT);
  }

  boolean alwaysOpen() {
    return open == null;
  }

  /** Start of a date's session, nanoseconds UTC; 0 = always open. */
  long open(final LocalDate date) {
    return open == null ? 0 : nanos(date, open);
  }

  /** End of a date's session, nanoseconds UTC; 0 = always open. */
  long close(final LocalDate date) {
    return close == null ? 0 : nanos(date, close);
  }

  private long nanos(final LocalDate date, final LocalTime time) {
    return date.atTime(time).atZone(zone).toEpochSecond() * NANOS_PER_SECOND;
  }
}
