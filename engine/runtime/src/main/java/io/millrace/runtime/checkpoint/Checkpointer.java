package io.millrace.runtime.checkpoint;

import io.millrace.codecs.CommandDecoder;
import io.millrace.codecs.SessionHeaderDecoder;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateWriter;
import io.millrace.core.state.Stateful;
import io.millrace.journal.JournalException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Makes checkpoints while a run goes on, every so many inputs, without holding it up: the thread
 * that decides saves the state into one of two buffers behind the last decision of the input; the
 * outbox adds the place in both journals and the digest of exactly that input; a thread of our own
 * writes the file. Is that one still busy with both buffers, the checkpoint is left out and
 * counted.
 *
 * <p>A checkpoint that cannot be written is told and counted, and the run goes on without it: it
 * would only have saved time, and the journal, which the run cannot be without, stops by itself
 * where the disk is full.
 *
 * <p>Nothing here reaches a decision.
 */
public final class Checkpointer implements AutoCloseable {
  private static final int DRAFTS = 2;

  private final CheckpointFile file;
  private final CheckpointsConfig config;
  private final long diskReserveBytes;
  private final Consumer<String> alert;
  private final Queue<Draft> free = new ArrayBlockingQueue<>(DRAFTS);
  private final Queue<Draft> saved = new ArrayBlockingQueue<>(DRAFTS);
  private final BlockingQueue<Draft> ready = new ArrayBlockingQueue<>(DRAFTS + 1);
  private final Draft end = new Draft();

  /** Input chain at each due input; as many as there are due inputs in the ring. */
  private final Queue<Long> chains = new ConcurrentLinkedQueue<>();

  private final Thread writer;

  private long journalDue;
  private long decideDue;
  private long outboxDue;
  private long fedInputs;

  private long lastEventTime;

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile long lastSequence;
  private volatile int lastBytes;
  private volatile long longestSaveNanos;
  private volatile long longestWriteNanos;
  private boolean closed;

  /** A state on its way to the disk. */
  private static final class Draft {
    private final StateWriter state = new StateWriter();
    private long sequence;
    private Place place;
  }

  /**
   * What became of the checkpoints of a run so far.
   *
   * @param lastSequence input behind which the newest was made, 0 = none
   * @param lastBytes its size
   * @param written how many are written
   * @param leftOut how many were left out because the disk was still busy with those before
   * @param failed how many the disk or a part of the engine refused
   * @param longestSaveNanos longest time that the deciding thread was held up for one
   * @param longestWriteNanos longest time that one took to reach the disk
   */
  public record Tally(
      long lastSequence,
      int lastBytes,
      long written,
      long leftOut,
      long failed,
      long longestSaveNanos,
      long longestWriteNanos) {}

  /**
   * Starts the writing thread.
   *
   * @param file where they go
   * @param config how often
   * @param diskReserveBytes free bytes that a checkpoint leaves to the journal
   * @param fedBefore inputs taken from the feed in the runs before
   * @param alert told one line when one cannot be made
   */
  public Checkpointer(
      final CheckpointFile file,
      final CheckpointsConfig config,
      final long diskReserveBytes,
      final long fedBefore,
      final Consumer<String> alert) {
    this.file = file;
    this.config = config;
    this.diskReserveBytes = diskReserveBytes;
    this.alert = alert;
    fedInputs = fedBefore;
    final long first = config.everyInputs() == 0 ? Long.MAX_VALUE : config.everyInputs();
    journalDue = first;
    decideDue = first;
    outboxDue = first;
    for (int i = 0; i < DRAFTS; i++) {
      free.add(new Draft());
    }
    writer = new Thread(this::write, "millrace-checkpoints");
    writer.setDaemon(true);
    writer.start();
  }

  /** Stage 1 has appended an input; on its thread. */
  public void journaled(final long sequence, final long chain) {
    if (sequence == journalDue) {
      journalDue += config.everyInputs();
      chains.add(chain);
    }
  }

  /** Stages 2 to 9 are done with an input; on their thread. */
  public void decided(final long sequence, final Stateful pipeline) {
    if (sequence == decideDue) {
      decideDue += config.everyInputs();
      final Draft draft = free.poll();
      if (draft == null) {
        leftOut.incrementAndGet();
        return;
      }
      if (save(draft, sequence, pipeline)) {
        saved.add(draft);
      } else {
        free.add(draft);
      }
    }
  }

