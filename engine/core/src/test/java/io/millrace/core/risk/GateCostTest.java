package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.SECOND;
import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All checks on an order: no allocation, and about a microsecond. */
class GateCostTest {
  private static final int WARM_UP = 60_000;
  private static final int MEASURED = 100_000;

  private final Desk desk =
      new Desk(
          Limits.with(
              RiskLimits.defaults(),
              "keyCapacity",
              1 << 20,
              "duplicateContentMillis",
              0L,
              "messageWindowMillis",
              1L,
              "messagesPerWindow",
              50,
              "priceStaleMillis",
              60_000L,
              "optionPriceStaleMillis",
              60_000L));
  private final int goog = desk.world.stock("GOOG");
  private final int msft = desk.world.stock("MSFT");
  private final int call =
      desk.world.option(goog, OptionRight.CALL, 105, T0 + 3_600 * SECOND, Settlement.PHYSICAL);
  private final int wing =
      desk.world.option(goog, OptionRight.CALL, 110, T0 + 3_600 * SECOND, Settlement.PHYSICAL);
  private long key;
  private long approvals;

  GateCostTest() {
    desk.world.quote(goog, 749.99, 750.01);
    desk.world.quote(msft, 49.99, 50.01);
    desk.world.quote(call, 1.90, 2.10);
    desk.world.quote(wing, 0.90, 1.10);
    desk.cash(1_000_000);
    desk.hold(goog, 20, 750).hold(msft, 100, 50).hold(call, 2, 2).hold(wing, -2, 1);
    desk.working(goog, Side.BUY, 2, 749);
    desk.working(msft, Side.BUY, 2, 49);
    desk.working(msft, Side.SELL, 2, 51);
  }

  private void judge(final int i) {
    desk.world.now += 30_000; // 34 in the window of the message rate
    desk.intent.set(Purpose.OPEN, ++key, goog, Side.BUY, fx(5), fx(750));
    if ((i & 3) == 0) {
      desk.intent.set(Purpose.OPEN, key, goog, Side.BUY, fx(1), fx(1));
      desk.intent.legs().add(call, Side.BUY, 1).add(wing, Side.SELL, 1);
    }
    desk.world.outputs.reset(i + 1L, desk.world.now);
    if (desk.gate.judge(desk.intent, desk.world.now, desk.world.outputs) != null) {
      approvals++;
    }
  }

  @Test
  void judgingAllocatesNothing() {
    for (int i = 0; i < WARM_UP; i++) {
      judge(i);
    }
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MEASURED; i++) {
      judge(i);
    }
    final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes).as("bytes for %d orders", MEASURED).isLessThan(MEASURED / 10);
    assertThat(approvals).as("nearly all were approved").isEqualTo(key);
  }

  @Test
  @Tag("timing")
  void anOrderTakesAboutAMicrosecond() {
    for (int i = 0; i < WARM_UP; i++) {
      judge(i);
    }
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 7; round++) {
      final long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < MEASURED; i++) {
        judge(i);
      }
      best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / (double) MEASURED);
    }
    System.out.printf("gate: %.0f ns an order, approved %d of %d%n", best, approvals, key);
    assertThat(best).as("ns an order, best of 7; the machine may be shared").isLessThan(2_000);
  }
}
