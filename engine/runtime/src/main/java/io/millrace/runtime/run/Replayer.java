package io.millrace.runtime.run;

import io.millrace.codecs.CommandDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.SessionHeaderDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.StateWriter;
import io.millrace.journal.JournalEnd;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.CheckpointFile;
import io.millrace.runtime.checkpoint.Place;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Outbox;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Stages;
import io.millrace.runtime.pipeline.Topology;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Re-executes the inputs of a run through a pipeline, in any topology, and compares every output
 * with the one that is recorded, byte by byte. Writes nothing.
 */
public final class Replayer {
  private static final int PROGRESS_INPUTS = 1 << 14;
  private static final int RING_SIZE = 1024;

  private final Pipeline pipeline;
  private final Topology topology;
  private final Outbox.Sink also;
  private Saving saving;

  /**
   * The first output that is not the same.
   *
   * @param inputSequence the input that caused it
   * @param outputSequence its place in the decision log
   * @param input bytes of the input, header first
   * @param recorded bytes of the recorded output, header first; null = there is none
   * @param replayed bytes of the output of this replay, header first; null = there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // carried to one printer, never compared
  public record Difference(
      long inputSequence, long outputSequence, byte[] input, byte[] recorded, byte[] replayed) {}

  /**
   * What a replay found.
   *
   * @param from input behind which it began, 0 = at the first
   * @param inputs last input re-executed
   * @param outputs of the run up to there, digests counted
   * @param digest over every output of the run up to there
   * @param lastEventTime event time of the last input, nanoseconds
   * @param inputChain hash chain of the inputs at the end
   * @param fedInputs inputs re-executed that are neither session headers nor commands
   * @param difference first difference, null = none or not compared
   */
  public record Result(
      long from,
      long inputs,
      long outputs,
      long digest,
      long lastEventTime,
      long inputChain,
      long fedInputs,
      Difference difference) {}

  /** Inline, nothing but the comparison. */
  public Replayer(final Pipeline pipeline) {
    this(pipeline, Topology.INLINE, (time, template, buffer, offset, length) -> {});
  }

  /**
   * @param pipeline state to start from; it is moved on to the end of the replay
   * @param topology where its stages run
   * @param also told every output of the replay
   */
  public Replayer(final Pipeline pipeline, final Topology topology, final Outbox.Sink also) {
    this.pipeline = pipeline;
    this.topology = topology;
    this.also = also;
  }

  /**
   * Makes checkpoints on the way; inline replays that compare, only.
   *
   * @param at inputs behind which to make one, ascending
   * @param to takes them
   * @param fedBefore inputs taken from the feed in the runs before
   * @return this
   */
  public Replayer saving(final long[] at, final CheckpointFile to, final long fedBefore) {
    if (topology != Topology.INLINE) {
      throw new IllegalArgumentException("checkpoints are made by inline replays");
    }
    saving = new Saving(at.clone(), to, fedBefore);
    return this;
  }

  /**
   * Re-executes a run from its first input.
   *
   * @param run with an input journal
   * @param compare with its decision log
   * @param until last input to execute; Long.MAX_VALUE = all
   * @param progress told the inputs done, now and then
   * @throws JournalException if a journal is damaged
   * @throws RunException if a stage threw
   */
  public Result replay(
      final RunDirectory run,
      final boolean compare,
      final long until,
      final LongConsumer progress) {
    try (JournalReader inputs = JournalReader.open(run.input());
        JournalReader recorded = compare ? JournalReader.open(run.decisions()) : null) {
      final Comparison comparison = new Comparison(recorded);
      return replay(inputs, comparison, new Fed(), until, progress);
    }
  }

