package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Fixed point against BigDecimal: exact, half to even once, never a wrap. */
class FixedTest {
  /** What the schema calls "no price" is not a number: a result of that value is an overflow. */
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE + 1);

  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  @Provide
  Arbitrary<Long> longs() {
    return Arbitraries.oneOf(
        Arbitraries.longs(),
        Arbitraries.longs().between(-1_000_000, 1_000_000),
        Arbitraries.longs().between(-1_000_000_000_000L, 1_000_000_000_000L),
        Arbitraries.of(
            0L,
            1L,
            -1L,
            2L,
            Fixed.ONE,
            -Fixed.ONE,
            Fixed.ONE / 2,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            1L << 62,
            1L << 32,
            (1L << 32) - 1,
            0xFFFF_FFFFL << 31));
  }

  /** The obvious way; null when it does not fit. */
  private static Long twin(final long a, final long b, final long c) {
    final BigInteger exact =
        new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)))
            .divide(BigDecimal.valueOf(c), 0, RoundingMode.HALF_EVEN)
            .toBigIntegerExact();
    return exact.compareTo(LEAST) < 0 || exact.compareTo(MOST) > 0 ? null : exact.longValueExact();
  }

  @Property(tries = 20_000)
  void aProductThroughAQuotientIsBigDecimalRoundedHalfToEven(
      @ForAll("longs") final long a, @ForAll("longs") final long b, @ForAll("longs") final long c) {
    if (c == 0) {
      assertThatThrownBy(() -> Fixed.mulDiv(a, b, c)).isInstanceOf(ArithmeticException.class);
      return;
    }
    final Long expected = twin(a, b, c);
    if (expected == null) {
      assertThatThrownBy(() -> Fixed.mulDiv(a, b, c))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("overflow");
    } else {
      assertThat(Fixed.mulDiv(a, b, c)).isEqualTo(expected);
    }
  }

  @Property(tries = 5_000)
  void aRatioHeldAgainstALimitIsRoundedUp(
      @ForAll("longs") final long a, @ForAll("longs") final long b) {
    if (b <= 0) {
      assertThatThrownBy(() -> Fixed.divUp(a, b)).isInstanceOf(ArithmeticException.class);
      return;
    }
    final BigInteger exact =
        new BigDecimal(BigInteger.valueOf(a).multiply(BigInteger.valueOf(Fixed.ONE)))
            .divide(BigDecimal.valueOf(b), 0, RoundingMode.CEILING)
            .toBigIntegerExact();
    if (exact.compareTo(LEAST) < 0 || exact.compareTo(MOST) > 0) {
      assertThatThrownBy(() -> Fixed.divUp(a, b)).isInstanceOf(ArithmeticException.class);
    } else if (twin(a, Fixed.ONE, b) != null) {
      assertThat(Fixed.divUp(a, b)).isEqualTo(exact.longValueExact());
    }
  }

  @Property
  void textAndNumberAreTheSame(@ForAll final long fixed) {
    if (fixed != Fixed.NONE) {
      assertThat(Fixed.parse(Fixed.format(fixed))).isEqualTo(fixed);
    }
  }

  @Property
  void stepsEncloseTheValue(
      @ForAll("longs") final long value, @ForAll("longs") final long anyStep) {
    final long step = Math.max(1, anyStep & Long.MAX_VALUE);
    final BigInteger v = BigInteger.valueOf(value);
    final BigInteger s = BigInteger.valueOf(step);
    final BigInteger below = v.subtract(v.mod(s));
    final BigInteger above = v.mod(s).signum() == 0 ? v : below.add(s);
    if (below.bitLength() < Long.SIZE) {
      assertThat(Fixed.floorTo(value, step)).isEqualTo(below.longValueExact());
    } else {
      assertThatThrownBy(() -> Fixed.floorTo(value, step)).isInstanceOf(ArithmeticException.class);
    }
    if (above.bitLength() < Long.SIZE) {
      assertThat(Fixed.ceilTo(value, step)).isEqualTo(above.longValueExact());
    } else {
      assertThatThrownBy(() -> Fixed.ceilTo(value, step)).isInstanceOf(ArithmeticException.class);
    }
  }

  @Property
  void aPriceUpToTenMillionSurvivesTheWayThroughADouble(
      @ForAll @LongRange(min = -1_000_000_000_000_000L, max = 1_000_000_000_000_000L)
          final long price) {
    assertThat(Fixed.fromDouble(Fixed.toDouble(price))).isEqualTo(price);
  }

  @Example
  void halvesGoToTheEvenNeighbour() {
    assertThat(Fixed.mulDiv(1, 1, 2)).isZero();
    assertThat(Fixed.mulDiv(3, 1, 2)).isEqualTo(2);
    assertThat(Fixed.mulDiv(5, 1, 2)).isEqualTo(2);
    assertThat(Fixed.mulDiv(-1, 1, 2)).isZero();
    assertThat(Fixed.mulDiv(-3, 1, 2)).isEqualTo(-2);
    assertThat(Fixed.mulDiv(-5, 1, 2)).isEqualTo(-2);
    assertThat(Fixed.mul(Fixed.parse("0.00000005"), Fixed.parse("0.1"))).isZero();
    assertThat(Fixed.mul(Fixed.parse("0.00000015"), Fixed.parse("0.1"))).isEqualTo(2);
  }

  @Example
  void overflowIsAnErrorNeverAWrap() {
    assertThatThrownBy(() -> Fixed.mul(Long.MAX_VALUE, 2 * Fixed.ONE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Fixed.fromDouble(1e11)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Fixed.fromDouble(Double.NaN)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Fixed.ceilTo(Long.MAX_VALUE, 2))
        .isInstanceOf(ArithmeticException.class);
  }

  @Example
  void onlyPlainDecimalsAreRead() {
    assertThat(Fixed.parse("-12.5")).isEqualTo(-1_250_000_000L);
    assertThat(Fixed.parse("0.00000001")).isEqualTo(1);
    assertThat(Fixed.parse("1.000000000")).isEqualTo(Fixed.ONE);
    for (final String wrong :
        new String[] {"", "x", "1e5", "1E5", "0.000000001", "92233720369", " 1", "1,5", "NaN"}) {
      assertThatThrownBy(() -> Fixed.parse(wrong))
          .as(wrong)
          .isInstanceOf(NumberFormatException.class);
    }
  }

  @Example
  void theNullPriceIsNoNumber() {
    assertThat(Fixed.format(Fixed.NONE)).isEqualTo("-");
    assertThatThrownBy(() -> Fixed.parse("-92233720368.54775808"))
        .isInstanceOf(NumberFormatException.class);
  }

  @Example
  void textHasNoTrailingZerosAndNoExponent() {
    assertThat(Fixed.format(100 * Fixed.ONE)).isEqualTo("100");
    assertThat(Fixed.format(0)).isEqualTo("0");
    assertThat(Fixed.format(1)).isEqualTo("0.00000001");
    assertThat(Fixed.format(-1_250_000_000L)).isEqualTo("-12.5");
  }
}
