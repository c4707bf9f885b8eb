package io.millrace.bench;

import com.lmax.disruptor.EventHandler;
import io.millrace.core.slot.Slot;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Stages;
import io.millrace.runtime.pipeline.Topology;
import java.util.ArrayList;
import java.util.List;

/** The ring with stages that do nothing, against a Disruptor with as many handlers. */
final class RingRows {
  private static final int SIZE = 4096;
  private static final int INPUTS = 1_500_000;
  private static final int ROUNDS = 7;
  private static final int BURST = SIZE / 2;

  private final Effort effort;
  private final SampleDay day = SampleDay.load();

  private RingRows(final Effort effort) {
    this.effort = effort;
  }

  /** Stages that only say when the last input has come through. */
  private static final class Nothing implements Stages {
    private final Countdown end;
    private final int every;

    Nothing(final Countdown end, final int every) {
      this.end = end;
      this.every = every;
    }

    @Override
    public void journal(final Slot slot, final boolean endOfBatch) {}

    @Override
    public void decide(final Slot slot) {}

    @Override
    public void outbox(final Slot slot, final boolean endOfBatch) {
      if (slot.sequence() % every == 0) {
        end.reached(slot.sequence());
      }
    }
  }

  static List<Row> measure(final Effort effort) {
    return new RingRows(effort).rows();
  }

  private List<Row> rows() {
    final int bursts = effort.scaled(INPUTS / BURST, 20);
    final int inputs = bursts * BURST;
    final double[][] figures =
        Turns.take(
            effort.quick() ? 1 : 2,
            effort.rounds(ROUNDS),
            List.of(
                () -> ours(Topology.FUSED, inputs),
                () -> bare(1, inputs),
                () -> ours(Topology.SPLIT, inputs),
                () -> bare(2, inputs),
                () -> oursPublish(bursts),
                () -> barePublish(bursts)));
    final List<Row> rows = new ArrayList<>();
    rows.add(
        row("fused, empty stages, through", figures[0], "bare Disruptor, 1 handler", figures[1]));
    rows.add(
        row("split, empty stages, through", figures[2], "bare Disruptor, 2 handlers", figures[3]));
    rows.add(
        row("publish into a ring with room", figures[4], "bare Disruptor, publish", figures[5]));
    return rows;
  }

  private static Row row(
      final String name, final double[] ours, final String peer, final double[] floor) {
    return new Row("ring", name, "ns", ours, peer, floor, null, "");
  }

  private Ring ring(final Topology topology, final Countdown end, final int every) {
    return new Ring(
        topology,
        SIZE,
        Ring.Wait.YIELDING,
        new Nothing(end, every),
        new Halt(),
        Pinning.none(),
        false);
  }

  private double ours(final Topology topology, final int inputs) {
    final Countdown end = new Countdown();
    try (Ring ring = ring(topology, end, inputs)) {
      final long start = System.nanoTime();
      int at = 0;
      for (int i = 1; i <= inputs; i++) {
        ring.publish(i, i, day.bytes(), day.offset(at), day.length(at));
        at = at + 1 == day.count() ? 0 : at + 1;
      }
      end.await(inputs);
      return (double) (System.nanoTime() - start) / inputs;
    }
  }

  private BareRing bareRing(final int handlers, final Countdown end, final int every) {
    final List<EventHandler<BareRing.Event>> list = new ArrayList<>();
    for (int i = 1; i < handlers; i++) {
      list.add((event, sequence, endOfBatch) -> {});
    }
    list.add(
        (event, sequence, endOfBatch) -> {
          if ((sequence + 1) % every == 0) {
            end.reached(sequence + 1);
          }
        });
    return new BareRing(SIZE, day.longest(), list);
  }

  private double bare(final int handlers, final int inputs) {
    final Countdown end = new Countdown();
    try (BareRing ring = bareRing(handlers, end, inputs)) {
      final long start = System.nanoTime();
      int at = 0;
      for (int i = 1; i <= inputs; i++) {
        ring.publish(day.bytes(), day.offset(at), day.length(at), i);
        at = at + 1 == day.count() ? 0 : at + 1;
      }
      end.await(inputs);
      return (double) (System.nanoTime() - start) / inputs;
    }
  }

  /** Bursts of half a ring, each drained before the next, so that no publish ever waits. */
  private double oursPublish(final int bursts) {
    final Countdown end = new Countdown();
    try (Ring ring = ring(Topology.FUSED, end, BURST)) {
      long nanos = 0;
      long sequence = 0;
      int at = 0;
      for (int burst = 0; burst < bursts; burst++) {
        final long start = System.nanoTime();
        for (int i = 0; i < BURST; i++) {
          ring.publish(++sequence, sequence, day.bytes(), day.offset(at), day.length(at));
          at = at + 1 == day.count() ? 0 : at + 1;
        }
        nanos += System.nanoTime() - start;
        end.await(sequence);
      }
      return (double) nanos / sequence;
    }
  }

  private double barePublish(final int bursts) {
    final Countdown end = new Countdown();
    try (BareRing ring = bareRing(1, end, BURST)) {
      long nanos = 0;
      long sequence = 0;
      int at = 0;
      for (int burst = 0; burst < bursts; burst++) {
        final long start = System.nanoTime();
        for (int i = 0; i < BURST; i++) {
          sequence++;
          ring.publish(day.bytes(), day.offset(at), day.length(at), sequence);
          at = at + 1 == day.count() ? 0 : at + 1;
        }
        nanos += System.nanoTime() - start;
        end.await(sequence);
      }
      return (double) nanos / sequence;
    }
  }
}
