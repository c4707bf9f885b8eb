package io.millrace.bench;

import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * A backtest from curated parquet to the end of its journals, by the time of all threads of this
 * process: what it would take on one core. Opening and checking the files is part of it.
 */
final class BacktestRows {
  private static final double MILLION = 1e6;
  private static final int DAYS = 2;
  private static final int ROWS_PER_DAY = 1_000_000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final double DECODED = 10;
  private static final double BACKTESTED = 5;

  private final Effort effort;
  private final Backtest backtest;
  private final Path runs;
  private final Selection ticks;
  private final Map<String, Long> digests = new ConcurrentHashMap<>();

  private BacktestRows(final Effort effort) {
    this.effort = effort;
    backtest =
        new Backtest(
            Path.of(System.getProperty("millrace.root", ".")), TickDays.SYMBOLS, List.of());
    ticks = TickDays.write(effort.fresh("ticks"), DAYS, effort.scaled(ROWS_PER_DAY, 1));
    runs = effort.fresh("runs");
  }

  static List<Row> measure(final Effort effort) {
    return new BacktestRows(effort).rows();
  }

  private List<Row> rows() {
    final double[][] rates =
        Turns.take(
            effort.quick() ? 1 : WARM_UPS,
            effort.rounds(ROUNDS),
            List.of(
                rated(this::decode),
                rated(() -> told(backtest.bare(open()))),
                rated(this::journaled),
                rated(() -> Backtest.readQueue(runs))));
    if (digests.size() != 1) {
      throw new IllegalStateException("with and without journals decided otherwise: " + digests);
    }
    final String what = "3 perpetuals, 4 quotes to 1 trade, every thread's time";
    return List.of(
        Row.alone(
            "backtest",
            "curated parquet decoded into messages",
            "M/s",
            rates[0],
            Row.Goal.atLeast(DECODED),
            what),
        Row.alone(
            "backtest",
            "EMA crossing from curated parquet, no journal",
            "M/s",
            rates[1],
            Row.Goal.atLeast(BACKTESTED),
            what),
        Row.alone(
            "backtest",
            "the same, both journals on, by the node",
            "M/s",
            rates[2],
            Row.Goal.atLeast(BACKTESTED),
            what),
        Row.alone(
            "backtest",
            "a run's input queue read and checked",
            "M/s",
            rates[3],
            Row.Goal.atLeast(DECODED),
            "CRC32C and chain of every record"));
  }

  /** Counts inputs. */
  @FunctionalInterface
  private interface Work {
    long inputs();
  }

  private static DoubleSupplier rated(final Work work) {
    return () -> {
      final long start = ProcessClock.nanos();
      final long inputs = work.inputs();
      return inputs / MILLION / ((ProcessClock.nanos() - start) / 1e9);
    };
  }

  private CuratedReader open() {
    return CuratedReader.open(ticks);
  }

  private long decode() {
    long inputs = 0;
    try (CuratedReader reader = open()) {
      while (reader.next()) {
        inputs++;
      }
    }
    return inputs;
  }

  /** The run stays where it is until the next one, to be read. */
  private long journaled() {
    RawChronicle.delete(runs);
    return told(backtest.journaled(open(), runs, inputs -> {}));
  }

  private long told(final Backtest.Done done) {
    digests.put(done.digest(), done.inputs());
    return done.inputs();
  }
}
