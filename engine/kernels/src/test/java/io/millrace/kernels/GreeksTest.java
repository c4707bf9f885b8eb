package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.opengamma.strata.pricer.impl.option.BlackScholesFormulaRepository;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Greeks against Strata, against finite differences at a hundred digits, and at the edges. */
class GreeksTest {
  private static final long SEED = 7;
  private static final double RELATIVE = 1e-10;
  private final Kernels kernels = Kernels.select("auto");

  @Test
  void greeksEqualStrata() {
    SplitMix64 random = new SplitMix64(SEED);
    int n = 2003;
    double spot = 431.5;
    OptionColumns in = KernelDigest.listed(random, n, spot);
    GreekColumns out = new GreekColumns(n);
    kernels.allGreeks(spot, in, out, 0, n);
    for (int i = 0; i < n; i++) {
      double k = in.strike(i);
      double t = in.tau(i);
      double v = in.vol(i);
      double r = in.rate(i);
      double b = in.carry(i);
      boolean call = in.call(i);
      String row = "row " + i + " K " + k + " T " + t + " vol " + v + " call " + call + " ";
      // Scale of what cancels inside a Greek that passes through zero, in either implementation.
      double vega = BlackScholesFormulaRepository.vega(spot, k, t, v, r, b);
      check(
          row + "price",
          out.price()[i],
          BlackScholesFormulaRepository.price(spot, k, t, v, r, b, call),
          spot * 1e-14);
      check(
          row + "delta",
          out.delta()[i],
          BlackScholesFormulaRepository.delta(spot, k, t, v, r, b, call),
          0);
      check(
          row + "gamma",
          out.gamma()[i],
          BlackScholesFormulaRepository.gamma(spot, k, t, v, r, b),
          0);
      check(row + "vega", out.vega()[i], vega, 0);
      // Strata's theta and charm are per year; its charm is the change with time to expiry.
      check(
          row + "theta",
          out.theta()[i],
          BlackScholesFormulaRepository.theta(spot, k, t, v, r, b, call) / 365,
          spot * 1e-15);
      check(
          row + "vanna",
          out.vanna()[i],
          BlackScholesFormulaRepository.vanna(spot, k, t, v, r, b),
          1e-14);
      check(
          row + "charm",
          out.charm()[i],
          BlackScholesFormulaRepository.charm(spot, k, t, v, r, b, call) / 365,
          1e-14);
      check(
          row + "vomma",
          out.vomma()[i],
          BlackScholesFormulaRepository.vomma(spot, k, t, v, r, b),
          vega * 1e-13);
    }
  }

