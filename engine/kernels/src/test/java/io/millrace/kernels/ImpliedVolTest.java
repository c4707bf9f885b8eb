package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Black's price and its inverse. */
class ImpliedVolTest {
  private static final double HOUR = 1.0 / (365 * 24);
  private final Kernels kernels = Kernels.select("auto");

  @Test
  void priceHasNoCancellationOutOfTheMoney() {
    SplitMix64 random = new SplitMix64(11);
    int n = 1200;
    Rows rows = new Rows(n);
    for (int i = 0; i < n; i++) {
      double t = random.scaled(HOUR, 5);
      double v = random.scaled(0.01, 4);
      double width = v * StrictMath.sqrt(t);
      double x = random.between(-1, 1) * Math.min(2.302, 30 * width);
      double strike = 100 * StrictMath.exp(x);
      rows.set(i, 100, strike, t, v, 1.0, strike >= 100);
    }
    kernels.blackPrice(
        rows.forward,
        rows.strike,
        rows.tau,
        rows.vol,
        rows.discount,
        rows.side,
        rows.price,
        rows.flags,
        0,
        n);
    for (int i = 0; i < n; i++) {
      BigDecimal exact =
          HighPrecision.price(
              HighPrecision.of(100),
              HighPrecision.of(rows.strike[i]),
              HighPrecision.of(rows.tau[i]),
              HighPrecision.of(rows.vol[i]),
              BigDecimal.ZERO,
              BigDecimal.ZERO,
              rows.side[i] > 0);
      double h =
          StrictMath.log(rows.strike[i] / 100) / (rows.vol[i] * StrictMath.sqrt(rows.tau[i]));
      // Exponents are rounded: a relative error of price of about half an ulp times h².
      assertThat(HighPrecision.relativeError(rows.price[i], exact))
          .as("K %s T %s vol %s", rows.strike[i], rows.tau[i], rows.vol[i])
          .isLessThan(2e-15 * (1 + h * h));
    }
  }

  @Test
  void roundTripIsExactTo13DigitsWhereThePriceTellsAndFlaggedElsewhere() {
    double[] times = {HOUR, 4 * HOUR, 1 / 365.0, 7 / 365.0, 0.1, 0.25, 0.5, 1, 2, 3, 5};
    double[] vols = {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 1.2, 2, 3, 4};
    int steps = 121;
    int n = times.length * vols.length * steps * 2;
    Rows rows = new Rows(n);
    int row = 0;
    for (double t : times) {
      for (double v : vols) {
        for (int m = 0; m < steps; m++) {
          double strike = 100 * StrictMath.pow(10, -1 + 2.0 * m / (steps - 1));
          rows.set(row++, 100, strike, t, v, StrictMath.exp(-0.04 * t), true);
          rows.set(row++, 100, strike, t, v, StrictMath.exp(-0.04 * t), false);
        }
      }
    }
    double[] vol = rows.vol.clone();
    rows.roundTrip(kernels, n);
    int[] count = new int[VolFlag.INVALID + 1];
    double worst = 0;
    for (int i = 0; i < n; i++) {
      count[rows.flags[i]]++;
      double error = Math.abs(rows.vol[i] / vol[i] - 1);
      String what = "K " + rows.strike[i] + " T " + rows.tau[i] + " vol " + vol[i];
      boolean outside = rows.side[i] * (100 - rows.strike[i]) <= 0;
      switch (rows.flags[i]) {
        case VolFlag.OK -> {
          assertThat(error).as(what).isLessThanOrEqualTo(1e-13);
          worst = Math.max(worst, error);
        }
        case VolFlag.LOW_INFORMATION ->
            // In the money, or against the bound: what is lost is what the price does not carry.
            assertThat(error).as(what).isLessThanOrEqualTo(2e-2);
        case VolFlag.NO_INFORMATION -> {
          assertThat(rows.vol[i]).isZero();
          if (outside && rows.price[i] > 1e-280) {
            double room = Math.min(100, rows.strike[i]) * rows.discount[i] - rows.price[i];
            assertThat(room).as(what).isLessThan(1e-12);
          }
        }
        default -> throw new AssertionError(what + " flag " + rows.flags[i]);
      }
    }
    System.out.printf(
        "implied vol: %d full, %d low, %d without information; worst full %.2g%n",
        count[VolFlag.OK], count[VolFlag.LOW_INFORMATION], count[VolFlag.NO_INFORMATION], worst);
    assertThat(count[VolFlag.OK]).isGreaterThan(n / 2);
  }

  @Test
  void moneynessOfAMillionMillionStillConverges() {
    SplitMix64 random = new SplitMix64(12);
    int n = 20_000;
    Rows rows = new Rows(n);
    for (int i = 0; i < n; i++) {
      double x = random.between(-29.9, 29.9);
      double s = random.scaled(0.01, 30);
      double strike = StrictMath.exp(x);
      rows.set(i, 1, strike, 1, s, 1, strike >= 1);
    }
    double[] vol = rows.vol.clone();
    rows.roundTrip(kernels, n);
    int full = 0;
    for (int i = 0; i < n; i++) {
      if (rows.flags[i] == VolFlag.OK) {
        full++;
        assertThat(rows.vol[i])
            .as("K %s vol %s", rows.strike[i], vol[i])
            .isCloseTo(vol[i], within(vol[i] * 1e-13));
      }
    }
    assertThat(full).isGreaterThan(n / 4);
  }

