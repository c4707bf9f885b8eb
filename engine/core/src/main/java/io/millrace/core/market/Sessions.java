package io.millrace.core.market;

/**
 * The trading sessions of an instrument as stretches of time that bars, profiles and windows do not
 * reach across: before the open, the regular session, after the close. An instrument that is always
 * open has one stretch per UTC day.
 */
public final class Sessions {
  /** One day, nanoseconds. */
  public static final long DAY = 86_400_000_000_000L;

  /** Trading time of a year of an instrument that is always open, nanoseconds. */
  public static final long CALENDAR_YEAR = 365 * DAY;

  private Sessions() {}

  /** Start of the stretch that {@code time} lies in. */
  public static long start(final Instruments instruments, final int id, final long time) {
    final long close = instruments.sessionClose(id);
    if (close == 0) {
      return time - Math.floorMod(time, DAY);
    }
    final long open = instruments.sessionOpen(id);
    if (time >= close) {
      return close;
    }
    // Counted back from the open in whole days, so that bars before it end at it.
    return time >= open ? open : open + Math.floorDiv(time - open, DAY) * DAY;
  }

  /** End of the stretch that {@code time} lies in, exclusive; none after the close. */
  public static long end(final Instruments instruments, final int id, final long time) {
    final long close = instruments.sessionClose(id);
    if (close == 0) {
      return start(instruments, id, time) + DAY;
    }
    if (time >= close) {
      return Long.MAX_VALUE;
    }
    return time >= instruments.sessionOpen(id) ? close : start(instruments, id, time) + DAY;
  }

  /**
   * Trading time of a year, for annualising: the configured one for an instrument with sessions,
   * the calendar's for one that is always open.
   */
  public static long year(
      final Instruments instruments, final int id, final long sessionYearNanos) {
    return instruments.sessionClose(id) == 0 ? CALENDAR_YEAR : sessionYearNanos;
  }
}
