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

  /** Decimals of a unit. */
  private static final int DECIMALS = 8;

  /** Largest base 2^32 digit. */
  private static final long DIGIT = 0xFFFF_FFFFL;

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

  /**
   * Least fixed-point number at or above a ÷ b (both 1e-8), b above 0: a ratio to hold against a
   * limit, so that whatever is over the limit by any amount also shows over it.
   *
   * @throws ArithmeticException if b is not above 0 or the result does not fit
   */
  public static long divUp(final long a, final long b) {
    if (b <= 0) {
      throw new ArithmeticException("divUp by " + b);
    }
    final long nearest = mulDiv(a, ONE, b);
    final long high = Math.multiplyHigh(a, ONE);
    final long high2 = Math.multiplyHigh(nearest, b);
    final boolean below =
        high2 < high || (high2 == high && Long.compareUnsigned(nearest * b, a * ONE) < 0);
    return below ? Math.addExact(nearest, 1) : nearest;
  }

  /** Sign-magnitude 128 by 64 division. */
  private static long wideMulDiv(final long a, final long b, final long c) {
    final boolean negative = ((a < 0) ^ (b < 0)) ^ (c < 0);
    final long ua = Math.abs(a); // MIN_VALUE stays itself: right as an unsigned number
    final long ub = Math.abs(b);
    final long uc = Math.abs(c);
    final long high = unsignedMultiplyHigh(ua, ub);
    final long product = ua * ub;
    if (Long.compareUnsigned(high, uc) >= 0) {
      throw new ArithmeticException("overflow: " + a + " x " + b + " / " + c);
    }
    long low = divideWide(high, product, uc);
    final long remainder = product - low * uc; // below uc, so exact modulo 2^64
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

  /**
   * Quotient of an unsigned 128-bit number by an unsigned 64-bit one that is above its high word:
   * schoolbook division in base 2^32 (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm
   * D). By a divisor below 2^31, such as {@link #ONE}, each digit is one plain division.
   */
  private static long divideWide(final long high, final long low, final long divisor) {
    if (divisor >>> 31 == 0) {
      final long upper = (high << 32) | (low >>> 32); // below divisor · 2^32, so no sign
      final long digit = upper / divisor;
      final long left = ((upper - digit * divisor) << 32) | (low & DIGIT);
      return (digit << 32) + left / divisor;
    }
    final int shift = Long.numberOfLeadingZeros(divisor);
    final long v = divisor << shift;
    final long top = shift == 0 ? high : (high << shift) | (low >>> (Long.SIZE - shift));
    final long rest = low << shift;
    final long q1 = digit(top, rest >>> 32, v);
    final long middle = (top << 32) + (rest >>> 32) - q1 * v;
    final long q0 = digit(middle, rest & DIGIT, v);
    return (q1 << 32) + q0;
  }

  /** One base 2^32 digit of (top, next) ÷ v: the guess from the leading digit is at most 2 high. */
  private static long digit(final long top, final long next, final long v) {
    final long v1 = v >>> 32;
    final long v0 = v & DIGIT;
    long q = Long.divideUnsigned(top, v1);
    long remainder = top - q * v1;
    while (q > DIGIT || Long.compareUnsigned(q * v0, (remainder << 32) | next) > 0) {
      q--;
      remainder += v1;
      if (remainder > DIGIT) {
        break;
      }
    }
    return q;
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
   * @throws NumberFormatException if it is not one (an exponent is none), has more than eight
   *     decimals that matter, or does not fit
   */
  public static long parse(final CharSequence text) {
    final String plain = text.toString();
    if (plain.indexOf('e') >= 0 || plain.indexOf('E') >= 0) {
      throw new NumberFormatException(plain + " is not a plain decimal such as 12.5");
    }
    final java.math.BigDecimal decimal;
    try {
      decimal = new java.math.BigDecimal(plain);
    } catch (final NumberFormatException e) {
      throw new NumberFormatException("\"" + plain + "\" is not a plain decimal such as 12.5");
    }
    try {
      final long fixed = decimal.movePointRight(DECIMALS).longValueExact();
      if (fixed != NONE) {
        return fixed;
      }
    } catch (final ArithmeticException e) {
      // told below
    }
    throw new NumberFormatException(plain + " does not fit eight decimals in 64 bits");
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
