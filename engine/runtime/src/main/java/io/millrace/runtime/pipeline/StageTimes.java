package io.millrace.runtime.pipeline;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long the stages take, in histograms named as in the drawing. One writer each; read by the
 * publisher. Nothing that is measured here can reach a decision.
 *
 * <p>A stage that runs only when an evaluation is due is timed each time. The whole way of an input
 * is timed for one input in {@link #SAMPLE}, and always when it led to an order.
 */
public final class StageTimes {
  /** One input in this many is timed from ring to outbox. A power of two. */
  public static final int SAMPLE = 64;

  /** Rows, in the order of the drawing. */
  public enum Row {
    /** Append of one input. */
    JOURNAL,
    /** Market update, simulated venue, fills. */
    MARKET,
    /** The four engines. */
    ENGINES,
    /** Fusing their outputs. */
    SNAPSHOT,
    /** The three agents. */
    AGENTS,
    /** The composite vote. */
    COMPOSER,
    /** Ideas and legs. */
    TRADE,
    /** One judgement of the gate. */
    RISK,
    /** One order taken up. */
    ROUTER,
    /** Outputs of one input into the decision log. */
    OUTBOX,
    /** Input to the end of its outbox, sampled. */
    TICK,
    /** Input to order in the outbox, for inputs that led to one. */
    TICK_TO_ORDER
  }

  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[Row.values().length];
  private final Histogram[] totals = new Histogram[Row.values().length];

  /** Empty histograms. */
  public StageTimes() {
    for (int i = 0; i < recorders.length; i++) {
      recorders[i] = new SingleWriterRecorder(HIGHEST_NANOS, DIGITS);
      totals[i] = new Histogram(HIGHEST_NANOS, DIGITS);
    }
  }

  /** Adds one duration. */
  @SuppressWarnings("EnumOrdinal") // rows are never stored: the index lives as long as the process
  public void record(final Row row, final long nanos) {
    recorders[row.ordinal()].recordValue(Math.min(Math.max(nanos, 0), HIGHEST_NANOS));
  }

  /** The histogram of a row so far, nanoseconds; a copy that the caller may keep. */
  @SuppressWarnings("EnumOrdinal")
  public synchronized Histogram histogram(final Row row) {
    final Histogram total = totals[row.ordinal()];
    total.add(recorders[row.ordinal()].getIntervalHistogram());
    return total.copy();
  }
}
