package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class RampTest {
  private final Lanes first = new ScalarLanes();
  private final Lanes then = new ScalarLanes();

  /** Blocks until all are on the other path. */
  private int blocksUntilDone(Ramp ramp, int begin, int rows) {
    int mixed = 0;
    int block = 0;
    for (int others = 0; others < Ramp.EVERY; block++) {
      boolean other = ramp.next(rows) == then;
      assertThat(other && block < begin).isFalse();
      others = other ? others + 1 : 0;
      mixed += other ? 1 : 0;
      assertThat(block).isLessThan(begin + Ramp.EVERY * (Ramp.ENOUGH_BLOCKS + 1));
    }
    assertThat(mixed).isGreaterThan(Ramp.FEW_BLOCKS);
    for (int i = 0; i < 100; i++) {
      assertThat(ramp.next(rows)).isSameAs(then);
    }
    return block;
  }

  @Test
  void aKernelBeginsScalarThenMixesAndEndsOnTheOtherPath() {
    int begin = 1_000;
    int longBlocks = blocksUntilDone(new Ramp(first, then, begin, new Ramp.Count()), begin, 128);
    int shortBlocks = blocksUntilDone(new Ramp(first, then, begin, new Ramp.Count()), begin, 8);
    assertThat(longBlocks - begin).isLessThan(Ramp.EVERY * 1_100);
    assertThat(shortBlocks - begin).isGreaterThan(Ramp.EVERY * 5_000);
  }

  @Test
  void theNextInstanceGoesOnWhereTheLastOneStopped() {
    Ramp.Count count = new Ramp.Count();
    blocksUntilDone(new Ramp(first, then, 10, count), 10, 128);
    assertThat(new Ramp(first, then, 10, count).next(128)).isSameAs(then);
    assertThat(new Ramp(first, then, 10, new Ramp.Count()).next(128)).isSameAs(first);
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
    for (int block = 0; block < Ramp.CHEAP + Ramp.EVERY * Ramp.ENOUGH_BLOCKS + 100; block++) {
      assertThat(ramping.dot(w, x, 0, n) == expected).isTrue();
    }
  }
}
