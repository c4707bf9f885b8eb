package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.core.slot.Slot;
import io.millrace.gateways.Feed;
import io.millrace.gateways.recorded.Pace;
import io.millrace.gateways.recorded.RecordedFeed;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalWriter;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Outbox;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.Stages;
import io.millrace.runtime.pipeline.Topology;
import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.Selection;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From ring to router, journal and decision log included, nothing is allocated for an event. */
@Tag("slow")
class AllocationTest {
  private static final int WARM_UP_DAYS = 8;

  /** Where measuring begins: half of the day's inputs, its first trades included, are past. */
  private static final long FROM_INPUT = 150_000;

  @TempDir private Path temp;

  /** The stages of a recorded run, with a look at the thread's allocated bytes after each input. */
  private static final class Watched implements Stages {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final JournalWriter inputs;
    private final JournalWriter decisions;
    private final Pipeline pipeline;
    private final Outbox outbox;
    private final long[] bytes = new long[1 << 20];
    private final int[] templates = new int[1 << 20];
    private final int[] outputs = new int[1 << 20];
    private long recorded;
    private int events;

    Watched(final Config config, final Path place) {
      inputs = JournalWriter.open(place.resolve("input"), JournalOptions.defaults());
      decisions = JournalWriter.open(place.resolve("decisions"), JournalOptions.defaults());
      pipeline = new Pipeline(config, new StageTimes());
      outbox =
          new Outbox(
              (time, template, buffer, offset, length) ->
                  decisions.append(++recorded, time, template, buffer, offset, length));
    }

    @Override
    public void journal(final Slot slot, final boolean endOfBatch) {
      bytes[events] = threads.getCurrentThreadAllocatedBytes();
      inputs.append(
          slot.sequence(),
          slot.ingressNanos(),
          slot.templateId(),
          slot.input(),
          0,
          slot.inputLength());
      if (endOfBatch) {
        inputs.flush();
      }
    }

    @Override
    public void decide(final Slot slot) {
      pipeline.decide(slot);
    }

    @Override
    public void outbox(final Slot slot, final boolean endOfBatch) {
      if (slot.outputs().count() > 0) {
        inputs.flush();
      }
      outbox.emit(slot);
      if (endOfBatch) {
        decisions.flush();
      }
      bytes[events] = threads.getCurrentThreadAllocatedBytes() - bytes[events];
      templates[events] = slot.templateId();
      outputs[events] = slot.outputs().count();
      events++;
    }

    void close() {
      inputs.close();
      decisions.close();
    }
  }

  /**
   * The path for good: in {@code auto} the warm-up lasts until the last rare kernel has changed
   * over.
   */
  @BeforeAll
  static void chooseKernels() {
    System.setProperty("millrace.kernels", "vector");
  }

  @AfterAll
  static void leaveKernels() {
    System.clearProperty("millrace.kernels");
  }

  @Test
  void fusedPipelineAllocatesNothingPerEvent() {
    final Config config = ConfigLoader.load(null, List.of()).config();
    for (int day = 0; day < WARM_UP_DAYS; day++) {
      run(config, temp.resolve("warm" + day));
    }
    final Watched measured = run(config, temp.resolve("measured"));
    long allocated = 0;
    int inputs = 0;
    int evaluations = 0;
    final StringBuilder where = new StringBuilder();
    for (int i = (int) FROM_INPUT; i < measured.events; i++) {
      inputs++;
      evaluations += measured.outputs[i] >= 8 ? 1 : 0;
      if (measured.bytes[i] != 0) {
        allocated += measured.bytes[i];
        if (where.length() < 2_000) {
          where.append(
              String.format(
                  "input %d, template %d, %d outputs: %d bytes%n",
                  i + 1, measured.templates[i], measured.outputs[i], measured.bytes[i]));
        }
      }
    }
    System.out.println(
        "AllocationTest: "
            + allocated
            + " bytes over "
            + inputs
            + " inputs, "
            + evaluations
            + " with an evaluation");
    assertThat(evaluations).as("inputs with a whole evaluation").isGreaterThan(20);
    assertThat(allocated).as("bytes allocated on the stage thread%n%s", where).isZero();
  }

  private static Watched run(final Config config, final Path place) {
    final Watched stages = new Watched(config, place);
    final Halt halt = new Halt();
    final Selection sample =
        Selection.of(
            Launch.ROOT.resolve("tools/data/curated"), "lean", List.of("goog"), null, null);
    try (CuratedReader reader = CuratedReader.open(sample);
        Ring ring =
            new Ring(
                Topology.FUSED, 4096, Ring.Wait.YIELDING, stages, halt, Pinning.none(), false)) {
      final RecordedFeed feed =
          new RecordedFeed(reader, config.engine().timerIntervalNanos(), Pace.unpaced());
      long sequence = 0;
      while (feed.poll() == Feed.Poll.INPUT) {
        ring.publish(++sequence, sequence, feed.buffer(), feed.offset(), feed.length());
      }
    }
    stages.close();
    assertThat(halt.reason()).isNull();
    return stages;
  }
}
