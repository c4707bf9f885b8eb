package io.millrace.tools;

import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.KeptStrategy;
import io.millrace.runtime.run.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The inputs of a recorded run in memory, and pipelines that decide on them again. */
final class ReplayedDay {
  private final RunDirectory run;
  private final Manifest manifest;
  private final Config config;
  private final List<byte[]> inputs = new ArrayList<>();

  private ReplayedDay(final Path directory) {
    run = RunDirectory.open(directory);
    manifest = Manifest.read(run);
    config = Project.config(run, manifest);
    try (JournalReader reader = JournalReader.open(run.input())) {
      while (reader.next()) {
        final byte[] message = new byte[reader.length()];
        reader.buffer().getBytes(reader.offset(), message);
        inputs.add(message);
      }
    }
  }

  static ReplayedDay of(final Path run) {
    return new ReplayedDay(run);
  }

  int inputs() {
    return inputs.size();
  }

  /** A fresh pipeline before the first input. */
  Run start() {
    return new Run(
        new Pipeline(
            config, new StageTimes(), KeptStrategy.load(run, manifest, config.strategy())));
  }

  /** A pipeline somewhere in the day. */
  final class Run {
    private final Pipeline pipeline;
    private final Slot slot = new Slot();
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);
    private int done;

    private Run(final Pipeline pipeline) {
      this.pipeline = pipeline;
    }

    Pipeline pipeline() {
      return pipeline;
    }

    /** Inputs decided on. */
    int done() {
      return done;
    }

    /** Decides on the next input; returns a digest of what came out. */
    long step() {
      final byte[] message = inputs.get(done);
      done++;
      input.wrap(message);
      slot.wrap(done, 0, input, 0, message.length);
      pipeline.decide(slot);
      final Outputs out = slot.outputs();
      final Digest digest = new Digest();
      digest.add(out.buffer(), 0, out.length());
      return digest.value();
    }

    /** Decides up to and with this input, from 1. */
    void to(final int last) {
      while (done < last) {
        step();
      }
    }

    /** A checkpoint. */
    byte[] save() {
      final StateWriter writer = new StateWriter();
      writer.int32(done);
      pipeline.state(writer);
      final byte[] bytes = new byte[writer.length()];
      writer.buffer().getBytes(0, bytes);
      return bytes;
    }

    /** Becomes what was saved, at the same place of the day. */
    void load(final byte[] checkpoint) {
      final StateReader reader =
          new StateReader(new UnsafeBuffer(checkpoint), 0, checkpoint.length);
      done = reader.int32(0);
      pipeline.state(reader);
      reader.end();
    }
  }
}
