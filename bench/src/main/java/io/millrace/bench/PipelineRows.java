package io.millrace.bench;

import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.SyncMode;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole sample day through all stages at full speed, and the quotes of one minute over and over
 * (nothing is due: books, chain, marks and journal alone), against ring and queue.
 */
final class PipelineRows {
  private static final int WARM_UPS = 5;
  private static final int ROUNDS = 7;
  private static final int INLINE_BATCH = 256;
  private static final int QUOTES = 400_000;
  private static final double NOON = 0.5;
  private static final double MILLION = 1e6;

  private final Effort effort;
  private final Config config = ConfigLoader.load(null, List.of()).config();
  private final SampleDay day = SampleDay.load();
  private double bytesPerInput;

  private PipelineRows(final Effort effort) {
    this.effort = effort;
  }

  static List<Row> measure(final Effort effort) {
    return new PipelineRows(effort).rows();
  }

  private List<Row> rows() {
    final JournalOptions shipped = config.engine().journalOptions();
    final JournalOptions unforced = shipped.withSyncMode(SyncMode.NONE);
    final double[][] rates =
        Turns.take(
            effort.quick() ? 1 : WARM_UPS,
            effort.rounds(ROUNDS),
            List.of(
                () -> fused(shipped),
                () -> fused(unforced),
                () -> fused(null),
                this::floor,
                this::bareRing,
                () -> inline(unforced),
                () -> inline(null),
                () -> quotes(unforced),
                () -> quotes(null),
                () -> floorOfQuotes(true),
                () -> floorOfQuotes(false)));
    final String floor = "bare ring + raw Chronicle";
    final List<Row> rows = new ArrayList<>();
    rows.add(
        rate("fused, journal on, sync interval", rates[0], floor, rates[3], Row.Goal.atLeast(1.0)));
    rows.add(rate("fused, journal on, sync none", rates[1], floor, rates[3], null));
    rows.add(rate("fused, journal off", rates[2], "bare ring", rates[4], null));
    rows.add(rate("inline, journal on, sync none", rates[5], floor, rates[3], null));
    rows.add(rate("inline, journal off", rates[6], "", new double[0], Row.Goal.atLeast(5.0)));
    rows.add(
        new Row(
            "pipeline",
            "fused, quotes alone, journal on, sync none",
            "M/s",
            rates[7],
            floor,
            rates[9],
            Row.Goal.ratioAtLeast(0.8),
            "no evaluation due"));
    rows.add(
        new Row(
            "pipeline",
            "fused, quotes alone, journal off",
            "M/s",
            rates[8],
            "bare ring",
            rates[10],
            Row.Goal.atLeast(8.0),
            "no evaluation due"));
    rows.add(
        Row.alone(
            "pipeline",
            "journal, bytes an input",
            "B",
            new double[] {bytesPerInput},
            Row.Goal.atMost(64),
            "inputs have "
                + Table.figure((double) day.totalBytes() / day.count())
                + " bytes on average"));
    return rows;
  }

  private Row rate(
      final String name,
      final double[] ours,
      final String peer,
      final double[] floor,
      final Row.Goal goal) {
    return new Row(
        "pipeline",
        name,
        "M/s",
        ours,
        peer,
        floor,
        goal,
        "option quotes, whole day, evaluations and all");
  }

  private double perSecond(final long nanos) {
    return day.optionQuotes() / MILLION / (nanos / 1e9);
  }

