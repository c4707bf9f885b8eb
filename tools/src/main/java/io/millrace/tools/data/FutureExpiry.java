package io.millrace.tools.data;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/**
 * When futures, and options on them, cease to trade. Known here are the equity-index futures of
 * CME: 09:30 New York on the third Friday of the contract month. Others have calendars of their
 * own, so that their expiry has to be said.
 */
final class FutureExpiry {
  private static final Set<String> THIRD_FRIDAY =
      Set.of("es", "mes", "nq", "mnq", "rty", "m2k", "ym", "mym", "emd");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime LAST_TRADE = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final int MONTHS_OF_A_QUARTER = 3;
  private static final int THIRD = 3;

  private FutureExpiry() {}

  /**
   * The last instant of a contract, nanoseconds UTC; 0 when its rule is not known.
   *
   * @param root lower-case root, such as {@code es}
   */
  static long of(final String root, final YearMonth month) {
    return isKnown(root) ? instant(thirdFriday(month), LAST_TRADE) : 0;
  }

  /** Whether the rule of a lower-case root is known. */
  static boolean isKnown(final String root) {
    return THIRD_FRIDAY.contains(root);
  }

  /**
   * The last instant of an option on a future whose rule is known, nanoseconds UTC: a quarterly one
   * ends with its future, any other at 16:00 New York on its date.
   */
  static long ofOption(final String root, final LocalDate date) {
    final YearMonth month = YearMonth.from(date);
    final boolean quarterly =
        isKnown(root)
            && date.getMonthValue() % MONTHS_OF_A_QUARTER == 0
            && date.equals(thirdFriday(month));
    return instant(date, quarterly ? LAST_TRADE : CLOSE);
  }

  private static LocalDate thirdFriday(final YearMonth month) {
    return month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(THIRD, DayOfWeek.FRIDAY));
  }

  private static long instant(final LocalDate day, final LocalTime time) {
    return day.atTime(time).atZone(NEW_YORK).toEpochSecond() * 1_000_000_000L;
  }
}
