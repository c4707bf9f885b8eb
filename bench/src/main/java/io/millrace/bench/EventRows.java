package io.millrace.bench;

import com.sun.management.ThreadMXBean;
import io.millrace.core.slot.Slot;
import io.millrace.journal.SyncMode;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Topology;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One event: what it costs when it triggers nothing, and what it allocates. */
final class EventRows {
  private static final int REPEATS = 400;
  private static final int ROUNDS = 9;
  private static final int WARM_DAYS = 16;
  private static final double NOON = 0.5;
  private static final double BYTES_THAT_ARE_NONE = 0.01;

  private final Effort effort;
  private final Config config = ConfigLoader.load(null, List.of()).config();
  private final SampleDay day = SampleDay.load();
  private final int noon = day.minuteAt(NOON);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private EventRows(final Effort effort) {
    this.effort = effort;
  }

  static List<Row> measure(final Effort effort) {
    final EventRows rows = new EventRows(effort);
    final List<Row> all = new ArrayList<>();
    rows.quiet(all);
    rows.allocation(all);
    return all;
  }

  /** The quotes of one minute of the real chain, over and over, none of which is due. */
  private void quiet(final List<Row> rows) {
    final Engine engine = Engine.bare(config, slot -> {});
    final Slot slot = new Slot();
    long sequence = 0;
    final int end = day.endOfMinute(noon);
    for (int i = 0; i < end; i++) {
      slot.wrap(++sequence, 0, day.bytes(), day.offset(i), day.length(i));
      engine.inline(slot, false);
    }
    final int repeats = effort.scaled(REPEATS, 40);
    final double[] nanos = new double[effort.rounds(ROUNDS)];
    for (int round = -2; round < nanos.length; round++) {
      final long start = CpuClock.nanos();
      for (int repeat = 0; repeat < repeats; repeat++) {
        for (int i = noon; i < end; i++) {
          slot.wrap(++sequence, 0, day.bytes(), day.offset(i), day.length(i));
          engine.inline(slot, false);
        }
      }
      if (round >= 0) {
        nanos[round] = (double) (CpuClock.nanos() - start) / repeats / (end - noon);
      }
    }
    final double[] p99 = new double[effort.rounds(ROUNDS)];
    for (int round = 0; round < p99.length; round++) {
      final Histogram histogram = new Histogram(60_000_000_000L, 3);
      for (int repeat = 0; repeat < repeats / 4; repeat++) {
        for (int i = noon; i < end; i++) {
          final long start = System.nanoTime();
          slot.wrap(++sequence, 0, day.bytes(), day.offset(i), day.length(i));
          engine.inline(slot, false);
          histogram.recordValue(System.nanoTime() - start);
        }
      }
      p99[round] = histogram.getValueAtPercentile(99);
    }
    rows.add(
        Row.alone(
            "event",
            "tick without an evaluation, all stages, inline",
            "ns",
            nanos,
            Row.Goal.atMost(250),
            (end - noon) + " quotes of one minute, over and over"));
    rows.add(
        Row.alone(
            "event",
            "the same, p99 of single events",
            "ns",
            p99,
            Row.Goal.atMost(1_000),
            "two clock reads included"));
  }

  /** The second half of a day on a fresh pipeline, after whole days have warmed the code. */
  private void allocation(final List<Row> rows) {
    final int days = effort.quick() ? 1 : WARM_DAYS;
    for (int i = 0; i < days; i++) {
      inlineBytes();
    }
    final long inline = inlineBytes();
    long[] fused = new long[2];
    for (int i = 0; i < days; i++) {
      fused = fusedBytes();
    }
    final int events = day.count() - noon;
    rows.add(none("allocated by an event, inline, journal on", inline, events));
    rows.add(none("allocated by an event, fused, stage thread", fused[0], events));
    rows.add(none("allocated by an event, fused, ingress thread", fused[1], events));
  }

  private static Row none(final String name, final long bytes, final int events) {
    return Row.alone(
        "event",
        name,
        "B",
        new double[] {(double) bytes / events},
        Row.Goal.atMost(BYTES_THAT_ARE_NONE),
        bytes + " bytes in " + events + " events");
  }

  private long inlineBytes() {
    final long self = Thread.currentThread().getId();
    final Slot slot = new Slot();
    long before = 0;
    try (Engine engine =
        Engine.recorded(
            config,
            config.engine().journalOptions().withSyncMode(SyncMode.NONE),
            effort.fresh("runs"),
            input -> {})) {
      for (int i = 0; i < day.count(); i++) {
        if (i == noon) {
          before = threads.getThreadAllocatedBytes(self);
        }
        slot.wrap(i + 1L, 0, day.bytes(), day.offset(i), day.length(i));
        engine.inline(slot, (i & 0xff) == 0);
      }
      return threads.getThreadAllocatedBytes(self) - before;
    }
  }

  /** Bytes of the stage thread and of the ingress thread. */
  private long[] fusedBytes() {
    final int count = day.count();
    final long[] atNoon = new long[2];
    final long[] bytes = new long[2];
    final Countdown end = new Countdown();
    final Engine.Watch watch =
        slot -> {
          if (slot.sequence() == noon) {
            atNoon[0] = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
          } else if (slot.sequence() == count) {
            bytes[0] = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - atNoon[0];
            end.reached(count);
          }
        };
    final long self = Thread.currentThread().getId();
    final Halt halt = new Halt();
    try (Engine engine =
            Engine.recorded(config, config.engine().journalOptions(), effort.fresh("runs"), watch);
        Ring ring =
            new Ring(
                Topology.FUSED,
                config.engine().ringSize(),
                config.engine().waitStrategy(),
                engine,
                halt,
                Pinning.none(),
                false)) {
      for (int i = 0; i < count; i++) {
        if (i == noon) {
          atNoon[1] = threads.getThreadAllocatedBytes(self);
        }
        ring.publish(i + 1L, 0, day.bytes(), day.offset(i), day.length(i));
      }
      bytes[1] = threads.getThreadAllocatedBytes(self) - atNoon[1];
      end.await(count, halt);
      return bytes;
    }
  }
}