  /**
   * Re-executes a run from a checkpoint on; the pipeline of this replayer must be its.
   *
   * @param from where it was entered; read on
   * @param compare with its decision log
   * @param until last input to execute, the checkpoint's or later; Long.MAX_VALUE = all
   * @param progress told the inputs done, now and then
   * @throws JournalException if a journal is damaged
   * @throws RunException if a stage threw
   */
  public Result replay(
      final Resumed from, final boolean compare, final long until, final LongConsumer progress) {
    final Comparison comparison = new Comparison(compare ? from.decisions() : null);
    final Place place = from.place();
    comparison.outbox.resume(place.digest(), place.outputs());
    comparison.outputs = place.decisions();
    final Fed fed = new Fed();
    fed.from = place.sequence();
    fed.inputs = place.sequence();
    fed.lastEventTime = place.eventTime();
    return replay(from.inputs(), comparison, fed, until, progress);
  }

  private Result replay(
      final JournalReader inputs,
      final Comparison comparison,
      final Fed fed,
      final long until,
      final LongConsumer progress) {
    final Halt halt = new Halt();
    if (topology == Topology.INLINE) {
      inline(inputs, until, comparison, halt, fed, progress);
    } else {
      ring(inputs, until, comparison, halt, fed, progress);
    }
    if (halt.raised()) {
      throw new RunException("replay " + halt.reason().text(), halt.reason().cause());
    }
    if (comparison.difference == null) {
      if (fed.inputs < until && inputs.end() == JournalEnd.FAULT) {
        throw new JournalException(inputs.fault().toString());
      }
      comparison.nothingLeft(fed.inputs, until);
    }
    return new Result(
        fed.from,
        fed.inputs,
        comparison.outputs,
        comparison.outbox.digest(),
        fed.lastEventTime,
        inputs.chain(),
        fed.fedInputs,
        comparison.difference);
  }

  /** Checkpoints that are to be made. */
  private static final class Saving {
    private final long[] at;
    private final CheckpointFile to;
    private final long fedBefore;
    private final StateWriter state = new StateWriter();
    private int next;

    Saving(final long[] at, final CheckpointFile to, final long fedBefore) {
      this.at = at;
      this.to = to;
      this.fedBefore = fedBefore;
    }

    boolean due(final long sequence) {
      return next < at.length && at[next] == sequence;
    }
  }

  /** Running totals of the feeding side. */
  private static final class Fed {
    private long from;
    private long inputs;
    private long fedInputs;
    private long lastEventTime;
  }

  private void inline(
      final JournalReader reader,
      final long until,
      final Comparison comparison,
      final Halt halt,
      final Fed fed,
      final LongConsumer progress) {
    final Slot slot = new Slot();
    while (comparison.difference == null && next(reader, until, fed, progress)) {
      slot.wrap(
          reader.sequence(),
          reader.ingressTimeNanos(),
          reader.buffer(),
          reader.offset(),
          reader.length());
      try {
        comparison.decide(slot);
        comparison.outbox(slot, false);
        if (saving != null && saving.due(slot.sequence()) && comparison.difference == null) {
          save(reader, comparison, fed);
        }
      } catch (final JournalException | RunException told) {
        throw told;
      } catch (final RuntimeException thrown) {
        halt.raise("decide", slot.sequence(), thrown);
        return;
      }
    }
  }

  private void save(final JournalReader reader, final Comparison comparison, final Fed fed) {
    if (comparison.recordedEnded) {
      throw new RunException(
          "no checkpoint behind input "
              + fed.inputs
              + ": the decision log, in which it must stand, ended before");
    }
    saving.next++;
    saving.state.reset();
    pipeline.state(saving.state);
    saving.to.write(
        new Place(
            fed.inputs,
            fed.lastEventTime,
            reader.chain(),
            comparison.outputs,
            comparison.decisions.chain(),
            comparison.outbox.outputs(),
            comparison.outbox.digest(),
            saving.fedBefore + fed.fedInputs),
        saving.state);
  }

