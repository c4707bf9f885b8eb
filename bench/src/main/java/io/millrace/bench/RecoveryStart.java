package io.millrace.bench;

import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Recovery;
import java.nio.file.Path;

/**
 * One start behind a killed run, in a JVM of its own: restores it, and prints what that took, in
 * the order of {@link #figures}.
 */
final class RecoveryStart {
  private RecoveryStart() {}

  public static void main(final String[] arguments) {
    final RunDirectory run = RunDirectory.open(Path.of(arguments[0]));
    final Config config = ConfigLoader.bind(Manifest.read(run).config());
    final long start = ProcessClock.nanos();
    final Recovery.Restored restored =
        Recovery.restore(run, () -> new Pipeline(config, new StageTimes()));
    System.out.println(figures(restored.how(), ProcessClock.nanos() - start));
  }

  /** Checkpoint, then nanoseconds: scan, restore, replay, and what all threads spent on them. */
  private static String figures(final Recovery.How how, final long spentNanos) {
    return how.checkpoint()
        + " "
        + how.scanNanos()
        + " "
        + how.restoreNanos()
        + " "
        + how.replayNanos()
        + " "
        + spentNanos;
  }
}
