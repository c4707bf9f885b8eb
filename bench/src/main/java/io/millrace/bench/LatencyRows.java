package io.millrace.bench;

import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * From the instant at which an input should have been published to the end of its outbox, at a
 * steady offered load. A late publisher's lateness counts (no coordinated omission): the clock
 * starts by schedule, not by the publisher.
 */
final class LatencyRows {
  private static final long INTERVAL_NANOS = 10_000; // 100,000 a second
  private static final long LEAD_NANOS = 1_000_000;
  private static final int ROUNDS = 5;
  private static final int WARM_UPS = 4;
  private static final double MICROS = 1e3;
  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final double[] PERCENTILES = {50, 99, 99.9};

  private final Effort effort;
  private final Config config = ConfigLoader.load(null, List.of()).config();
  private final SampleDay day = SampleDay.load();

  /** What one round leaves. */
  private static final class Latencies {
    final Histogram all = new Histogram(HIGHEST_NANOS, 3);
    final Histogram orders = new Histogram(HIGHEST_NANOS, 3);
    final Histogram quiet = new Histogram(HIGHEST_NANOS, 3);
  }

  private LatencyRows(final Effort effort) {
    this.effort = effort;
  }

  static List<Row> measure(final Effort effort) {
    return new LatencyRows(effort).rows();
  }

  private List<Row> rows() {
    // At full speed first: the compiler has seen everything before the first paced round.
    for (int i = 0; i < (effort.quick() ? 1 : WARM_UPS); i++) {
      ours(0);
      floor(0);
    }
    final int rounds = effort.quick() ? 1 : ROUNDS;
    final Latencies[] ours = new Latencies[rounds];
    final Latencies[] floor = new Latencies[rounds];
    for (int i = 0; i < rounds; i++) {
      ours[i] = ours(INTERVAL_NANOS);
      floor[i] = floor(INTERVAL_NANOS);
    }
    final List<Row> rows = new ArrayList<>();
    for (final double percentile : PERCENTILES) {
      final double[] bare = at(floor, percentile, latencies -> latencies.all);
      rows.add(
          row(
              "tick to order",
              percentile,
              at(ours, percentile, latencies -> latencies.orders),
              bare,
              percentile == 50 ? Row.Goal.atMost(8.0) : Row.Goal.ratioAtMost(1.5),
              ours[0].orders.getTotalCount() + " inputs with orders a round"));
      rows.add(
          row(
              "tick to outbox, all inputs",
              percentile,
              at(ours, percentile, latencies -> latencies.all),
              bare,
              null,
              ""));
      rows.add(
          row(
              "tick to outbox, no evaluation",
              percentile,
              at(ours, percentile, latencies -> latencies.quiet),
              bare,
              null,
              "inputs that caused nothing"));
    }
    // By what was measured, then by percentile: the sort keeps their order.
    rows.sort(Comparator.comparing(row -> row.name().substring(0, row.name().lastIndexOf(','))));
    return rows;
  }

  private interface Pick {
    Histogram of(Latencies latencies);
  }

  private static double[] at(final Latencies[] rounds, final double percentile, final Pick pick) {
    final double[] values = new double[rounds.length];
    for (int i = 0; i < rounds.length; i++) {
      values[i] = pick.of(rounds[i]).getValueAtPercentile(percentile) / MICROS;
    }
    return values;
  }

  private static Row row(
      final String name,
      final double percentile,
      final double[] ours,
      final double[] floor,
      final Row.Goal goal,
      final String note) {
    final String suffix = percentile == 99.9 ? "p99.9" : "p" + (int) percentile;
    return new Row(
        "latency",
        name + ", " + suffix,
        "us",
        ours,
        "bare ring + raw Chronicle, " + suffix,
        floor,
        goal,
        note);
  }

  private Latencies ours(final long interval) {
    final Latencies latencies = new Latencies();
    final Countdown end = new Countdown();
    final int count = day.count();
    final Engine.Watch watch =
        slot -> {
          if (interval != 0) {
            record(latencies, slot);
          }
          if (slot.sequence() == count) {
            end.reached(count);
          }
        };
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
                true)) {
      final long start = System.nanoTime() + LEAD_NANOS;
      for (int i = 0; i < count; i++) {
        final long intended = start + i * interval;
        waitUntil(intended, interval);
        // The journal keeps the ingress clock as it is told: here, when the input was due.
        if (!ring.publish(i + 1L, intended, day.bytes(), day.offset(i), day.length(i))) {
          throw new IllegalStateException(halt.reason().text(), halt.reason().cause());
        }
      }
      end.await(count, halt);
    }
    return latencies;
  }

  private static void record(final Latencies latencies, final Slot slot) {
    final long nanos = Math.max(0, System.nanoTime() - slot.ingressNanos());
    latencies.all.recordValue(nanos);
    final Outputs outputs = slot.outputs();
    if (outputs.count() == 0) {
      latencies.quiet.recordValue(nanos);
      return;
    }
    for (int i = outputs.count() - 1; i >= 0; i--) {
      if (outputs.templateId(i) == OrderRequestDecoder.TEMPLATE_ID) {
        latencies.orders.recordValue(nanos);
        return;
      }
    }
  }

  private Latencies floor(final long interval) {
    final Latencies latencies = new Latencies();
    final Countdown end = new Countdown();
    final int count = day.count();
    try (RawChronicle queue = new RawChronicle(effort.fresh("raw"));
        BareRing ring =
            new BareRing(
                config.engine().ringSize(),
                day.longest(),
                List.of(
                    (event, sequence, endOfBatch) -> {
                      queue.append(event.address(), event.length);
                      if (interval != 0) {
                        latencies.all.recordValue(
                            Math.max(0, System.nanoTime() - event.intendedNanos));
                      }
                      if (sequence + 1 == count) {
                        end.reached(count);
                      }
                    }))) {
      final long start = System.nanoTime() + LEAD_NANOS;
      for (int i = 0; i < count; i++) {
        final long intended = start + i * interval;
        waitUntil(intended, interval);
        ring.publish(day.bytes(), day.offset(i), day.length(i), intended);
      }
      end.await(count);
    }
    return latencies;
  }

  private static void waitUntil(final long instant, final long interval) {
    if (interval == 0) {
      return;
    }
    while (System.nanoTime() < instant) {
      Thread.onSpinWait();
    }
  }
}
