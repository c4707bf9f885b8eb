package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Reductions against a plain loop over eight lanes, for every tail length. */
class ReduceTest {
  private final double[] w = new double[300];
  private final double[] x = new double[300];
  private final double[] y = new double[300];

  ReduceTest() {
    SplitMix64 random = new SplitMix64(3);
    for (int i = 0; i < w.length; i++) {
      w[i] = random.between(-1, 1);
      x[i] = random.between(-1e6, 1e6);
      y[i] = random.scaled(1e-8, 1e8);
    }
  }

  @Test
  void reductionsFollowTheEightLaneTree() {
    for (String mode : new String[] {"scalar", "auto"}) {
      Kernels kernels = Kernels.select(mode);
      for (int from = 0; from < 9; from++) {
        for (int n = 0; n < 40; n++) {
          double[] sum = new double[8];
          double[] dot = new double[8];
          double[] three = new double[3];
          double[] dot3 = new double[8];
          for (int i = 0; i < n; i++) {
            int r = from + i;
            sum[i % 8] += x[r];
            dot[i % 8] = Math.fma(w[r], x[r], dot[i % 8]);
            dot3[i % 8] = Math.fma(w[r] * x[r], y[r], dot3[i % 8]);
          }
          assertThat(kernels.sum(x, from, n)).as("%s %d", mode, n).isEqualTo(tree(sum));
          assertThat(kernels.dot(w, x, from, n)).as("%s %d", mode, n).isEqualTo(tree(dot));
          kernels.threeDots(w, x, y, w, three, from, n);
          assertThat(three)
              .containsExactly(
                  kernels.dot(w, x, from, n),
                  kernels.dot(w, y, from, n),
                  kernels.dot(w, w, from, n));
          assertThat(kernels.dot3(w, x, y, from, n)).as("%s %d", mode, n).isEqualTo(tree(dot3));
        }
      }
    }
  }

  @Test
  void anEmptyRangeSumsToZero() {
    Kernels kernels = Kernels.select("auto");
    assertThat(kernels.sum(x, 300, 0)).isZero();
    assertThat(kernels.dot3(w, x, y, 0, 0)).isZero();
  }

  @Test
  void aRangeOutsideAnArrayIsRefused() {
    Kernels kernels = Kernels.select("auto");
    assertThatThrownBy(() -> kernels.sum(x, 1, 300)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> kernels.dot(w, new double[3], 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> kernels.exp(x, new double[3], 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double tree(double[] a) {
    return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
  }
}
