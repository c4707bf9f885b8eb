package io.millrace.core.risk;

import io.millrace.core.market.Fixed;

/**
 * Arithmetic of the checks. Elsewhere overflow is an error; here an amount too big to hold is
 * {@link #BEYOND}, which is over every limit, so that an absurd order is denied rather than fatal.
 */
final class Saturating {
  /** More than any limit. */
  static final long BEYOND = Long.MAX_VALUE;

  /** Less than any limit. */
  static final long BELOW = Long.MIN_VALUE + 1;

  private Saturating() {}

  /** a + b; BEYOND stays beyond. */
  static long add(final long a, final long b) {
    if (a == BEYOND || b == BEYOND) {
      return BEYOND;
    }
    final long sum = a + b;
    final boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    if (!overflow) {
      return sum;
    }
    return a > 0 ? BEYOND : BELOW;
  }

  /** a - b. */
  static long subtract(final long a, final long b) {
    return a == BEYOND ? BEYOND : add(a, b == BEYOND ? BELOW : -b);
  }

  /** a × b, both 1e-8 and 0 or more. */
  static long mul(final long a, final long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    // The quotient by 1e8 fits 63 bits if the product is below 2^63 x 1e8: ask the high word.
    if (a == BEYOND || b == BEYOND || Math.multiplyHigh(a, b) >= Fixed.ONE / 2 - 1) {
      return BEYOND;
    }
    return Fixed.mul(a, b);
  }

  /** Ratio a ÷ b rounded up; b above 0. A ratio too big to hold is beyond. */
  static long ratioUp(final long a, final long b) {
    final long high = Math.multiplyHigh(a, Fixed.ONE);
    if (a == BEYOND || high >= b >> 1) {
      return BEYOND;
    }
    return high < -(b >> 1) ? BELOW : Fixed.divUp(a, b);
  }

  /** Largest x with x × b ≤ a × c; a, b, c 0 or more, b above 0. */
  static long mulDivDown(final long a, final long c, final long b) {
    if (a == BEYOND || Math.multiplyHigh(a, c) >= b >> 1) {
      return BEYOND;
    }
    final long nearest = Fixed.mulDiv(a, c, b);
    final long high = Math.multiplyHigh(a, c);
    final long high2 = Math.multiplyHigh(nearest, b);
    final boolean above =
        high2 > high || (high2 == high && Long.compareUnsigned(nearest * b, a * c) > 0);
    return above ? nearest - 1 : nearest;
  }
}
