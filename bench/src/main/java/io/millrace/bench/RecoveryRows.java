package io.millrace.bench;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.SessionHeaderDecoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import io.millrace.journal.CheckpointStore;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.SyncMode;
import io.millrace.runtime.checkpoint.CheckpointFile;
import io.millrace.runtime.checkpoint.Checkpointer;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Resumed;
import io.millrace.runtime.run.RunRecorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A start after a kill with ten million inputs behind the newest checkpoint, in a fresh JVM each
 * round ({@link RecoveryStart}), by its own words and by the clock of who waits for it. The inputs
 * after the checkpoint are few; the clock time of re-executing them is not counted.
 */
final class RecoveryRows {
  private static final int INPUTS = 10_000_000;
  private static final int QUICK_INPUTS = 200_000;
  private static final int CHECKPOINTS = 10;
  private static final int TAIL = 1_000;
  private static final int BATCH = 256;
  private static final int ROUNDS = 7;
  private static final double MOST_SECONDS = 1;
  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Path runs;
  private final int inputs;
  private RunDirectory run;

  /** What one start took, seconds. */
  private record Start(double verified, double restored, double spent, double process) {}

  private RecoveryRows(final Effort effort) {
    inputs = effort.quick() ? QUICK_INPUTS : INPUTS;
    runs = effort.fresh("runs");
  }

  static List<Row> measure(final Effort effort) {
    final RecoveryRows rows = new RecoveryRows(effort);
    try {
      Files.createDirectories(rows.runs);
      rows.record();
      return rows.rows(effort.rounds(ROUNDS));
    } catch (final IOException e) {
      throw new UncheckedIOException("the run to start from is lost", e);
    } finally {
      RawChronicle.delete(rows.runs);
    }
  }

  /** The sample day over and over, each time a day later, killed soon after a checkpoint. */
  private void record() {
    final ConfigLoader.Resolved config =
        ConfigLoader.load(
            null,
            List.of(
                "checkpoints.every_inputs=" + inputs / CHECKPOINTS, "engine.disk_reserve_bytes=0"));
    run = RunDirectory.create(runs, RunDirectory.runId(0, 1));
    final Manifest manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            run.id(),
            0,
            "paper",
            "inline",
            "bench",
            TimerTickEncoder.SCHEMA_VERSION,
            Digest.text(config.digest()),
            config.tree(),
            null,
            new Manifest.Data("the sample day", List.of(), 0),
            null,
            null);
    manifest.write(run);
    final StageTimes times = new StageTimes();
    final Pipeline pipeline = new Pipeline(config.config(), times);
    try (Checkpointer checkpoints =
            new Checkpointer(
                new CheckpointFile(
                    new CheckpointStore(run.checkpoints()),
                    Resumed.owner(run, manifest),
                    0,
                    new Held()),
                config.config().checkpoints(),
                0,
                0,
                alert -> {
                  throw new IllegalStateException(alert);
                });
        RunRecorder recorder =
            new RunRecorder(
                run,
                pipeline,
                config.config().engine().journalOptions().withSyncMode(SyncMode.NONE),
                times,
                true,
                checkpoints)) {
      feed(recorder);
    }
  }

  private void feed(final RunRecorder recorder) {
    final SampleDay day = SampleDay.load();
    final UnsafeBuffer copy = new UnsafeBuffer(new byte[day.longest()]);
    final Slot slot = new Slot();
    final long last = (long) inputs + TAIL;
    long sequence = 0;
    for (long shift = 0; sequence < last; shift += DAY_NANOS) {
      for (int i = 0; i < day.count() && sequence < last; i++) {
        if (shift > 0 && begins(day.templateId(i))) {
          continue;
        }
        copy.putBytes(0, day.bytes(), day.offset(i), day.length(i));
        copy.putLong(
            MessageHeaderDecoder.ENCODED_LENGTH, day.eventTime(i) + shift, ByteOrder.LITTLE_ENDIAN);
        slot.wrap(++sequence, 0, copy, 0, day.length(i));
        final boolean endOfBatch = sequence % BATCH == 0;
        recorder.journal(slot, endOfBatch);
        recorder.decide(slot);
        recorder.outbox(slot, endOfBatch);
      }
    }
  }

  private static boolean begins(final int template) {
    return template == SessionHeaderDecoder.TEMPLATE_ID
        || template == InstrumentDefinitionDecoder.TEMPLATE_ID;
  }

  private List<Row> rows(final int rounds) {
    final List<Start> starts = new ArrayList<>();
    start(); // the files come into memory
    for (int round = 0; round < rounds; round++) {
      starts.add(start());
    }
    final Row.Goal goal = Row.Goal.atMost(MOST_SECONDS);
    return List.of(
        row("both journals verified to their ends", starts, Start::verified, null),
        row("verified, and the checkpoint restored", starts, Start::restored, goal),
        row("the same, time of all threads", starts, Start::spent, goal),
        row("the JVM from its start to there", starts, Start::process, null));
  }

  private Row row(
      final String name,
      final List<Start> starts,
      final ToDoubleFunction<Start> figure,
      final Row.Goal goal) {
    return Row.alone(
        "recovery",
        name,
        "s",
        starts.stream().mapToDouble(figure).toArray(),
        goal,
        inputs + " inputs behind it, a fresh JVM");
  }

  private Start start() {
    final List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(RecoveryStart.class.getName(), run.path().toString()));
    try {
      final long began = System.nanoTime();
      final Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      final String line;
      try (BufferedReader words = process.inputReader()) {
        line = words.readLine();
      }
      final long nanos = System.nanoTime() - began;
      if (process.waitFor() != 0 || line == null) {
        throw new IllegalStateException("the start failed; its words are above");
      }
      return told(line.split(" ", -1), nanos);
    } catch (final IOException e) {
      throw new UncheckedIOException("no JVM can be started", e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Start told(final String[] figures, final long processNanos) {
    if (Long.parseLong(figures[0]) != inputs) {
      throw new IllegalStateException("restored from the checkpoint behind " + figures[0]);
    }
    final double scan = Long.parseLong(figures[1]) / 1e9;
    final double restore = Long.parseLong(figures[2]) / 1e9;
    final double replay = Long.parseLong(figures[3]) / 1e9;
    return new Start(
        scan, scan + restore, Long.parseLong(figures[4]) / 1e9, processNanos / 1e9 - replay);
  }
}
