package io.millrace.kernels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Slow and obvious functions to about a hundred digits: the reference of the accuracy tests. */
final class HighPrecision {
  static final MathContext MC = new MathContext(110, RoundingMode.HALF_EVEN);
  static final BigDecimal HALF = new BigDecimal("0.5");
  private static final BigDecimal EPSILON = new BigDecimal("1e-115");
  static final BigDecimal PI = pi();
  private static final BigDecimal INV_SQRT_2PI =
      BigDecimal.ONE.divide(PI.multiply(BigDecimal.valueOf(2)).sqrt(MC), MC);

  private HighPrecision() {}

  static BigDecimal of(double x) {
    return new BigDecimal(x);
  }

  /** Taylor series after halving the argument. */
  static BigDecimal exp(BigDecimal x) {
    int halvings = Math.max(0, x.precision() - x.scale() + 1) * 4 + 10;
    BigDecimal r = x.divide(BigDecimal.valueOf(2).pow(halvings), MC);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int k = 1; term.abs().compareTo(EPSILON) > 0; k++) {
      term = term.multiply(r, MC).divide(BigDecimal.valueOf(k), MC);
      sum = sum.add(term, MC);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, MC);
    }
    return sum;
  }

  /** Halley's iteration on exp. */
  static BigDecimal log(BigDecimal x) {
    double start = x.doubleValue();
    BigDecimal y = of(StrictMath.log(start));
    for (int i = 0; i < 3; i++) {
      BigDecimal e = exp(y);
      BigDecimal step = BigDecimal.valueOf(2).multiply(x.subtract(e), MC).divide(x.add(e), MC);
      y = y.add(step, MC);
    }
    return y;
  }

  static BigDecimal pdf(BigDecimal x) {
    return exp(x.multiply(x, MC).multiply(HALF).negate()).multiply(INV_SQRT_2PI, MC);
  }

  /** N(x): series about the centre, continued fraction in the tail. */
  static BigDecimal cdf(BigDecimal x) {
    BigDecimal z = x.abs();
    BigDecimal tail = z.doubleValue() < 9.0 ? centre(z) : tail(z);
    return x.signum() <= 0 ? tail : BigDecimal.ONE.subtract(tail, MC);
  }

  private static BigDecimal centre(BigDecimal z) {
    BigDecimal term = z;
    BigDecimal sum = z;
    BigDecimal square = z.multiply(z, MC);
    for (int k = 3; term.compareTo(EPSILON) > 0; k += 2) {
      term = term.multiply(square, MC).divide(BigDecimal.valueOf(k), MC);
      sum = sum.add(term, MC);
    }
    return HALF.subtract(pdf(z).multiply(sum, MC), MC);
  }

  private static BigDecimal tail(BigDecimal z) {
    BigDecimal fraction = z;
    for (int k = 400; k >= 1; k--) {
      fraction = z.add(BigDecimal.valueOf(k).divide(fraction, MC), MC);
    }
    return pdf(z).divide(fraction, MC);
  }

  /** Black–Scholes–Merton with carry. */
  static BigDecimal price(
      BigDecimal s,
      BigDecimal k,
      BigDecimal t,
      BigDecimal v,
      BigDecimal r,
      BigDecimal b,
      boolean call) {
    BigDecimal sv = v.multiply(t.sqrt(MC), MC);
    BigDecimal drift = b.add(v.multiply(v, MC).multiply(HALF), MC).multiply(t, MC);
    BigDecimal d1 = log(s.divide(k, MC)).add(drift, MC).divide(sv, MC);
    BigDecimal d2 = d1.subtract(sv, MC);
    BigDecimal asset = s.multiply(exp(b.subtract(r).multiply(t, MC)), MC);
    BigDecimal cash = k.multiply(exp(r.negate().multiply(t, MC)), MC);
    return call
        ? asset.multiply(cdf(d1), MC).subtract(cash.multiply(cdf(d2), MC), MC)
        : cash.multiply(cdf(d2.negate()), MC).subtract(asset.multiply(cdf(d1.negate()), MC), MC);
  }

  static double relativeError(double computed, BigDecimal exact) {
    if (exact.signum() == 0) {
      return computed == 0.0 ? 0.0 : Double.POSITIVE_INFINITY;
    }
    return of(computed).subtract(exact).divide(exact, MC).abs().doubleValue();
  }

  /** Error in units of the last place of the exact result. */
  static double ulps(double computed, BigDecimal exact) {
    double ulp = Math.ulp(exact.doubleValue());
    return of(computed).subtract(exact).abs().divide(of(ulp), MC).doubleValue();
  }

  /** Machin's formula. */
  private static BigDecimal pi() {
    return BigDecimal.valueOf(16)
        .multiply(arctanOfInverse(5), MC)
        .subtract(BigDecimal.valueOf(4).multiply(arctanOfInverse(239), MC), MC);
  }

  private static BigDecimal arctanOfInverse(int n) {
    BigDecimal square = BigDecimal.valueOf((long) n * n);
    BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), MC);
    BigDecimal sum = power;
    for (int k = 3; power.abs().compareTo(EPSILON) > 0; k += 2) {
      power = power.divide(square, MC).negate();
      sum = sum.add(power.divide(BigDecimal.valueOf(k), MC), MC);
    }
    return sum;
  }
}
