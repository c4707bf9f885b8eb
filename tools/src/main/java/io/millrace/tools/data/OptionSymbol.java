package io.millrace.tools.data;

import java.time.LocalDate;

/**
 * The OSI name of a listed option: root padded to six, expiry {@code yyMMdd}, {@code C} or {@code
 * P}, strike in thousandths in eight digits, as in {@code GOOG 160617P00750000}.
 */
final class OptionSymbol {
  /** Characters of a root, padded. */
  static final int ROOT_LENGTH = 6;

  /** One thousandth of a currency unit in 1e-8. */
  private static final long STRIKE_UNIT = 100_000L;

  private static final long MAX_STRIKE_UNITS = 99_999_999L;

  private OptionSymbol() {}

  /** Whether a strike can be written in an OSI name. */
  static boolean fits(final String root, final long strike) {
    return root.length() <= ROOT_LENGTH
        && strike > 0
        && strike % STRIKE_UNIT == 0
        && strike / STRIKE_UNIT <= MAX_STRIKE_UNITS;
  }

  /**
   * Names a contract.
   *
   * @param root upper case root, at most six characters
   * @param expiry the date in the contract's name, which may be a Saturday
   * @param call call or put
   * @param strike 1e-8 of the currency
   */
  static String of(
      final String root, final LocalDate expiry, final boolean call, final long strike) {
    final StringBuilder name = new StringBuilder(21).append(root);
    while (name.length() < ROOT_LENGTH) {
      name.append(' ');
    }
    padded(name, expiry.getYear() % 100, 2);
    padded(name, expiry.getMonthValue(), 2);
    padded(name, expiry.getDayOfMonth(), 2);
    name.append(call ? 'C' : 'P');
    padded(name, strike / STRIKE_UNIT, 8);
    return name.toString();
  }

  private static void padded(final StringBuilder text, final long value, final int width) {
    final String digits = Long.toString(value);
    text.append("0".repeat(width - digits.length())).append(digits);
  }
}
