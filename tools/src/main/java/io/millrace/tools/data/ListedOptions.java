package io.millrace.tools.data;

import io.millrace.tools.data.Definition.Terms;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/** What holds for options listed in the US, where a file names the contract and no more. */
final class ListedOptions {
  /** A hundred units, by cents. */
  static final Terms TERMS = new Terms("USD", 100 * Decimal.ONE, Decimal.ONE / 100, Decimal.ONE, 0);

  /** Index roots that settle on the opening prices of their expiry. */
  private static final Set<String> MORNING_SETTLED = Set.of("SPX", "NDX", "RUT", "VIX", "DJX");

  /** Roots of options on indices, which are European and settled in cash. */
  private static final Set<String> INDEX =
      Set.of(
          "SPX", "SPXW", "NDX", "NDXP", "RUT", "RUTW", "VIX", "VIXW", "DJX", "XSP", "OEX", "XEO");

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime OPEN = LocalTime.of(9, 30);

  private ListedOptions() {}

  /** Root of an OSI name, padded or not. */
  static String root(final String osi) {
    int end = 0;
    while (end < osi.length() && osi.charAt(end) >= 'A') {
      end++;
    }
    return osi.substring(0, end);
  }

  /** Whether a root is of options on an index. */
  static boolean isIndex(final String root) {
    return INDEX.contains(root);
  }

  /**
   * The symbol that a root's options are on: SPXW is on SPX, NDXP on NDX; any root but an index's
   * names its own underlying.
   */
  static String underlying(final String root) {
    final boolean weekly = root.length() > 3 && (root.endsWith("W") || root.endsWith("P"));
    return isIndex(root) && weekly ? root.substring(0, root.length() - 1) : root;
  }

  /** Whether a root is one of two whose options are on an index, and not named like it. */
  static boolean isSecondRoot(final String root, final String underlying) {
    return isIndex(underlying) && !root.equals(underlying);
  }

  /** European on indices but for the American OEX, American on everything else. */
  static String style(final String root) {
    return isIndex(root) && !root.equals("OEX") ? "european" : "american";
  }

  /**
   * When a contract expires, nanoseconds UTC: at 16:00 New York on its date, or at 09:30 where it
   * settles on opening prices. Holidays and early closes are not known here.
   *
   * @param osi root or whole OSI name, upper case
   */
  static long expiry(final String osi, final LocalDate date) {
    final LocalTime time = MORNING_SETTLED.contains(root(osi)) ? OPEN : CLOSE;
    return date.atTime(time).atZone(NEW_YORK).toEpochSecond() * 1_000_000_000L;
  }
}
