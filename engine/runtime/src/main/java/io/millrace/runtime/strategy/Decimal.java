package io.millrace.runtime.strategy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimal text of floating-point numbers in the form of {@link Double#toString}, the same on every
 * JDK: before JDK 19 that method gave digits too many for some numbers. The fewest digits, rounded
 * half-even from the exact value, that read back as the number.
 */
final class Decimal {
  private static final int MOST_DIGITS = 17;
  private static final int MOST_FLOAT_DIGITS = 9;
  private static final int SCIENTIFIC_FROM = 7;
  private static final int SCIENTIFIC_BELOW = -3;
  private static final double EXACT = 1e7;

  private Decimal() {}

  static String text(final double number) {
    if (Double.isNaN(number)
        || Double.isInfinite(number)
        || (number == Math.rint(number) && Math.abs(number) < EXACT)) {
      return Double.toString(number); // no digits to choose: the same everywhere
    }
    final BigDecimal exact = new BigDecimal(Math.abs(number));
    int least = 1; // what reads back with some digits reads back with more
    int most = MOST_DIGITS;
    while (least < most) {
      final int digits = (least + most) / 2;
      if (rounded(exact, digits).doubleValue() == Math.abs(number)) {
        most = digits;
      } else {
        least = digits + 1;
      }
    }
    return text(number < 0, rounded(exact, most));
  }

  static String text(final float number) {
    if (Float.isNaN(number)
        || Float.isInfinite(number)
        || (number == Math.rint(number) && Math.abs(number) < EXACT)) {
      return Float.toString(number);
    }
    final BigDecimal exact = new BigDecimal(Math.abs(number));
    for (int digits = 1; digits < MOST_FLOAT_DIGITS; digits++) {
      final BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.floatValue() == Math.abs(number)) {
        return text(number < 0, rounded);
      }
    }
    return text(
        number < 0, exact.round(new MathContext(MOST_FLOAT_DIGITS, RoundingMode.HALF_EVEN)));
  }

  private static BigDecimal rounded(final BigDecimal exact, final int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String text(final boolean negative, final BigDecimal magnitude) {
    final BigDecimal plain = magnitude.stripTrailingZeros();
    final String digits = plain.unscaledValue().toString();
    final int exponent = digits.length() - 1 - plain.scale();
    final StringBuilder text = new StringBuilder(negative ? "-" : "");
    if (exponent >= SCIENTIFIC_BELOW && exponent < SCIENTIFIC_FROM) {
      text.append(plain.scale() <= 0 ? plain.toPlainString() + ".0" : plain.toPlainString());
    } else {
      text.append(digits.charAt(0)).append('.');
      text.append(digits.length() == 1 ? "0" : digits.substring(1)).append('E').append(exponent);
    }
    return text.toString();
  }
}
