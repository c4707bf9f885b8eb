package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class RampTest {
  @Test
  void aKernelBeginsScalarThenMixesAndEndsOnTheOtherPath() {
    Lanes first = new ScalarLanes();
    Lanes then = new ScalarLanes();
    int begin = 1_000;
    Ramp ramp = new Ramp(first, then, begin, new Ramp.Count());
    int mixed = 0;
    for (int block = 0; block < begin + Ramp.EVERY * Ramp.VECTOR_BLOCKS; block++) {
      boolean other = ramp.next() == then;
      assertThat(other && block < begin).isFalse();
      mixed += other ? 1 : 0;
    }
    assertThat(mixed).isEqualTo(Ramp.VECTOR_BLOCKS);
    for (int block = 0; block < 100; block++) {
      assertThat(ramp.next()).isSameAs(then);
    }
  }

  @Test
  void theNextInstanceGoesOnWhereTheLastOneStopped() {
    Lanes first = new ScalarLanes();
    Lanes then = new ScalarLanes();
    Ramp.Count count = new Ramp.Count();
    Ramp before = new Ramp(first, then, 10, count);
    for (int block = 0; block < 10 + Ramp.EVERY * Ramp.VECTOR_BLOCKS; block++) {
      before.next();
    }
    assertThat(new Ramp(first, then, 10, count).next()).isSameAs(then);
    assertThat(new Ramp(first, then, 10, new Ramp.Count()).next()).isSameAs(first);
  }

  @Test
  void theBitsDoNotTellWhichPathABlockTook() {
    assumeTrue(VectorSupport.usable(), VectorSupport::obstacle);
    Kernels ramping = Kernels.select("auto");
    Kernels scalar = Kernels.select("scalar");
    int n = 21;
    double[] x = new double[n];
    double[] w = new double[n];
    SplitMix64 random = new SplitMix64(7);
    for (int i = 0; i < n; i++) {
      x[i] = random.between(-1, 1);
      w[i] = random.between(-1, 1);
    }
    double expected = scalar.dot(w, x, 0, n);
    for (int block = 0; block < Ramp.CHEAP + Ramp.EVERY * Ramp.VECTOR_BLOCKS + 100; block++) {
      assertThat(ramping.dot(w, x, 0, n) == expected).isTrue();
    }
  }
}
