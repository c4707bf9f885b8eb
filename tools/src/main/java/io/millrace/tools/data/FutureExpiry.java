package io.millrace.tools.data;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/**
 * When futures cease to trade. Known here are the equity-index futures of CME: 09:30 New York on
 * the third Friday of the contract month. Others have calendars of their own, so that their expiry
 * has to be said.
 */
final class FutureExpiry {
  private static final Set<String> THIRD_FRIDAY =
      Set.of("es", "mes", "nq", "mnq", "rty", "m2k", "ym", "mym", "emd");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime LAST_TRADE = LocalTime.of(9, 30);
  private static final int THIRD = 3;

  private FutureExpiry() {}

  /**
   * The last instant of a contract, nanoseconds UTC; 0 when its rule is not known.
   *
   * @param root lower-case root, such as {@code es}
   */
  static long of(final String root, final YearMonth month) {
    if (!THIRD_FRIDAY.contains(root)) {
      return 0;
    }
    final LocalDate day =
        month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(THIRD, DayOfWeek.FRIDAY));
    return day.atTime(LAST_TRADE).atZone(NEW_YORK).toEpochSecond() * 1_000_000_000L;
  }
}
