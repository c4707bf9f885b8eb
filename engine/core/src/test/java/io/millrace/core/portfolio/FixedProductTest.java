package io.millrace.core.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.market.Fixed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Wide products agree with exact integers, rounded half to even once. */
class FixedProductTest {
  private static final long SEED = 20151224;
  private static final int CASES = 300_000;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void productsAndQuotientsAgreeWithExactIntegers() {
    for (int i = 0; i < CASES; i++) {
      final long a = number();
      final long b = number();
      final long c = (i & 1) == 0 ? Fixed.ONE : number();
      if (c == 0) {
        continue;
      }
      final BigInteger exact =
          new BigDecimal(big(a).multiply(big(b)))
              .divide(new BigDecimal(big(c)), 0, RoundingMode.HALF_EVEN)
              .toBigIntegerExact();
      if (exact.bitLength() < Long.SIZE && !exact.equals(big(Long.MIN_VALUE))) {
        assertThat(Fixed.mulDiv(a, b, c))
            .as("seed %d case %d: %d x %d / %d", SEED, i, a, b, c)
            .isEqualTo(exact.longValueExact());
      } else if (exact.bitLength() >= Long.SIZE) {
        assertThatThrownBy(() -> Fixed.mulDiv(a, b, c))
            .as("seed %d case %d: %d x %d / %d", SEED, i, a, b, c)
            .isInstanceOf(ArithmeticException.class);
      }
    }
  }

  @Test
  void ratiosAreRoundedUp() {
    for (int i = 0; i < CASES; i++) {
      final long a = number() >> 28;
      final long b = Math.max(1, Math.abs(number() >> 1));
      final BigInteger exact =
          new BigDecimal(big(a).multiply(big(Fixed.ONE)))
              .divide(new BigDecimal(big(b)), 0, RoundingMode.CEILING)
              .toBigIntegerExact();
      if (exact.bitLength() < Long.SIZE - 1) {
        assertThat(Fixed.divUp(a, b))
            .as("seed %d case %d: %d / %d", SEED, i, a, b)
            .isEqualTo(exact.longValueExact());
      }
    }
  }

  private static BigInteger big(final long value) {
    return BigInteger.valueOf(value);
  }

  /** All magnitudes alike. */
  private long number() {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }
}