  @Test
  void greeksEqualFiniteDifferencesAtHighPrecision() {
    SplitMix64 random = new SplitMix64(SEED + 1);
    int n = 32;
    double spot = 100;
    OptionColumns in = KernelDigest.listed(random, n, spot);
    GreekColumns out = new GreekColumns(n);
    kernels.allGreeks(spot, in, out, 0, n);
    BigDecimal h = new BigDecimal("1e-16");
    BigDecimal two = BigDecimal.valueOf(2);
    BigDecimal h2 = h.multiply(two);
    BigDecimal square = h.multiply(h);
    BigDecimal year = BigDecimal.valueOf(365);
    for (int i = 0; i < n; i++) {
      Bumped f = new Bumped(in, i, spot);
      BigDecimal zero = BigDecimal.ZERO;
      BigDecimal mid = f.at(zero, zero, zero);
      BigDecimal up = f.at(h, zero, zero);
      BigDecimal down = f.at(h.negate(), zero, zero);
      BigDecimal volUp = f.at(zero, zero, h);
      BigDecimal volDown = f.at(zero, zero, h.negate());
      String row = "row " + i + " ";
      checkExact(row + "price", out.price()[i], mid, 1e-13 * spot);
      checkExact(row + "delta", out.delta()[i], up.subtract(down).divide(h2), 0);
      checkExact(
          row + "gamma",
          out.gamma()[i],
          up.add(down).subtract(mid.multiply(two)).divide(square),
          0);
      checkExact(row + "vega", out.vega()[i], volUp.subtract(volDown).divide(h2), 0);
      checkExact(
          row + "vomma",
          out.vomma()[i],
          volUp.add(volDown).subtract(mid.multiply(two)).divide(square),
          out.vega()[i] * 1e-13);
      BigDecimal later = f.at(zero, h.negate(), zero);
      BigDecimal earlier = f.at(zero, h, zero);
      checkExact(
          row + "theta",
          out.theta()[i],
          later.subtract(earlier).divide(h2).divide(year, HighPrecision.MC),
          spot * 1e-15);
      BigDecimal four = square.multiply(BigDecimal.valueOf(4));
      BigDecimal vanna =
          cross(
              f.at(h, zero, h),
              f.at(h, zero, h.negate()),
              f.at(h.negate(), zero, h),
              f.at(h.negate(), zero, h.negate()));
      checkExact(row + "vanna", out.vanna()[i], vanna.divide(four), 1e-14);
      BigDecimal charm =
          cross(
              f.at(h, h.negate(), zero),
              f.at(h, h, zero),
              f.at(h.negate(), h.negate(), zero),
              f.at(h.negate(), h, zero));
      checkExact(
          row + "charm", out.charm()[i], charm.divide(four).divide(year, HighPrecision.MC), 1e-14);
      BigDecimal third =
          f.at(h2, zero, zero)
              .subtract(up.multiply(two))
              .add(down.multiply(two))
              .subtract(f.at(h2.negate(), zero, zero));
      checkExact(
          row + "speed", out.speed()[i], third.divide(square.multiply(h2)), out.gamma()[i] * 1e-14);
    }
  }

  @Test
  void sixGreeksAreThoseOfTheFullRun() {
    OptionColumns in = KernelDigest.listed(new SplitMix64(SEED + 2), 100, 50);
    GreekColumns six = new GreekColumns(100);
    GreekColumns all = new GreekColumns(100);
    kernels.greeks(50, in, six, 0, 100);
    kernels.allGreeks(50, in, all, 0, 100);
    assertThat(six.delta()).containsExactly(all.delta());
    assertThat(six.charm()).containsExactly(all.charm());
    assertThat(six.theta()).containsExactly(all.theta());
    assertThat(Arrays.stream(six.price()).allMatch(p -> p == 0)).isTrue();
  }

  @Test
  void aRangeGivesWhatTheWholeGives() {
    int n = 1000;
    OptionColumns in = KernelDigest.listed(new SplitMix64(SEED + 3), n, 50);
    GreekColumns whole = new GreekColumns(n);
    GreekColumns parts = new GreekColumns(n);
    kernels.allGreeks(50, in, whole, 0, n);
    for (int i = 0; i < n; i += 37) {
      kernels.allGreeks(50, in, parts, i, Math.min(37, n - i));
    }
    assertThat(parts.gamma()).containsExactly(whole.gamma());
    assertThat(parts.speed()).containsExactly(whole.speed());
  }

