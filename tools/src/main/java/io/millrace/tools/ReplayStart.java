package io.millrace.tools;

import io.millrace.journal.CheckpointStore;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.CheckpointFile;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.Topology;
import io.millrace.runtime.publish.RunView;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Recovery;
import io.millrace.runtime.run.Replayer;
import io.millrace.runtime.run.Resumed;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Where the replay of a run begins: at its first input, or behind one of its checkpoints. */
final class ReplayStart {
  private final RunDirectory run;
  private final Manifest manifest;
  private final Supplier<Pipeline> pipelines;
  private final Supplier<RunView> views;
  private RunView view;

  /**
   * What a replay came to.
   *
   * @param result of the replayer
   * @param view of all outputs of the run up to there
   * @param outputsBefore outputs that were read and not made, because a checkpoint has them behind
   *     it
   */
  record Executed(Replayer.Result result, RunView view, long outputsBefore) {}

  /**
   * @param pipelines fresh ones, of the config and strategy of the run
   * @param views empty ones
   */
  ReplayStart(
      final RunDirectory run,
      final Manifest manifest,
      final Supplier<Pipeline> pipelines,
      final Supplier<RunView> views) {
    this.run = run;
    this.manifest = manifest;
    this.pipelines = pipelines;
    this.views = views;
  }

  /**
   * Re-executes.
   *
   * @param from begin behind the newest checkpoint at or before this input; 0 = at the first
   * @param asked say so where there is none
   * @param compare with the decision log
   * @param until last input
   * @param checkpointAt inputs behind which to make checkpoints
   */
  Executed execute(
      final Topology topology,
      final long from,
      final boolean asked,
      final boolean compare,
      final long until,
      final List<Long> checkpointAt,
      final LongConsumer progress) {
    if (!checkpointAt.isEmpty() && Project.running(run)) {
      throw new UsageException(
          "the run is still running and makes its own checkpoints; wait for its end");
    }
    final Optional<Resumed> resumed = from == 0 ? Optional.empty() : newest(from);
    if (asked && from > 0 && resumed.isEmpty()) {
      System.err.println(
          "millrace: the run has no checkpoint at or before input "
              + from
              + " that can be used; it is re-executed from its first input");
    }
    if (resumed.isPresent()) {
      try (Resumed entered = resumed.get()) {
        final Replayer replayer = new Replayer(entered.pipeline(), topology, entered.told());
        saving(
            replayer,
            entered.pipeline(),
            checkpointAt,
            entered.place().sequence(),
            entered.generation(),
            entered.began(),
            entered.place().fedInputs());
        return new Executed(
            replayer.replay(entered, compare, until, progress), view, entered.place().decisions());
      }
    }
    return fromTheFirst(topology, compare, until, checkpointAt, progress);
  }

  private Optional<Resumed> newest(final long from) {
    return Resumed.newest(
        run,
        manifest,
        from,
        pipelines,
        held -> {
          view = views.get();
          view.held(held);
          return (time, template, buffer, offset, length) ->
              view.on(template, buffer, offset, length);
        },
        refused -> System.err.println("millrace: " + refused + "; what is older is used instead"));
  }

  private Executed fromTheFirst(
      final Topology topology,
      final boolean compare,
      final long until,
      final List<Long> checkpointAt,
      final LongConsumer progress) {
    view = views.get();
    final Pipeline pipeline;
    Held held = new Held();
    int generation = 0;
    long fed = 0;
    if (manifest.previous() == null) {
      pipeline = pipelines.get();
    } else {
      final RunDirectory previous =
          RunDirectory.open(
              run.path().toAbsolutePath().resolveSibling(manifest.previous().runId()));
      // By no checkpoint: what they led to is what is examined.
      final Recovery.Restored restored = Recovery.reexecute(previous, pipelines);
      pipeline = restored.pipeline();
      held = restored.held();
      generation = restored.generation();
      fed = restored.fedInputs();
    }
    pipeline.generation(generation);
    view.held(held);
    final Replayer replayer =
        new Replayer(
            pipeline,
            topology,
            (time, template, buffer, offset, length) -> view.on(template, buffer, offset, length));
    saving(replayer, pipeline, checkpointAt, 0, generation, held, fed);
    return new Executed(replayer.replay(run, compare, until, progress), view, 0);
  }

  private void saving(
      final Replayer replayer,
      final Pipeline pipeline,
      final List<Long> checkpointAt,
      final long behind,
      final int generation,
      final Held began,
      final long fedBefore) {
    if (checkpointAt.isEmpty()) {
      return;
    }
    if (!pipeline.checkpoints()) {
      throw new UsageException(
          "no checkpoint can be made of this run: its strategy keeps state that it does not hand"
              + " over");
    }
    final long[] at =
        checkpointAt.stream()
            .mapToLong(Long::longValue)
            .filter(sequence -> sequence > behind)
            .sorted()
            .distinct()
            .toArray();
    replayer.saving(
        at,
        new CheckpointFile(
            new CheckpointStore(run.checkpoints()),
            Resumed.owner(run, manifest),
            generation,
            began),
        fedBefore);
  }
}
