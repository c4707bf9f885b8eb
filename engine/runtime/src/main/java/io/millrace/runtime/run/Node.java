package io.millrace.runtime.run;

import io.millrace.codecs.CommandEncoder;
import io.millrace.codecs.CommandType;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.RunMode;
import io.millrace.codecs.SessionHeaderEncoder;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import io.millrace.gateways.Feed;
import io.millrace.journal.CheckpointStore;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.CheckpointFile;
import io.millrace.runtime.checkpoint.Checkpointer;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.Topology;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * One run: drives a feed through the pipeline on the threads of a topology, and leaves a run
 * directory behind. Give it its parts, call {@link #run} once.
 */
public final class Node {
  /** Inputs between flushes. A power of two. */
  private static final int INLINE_BATCH = 256;

  private static final int PROGRESS_INPUTS = 1 << 12;
  private static final long IDLE_NANOS = 20_000;

  private final RunDirectory directory;
  private final Manifest manifest;
  private final Config config;
  private final Feed feed;
  private final Topology topology;
  private final boolean paced;
  private final Pipeline pipeline;
  private final Recovery.Restored restored;
  private final StageTimes times;
  private final Halt halt = new Halt();
  private final Pinning pinning;
  private final Checkpointer checkpoints;
  private final ExpandableArrayBuffer own = new ExpandableArrayBuffer(256);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private volatile boolean stopRequested;
  private volatile boolean finished;
  private long sequence;
  private long lastEventTime;

  /** How inputs leave the ingress thread. */
  private interface Ingress {
    boolean offer(DirectBuffer buffer, int offset, int length);
  }

  /**
   * What a run came to.
   *
   * @param manifest as it stands in the run directory
   * @param times latency histograms of this process
   * @param halted why it halted, or null
   */
  public record Outcome(Manifest manifest, StageTimes times, Halt.Reason halted) {}

  /**
   * @param directory fresh run directory
   * @param manifest written by the caller before the run, without an end
   * @param config resolved
   * @param feed inputs; closed by the caller
   * @param topology where the stages run
   * @param paced the feed keeps time, so latency counts from publication
   * @param pipeline fresh, or restored
   * @param restored what it was restored from, or null
   * @param times that the pipeline records into
   * @param alert told one line when something fails that the run goes on without
   */
  public Node(
      final RunDirectory directory,
      final Manifest manifest,
      final Config config,
      final Feed feed,
      final Topology topology,
      final boolean paced,
      final Pipeline pipeline,
      final Recovery.Restored restored,
      final StageTimes times,
      final Consumer<String> alert) {
    this.directory = directory;
    this.manifest = manifest;
    this.config = config;
    this.feed = feed;
    this.topology = topology;
    this.paced = paced;
    this.pipeline = pipeline;
    this.restored = restored;
    this.times = times;
    pinning = config.engine().pin() ? Pinning.cores() : Pinning.none();
    final int generation = restored == null ? 0 : restored.generation();
    pipeline.generation(generation);
    checkpoints =
        config.checkpoints().everyInputs() == 0 || !pipeline.checkpoints()
            ? null
            : new Checkpointer(
                new CheckpointFile(
                    new CheckpointStore(directory.checkpoints()),
                    Resumed.owner(directory, manifest),
                    generation,
                    restored == null ? new Held() : restored.held()),
                config.checkpoints(),
                config.engine().diskReserveBytes(),
                restored == null ? 0 : restored.fedInputs(),
                alert);
  }

  /** What became of the checkpoints so far, or null if the run makes none; any thread. */
  public Checkpointer.Tally checkpoints() {
    return checkpoints == null ? null : checkpoints.tally();
  }

  /** What was pinned and what was refused. */
  public Pinning pinning() {
    return pinning;
  }

  /** Why the engine halted, if it did. */
  public Halt halt() {
    return halt;
  }

  /** Asks the run to end after the input at hand; any thread. */
  public void stop() {
    stopRequested = true;
  }

  /** Whether the run is over and its directory complete; any thread. */
  public boolean finished() {
    return finished;
  }

  /**
   * Runs to the end of the feed, a stop or a halt.
   *
   * @param progress told the inputs done, now and then, on the ingress thread
   */
  public Outcome run(final LongConsumer progress) {
    final long start = System.nanoTime();
    final boolean oneThread = topology == Topology.INLINE || topology == Topology.FUSED;
    try (RunRecorder recorder =
        new RunRecorder(directory, pipeline, journalOptions(), times, oneThread, checkpoints)) {
      if (topology == Topology.INLINE) {
        inline(recorder, progress);
      } else {
        ring(recorder, progress);
      }
      final Manifest.End end = finish(recorder, System.nanoTime() - start);
      final Manifest ended = manifest.ended(end);
      ended.write(directory);
      return new Outcome(ended, times, halt.reason());
    } catch (final JournalException refused) {
      // The journal did not start, or could not be closed: no effect without it.
      halt.raise("journal", sequence, refused);
      final Manifest ended = manifest.ended(withoutJournal(System.nanoTime() - start));
      ended.write(directory);
      return new Outcome(ended, times, halt.reason());
    } finally {
      if (checkpoints != null) {
        checkpoints.close();
      }
      finished = true;
    }
  }

  private JournalOptions journalOptions() {
    return config
        .engine()
        .journalOptions()
        .withChainSeed(restored == null ? 0 : restored.endHash())
        .withFatalHandler(
            (reason, cause) -> {
              // After a failed force the next append can report success: nothing may go on.
              System.err.println("millrace: " + reason + "; the engine stops at once");
              Runtime.getRuntime().halt(ExitCodes.HALTED);
            });
  }

  private void inline(final RunRecorder recorder, final LongConsumer progress) {
    feed(new Inline(recorder), progress);
  }

  /**
   * All stages on the thread that feeds. At full speed two reads of the clock would cost as much as
   * all stages together, so that inputs share them: a batch its time of ingress, and up to {@link
   * StageTimes#SAMPLE} inputs that cause nothing the clock from which latency counts. A latency is
   * then told too long by those before it, never too short.
   */
  private final class Inline implements Ingress {
    private final RunRecorder recorder;
    private final Slot slot = new Slot();
    private long ingressNanos;
    private long stamp;
    private boolean stale = true;

    Inline(final RunRecorder recorder) {
      this.recorder = recorder;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
      if (halt.raised()) {
        return false;
      }
      try {
        final long number = ++sequence;
        final boolean endOfBatch = (number & (INLINE_BATCH - 1)) == 0;
        if (paced || stale || (number & (StageTimes.SAMPLE - 1)) == 0) {
          stamp = System.nanoTime();
        }
        if (paced || ingressNanos == 0 || endOfBatch) {
          ingressNanos = clock();
        }
        slot.wrap(number, ingressNanos, buffer, offset, length);
        slot.stamp(stamp);
        recorder.journal(slot, endOfBatch);
        recorder.decide(slot);
        recorder.outbox(slot, endOfBatch);
        stale = slot.outputs().count() > 0;
        return true;
      } catch (final Throwable thrown) { // an Error halts as an exception does
        halt.raise("decide", sequence, thrown);
        return false;
      }
    }
  }

  private void ring(final RunRecorder recorder, final LongConsumer progress) {
    pinning.pinIngress();
    try (Ring ring =
        new Ring(
            topology,
            config.engine().ringSize(),
            config.engine().waitStrategy(),
            recorder,
            halt,
            pinning,
            paced)) {
      feed(
          (buffer, offset, length) -> ring.publish(++sequence, clock(), buffer, offset, length),
          progress);
    }
  }

  /** The one place where the runtime reads the clock for an input. */
  private static long clock() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  private void feed(final Ingress ingress, final LongConsumer progress) {
    boolean open = true;
    boolean headed = false;
    while (open && !stopRequested) {
      switch (feed.poll()) {
        case INPUT -> {
          final long time = Slot.eventTime(feed.buffer(), feed.offset());
          if (!headed) {
            lastEventTime = time;
            open = offer(ingress, sessionHeader());
            headed = true;
          }
          lastEventTime = Math.max(lastEventTime, time);
          open = open && ingress.offer(feed.buffer(), feed.offset(), feed.length());
          if ((sequence & (PROGRESS_INPUTS - 1)) == 0) {
            progress.accept(sequence);
          }
        }
        case IDLE -> {
          if (halt.raised()) {
            open = false;
          }
          LockSupport.parkNanos(IDLE_NANOS);
        }
        case END -> open = false;
      }
    }
    if (!headed) {
      offer(ingress, sessionHeader());
    }
    offer(ingress, stopCommand());
  }

  private boolean offer(final Ingress ingress, final int length) {
    return ingress.offer(own, 0, length);
  }

  private int sessionHeader() {
    final SessionHeaderEncoder encoder = new SessionHeaderEncoder();
    encoder
        .wrapAndApplyHeader(own, 0, header)
        .eventTime(lastEventTime)
        .runId(directory.id())
        .mode(RunMode.valueOf(manifest.mode().toUpperCase(java.util.Locale.ROOT)))
        .configDigest(Long.parseUnsignedLong(manifest.configDigest(), 16))
        .previousEndHash(restored == null ? 0 : restored.endHash())
        .initialCash(config.account().initialCash());
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  private int stopCommand() {
    final CommandEncoder encoder = new CommandEncoder();
    encoder
        .wrapAndApplyHeader(own, 0, header)
        .eventTime(lastEventTime)
        .command(CommandType.STOP)
        .instrumentId(0)
        .value(0)
        .text("end of the feed");
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  private Manifest.End withoutJournal(final long elapsedNanos) {
    final String none = Digest.text(0);
    return new Manifest.End(
        "halted", halt.reason().text(), 0, none, null, 0, none, null, none, elapsedNanos / 1e9);
  }

  private Manifest.End finish(final RunRecorder recorder, final long elapsedNanos) {
    recorder.close();
    final Halt.Reason reason = halt.reason();
    if (checkpoints != null) {
      checkpoints.close();
      if (reason == null) {
        recorder.checkpoint();
      }
    }
    return new Manifest.End(
        reason == null ? "done" : "halted",
        reason == null ? null : reason.text(),
        recorder.inputSequence(),
        Digest.text(recorder.inputChain()),
        Long.toHexString(JournalVerifier.fileCrc(directory.input())),
        recorder.outputSequence(),
        Digest.text(recorder.decisionChain()),
        Long.toHexString(JournalVerifier.fileCrc(directory.decisions())),
        Digest.text(recorder.digest()),
        elapsedNanos / 1e9);
  }
}
