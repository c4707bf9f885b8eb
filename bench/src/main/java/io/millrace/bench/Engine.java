package io.millrace.bench;

import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.pipeline.Outbox;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.Stages;
import io.millrace.runtime.run.RunRecorder;
import io.millrace.runtime.strategy.LoadedStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A fresh pipeline between its journals, or without them, as a run has it. The wrapper only looks:
 * {@link Watch#seen} is told of every input when its outbox is done.
 */
final class Engine implements Stages, AutoCloseable {
  /** Told of each input after its last stage, on the thread of that stage. */
  @FunctionalInterface
  interface Watch {
    void seen(Slot slot);
  }

  private final Path runs;
  private final RunDirectory run;
  private final RunRecorder recorder;
  private final Pipeline pipeline;
  private final Outbox outbox;
  private final Watch watch;

  private Engine(
      final Path runs,
      final RunDirectory run,
      final RunRecorder recorder,
      final Pipeline pipeline,
      final Watch watch) {
    this.runs = runs;
    this.run = run;
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.watch = watch;
    outbox = new Outbox((time, template, buffer, offset, length) -> {});
  }

  /** Journal on: the recorder of real runs. */
  static Engine recorded(
      final Config config, final JournalOptions options, final Path runs, final Watch watch) {
    return recorded(config, null, options, runs, watch);
  }

  /** As above, with the strategy that trades; null = the built-in agents. */
  static Engine recorded(
      final Config config,
      final LoadedStrategy strategy,
      final JournalOptions options,
      final Path runs,
      final Watch watch) {
    try {
      Files.createDirectories(runs);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot make " + runs, e);
    }
    final StageTimes times = new StageTimes();
    final Pipeline pipeline = new Pipeline(config, times, strategy);
    final RunDirectory run = RunDirectory.create(runs, RunDirectory.runId(0, 1));
    return new Engine(
        runs, run, new RunRecorder(run, pipeline, options, times, true, null), pipeline, watch);
  }

  /** Journal off: outputs are digested and dropped. */
  static Engine bare(final Config config, final Watch watch) {
    return bare(config, null, watch);
  }

  /** As above, with the strategy that trades; null = the built-in agents. */
  static Engine bare(final Config config, final LoadedStrategy strategy, final Watch watch) {
    return new Engine(null, null, null, new Pipeline(config, new StageTimes(), strategy), watch);
  }

  @Override
  public void journal(final Slot slot, final boolean endOfBatch) {
    if (recorder != null) {
      recorder.journal(slot, endOfBatch);
    }
  }

  @Override
  public void decide(final Slot slot) {
    pipeline.decide(slot);
  }

  @Override
  public void outbox(final Slot slot, final boolean endOfBatch) {
    if (recorder == null) {
      outbox.emit(slot);
    } else {
      recorder.outbox(slot, endOfBatch);
    }
    watch.seen(slot);
  }

  /** All stages on the calling thread. */
  void inline(final Slot slot, final boolean endOfBatch) {
    journal(slot, endOfBatch);
    decide(slot);
    outbox(slot, endOfBatch);
  }

  /** Ends the journals and returns the bytes of the input journal; 0 without one. */
  long finish() {
    if (recorder == null) {
      return 0;
    }
    recorder.close();
    try (var files = Files.list(run.input())) {
      return files
          .filter(file -> file.toString().endsWith(".cq4"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot list " + run.input(), e);
    }
  }

  /** Hash over all outputs so far; without a journal alone. */
  long digest() {
    return outbox.digest();
  }

  @Override
  public void close() {
    if (recorder != null) {
      recorder.close();
      RawChronicle.delete(runs);
    }
  }
}
