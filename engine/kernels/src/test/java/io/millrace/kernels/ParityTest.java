package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Forward and carry from put–call parity. */
class ParityTest {
  private static final double DISCOUNT = 0.98;
  private static final double FORWARD = 101.5;
  private final double[] strikes = {70, 80, 90, 95, 100, 105, 110, 120, 130};
  private final double[] call = new double[strikes.length];
  private final double[] put = new double[strikes.length];

  ParityTest() {
    for (int i = 0; i < strikes.length; i++) {
      double timeValue = 5 - Math.abs(strikes[i] - 100) / 10;
      double parity = DISCOUNT * (FORWARD - strikes[i]);
      call[i] = Math.max(parity, 0) + timeValue;
      put[i] = call[i] - parity;
    }
  }

  @Test
  void forwardAndCarryFollowFromParity() {
    Parity parity = new Parity(5);
    assertThat(parity.estimate(strikes, call, put, DISCOUNT, 100, 0.5, 9)).isEqualTo(Parity.OK);
    assertThat(parity.forward()).isCloseTo(FORWARD, within(1e-12));
    // ln(101.5 / 100) / 0.5
    assertThat(parity.carry()).isCloseTo(2 * StrictMath.log(1.015), within(1e-12));
    assertThat(parity.used()).isEqualTo(5);
    assertThat(parity.dispersion()).isLessThan(1e-11);
  }

  @Test
  void oneBadQuoteDoesNotMoveTheForward() {
    call[4] += 20;
    Parity parity = new Parity(5);
    parity.estimate(strikes, call, put, DISCOUNT, 100, 0.5, 9);
    assertThat(parity.forward()).isCloseTo(FORWARD, within(1e-12));
    assertThat(parity.dispersion()).isGreaterThan(20);
  }

  @Test
  void strikeOrderDoesNotMatter() {
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < call.length; i++) {
      call[i] += random.between(-0.5, 0.5);
    }
    Parity parity = new Parity(4);
    parity.estimate(strikes, call, put, DISCOUNT, 100, 0.5, 9);
    double forward = parity.forward();
    for (int i = 0, j = strikes.length - 1; i < j; i++, j--) {
      swap(strikes, i, j);
      swap(call, i, j);
      swap(put, i, j);
    }
    parity.estimate(strikes, call, put, DISCOUNT, 100, 0.5, 9);
    assertThat(parity.forward()).isEqualTo(forward);
  }

  @Test
  void strikesWithoutBothSidesAreLeftOut() {
    for (int i = 0; i < 7; i++) {
      put[i] = 0;
    }
    call[7] = Double.NaN;
    Parity parity = new Parity(3);
    assertThat(parity.estimate(strikes, call, put, DISCOUNT, 100, 0.5, 9))
        .isEqualTo(Parity.FEW_STRIKES);
    assertThat(parity.used()).isEqualTo(1);
    assertThat(parity.forward()).isCloseTo(FORWARD, within(1e-12));
    assertThat(parity.estimate(strikes, call, put, DISCOUNT, 100, 0.5, 8))
        .isEqualTo(Parity.NO_STRIKES);
    assertThat(parity.forward()).isZero();
    assertThat(parity.estimate(strikes, call, put, Double.NaN, 100, 0.5, 9))
        .isEqualTo(Parity.INVALID);
  }

  private static void swap(double[] a, int i, int j) {
    double t = a[i];
    a[i] = a[j];
    a[j] = t;
  }
}
