package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** De-Americanisation against a binomial tree, and against its own formula. */
class AmericanTest {
  private static final int TREE_STEPS = 1000;
  private final Kernels kernels = Kernels.select("auto");

  @Test
  void premiumIsThatOfTheFormulaPublished() {
    // Haug, section 3.3: call, S = 42, K = 40, nine months, r = 4 %, b = -4 %, vol 35 %: 5.2704.
    double european = American.european(42, 40, 0.75, 0.35, 0.04, -0.04);
    double american = european + American.premium(42, 40, 0.75, 0.35, 0.04, -0.04, true);
    assertThat(american).isCloseTo(5.2704, within(5e-5));
  }

  @Test
  void callWithoutYieldAndPutWithoutInterestPassThrough() {
    double[] price = {12.5, 3.25};
    Result r =
        run(
            100,
            new double[] {95, 95},
            new double[] {1, 1},
            new double[] {0.05, 0},
            new double[] {0.05, -0.02},
            new double[] {1, -1},
            price);
    assertThat(r.flags).containsExactly(VolFlag.OK, VolFlag.OK);
    assertThat(r.european).containsExactly(price);
  }

  @Test
  void strippedPriceGivesBackTheVolatilityOfTheFormula() {
    SplitMix64 random = new SplitMix64(21);
    int n = 400;
    int adjusted = 0;
    for (int i = 0; i < n; i++) {
      boolean call = random.coin();
      double strike = random.between(80, 125);
      double t = random.scaled(0.02, 2);
      double vol = random.scaled(0.1, 1);
      double rate = random.between(0.01, 0.08);
      double carry = rate - random.between(0.005, 0.06);
      double european = european(100, strike, t, vol, rate, carry, call);
      double american = european + American.premium(100, strike, t, vol, rate, carry, call);
      Result r = one(100, strike, t, rate, carry, call, american);
      double exercise = (call ? 1 : -1) * (100 - strike);
      if (r.flags[0] == VolFlag.EXERCISED) {
        assertThat(american).isLessThanOrEqualTo(exercise * (1 + 1e-6));
        continue;
      }
      double side = call ? 1 : -1;
      double intrinsic =
          side * (100 * StrictMath.exp((carry - rate) * t) - strike * StrictMath.exp(-rate * t));
      if (european - Math.max(intrinsic, 0) < 1e-8) {
        // No time value beyond the rounding of a formula that subtracts two spots.
        continue;
      }
      assertThat(r.flags[0])
          .as("K %s T %s vol %s r %s b %s call %s", strike, t, vol, rate, carry, call)
          .isEqualTo(VolFlag.DE_AMERICANISED);
      assertThat(r.european[0])
          .as("K %s T %s vol %s r %s b %s call %s", strike, t, vol, rate, carry, call)
          .isCloseTo(european, within(1e-7 * american + 1e-10));
      adjusted++;
    }
    assertThat(adjusted).isGreaterThan(n / 2);
  }

  @Test
  void volatilityOfTreePricesIsFoundWithinAQuarterOfAPoint() {
    double worstOut = 0;
    double worstIn = 0;
    double rate = 0.05;
    double carry = 0.02;
    for (double t : new double[] {0.05, 0.25, 1.0}) {
      for (double strike : new double[] {85, 95, 100, 105, 115}) {
        for (double vol : new double[] {0.2, 0.4}) {
          for (boolean call : new boolean[] {true, false}) {
            double price = tree(100, strike, t, vol, rate, carry, call);
            Result r = one(100, strike, t, rate, carry, call, price);
            boolean out = (call ? 1 : -1) * (100 - strike) <= 0;
            // A volatility point worth less than two cents is below the tree's own error.
            boolean told =
                european(100, strike, t, vol + 0.01, rate, carry, call)
                        - european(100, strike, t, vol, rate, carry, call)
                    > 0.02;
            if (out && told) {
              double implied = impliedVol(strike, t, rate, carry, call, r.european[0]);
              worstOut = Math.max(worstOut, Math.abs(implied - vol));
            } else if (told && r.flags[0] == VolFlag.DE_AMERICANISED) {
              double implied = impliedVol(strike, t, rate, carry, call, r.european[0]);
              worstIn = Math.max(worstIn, Math.abs(implied - vol));
            }
          }
        }
      }
    }
    System.out.printf(
        "de-Americanised volatility against the tree: worst %.4f out, %.4f in the money%n",
        worstOut, worstIn);
    assertThat(worstOut).isBetween(1e-6, 0.0025);
    assertThat(worstIn).isLessThan(0.025);
  }

  @Test
  void priceAtExerciseIsFlagged() {
    Result r = one(80, 100, 0.5, 0.08, 0.08, false, 20.0);
    assertThat(r.flags[0]).isEqualTo(VolFlag.EXERCISED);
    assertThat(r.european[0]).isZero();
  }

  @Test
  void nonsenseIsFlagged() {
    Result r = one(100, 100, Double.NaN, 0.05, 0, true, 5);
    assertThat(r.flags[0]).isEqualTo(VolFlag.INVALID);
    assertThat(one(100, 100, 1, 0.05, 0, true, 500).flags[0]).isEqualTo(VolFlag.ABOVE_BOUND);
  }

  private static double european(
      double spot, double strike, double t, double vol, double rate, double carry, boolean call) {
    return call
        ? American.european(spot, strike, t, vol, rate, carry)
        : American.european(strike, spot, t, vol, rate - carry, -carry);
  }

  private double impliedVol(
      double strike, double t, double rate, double carry, boolean call, double price) {
    ImpliedVolTest.Rows rows = new ImpliedVolTest.Rows(1);
    rows.set(0, 100 * StrictMath.exp(carry * t), strike, t, 0, StrictMath.exp(-rate * t), call);
    rows.price[0] = price;
    rows.solve(kernels, 1);
    return rows.vol[0];
  }

  private Result one(
      double spot, double strike, double t, double rate, double carry, boolean call, double price) {
    return run(
        spot,
        new double[] {strike},
        new double[] {t},
        new double[] {rate},
        new double[] {carry},
        new double[] {call ? 1 : -1},
        new double[] {price});
  }

  private Result run(
      double spot,
      double[] strike,
      double[] tau,
      double[] rate,
      double[] carry,
      double[] side,
      double[] price) {
    Result r = new Result(new double[price.length], new byte[price.length]);
    kernels.deAmericanise(
        spot, strike, tau, rate, carry, side, price, r.european, r.flags, 0, price.length);
    return r;
  }

  private record Result(double[] european, byte[] flags) {}

  /** Cox–Ross–Rubinstein, exercise allowed at each node. */
  private static double tree(
      double spot, double strike, double t, double vol, double rate, double carry, boolean call) {
    double dt = t / TREE_STEPS;
    double up = StrictMath.exp(vol * StrictMath.sqrt(dt));
    double p = (StrictMath.exp(carry * dt) - 1 / up) / (up - 1 / up);
    double discount = StrictMath.exp(-rate * dt);
    double side = call ? 1 : -1;
    double[] value = new double[TREE_STEPS + 1];
    for (int step = TREE_STEPS; step >= 0; step--) {
      for (int i = 0; i <= step; i++) {
        double at = spot * StrictMath.pow(up, 2.0 * i - step);
        double exercise = Math.max(side * (at - strike), 0);
        value[i] =
            step == TREE_STEPS
                ? exercise
                : Math.max(exercise, discount * (p * value[i + 1] + (1 - p) * value[i]));
      }
    }
    return value[0];
  }
}
