package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** After warm-up no kernel allocates: the compiler keeps every vector in registers. */
class AllocationTest {
  private static final int ROWS = 1003;

  /** Calls per kernel until the second compiler has done its work, with a wide margin. */
  private static final int WARM_UP = 3000;

  private static final int MEASURED = 200;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private double sink;

  @Test
  void kernelsAllocateNothingAfterWarmUp() {
    for (String mode : new String[] {"scalar", "auto"}) {
      Kernels kernels = Kernels.select(mode);
      SplitMix64 random = new SplitMix64(5);
      OptionColumns in = KernelDigest.listed(random, ROWS, 100);
      GreekColumns out = new GreekColumns(ROWS);
      ImpliedVolTest.Rows rows = new ImpliedVolTest.Rows(ROWS);
      for (int i = 0; i < ROWS; i++) {
        rows.set(i, 100, random.scaled(50, 200), 0.5, 0.3, 0.98, random.coin());
      }
      double[] x = new double[ROWS];
      double[] rate = new double[ROWS];
      byte[] flags = new byte[ROWS];
      for (int i = 0; i < ROWS; i++) {
        x[i] = random.between(0.1, 5);
        rate[i] = 0.04;
      }
      Parity parity = new Parity(7);
      check(mode + " exp", () -> kernels.exp(rows.tau, x, 0, ROWS));
      check(mode + " log", () -> kernels.log(rows.strike, x, 0, ROWS));
      check(mode + " cdf", () -> kernels.normalCdf(rows.tau, x, 0, ROWS));
      check(mode + " pdf", () -> kernels.normalPdf(rows.tau, x, 0, ROWS));
      check(mode + " greeks", () -> kernels.allGreeks(100, in, out, 0, ROWS));
      check(mode + " one row", () -> kernels.greeks(100, in, out, 500, 1));
      check(mode + " price", () -> rows.price(kernels, ROWS));
      check(mode + " implied", () -> rows.solve(kernels, ROWS));
      check(
          mode + " sums",
          () ->
              sink +=
                  kernels.sum(x, 0, ROWS)
                      + kernels.dot(x, rate, 0, ROWS)
                      + kernels.dot3(x, rate, x, 0, ROWS));
      double[] sums = new double[3];
      check(mode + " three", () -> kernels.threeDots(x, rate, x, rate, sums, 0, ROWS));
      check(
          mode + " american",
          () ->
              kernels.deAmericanise(
                  100, rows.strike, rows.tau, rate, rate, rows.side, rows.price, x, flags, 0, 50));
      check(
          mode + " parity",
          () -> sink += parity.estimate(rows.strike, rows.price, rows.price, 1, 100, 0.5, ROWS));
    }
    assertThat(sink).isNotNaN();
  }

  private void check(String what, Runnable kernel) {
    for (int i = 0; i < WARM_UP; i++) {
      kernel.run();
    }
    // The compiler works beside us: what counts is that a stretch without allocation is reached.
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 50 && least > 0; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < MEASURED; i++) {
        kernel.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes allocated by %s in %d calls", what, MEASURED).isZero();
  }
}
