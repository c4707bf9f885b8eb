package io.millrace.core.market;

/**
 * Exact fixed-point arithmetic: prices, quantities and money are {@code long} in units of 1e-8.
 * Products go through 128 bits and round half to even once. Overflow throws {@link
 * ArithmeticException}; nothing wraps.
 */
public final class Fixed {
  /** Units in one. */
  public static final long ONE = 100_000_000L;

  /** No such price: the null value of the schema. */
  public static final long NONE = Long.MIN_VALUE;

  /** Longest text that {@link #parse} takes. */
  private static final int DECIMALS = 8;

  private Fixed() {}

  /** a × b, both 1e-8, result 1e-8. */
  public static long mul(final long a, final long b) {
    return mulDiv(a, b, ONE);
  }

  /** a ÷ b, both 1e-8, result 1e-8. */
  public static long div(final long a, final long b) {
    return mulDiv(a, ONE, b);
  }

  /**
   * a × b ÷ c through 128 bits, rounded half to even once.
   *
   * @throws ArithmeticException if c is 0 or the result does not fit
   */
  public static long mulDiv(final long a, final long b, final long c) {
    if (c == 0) {
      throw new ArithmeticException("division by zero");
    }
    final long high = Math.multiplyHigh(a, b);
    final long low = a * b;
    if (high == (low >> 63) && low != Long.MIN_VALUE && c != Long.MIN_VALUE) {
      return divideHalfEven(low, c);
    }
    return wideMulDiv(a, b, c);
  }

  private static long divideHalfEven(final long n, final long d) {
    final long quotient = n / d;
    final long remainder = n % d;
    if (remainder == 0) {
      return quotient;
    }
    final long twice = Math.abs(remainder) - (Math.abs(d) - Math.abs(remainder));
    if (twice > 0 || (twice == 0 && (quotient & 1) != 0)) {
      return quotient + (((n ^ d) < 0) ? -1 : 1);
    }
    return quotient;
  }

  /** Sign-magnitude 128 by 64 division, one bit at a time: rare and cold. */
  private static long wideMulDiv(final long a, final long b, final long c) {
    final boolean negative = ((a < 0) ^ (b < 0)) ^ (c < 0);
    final long ua = Math.abs(a); // MIN_VALUE stays itself: right as an unsigned number
    final long ub = Math.abs(b);
    final long uc = Math.abs(c);
    long high = unsignedMultiplyHigh(ua, ub);
    long low = ua * ub;
    if (Long.compareUnsigned(high, uc) >= 0) {
      throw new ArithmeticException("overflow: " + a + " x " + b + " / " + c);
    }
    long remainder = high;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      final boolean carry = remainder < 0;
      remainder = (remainder << 1) | (low >>> 63);
      low <<= 1;
      if (carry || Long.compareUnsigned(remainder, uc) >= 0) {
        remainder -= uc;
        low |= 1;
      }
    }
    final long rest = uc - remainder;
    final int half = Long.compareUnsigned(remainder, rest);
    if (half > 0 || (half == 0 && (low & 1) != 0)) {
      low++;
      if (low == 0) {
        throw new ArithmeticException("overflow: " + a + " x " + b + " / " + c);
      }
    }
    if (negative ? Long.compareUnsigned(low, Long.MIN_VALUE) >= 0 : low < 0) {
      throw new ArithmeticException("overflow: " + a + " x " + b + " / " + c);
    }
    return negative ? -low : low;
  }

  private static long unsignedMultiplyHigh(final long a, final long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }

  /** As a double, for analytics only. */
  public static double toDouble(final long fixed) {
    return fixed / (double) ONE;
  }

  /**
   * Nearest fixed-point number, half to even.
   *
   * @throws ArithmeticException if the value is not finite or does not fit
   */
  public static long fromDouble(final double value) {
    final double scaled = StrictMath.rint(value * ONE);
    if (!(Math.abs(scaled) < 0x1p63)) {
      throw new ArithmeticException("not a fixed-point number: " + value);
    }
    return (long) scaled;
  }

  /** Largest multiple of {@code step} at or below {@code value}; step above 0. */
  public static long floorTo(final long value, final long step) {
    return Math.subtractExact(value, Math.floorMod(value, step));
  }

  /** Smallest multiple of {@code step} at or above {@code value}; step above 0. */
  public static long ceilTo(final long value, final long step) {
    final long over = Math.floorMod(value, step);
    return over == 0 ? value : Math.addExact(value, step - over);
  }

  /**
   * Reads a plain decimal such as {@code -12.5}.
   *
   * @throws NumberFormatException if it is not one or has more than eight decimals that matter
   */
  public static long parse(final CharSequence text) {
    final java.math.BigDecimal decimal = new java.math.BigDecimal(text.toString());
    try {
      return decimal.movePointRight(DECIMALS).longValueExact();
    } catch (final ArithmeticException e) {
      throw new NumberFormatException(
          text + " does not fit eight decimals in 64 bits: " + e.getMessage());
    }
  }

  /** As plain decimal text without trailing zeros; {@link #NONE} is {@code -}. */
  public static String format(final long fixed) {
    if (fixed == NONE) {
      return "-";
    }
    final java.math.BigDecimal decimal =
        java.math.BigDecimal.valueOf(fixed, DECIMALS).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0).toPlainString() : decimal.toPlainString();
  }
}
