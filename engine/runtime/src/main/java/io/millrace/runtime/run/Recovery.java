package io.millrace.runtime.run;

import io.millrace.journal.CheckpointStore;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.VerifyResult;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.checkpoint.Place;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Comes to the state of a run that was killed: verifies its journals by a full scan, restores the
 * newest checkpoint that is sound where the scan passes it, and re-executes the inputs behind it,
 * comparing what comes out with what was decided. Without a checkpoint all inputs are re-executed,
 * and before them those of the run that it went on from itself.
 */
public final class Recovery {
  private Recovery() {}

  /**
   * What was restored.
   *
   * @param pipeline with the state at the end of the run that was killed
   * @param previous the run that was killed
   * @param inputs its whole inputs
   * @param endHash hash chain at their end
   * @param generation how many recoveries lie behind the new run, from 1
   * @param fedInputs inputs that came from the feed, in all runs of the chain
   * @param held what the runs of the chain left behind, for the state files
   * @param how what it took
   */
  public record Restored(
      Pipeline pipeline,
      RunDirectory previous,
      long inputs,
      long endHash,
      int generation,
      long fedInputs,
      Held held,
      How how) {}

  /**
   * How a state was come by.
   *
   * @param checkpointRun the run whose checkpoint was restored, or null
   * @param checkpoint input behind which it was made, 0 = none was restored
   * @param reexecuted inputs re-executed
   * @param refused checkpoints that were not taken, and why, a sentence each
   * @param scanNanos clock time of verifying journals
   * @param restoreNanos clock time of loading the checkpoint, beyond that of verifying
   * @param replayNanos clock time of re-executing
   */
  public record How(
      String checkpointRun,
      long checkpoint,
      long reexecuted,
      List<String> refused,
      long scanNanos,
      long restoreNanos,
      long replayNanos) {
    /** Copies its list. */
    public How {
      refused = List.copyOf(refused);
    }
  }