  private void ring(
      final JournalReader reader,
      final long until,
      final Comparison comparison,
      final Halt halt,
      final Fed fed,
      final LongConsumer progress) {
    try (Ring ring =
        new Ring(
            topology, RING_SIZE, Ring.Wait.BLOCKING, comparison, halt, Pinning.none(), false)) {
      while (comparison.difference == null
          && !halt.raised()
          && next(reader, until, fed, progress)) {
        ring.publish(
            reader.sequence(),
            reader.ingressTimeNanos(),
            reader.buffer(),
            reader.offset(),
            reader.length());
      }
    }
  }

  private static boolean next(
      final JournalReader reader, final long until, final Fed fed, final LongConsumer progress) {
    if (fed.inputs >= until || !reader.next()) {
      return false;
    }
    fed.inputs++;
    final int template = reader.templateId();
    if (template != SessionHeaderDecoder.TEMPLATE_ID && template != CommandDecoder.TEMPLATE_ID) {
      fed.fedInputs++;
    }
    fed.lastEventTime = Slot.eventTime(reader.buffer(), reader.offset());
    if ((fed.inputs & (PROGRESS_INPUTS - 1)) == 0) {
      progress.accept(fed.inputs);
    }
    return true;
  }

  /** The stages of a replay: nothing is journaled, every output is held against the recorded. */
  private final class Comparison implements Stages {
    private final JournalReader decisions;
    private final Outbox outbox = new Outbox(this::compare);
    private final UnsafeBuffer recordedView = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer replayedView = new UnsafeBuffer(0, 0);
    private boolean recordedEnded;
    private long outputs;
    private Slot slot;
    private volatile Difference difference;

    Comparison(final JournalReader decisions) {
      this.decisions = decisions;
      recordedEnded = decisions == null;
    }

    @Override
    public void journal(final Slot input, final boolean endOfBatch) {}

    @Override
    public void decide(final Slot input) {
      pipeline.decide(input);
    }

    @Override
    public void outbox(final Slot input, final boolean endOfBatch) {
      slot = input;
      outbox.emit(input);
    }

    private void compare(
        final long eventTime,
        final int templateId,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
      outputs++;
      also.accept(eventTime, templateId, buffer, offset, length);
      if (recordedEnded || difference != null) {
        return;
      }
      if (!decisions.next()) {
        if (decisions.end() == JournalEnd.FAULT) {
          throw new JournalException(decisions.fault().toString());
        }
        // A killed run may have lost its last outputs; one that ended has them all.
        if (decisions.end() == JournalEnd.CLEAN) {
          difference =
              new Difference(
                  slot.sequence(), outputs, input(), null, bytes(buffer, offset, length));
        }
        recordedEnded = true;
        return;
      }
      recordedView.wrap(decisions.buffer(), decisions.offset(), decisions.length());
      replayedView.wrap(buffer, offset, length);
      if (decisions.templateId() != templateId || !recordedView.equals(replayedView)) {
        difference =
            new Difference(
                slot.sequence(), outputs, input(), recordedBytes(), bytes(buffer, offset, length));
      }
    }

    /** The inputs are at their end: so must the recorded outputs of them be. */
    void nothingLeft(final long inputs, final long until) {
      if (!recordedEnded && decisions.next()) {
        if (cause() <= until) {
          difference = new Difference(inputs, decisions.sequence(), null, recordedBytes(), null);
        }
      } else if (!recordedEnded && decisions.end() == JournalEnd.FAULT) {
        throw new JournalException(decisions.fault().toString());
      }
    }

    private long cause() {
      return decisions
          .buffer()
          .getLong(
              decisions.offset() + MessageHeaderDecoder.ENCODED_LENGTH + Outputs.CAUSE_OFFSET,
              ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] input() {
      return bytes(slot.input(), 0, slot.inputLength());
    }

    private byte[] recordedBytes() {
      return bytes(decisions.buffer(), decisions.offset(), decisions.length());
    }
  }

  private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
    final byte[] copy = new byte[length];
    buffer.getBytes(offset, copy);
    return copy;
  }
}