  private boolean save(final Draft draft, final long sequence, final Stateful pipeline) {
    final long start = System.nanoTime();
    try {
      draft.sequence = sequence;
      draft.state.reset();
      pipeline.state(draft.state);
    } catch (final RuntimeException e) { // saving changes nothing: the run is as sound as before
      failed.incrementAndGet();
      // A part that cannot be saved will not be later either; anything else may be of this moment.
      final boolean never = e instanceof StateException;
      if (never) {
        decideDue = Long.MAX_VALUE;
      }
      alert.accept(
          "the state behind input "
              + sequence
              + " cannot be saved ("
              + e.getMessage()
              + "); the run goes on without "
              + (never ? "checkpoints" : "this checkpoint"));
      return false;
    }
    longestSaveNanos = Math.max(longestSaveNanos, System.nanoTime() - start);
    return true;
  }

  /** Whether the outbox must have both journals written up to its input. On its thread. */
  public boolean due(final long sequence) {
    return sequence == outboxDue;
  }

  /**
   * Stage 10 is done with an input, and both journals are written up to it if it is {@link #due};
   * on its thread.
   *
   * @param decisions records of the decision log
   * @param decisionChain behind them
   * @param outputs digests not counted
   * @param digest over them
   */
  public void sent(
      final Slot slot,
      final long decisions,
      final long decisionChain,
      final long outputs,
      final long digest) {
    final int template = slot.templateId();
    if (template != SessionHeaderDecoder.TEMPLATE_ID && template != CommandDecoder.TEMPLATE_ID) {
      fedInputs++;
    }
    lastEventTime = slot.eventTime();
    if (slot.sequence() != outboxDue) {
      return;
    }
    outboxDue += config.everyInputs();
    final long inputChain = chains.remove();
    final Draft draft = saved.peek();
    if (draft == null || draft.sequence != slot.sequence()) {
      return; // left out
    }
    saved.remove();
    draft.place =
        new Place(
            slot.sequence(),
            slot.eventTime(),
            inputChain,
            decisions,
            decisionChain,
            outputs,
            digest,
            fedInputs);
    ready.add(draft);
  }

  /**
   * The last checkpoint, of a run that has ended in order; after {@link #close}.
   *
   * @param pipeline as it stands
   * @param sequence last input
   * @param inputChain behind it
   * @param decisions records of the decision log
   * @param decisionChain behind them
   * @param outputs digests not counted
   * @param digest over them
   */
  public void last(
      final Stateful pipeline,
      final long sequence,
      final long inputChain,
      final long decisions,
      final long decisionChain,
      final long outputs,
      final long digest) {
    final Draft draft = new Draft();
    if (decideDue == Long.MAX_VALUE // there shall be none, or it could not be saved before
        || lastSequence == sequence
        || !save(draft, sequence, pipeline)) {
      return;
    }
    draft.place =
        new Place(
            sequence,
            lastEventTime,
            inputChain,
            decisions,
            decisionChain,
            outputs,
            digest,
            fedInputs);
    write(draft);
  }

  private void write() {
    try {
      for (Draft draft = ready.take(); draft != end; draft = ready.take()) {
        write(draft);
        free.add(draft);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(final Draft draft) {
    final long start = System.nanoTime();
    try {
      reserve(draft);
      lastBytes = file.write(draft.place, draft.state);
      lastSequence = draft.sequence;
      written.incrementAndGet();
      longestWriteNanos = Math.max(longestWriteNanos, System.nanoTime() - start);
      file.store().prune(config.keep());
    } catch (final RuntimeException | OutOfMemoryError e) {
      failed.incrementAndGet();
      alert.accept(
          (lastSequence == draft.sequence
                  ? ""
                  : "no checkpoint behind input " + draft.sequence + ": ")
              + e.getMessage()
              + "; the run goes on");
    }
  }

  /** The journal's reserve is the journal's. */
  private void reserve(final Draft draft) {
    final long usable = file.store().usableBytes();
    if (diskReserveBytes != 0 && usable < diskReserveBytes + draft.state.length()) {
      throw new JournalException(
          "the disk has "
              + usable
              + " bytes free and "
              + diskReserveBytes
              + " of them are kept for the journal (engine.disk_reserve_bytes)");
    }
  }

  /** What became of the checkpoints so far; any thread. */
  public Tally tally() {
    return new Tally(
        lastSequence,
        lastBytes,
        written.get(),
        leftOut.get(),
        failed.get(),
        longestSaveNanos,
        longestWriteNanos);
  }

  /** Waits until what was saved is written, and ends the thread. The stages must have ended. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ready.add(end);
    try {
      writer.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
