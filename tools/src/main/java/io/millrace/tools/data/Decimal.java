package io.millrace.tools.data;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Fixed-point numbers, 1e-8, parsed exactly from ASCII digits. */
final class Decimal {
  /** No such price. */
  static final long NONE = Long.MIN_VALUE;

  /** One, in 1e-8. */
  static final long ONE = 100_000_000L;

  /** Decimal places of a fixed-point number. */
  static final int PLACES = 8;

  private static final long[] TENS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private Decimal() {}

  /**
   * Parses {@code digits[.digits]}, optionally signed, as a count of {@code 10^-places}. Digits
   * beyond the places must be zero: nothing is rounded away in silence.
   *
   * @throws NumberFormatException when it is no such number or has more digits than fit
   * @throws ArithmeticException when it overflows a long
   */
  static long parse(final byte[] text, final int from, final int to, final int places) {
    int i = from;
    final boolean negative = i < to && text[i] == '-';
    if (negative) {
      i++;
    }
    long value = 0;
    int digits = 0;
    for (; i < to && text[i] >= '0' && text[i] <= '9'; i++, digits++) {
      value = Math.addExact(Math.multiplyExact(value, 10L), text[i] - '0');
    }
    int left = places;
    if (i < to && text[i] == '.') {
      for (i++; i < to && text[i] >= '0' && text[i] <= '9'; i++, digits++) {
        if (left > 0) {
          value = Math.addExact(Math.multiplyExact(value, 10L), text[i] - '0');
          left--;
        } else if (text[i] != '0') {
          throw new NumberFormatException("more than " + places + " decimal places");
        }
      }
    }
    if (digits == 0 || i != to) {
      throw new NumberFormatException("not a number");
    }
    final long scaled = Math.multiplyExact(value, TENS[left]);
    return negative ? -scaled : scaled;
  }

  /** Digits beyond which a number is no size or price of anything. */
  private static final int MAX_DIGITS = 40;

  /**
   * Rounds a decimal, with or without an exponent, half to even to 1e-8.
   *
   * @throws NumberFormatException when it is no number, or an absurd one
   * @throws ArithmeticException when it does not fit
   */
  static long round(final String text) {
    return bounded(text).setScale(PLACES, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
  }

  /**
   * A decimal times a whole number, rounded half to even to a whole number.
   *
   * @throws NumberFormatException when it is no number, or an absurd one
   * @throws ArithmeticException when it does not fit
   */
  static long times(final String text, final long factor) {
    return bounded(text)
        .multiply(BigDecimal.valueOf(factor))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /**
   * The double nearest to a decimal, with or without an exponent.
   *
   * @throws NumberFormatException when it is no number, or an absurd one
   */
  static double real(final String text) {
    return bounded(text).doubleValue();
  }

  private static BigDecimal bounded(final String text) {
    if (text.length() > MAX_DIGITS) {
      throw new NumberFormatException("more than " + MAX_DIGITS + " characters");
    }
    final BigDecimal value = new BigDecimal(text);
    if (value.scale() > MAX_DIGITS || value.scale() < -MAX_DIGITS) {
      throw new NumberFormatException("an exponent beyond " + MAX_DIGITS);
    }
    return value;
  }
}
