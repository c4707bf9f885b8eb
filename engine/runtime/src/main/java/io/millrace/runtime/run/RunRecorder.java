package io.millrace.runtime.run;

import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.Checkpointer;
import io.millrace.runtime.pipeline.Outbox;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.StageTimes.Row;
import io.millrace.runtime.pipeline.Stages;
import org.agrona.DirectBuffer;

/**
 * The stages of a run that is recorded: inputs into one journal, the pipeline, outputs into the
 * other. An output is written only after its input is (journal before effect).
 */
public final class RunRecorder implements Stages, AutoCloseable {
  private final JournalWriter inputs;
  private final JournalWriter decisions;
  private final Pipeline pipeline;
  private final Outbox outbox = new Outbox(this::record);
  private final StageTimes times;
  private final boolean oneThread;
  private final Checkpointer checkpoints;
  private long recorded;

  /**
   * Starts both journals.
   *
   * @param run fresh run directory
   * @param pipeline stages 2 to 9
   * @param options of both journals; the chain seed is the input journal's
   * @param times where journal, outbox and whole ticks are timed
   * @param oneThread journal and outbox run on the same thread, so that the outbox has to see to it
   *     that inputs are flushed first; else the ring's barrier does
   * @param checkpoints told of each input at each stage, or null for none; closed by the caller
   */
  public RunRecorder(
      final RunDirectory run,
      final Pipeline pipeline,
      final JournalOptions options,
      final StageTimes times,
      final boolean oneThread,
      final Checkpointer checkpoints) {
    this.checkpoints = checkpoints;
    this.pipeline = pipeline;
    this.times = times;
    this.oneThread = oneThread;
    inputs = JournalWriter.open(run.input(), options);
    decisions = JournalWriter.open(run.decisions(), options.withChainSeed(0));
  }

  @Override
  public void journal(final Slot slot, final boolean endOfBatch) {
    final boolean timed = timed(slot);
    final long start = timed ? System.nanoTime() : 0;
    inputs.append(
        slot.sequence(),
        slot.ingressNanos(),
        slot.templateId(),
        slot.input(),
        0,
        slot.inputLength());
    if (checkpoints != null) {
      checkpoints.journaled(slot.sequence(), inputs.chain());
    }
    if (endOfBatch) {
      inputs.flush();
    }
    if (timed) {
      times.record(Row.JOURNAL, System.nanoTime() - start);
    }
  }

  @Override
  public void decide(final Slot slot) {
    pipeline.decide(slot);
    if (checkpoints != null) {
      checkpoints.decided(slot.sequence(), pipeline);
    }
  }

  @Override
  public void outbox(final Slot slot, final boolean endOfBatch) {
    final Outputs outputs = slot.outputs();
    final boolean some = outputs.count() > 0;
    // A checkpoint, too, is an effect: what led to it is in the journals before it is on the disk.
    final boolean saved = checkpoints != null && checkpoints.due(slot.sequence());
    final long start = some ? System.nanoTime() : 0;
    if ((some || saved) && oneThread && inputs.publishedSequence() < slot.sequence()) {
      inputs.flush();
    }
    outbox.emit(slot);
    if (endOfBatch || saved) {
      decisions.flush();
    }
    if (checkpoints != null) {
      checkpoints.sent(slot, recorded, decisions.chain(), outbox.outputs(), outbox.digest());
    }
    if (slot.stamp() != 0 && (some || timed(slot))) {
      final long now = System.nanoTime();
      if (some) {
        times.record(Row.OUTBOX, now - start);
      }
      if (timed(slot)) {
        times.record(Row.TICK, now - slot.stamp());
      }
      if (some && orders(outputs)) {
        times.record(Row.TICK_TO_ORDER, now - slot.stamp());
      }
    }
  }

  private static boolean orders(final Outputs outputs) {
    for (int i = outputs.count() - 1; i >= 0; i--) {
      if (outputs.templateId(i) == OrderRequestDecoder.TEMPLATE_ID) {
        return true;
      }
    }
    return false;
  }

  private static boolean timed(final Slot slot) {
    return (slot.sequence() & (StageTimes.SAMPLE - 1)) == 0;
  }

  private void record(
      final long eventTime,
      final int templateId,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    decisions.append(++recorded, eventTime, templateId, buffer, offset, length);
  }

  long inputSequence() {
    return inputs.lastSequence();
  }

  long inputChain() {
    return inputs.chain();
  }

  long outputSequence() {
    return decisions.lastSequence();
  }

  long decisionChain() {
    return decisions.chain();
  }

  long digest() {
    return outbox.digest();
  }

  /** The last checkpoint of a run that ended in order; both journals are closed. */
  void checkpoint() {
    checkpoints.last(
        pipeline,
        inputSequence(),
        inputChain(),
        outputSequence(),
        decisionChain(),
        outbox.outputs(),
        outbox.digest());
  }

  /** Inputs first: what is in the decision log always has its cause in the other. */
  @Override
  public void close() {
    try {
      inputs.close();
    } finally {
      decisions.close();
    }
  }
}