  private double fused(final JournalOptions options) {
    final Countdown end = new Countdown();
    final int count = day.count();
    final Engine.Watch watch =
        slot -> {
          if (slot.sequence() == count) {
            end.reached(count);
          }
        };
    final Halt halt = new Halt();
    try (Engine engine = engine(options, watch);
        Ring ring =
            new Ring(
                Topology.FUSED,
                config.engine().ringSize(),
                config.engine().waitStrategy(),
                engine,
                halt,
                Pinning.none(),
                false)) {
      final long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        if (!ring.publish(i + 1L, 0, day.bytes(), day.offset(i), day.length(i))) {
          throw new IllegalStateException(halt.reason().text(), halt.reason().cause());
        }
      }
      end.await(count, halt);
      return perSecond(System.nanoTime() - start);
    }
  }

  /** Half a day first, unmeasured, to have a market; then one minute's quotes over and over. */
  private double quotes(final JournalOptions options) {
    final int noon = day.minuteAt(NOON);
    final int prelude = day.endOfMinute(noon);
    final int count = quoteCount();
    final Countdown end = new Countdown();
    final Engine.Watch watch =
        slot -> {
          if (slot.sequence() == prelude || slot.sequence() == prelude + count) {
            end.reached(slot.sequence());
          }
        };
    final Halt halt = new Halt();
    try (Engine engine = engine(options, watch);
        Ring ring =
            new Ring(
                Topology.FUSED,
                config.engine().ringSize(),
                config.engine().waitStrategy(),
                engine,
                halt,
                Pinning.none(),
                false)) {
      for (int i = 0; i < prelude; i++) {
        ring.publish(i + 1L, 0, day.bytes(), day.offset(i), day.length(i));
      }
      end.await(prelude, halt);
      final long start = System.nanoTime();
      int at = noon;
      for (int i = 1; i <= count; i++) {
        ring.publish(prelude + i, 0, day.bytes(), day.offset(at), day.length(at));
        at = at + 1 == prelude ? noon : at + 1;
      }
      end.await(prelude + count, halt);
      return count / MILLION / ((System.nanoTime() - start) / 1e9);
    }
  }

  private int quoteCount() {
    return effort.scaled(QUOTES, 40_000);
  }

  /** The same quotes through a bare ring, into a raw queue or nowhere. */
  private double floorOfQuotes(final boolean recorded) {
    final int noon = day.minuteAt(NOON);
    final int last = day.endOfMinute(noon);
    final int count = quoteCount();
    final Countdown end = new Countdown();
    try (RawChronicle queue = recorded ? new RawChronicle(effort.fresh("raw")) : null;
        BareRing ring =
            new BareRing(
                config.engine().ringSize(),
                day.longest(),
                List.of(
                    (event, sequence, endOfBatch) -> {
                      if (queue != null) {
                        queue.append(event.address(), event.length);
                      }
                      if (sequence + 1 == count) {
                        end.reached(count);
                      }
                    }))) {
      final long start = System.nanoTime();
      int at = noon;
      for (int i = 0; i < count; i++) {
        ring.publish(day.bytes(), day.offset(at), day.length(at), 0);
        at = at + 1 == last ? noon : at + 1;
      }
      end.await(count);
      return count / MILLION / ((System.nanoTime() - start) / 1e9);
    }
  }

  private Engine engine(final JournalOptions options, final Engine.Watch watch) {
    return options == null
        ? Engine.bare(config, watch)
        : Engine.recorded(config, options, effort.fresh("runs"), watch);
  }

  private double inline(final JournalOptions options) {
    final Slot slot = new Slot();
    try (Engine engine = engine(options, input -> {})) {
      final long start = CpuClock.nanos();
      for (int i = 0; i < day.count(); i++) {
        slot.wrap(i + 1L, 0, day.bytes(), day.offset(i), day.length(i));
        engine.inline(slot, i % INLINE_BATCH == 0);
      }
      final double rate = perSecond(CpuClock.nanos() - start);
      if (options != null) {
        bytesPerInput = (double) engine.finish() / day.count();
      }
      return rate;
    }
  }

  /** The same bytes through a bare ring into a raw queue: a document for each input. */
  private double floor() {
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
                      if (sequence + 1 == count) {
                        end.reached(count);
                      }
                    }))) {
      return through(ring, end);
    }
  }

  private double bareRing() {
    final Countdown end = new Countdown();
    final int count = day.count();
    try (BareRing ring =
        new BareRing(
            config.engine().ringSize(),
            day.longest(),
            List.of(
                (event, sequence, endOfBatch) -> {
                  if (sequence + 1 == count) {
                    end.reached(count);
                  }
                }))) {
      return through(ring, end);
    }
  }

  private double through(final BareRing ring, final Countdown end) {
    final long start = System.nanoTime();
    for (int i = 0; i < day.count(); i++) {
      ring.publish(day.bytes(), day.offset(i), day.length(i), 0);
    }
    end.await(day.count());
    return perSecond(System.nanoTime() - start);
  }
}