  @Test
  void rowsOutOfRangeAreOffAndGiveZero() {
    OptionColumns in = new OptionColumns(20);
    assertThat(in.set(0, 100, 1, 0.2, 0.05, 0.05, true)).isTrue();
    assertThat(in.set(1, 0, 1, 0.2, 0.05, 0.05, true)).isFalse();
    assertThat(in.set(2, 100, -1e-9, 0.2, 0.05, 0.05, true)).isFalse();
    assertThat(in.set(3, 100, 1, Double.NaN, 0.05, 0.05, false)).isFalse();
    assertThat(in.set(4, 100, 1, 0.2, Double.POSITIVE_INFINITY, 0.05, false)).isFalse();
    assertThat(in.set(5, 100, 1, 0.2, 0.05, 1.01, false)).isFalse();
    in.set(6, 100, 1, 0.2, 0.05, 0.05, false);
    assertThat(in.setTau(6, 0)).isFalse();
    in.set(7, 100, 1, 0.2, 0.05, 0.05, false);
    in.clear(7);
    assertThat(in.setVol(7, 0.3)).as("an off row stays off").isFalse();
    GreekColumns out = new GreekColumns(20);
    kernels.allGreeks(100, in, out, 0, 20);
    // Hull: S = K = 100, r = 5 %, sigma = 20 %, one year: call 10.4506.
    assertThat(out.price()[0]).isCloseTo(10.450583572185565, within(1e-12));
    for (int i = 1; i < 20; i++) {
      for (double[] column : KernelDigest.columns(out)) {
        assertThat(column[i]).as("row %d", i).isZero();
      }
    }
  }

  @Test
  void theCornersOfTheDomainAreFinite() {
    double[] prices = {OptionColumns.MIN_PRICE, 1, 100, OptionColumns.MAX_PRICE};
    double[] taus = {OptionColumns.MIN_TAU, 1, OptionColumns.MAX_TAU};
    double[] vols = {OptionColumns.MIN_VOL, 0.2, OptionColumns.MAX_VOL};
    double[] rates = {-OptionColumns.MAX_RATE, 0, OptionColumns.MAX_RATE};
    OptionColumns in = new OptionColumns(2 * 4 * 27 * 3);
    int n = 0;
    for (double k : prices) {
      for (double t : taus) {
        for (double v : vols) {
          for (double r : rates) {
            for (double b : rates) {
              assertThat(in.set(n++, k, t, v, r, b, true)).isTrue();
              assertThat(in.set(n++, k, t, v, r, b, false)).isTrue();
            }
          }
        }
      }
    }
    GreekColumns out = new GreekColumns(n);
    for (double spot : prices) {
      kernels.allGreeks(spot, in, out, 0, n);
      for (double[] column : KernelDigest.columns(out)) {
        for (int i = 0; i < n; i++) {
          assertThat(Double.isFinite(column[i])).as("row %d at %s", i, spot).isTrue();
        }
      }
    }
  }

  @Test
  void badSpotOrRangeIsRefused() {
    OptionColumns in = new OptionColumns(8);
    GreekColumns out = new GreekColumns(8);
    assertThatThrownBy(() -> kernels.greeks(Double.NaN, in, out, 0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> kernels.greeks(1, in, out, 1, 8))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static void check(String what, double actual, double expected, double absolute) {
    assertThat(actual)
        .as("%s (seed %d)", what, SEED)
        .isCloseTo(expected, within(Math.abs(expected) * RELATIVE + absolute + 1e-300));
  }

  private static void checkExact(String what, double actual, BigDecimal exact, double absolute) {
    check(what, actual, exact.doubleValue(), absolute);
  }

  private static BigDecimal cross(BigDecimal pp, BigDecimal pm, BigDecimal mp, BigDecimal mm) {
    return pp.subtract(pm).subtract(mp).add(mm);
  }

  /** The price of one row with spot, time and volatility moved. */
  private static final class Bumped {
    private final OptionColumns in;
    private final int row;
    private final double spot;

    Bumped(OptionColumns in, int row, double spot) {
      this.in = in;
      this.row = row;
      this.spot = spot;
    }

    BigDecimal at(BigDecimal ds, BigDecimal dt, BigDecimal dv) {
      return HighPrecision.price(
          HighPrecision.of(spot).add(ds),
          HighPrecision.of(in.strike(row)),
          HighPrecision.of(in.tau(row)).add(dt),
          HighPrecision.of(in.vol(row)).add(dv),
          HighPrecision.of(in.rate(row)),
          HighPrecision.of(in.carry(row)),
          in.call(row));
    }
  }
}
