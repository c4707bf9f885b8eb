package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.codecs.OptionStyle;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int CONTRACTS = 240;
  private static final int WARM_UP = 3_000;
  private static final int MEASURED = 500;
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  @Test
  void quotesInterestAndEvaluationsAllocateNothing() {
    final Desk desk = new Desk(Desk.config());
    final int[] ids = new int[CONTRACTS];
    for (int i = 0; i < CONTRACTS; i++) {
      ids[i] =
          desk.option(
              80 + (i / 6) % 40, i % 3 == 0 ? 400 : 20 + i % 3, i % 2 == 0, OptionStyle.AMERICAN);
    }
    for (final int id : ids) {
      desk.openInterest(id, 10 + id);
    }
    desk.spot(100.0);
    rounds(desk, ids, WARM_UP);
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // Vectors are boxed until the second compiler is through, which works beside us, on a busy
    // machine for long: what counts is that a stretch without allocation is reached.
    long least = Long.MAX_VALUE;
    final long begun = System.nanoTime();
    while (least > 0 && System.nanoTime() - begun < PATIENCE_NANOS) {
      final long before = threads.getCurrentThreadAllocatedBytes();
      rounds(desk, ids, MEASURED);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(desk.confidence).isPositive();
    assertThat(least).isZero();
  }

  private static void rounds(final Desk desk, final int[] ids, final int rounds) {
    for (int round = 0; round < rounds; round++) {
      desk.at(desk.now + 1_000_000_000L);
      desk.spot(100.0 + (round % 7) * 0.1);
      for (int i = round % 5; i < ids.length; i += 5) {
        final double middle = 12.0 + (i + round) % 11;
        desk.quote(ids[i], i % 17 == 0 ? 0.0 : middle, middle + 0.5);
      }
      desk.openInterest(ids[round % ids.length], 10 + round);
      desk.evaluate();
    }
  }
}