  @Test
  void impossiblePricesAreFlaggedNotSolved() {
    Rows rows = new Rows(11);
    for (int i = 0; i < 11; i++) {
      rows.set(i, 100, 90, 1, 0.2, 0.5, true);
    }
    // Discounted: intrinsic 5, bound 50.
    rows.price[0] = 4.9;
    rows.price[1] = 50.1;
    rows.price[2] = 5.0;
    rows.price[3] = 50.0;
    rows.price[4] = -1.0;
    rows.price[5] = Double.NaN;
    rows.price[6] = 10;
    rows.forward[6] = Double.NaN;
    rows.price[7] = 10;
    rows.tau[7] = 0;
    rows.price[8] = 10;
    rows.side[8] = 0;
    rows.price[9] = Double.POSITIVE_INFINITY;
    rows.price[10] = 10;
    rows.solve(kernels, 11);
    assertThat(rows.flags)
        .containsExactly(
            VolFlag.BELOW_INTRINSIC,
            VolFlag.ABOVE_BOUND,
            VolFlag.NO_INFORMATION,
            VolFlag.NO_INFORMATION,
            VolFlag.BELOW_INTRINSIC,
            VolFlag.INVALID,
            VolFlag.INVALID,
            VolFlag.INVALID,
            VolFlag.INVALID,
            VolFlag.INVALID,
            VolFlag.OK);
    for (int i = 0; i < 10; i++) {
      assertThat(rows.vol[i]).isZero();
    }
    assertThat(rows.vol[10]).isBetween(0.3, 1.0);
  }

  @Test
  void worthlessOptionsTellNothing() {
    Rows rows = new Rows(3);
    rows.set(0, 100, 110, 1, 0.2, 1, true);
    rows.set(1, 100, 100, 1, 0.2, 1, true);
    rows.set(2, 100, 110, 1, 0.2, 1, true);
    rows.price[2] = 1e-300;
    rows.solve(kernels, 3);
    assertThat(rows.flags)
        .containsExactly(VolFlag.NO_INFORMATION, VolFlag.NO_INFORMATION, VolFlag.NO_INFORMATION);
  }

  /** Any bits in any column: a flag and a finite, non-negative volatility, never an exception. */
  @Test
  void arbitraryInputNeverGivesNaN() {
    SplitMix64 random = new SplitMix64(13);
    double[] special = {
      0, -0.0, 1, -1, 1e-9, 1e12, Double.NaN, Double.NEGATIVE_INFINITY, 1e300, 5e-324
    };
    int n = 50_000;
    Rows rows = new Rows(n);
    double[][] columns = {rows.forward, rows.strike, rows.tau, rows.discount, rows.price};
    for (int i = 0; i < n; i++) {
      for (double[] column : columns) {
        column[i] =
            switch ((int) (random.next() & 3)) {
              case 0 -> special[(int) ((random.next() >>> 1) % special.length)];
              case 1 -> Double.longBitsToDouble(random.next());
              default -> random.scaled(1e-9, 1e12);
            };
      }
      rows.side[i] = random.coin() ? 1 : -1;
    }
    rows.solve(kernels, n);
    int solved = 0;
    for (int i = 0; i < n; i++) {
      assertThat(Double.isFinite(rows.vol[i]) && rows.vol[i] >= 0).as("row %d", i).isTrue();
      if (VolFlag.usable(rows.flags[i])) {
        assertThat(rows.vol[i]).isPositive();
        solved++;
      } else {
        assertThat(rows.vol[i]).isZero();
      }
    }
    assertThat(solved).isPositive();
  }

  /** The columns of the forward kernels. */
  static final class Rows {
    final double[] forward;
    final double[] strike;
    final double[] tau;
    final double[] vol;
    final double[] discount;
    final double[] side;
    final double[] price;
    final byte[] flags;

    Rows(int n) {
      forward = new double[n];
      strike = new double[n];
      tau = new double[n];
      vol = new double[n];
      discount = new double[n];
      side = new double[n];
      price = new double[n];
      flags = new byte[n];
    }

    void set(int i, double f, double k, double t, double v, double d, boolean call) {
      forward[i] = f;
      strike[i] = k;
      tau[i] = t;
      vol[i] = v;
      discount[i] = d;
      side[i] = call ? 1 : -1;
    }

    void price(Kernels kernels, int n) {
      kernels.blackPrice(forward, strike, tau, vol, discount, side, price, flags, 0, n);
    }

    void solve(Kernels kernels, int n) {
      kernels.impliedVol(forward, strike, tau, discount, side, price, vol, flags, 0, n);
    }

    void roundTrip(Kernels kernels, int n) {
      price(kernels, n);
      solve(kernels, n);
    }
  }
}
