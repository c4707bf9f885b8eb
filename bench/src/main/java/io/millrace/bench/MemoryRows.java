package io.millrace.bench;

import io.millrace.tools.data.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether a long backtest takes more memory than a short one: one run by the node, both journals
 * on, looked at every million inputs after a full collection. Anonymous memory is heap, native
 * memory and code; pages of the journals' files are the system's to drop and do not count.
 */
final class MemoryRows {
  private static final int DAYS = 2;
  private static final long SPAN = DAYS * 86_400_000_000_000L;
  private static final int ROWS_PER_DAY = 1_000_000;
  private static final long EVENTS = 100_000_000;
  private static final long LOOK = 1L << 20;
  private static final double KILOBYTES_PER_MEGABYTE = 1 << 10;
  private static final double BYTES_PER_MEGABYTE = 1 << 20;
  private static final double MOST = 1.1;

  private final long events;
  private final long look;
  private final double[] anonymous = new double[2];
  private final double[] heap = new double[2];
  private long nextLook;

  private MemoryRows(final Effort effort) {
    events = effort.quick() ? EVENTS / 50 : EVENTS;
    look = effort.quick() ? LOOK / 50 : LOOK;
  }

  static List<Row> measure(final Effort effort) {
    final MemoryRows rows = new MemoryRows(effort);
    final Selection ticks =
        TickDays.write(effort.fresh("ticks"), DAYS, effort.scaled(ROWS_PER_DAY, 1));
    final Path runs = effort.fresh("runs");
    final Backtest backtest =
        new Backtest(
            Path.of(System.getProperty("millrace.root", ".")), TickDays.SYMBOLS, List.of());
    final Backtest.Done done =
        backtest.journaled(new RepeatedDays(ticks, SPAN, rows.events), runs, rows::at);
    RawChronicle.delete(runs);
    return rows.rows(done.inputs());
  }

  private void at(final long inputs) {
    if (inputs < nextLook) {
      return;
    }
    nextLook = inputs + look;
    System.gc();
    final Runtime runtime = Runtime.getRuntime();
    final int part = inputs <= events / 10 ? 0 : 1;
    heap[part] =
        Math.max(heap[part], (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MEGABYTE);
    anonymous[part] = Math.max(anonymous[part], anonymousMegabytes());
  }

  private static double anonymousMegabytes() {
    try {
      for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_PER_MEGABYTE;
        }
      }
      throw new IllegalStateException("/proc/self/status has no RssAnon");
    } catch (final IOException e) {
      throw new UncheckedIOException("no /proc/self/status", e);
    }
  }

  private List<Row> rows(final long inputs) {
    return List.of(
        row("most resident, anonymous", anonymous, inputs), row("most live heap", heap, inputs));
  }

  private static Row row(final String name, final double[] most, final long inputs) {
    return new Row(
        "memory",
        "EMA crossing, both journals, " + name,
        "MB",
        new double[] {most[1]},
        "the first tenth of the run",
        new double[] {most[0]},
        Row.Goal.ratioAtMost(MOST),
        inputs + " inputs");
  }
}
