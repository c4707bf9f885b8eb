package io.millrace.runtime.run;

import io.millrace.core.state.Digest;
import io.millrace.journal.CheckpointException;
import io.millrace.journal.CheckpointStore;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.VerifyResult;
import io.millrace.runtime.checkpoint.Checkpoint;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.checkpoint.Owner;
import io.millrace.runtime.checkpoint.Place;
import io.millrace.runtime.pipeline.Outbox;
import io.millrace.runtime.pipeline.Pipeline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A recorded run, entered behind one of its checkpoints: both journals are read up to there, each
 * record checked, and not again.
 */
public final class Resumed implements AutoCloseable {
  private final Place place;
  private final int generation;
  private final Pipeline pipeline;
  private final Held began;
  private final Outbox.Sink told;
  private final JournalReader inputs;
  private final JournalReader decisions;
  private final long passNanos;

  private Resumed(
      final Checkpoint checkpoint,
      final Pipeline pipeline,
      final Held began,
      final Outbox.Sink told,
      final JournalReader inputs,
      final JournalReader decisions,
      final long passNanos) {
    place = checkpoint.place();
    generation = checkpoint.generation();
    this.pipeline = pipeline;
    this.began = began;
    this.told = told;
    this.inputs = inputs;
    this.decisions = decisions;
    this.passNanos = passNanos;
  }

  /** What the checkpoints of a run must belong to. */
  public static Owner owner(final RunDirectory run, final Manifest manifest) {
    return new Owner(
        run.id(),
        Long.parseUnsignedLong(manifest.configDigest(), 16),
        manifest.strategy() == null ? "" : manifest.strategy().hash());
  }

  /**
   * Enters a run behind its newest checkpoint that is sound, its own, and made from these very
   * journals.
   *
   * @param run with journals
   * @param manifest of it
   * @param atMost input behind which it may have been made at most
   * @param pipelines fresh ones, of the config and strategy of the run
   * @param sinks where the outputs go, from the first of the run: those up to the checkpoint are
   *     read from the decision log. Made anew for each try, from what the run began with
   * @param refused told why a checkpoint was not taken, a sentence each
   * @return empty if none can be used
   */
  public static Optional<Resumed> newest(
      final RunDirectory run,
      final Manifest manifest,
      final long atMost,
      final Supplier<Pipeline> pipelines,
      final Function<Held, Outbox.Sink> sinks,
      final Consumer<String> refused) {
    final CheckpointStore store = new CheckpointStore(run.checkpoints());
    for (final long sequence : store.sequences()) {
      if (sequence <= atMost) {
        try {
          return Optional.of(
              enter(run, Checkpoint.read(store, sequence, owner(run, manifest)), pipelines, sinks));
        } catch (final CheckpointException e) {
          refused.accept(e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by who gets them, or at once
  private static Resumed enter(
      final RunDirectory run,
      final Checkpoint checkpoint,
      final Supplier<Pipeline> pipelines,
      final Function<Held, Outbox.Sink> sinks) {
    final Held began = checkpoint.held();
    // The stages are loaded on a thread of their own while this one reads.
    final CompletableFuture<Pipeline> loading =
        CompletableFuture.supplyAsync(() -> loaded(checkpoint, pipelines));
    final Outbox.Sink told = sinks.apply(began);
    final Place place = checkpoint.place();
    final JournalReader inputs = JournalReader.open(run.input());
    final JournalReader decisions = JournalReader.open(run.decisions());
    final long start = System.nanoTime();
    boolean entered = false;
    try {
      while (inputs.sequence() < place.sequence() && inputs.next()) {
        // each record is checked as it is passed
      }
      require(checkpoint, "input journal", inputs, place.sequence(), place.inputChain());
      while (decisions.sequence() < place.decisions() && decisions.next()) {
        told.accept(
            decisions.ingressTimeNanos(),
            decisions.templateId(),
            decisions.buffer(),
            decisions.offset(),
            decisions.length());
      }
      require(checkpoint, "decision log", decisions, place.decisions(), place.decisionChain());
      final long passNanos = System.nanoTime() - start;
      final Pipeline pipeline = loading.join();
      entered = true;
      return new Resumed(checkpoint, pipeline, began, told, inputs, decisions, passNanos);
    } catch (final CompletionException e) {
      throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
    } catch (final InternalError e) {
      throw new CheckpointException(
          checkpoint.file() + " cannot be reached: the disk does not give a journal's bytes", e);
    } finally {
      if (!entered) {
        loading.exceptionally(failed -> null).join();
        inputs.close();
        decisions.close();
      }
    }
  }

  private static Pipeline loaded(final Checkpoint checkpoint, final Supplier<Pipeline> pipelines) {
    final Pipeline pipeline = pipelines.get();
    checkpoint.restore(pipeline);
    return pipeline;
  }

  private static void require(
      final Checkpoint checkpoint,
      final String journal,
      final JournalReader reader,
      final long sequence,
      final long chain) {
    if (reader.sequence() != sequence) {
      throw new CheckpointException(
          checkpoint.file()
              + " stands behind record "
              + sequence
              + " of the "
              + journal
              + ", which has "
              + reader.sequence());
    }
    if (reader.chain() != chain) {
      throw new CheckpointException(
          checkpoint.file()
              + " was made from another "
              + journal
              + ": the chain at record "
              + sequence
              + " is "
              + Digest.text(reader.chain())
              + ", not "
              + Digest.text(chain));
    }
  }

  /** Verifies the input journal on to its end: with the way up to here, a full forward scan. */
  VerifyResult verifyInputs() {
    return verify(inputs);
  }

  /** Verifies the decision log on to its end: with the way up to here, a full forward scan. */
  VerifyResult verifyDecisions() {
    return verify(decisions);
  }

  private static VerifyResult verify(final JournalReader reader) {
    try (JournalReader rest = reader.fork()) {
      return JournalVerifier.rest(rest);
    }
  }

  /** Clock time of reading both journals up to the checkpoint, ns. */
  long passNanos() {
    return passNanos;
  }

  /** Where the checkpoint was made. */
  public Place place() {
    return place;
  }

  /** Recoveries that lie behind the run, from 0. */
  public int generation() {
    return generation;
  }

  /** With the state of the checkpoint. */
  public Pipeline pipeline() {
    return pipeline;
  }

  /** What the run began with from the runs before it. */
  public Held began() {
    return began;
  }

  /** Where the outputs go; has those up to the checkpoint. */
  public Outbox.Sink told() {
    return told;
  }

  JournalReader inputs() {
    return inputs;
  }

  JournalReader decisions() {
    return decisions;
  }

  @Override
  public void close() {
    inputs.close();
    decisions.close();
  }
}
