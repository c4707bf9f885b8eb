package io.millrace.bench;

import java.util.List;
import java.util.function.Function;

/** The parts of the table, in its order. Each is measured in a JVM of its own. */
enum Section {
  LATENCY(LatencyRows::measure),
  PIPELINE(PipelineRows::measure),
  EVENT(EventRows::measure),
  BACKTEST(BacktestRows::measure),
  CROSSING(CrossRows::measure),
  MEMORY(MemoryRows::measure),
  RECOVERY(RecoveryRows::measure),
  JOURNAL(JournalRows::measure),
  RING(RingRows::measure),
  ENGINES(JmhRows::engines),
  KERNELS(JmhRows::kernels),
  RISK(JmhRows::gate),
  CODEC(JmhRows::codec);

  // A method reference without state; the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<Effort, List<Row>> measure;

  Section(final Function<Effort, List<Row>> measure) {
    this.measure = measure;
  }

  List<Row> rows(final Effort effort) {
    return measure.apply(effort);
  }
}
