package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.CommandDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.SessionHeaderDecoder;
import io.millrace.core.slot.Slot;
import io.millrace.journal.CheckpointStore;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.SyncMode;
import io.millrace.runtime.checkpoint.CheckpointFile;
import io.millrace.runtime.checkpoint.Checkpointer;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Resumed;
import io.millrace.runtime.run.RunRecorder;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a start takes with ten million inputs behind it: the sample day over and over, each time
 * a day later, killed between two checkpoints. The figure of README's table is what it prints.
 */
@Tag("slow")
class RestoreTimeTest {
  private static final long INPUTS = 10_000_000;
  private static final int BATCH = 256;
  private static final long DAY_NANOS = TimeUnit.DAYS.toNanos(1);

  @TempDir private Path temp;

  @Test
  void tenMillionInputsAreBehindIt() {
    final RunDirectory run = RunDirectory.create(temp, RunDirectory.runId(0, 1));
    final Manifest recorded = Manifest.read(RunDirectory.open(Recorded.run()));
    final Config config = ConfigLoader.bind(recorded.config());
    final Manifest manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            run.id(),
            0,
            "paper",
            "inline",
            recorded.buildVersion(),
            recorded.messageSchemaVersion(),
            recorded.configDigest(),
            recorded.config(),
            null,
            recorded.data(),
            null,
            null);
    manifest.write(run);
    final Pipeline pipeline = new Pipeline(config, new StageTimes());
    final long start = System.nanoTime();
    final Checkpointer checkpoints =
        new Checkpointer(
            new CheckpointFile(
                new CheckpointStore(run.checkpoints()),
                Resumed.owner(run, manifest),
                0,
                new Held()),
            config.checkpoints(),
            0,
            0,
            System.out::println);
    final JournalOptions options =
        JournalOptions.defaults().withSyncMode(SyncMode.NONE).withDiskReserveBytes(0);
    try (RunRecorder recorder =
        new RunRecorder(run, pipeline, options, new StageTimes(), true, checkpoints)) {
      new Days(recorder).play();
    }
    final double whole = (System.nanoTime() - start) / 1e9;
    checkpoints.close();
    System.out.printf("ten million inputs in %.1f s; %s%n", whole, checkpoints.tally());

    final Launch.Ended ended =
        Launch.millrace("run", "--mode", "paper", "--speed", 0, "--runs", temp, "--json");
    System.out.println(ended.err());
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err()).contains("checkpoint behind input 9,000,000 restored in ");
  }

  /** Feeds the recorded day, again and again. */
  private static final class Days {
    private final RunRecorder recorder;
    private final Slot slot = new Slot();
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[1 << 16]);
    private long sequence;

    Days(final RunRecorder recorder) {
      this.recorder = recorder;
    }

    void play() {
      final Path input = RunDirectory.open(Recorded.run()).input();
      // A tail of half a million behind the last checkpoint but one day.
      for (int day = 0; sequence < INPUTS - 1; day++) {
        try (JournalReader reader = JournalReader.open(input)) {
          while (sequence < INPUTS - 1 && reader.next()) {
            if (fed(reader.templateId(), day)) {
              take(reader, day);
            }
          }
        }
      }
    }

    private static boolean fed(final int template, final int day) {
      return template != CommandDecoder.TEMPLATE_ID
          && (day == 0
              || (template != SessionHeaderDecoder.TEMPLATE_ID
                  && template != InstrumentDefinitionDecoder.TEMPLATE_ID));
    }

    private void take(final JournalReader reader, final int day) {
      copy.putBytes(0, reader.buffer(), reader.offset(), reader.length());
      final int time = MessageHeaderDecoder.ENCODED_LENGTH;
      copy.putLong(
          time,
          copy.getLong(time, ByteOrder.LITTLE_ENDIAN) + day * DAY_NANOS,
          ByteOrder.LITTLE_ENDIAN);
      slot.wrap(++sequence, reader.ingressTimeNanos(), copy, 0, reader.length());
      final boolean endOfBatch = sequence % BATCH == 0;
      recorder.journal(slot, endOfBatch);
      recorder.decide(slot);
      recorder.outbox(slot, endOfBatch);
    }
  }
}