  /**
   * The newest run of a mode, if it did not end: its process was killed.
   *
   * @param runs holds all runs
   * @param mode as in the manifest
   */
  public static Optional<RunDirectory> unfinished(final Path runs, final String mode) {
    final List<RunDirectory> all = RunDirectory.list(runs);
    for (int i = all.size() - 1; i >= 0; i--) {
      final RunDirectory run = all.get(i);
      if (!java.nio.file.Files.exists(run.manifest())) {
        continue; // killed before its first byte: nothing was journaled
      }
      final Manifest manifest = Manifest.read(run);
      if (manifest.mode().equals(mode)) {
        return manifest.end() == null ? Optional.of(run) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Verifies a run that was killed and comes to its state the short way, over a checkpoint.
   *
   * @param last the run that was killed
   * @param pipelines fresh ones, of the config and strategy of the run
   * @throws RunException if a journal has a hole or the replay decides otherwise than the run did:
   *     a refusal to trade
   */
  public static Restored restore(final RunDirectory last, final Supplier<Pipeline> pipelines) {
    return new Chain(last, pipelines).come(true);
  }

  /**
   * As {@link #restore}, the long way: all inputs of all runs of the chain are re-executed.
   *
   * @param last the run to come to the end of
   * @param pipelines fresh ones, of the config and strategy of the run
   */
  public static Restored reexecute(final RunDirectory last, final Supplier<Pipeline> pipelines) {
    return new Chain(last, pipelines).come(false);
  }

  /** The runs that go on from one another, up to the one that was killed. */
  private static final class Chain {
    private final List<RunDirectory> runs;
    private final Supplier<Pipeline> pipelines;
    private final List<String> refused = new ArrayList<>();
    private final Map<RunDirectory, VerifyResult> verified = new HashMap<>();
    private long scanNanos;
    private long restoreNanos;
    private long replayNanos;
    private long reexecuted;
    private long fed;
    private Held held = new Held();

    Chain(final RunDirectory last, final Supplier<Pipeline> pipelines) {
      runs = Manifest.chain(last);
      this.pipelines = pipelines;
    }

    Restored come(final boolean checkpoints) {
      int first = runs.size() - 1;
      Resumed resumed = verified(first, checkpoints);
      while (resumed == null && first > 0) {
        resumed = verified(--first, checkpoints);
      }
      return resumed == null ? fromTheFirst() : from(first, resumed);
    }

    /** A checkpoint that does not lead to what was recorded is as good as none. */
    private Restored from(final int first, final Resumed resumed) {
      final Place place = resumed.place();
      fed = place.fedInputs();
      String fault;
      try {
        Replayer.Result result = replay(first, resumed.pipeline(), resumed);
        for (int run = first + 1; result.difference() == null && run < runs.size(); run++) {
          result = replay(run, resumed.pipeline(), null);
        }
        if (result.difference() == null) {
          return restored(first, resumed.pipeline(), result, place.sequence());
        }
        fault =
            "leads to another decision at input "
                + result.difference().inputSequence()
                + " than was recorded";
      } catch (final RunException e) {
        fault = "cannot be gone on from: " + e.getMessage();
      }
      refused.add(
          new CheckpointStore(runs.get(first).checkpoints()).file(place.sequence()) + " " + fault);
      return fromTheFirst();
    }

    private Restored fromTheFirst() {
      final Pipeline pipeline = pipelines.get();
      held = new Held();
      fed = 0;
      Replayer.Result result = null;
      for (int run = 0; run < runs.size(); run++) {
        verify(run, null);
        result = replay(run, pipeline, null);
        if (result.difference() != null) {
          throw new RunException(
              "run "
                  + runs.get(run).id()
                  + " decided otherwise at input "
                  + result.difference().inputSequence()
                  + " than its replay does; run `millrace replay "
                  + runs.get(run).path()
                  + " --verify` to see both, and start anew with --fresh");
        }
      }
      return restored(0, pipeline, result, 0);
    }

    private Restored restored(
        final int first,
        final Pipeline pipeline,
        final Replayer.Result result,
        final long checkpoint) {
      return new Restored(
          pipeline,
          runs.get(runs.size() - 1),
          result.inputs(),
          endHash(first),
          runs.size(),
          fed,
          held,
          new How(
              checkpoint == 0 ? null : runs.get(first).id(),
              checkpoint,
              reexecuted,
              refused,
              scanNanos,
              restoreNanos,
              replayNanos));
    }

    /**
     * Enters a run behind its newest checkpoint, if it has one, and scans its journals to the end.
     */
    private Resumed verified(final int generation, final boolean checkpoints) {
      final Resumed resumed = checkpoints ? newest(generation) : null;
      boolean sound = false;
      try {
        verify(generation, resumed);
        sound = true;
        return resumed;
      } finally {
        if (!sound && resumed != null) {
          resumed.close();
        }
      }
    }

    private void verify(final int generation, final Resumed resumed) {
      final long start = System.nanoTime();
      verified.computeIfAbsent(
          runs.get(generation),
          run ->
              Recovery.verify(
                  run, resumed, generation == runs.size() - 1 ? null : next(runs, generation)));
      scanNanos += System.nanoTime() - start;
    }

    private Resumed newest(final int generation) {
      final long start = System.nanoTime();
      final RunDirectory run = runs.get(generation);
      final Resumed resumed =
          Resumed.newest(
                  run,
                  Manifest.read(run),
                  Long.MAX_VALUE,
                  pipelines,
                  began -> {
                    held = began;
                    return began;
                  },
                  refused::add)
              .orElse(null);
      final long passNanos = resumed == null ? 0 : resumed.passNanos();
      scanNanos += passNanos;
      restoreNanos += System.nanoTime() - start - passNanos;
      return resumed;
    }

    private Replayer.Result replay(
        final int generation, final Pipeline pipeline, final Resumed resumed) {
      final long start = System.nanoTime();
      final RunDirectory run = runs.get(generation);
      pipeline.generation(generation);
      final Replayer replayer = new Replayer(pipeline, Topology.INLINE, held);
      final Replayer.Result result;
      if (resumed == null) {
        result = replayer.replay(run, true, Long.MAX_VALUE, inputs -> {});
      } else {
        try (resumed) {
          result = replayer.replay(resumed, true, Long.MAX_VALUE, inputs -> {});
        }
      }
      reexecuted += result.inputs() - result.from();
      fed += result.fedInputs();
      replayNanos += System.nanoTime() - start;
      return result;
    }

    /** A run that was killed before its first input ends where the one before it did. */
    private long endHash(final int first) {
      for (int generation = runs.size() - 1; generation >= first; generation--) {
        final VerifyResult result = verified.get(runs.get(generation));
        if (result.records() != 0) {
          return result.chain();
        }
      }
      return 0;
    }
  }

  /** The runs before one that is entered by its checkpoint are not read, but must be its own. */
  private static void requireLinked(final RunDirectory run, final VerifyResult inputs) {
    final Manifest manifest = Manifest.read(run);
    final long before =
        manifest.previous() == null ? 0 : Long.parseUnsignedLong(manifest.previous().endHash(), 16);
    if (inputs.chainSeed() != before) {
      throw new RunException(
          "the input journal of run "
              + run.id()
              + " does not go on from the run that its manifest names; trading is refused: keep"
              + " the directory for inquiry and start anew with --fresh");
    }
  }

  private static Manifest.Previous next(final List<RunDirectory> chain, final int generation) {
    return Manifest.read(chain.get(generation + 1)).previous();
  }

  private static VerifyResult verify(
      final RunDirectory run, final Resumed resumed, final Manifest.Previous promised) {
    // Without an expected end: a run that was killed has no end block, and never gets one.
    final VerifyResult inputs =
        resumed == null ? JournalVerifier.verify(run.input()) : resumed.verifyInputs();
    refuse(run, "input", inputs);
    refuse(
        run,
        "decisions",
        resumed == null ? JournalVerifier.verify(run.decisions()) : resumed.verifyDecisions());
    if (resumed != null) {
      requireLinked(run, inputs);
    }
    if (promised != null
        && (inputs.records() != promised.inputs()
            || (promised.inputs() != 0
                && inputs.chain() != Long.parseUnsignedLong(promised.endHash(), 16)))) {
      throw new RunException(
          "the input journal of run "
              + run.id()
              + " has "
              + inputs.records()
              + " inputs, and the run after it went on from "
              + promised.inputs()
              + " with another end; trading is refused: keep the directory for inquiry and start"
              + " anew with --fresh");
    }
    return inputs;
  }

  private static void refuse(
      final RunDirectory run, final String queue, final VerifyResult result) {
    if (!result.isSound()) {
      throw new RunException(
          "the "
              + queue
              + " journal of run "
              + run.id()
              + " is damaged ("
              + result.fault()
              + "); trading is refused: keep the directory for inquiry and start anew with --fresh");
    }
  }
}
