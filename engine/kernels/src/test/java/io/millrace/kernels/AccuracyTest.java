package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The elementary and normal kernels against a hundred-digit reference. */
class AccuracyTest {
  private static final long SEED = 20261121;
  private static final int N = 3000;
  private final Kernels kernels = Kernels.select("auto");
  private final SplitMix64 random = new SplitMix64(SEED);

  @Test
  void referenceKnowsTextbookValues() {
    assertThat(HighPrecision.PI.toPlainString())
        .startsWith("3.14159265358979323846264338327950288");
    assertThat(HighPrecision.exp(BigDecimal.ONE).toPlainString())
        .startsWith("2.71828182845904523536028747135266249");
    assertThat(HighPrecision.log(BigDecimal.valueOf(2)).toPlainString())
        .startsWith("0.69314718055994530941723212145817656");
    // Abramowitz and Stegun, table 26.1 and 26.2.
    assertThat(HighPrecision.cdf(BigDecimal.ONE).toPlainString()).startsWith("0.8413447460685429");
    assertThat(-Math.log10(HighPrecision.cdf(BigDecimal.valueOf(-37)).doubleValue()))
        .isBetween(299.2, 299.4);
  }

  @Test
  void expIsWithinTwoUlp() {
    double[] x = new double[N];
    for (int i = 0; i < N; i++) {
      x[i] =
          switch (i % 4) {
            case 0 -> random.between(-708, 709.7);
            case 1 -> random.between(-1, 1);
            case 2 -> (random.coin() ? 1 : -1) * random.scaled(1e-300, 1);
            default -> (random.next() % 1000) * 0.34657359027997264;
          };
    }
    double[] y = new double[N];
    kernels.exp(x, y, 0, N);
    assertThat(worstUlps(x, y, HighPrecision::exp)).isLessThanOrEqualTo(1.0);
  }

  @Test
  void expFadesThroughSubnormals() {
    double[] x = {-708.5, -720.25, -740, -745.1, -745.2, -1e300, 709.782, 709.79, 1e300};
    double[] y = new double[x.length];
    kernels.exp(x, y, 0, x.length);
    for (int i = 0; i < 5; i++) {
      double exact = HighPrecision.exp(HighPrecision.of(x[i])).doubleValue();
      assertThat(Math.abs(y[i] - exact)).as("exp(%s)", x[i]).isLessThanOrEqualTo(Double.MIN_VALUE);
    }
    assertThat(y[4]).isZero();
    assertThat(y[5]).isZero();
    assertThat(y[6]).isFinite();
    assertThat(y[7]).isInfinite();
    assertThat(y[8]).isInfinite();
  }

  @Test
  void logIsWithinTwoUlp() {
    double[] x = new double[N];
    for (int i = 0; i < N; i++) {
      x[i] =
          switch (i % 4) {
            case 0 -> random.scaled(1e-153, 1e153) * random.scaled(1e-153, 1e153);
            case 1 -> random.between(0.5, 2);
            case 2 -> 1 + (random.coin() ? 1 : -1) * random.scaled(1e-15, 0.1);
            default -> random.scaled(0.01, 100);
          };
    }
    x[0] = 1.0;
    x[1] = Double.MIN_NORMAL;
    x[2] = Double.MAX_VALUE;
    x[3] = StrictMath.sqrt(0.5);
    x[4] = StrictMath.sqrt(2.0);
    double[] y = new double[N];
    kernels.log(x, y, 0, N);
    assertThat(y[0]).isZero();
    assertThat(worstUlps(x, y, HighPrecision::log)).isLessThanOrEqualTo(1.0);
  }

  @Test
  void edgesAreAsDocumented() {
    double[] x = {0.0, -0.0, Double.MIN_VALUE, -1, Double.NaN, Double.POSITIVE_INFINITY};
    double[] y = new double[x.length];
    kernels.log(x, y, 0, x.length);
    assertThat(y)
        .containsExactly(
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            Double.NaN,
            Double.POSITIVE_INFINITY);
    double[] wide = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e9, 1e9, 0};
    kernels.exp(wide, y, 0, 6);
    assertThat(y)
        .containsExactly(Double.NaN, 0, Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY, 1);
    kernels.normalCdf(wide, y, 0, 6);
    assertThat(y).containsExactly(Double.NaN, 0, 1, 0, 1, 0.5);
    kernels.normalPdf(wide, y, 0, 6);
    assertThat(y).containsExactly(Double.NaN, 0, 0, 0, 0, Coefficients.INV_SQRT_2PI);
  }

  @Test
  void normalDistributionHoldsToMinus37() {
    double[] x = normalArguments();
    double[] y = new double[x.length];
    kernels.normalCdf(x, y, 0, x.length);
    assertThat(worstRelative(x, y, HighPrecision::cdf)).isLessThanOrEqualTo(1e-14);
  }

  @Test
  void normalDensityHoldsTo37() {
    double[] x = normalArguments();
    double[] y = new double[x.length];
    kernels.normalPdf(x, y, 0, x.length);
    assertThat(worstRelative(x, y, HighPrecision::pdf)).isLessThanOrEqualTo(1e-14);
  }

  private double[] normalArguments() {
    double[] x = new double[1500];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          switch (i % 3) {
            case 0 -> random.between(-37, 37);
            case 1 -> random.between(-6, 6);
            default -> (random.coin() ? 1 : -1) * random.scaled(1e-20, 1);
          };
    }
    x[0] = -37;
    x[1] = 0;
    x[2] = 37;
    return x;
  }

  private static double worstUlps(double[] x, double[] y, UnaryOperator<BigDecimal> exact) {
    double worst = 0;
    int at = 0;
    for (int i = 0; i < x.length; i++) {
      BigDecimal e = exact.apply(HighPrecision.of(x[i]));
      double ulps = e.signum() == 0 ? (y[i] == 0 ? 0 : 99) : HighPrecision.ulps(y[i], e);
      if (ulps > worst) {
        worst = ulps;
        at = i;
      }
    }
    System.out.printf("worst %.3f ulp at %s (seed %d)%n", worst, x[at], SEED);
    return worst;
  }

  private static double worstRelative(double[] x, double[] y, UnaryOperator<BigDecimal> exact) {
    double[] errors = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      errors[i] = HighPrecision.relativeError(y[i], exact.apply(HighPrecision.of(x[i])));
    }
    double worst = Arrays.stream(errors).max().orElseThrow();
    System.out.printf("worst relative error %.3g (seed %d)%n", worst, SEED);
    return worst;
  }
}
