package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.core.slot.Slot;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.Pinning;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Stages;
import io.millrace.runtime.pipeline.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler that throws stops trading: the event is not skipped, and no later one is touched. */
class HandlerThrowsTest {
  private static final int HALTED = 4;
  private static final long BAD = 100;

  /** The most that the config allows: 1 TiB. */
  private static final long LARGEST_RESERVE = 1L << 40;

  @TempDir private Path temp;

  /** Throws at one input, and remembers how far each stage came. */
  private static final class Throwing implements Stages {
    private final AtomicLong journaled = new AtomicLong();
    private final AtomicLong decided = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final boolean error;

    Throwing(final boolean error) {
      this.error = error;
    }

    @Override
    public void journal(final Slot slot, final boolean endOfBatch) {
      journaled.set(slot.sequence());
    }

    @Override
    public void decide(final Slot slot) {
      if (slot.sequence() == BAD) {
        if (error) {
          throw new AssertionError("a stage is wrong");
        }
        throw new IllegalStateException("a stage is wrong");
      }
      decided.set(slot.sequence());
    }

    @Override
    public void outbox(final Slot slot, final boolean endOfBatch) {
      sent.set(slot.sequence());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Topology.class,
      names = {"FUSED", "SPLIT", "STAGED"})
  void noLaterEventIsTouchedWhenAStageThrows(final Topology topology) {
    for (final boolean error : new boolean[] {false, true}) {
      final Throwing stages = new Throwing(error);
      final Halt halt = new Halt();
      boolean refused = false;
      try (Ring ring =
          new Ring(topology, 64, Ring.Wait.YIELDING, stages, halt, Pinning.none(), false)) {
        final ExpandableArrayBuffer tick = new ExpandableArrayBuffer(64);
        for (long sequence = 1; sequence <= 10_000; sequence++) {
          new TimerTickEncoder()
              .wrapAndApplyHeader(tick, 0, new MessageHeaderEncoder())
              .eventTime(sequence);
          refused |=
              !ring.publish(
                  sequence,
                  sequence,
                  tick,
                  0,
                  MessageHeaderEncoder.ENCODED_LENGTH + TimerTickEncoder.BLOCK_LENGTH);
        }
      }
      assertThat(refused).as("the ring takes no more inputs").isTrue();
      assertThat(stages.decided).hasValue(BAD - 1);
      assertThat(stages.sent.get()).isLessThan(BAD);
      assertThat(halt.reason().sequence()).isEqualTo(BAD);
      assertThat(halt.reason().text()).contains("decide").contains("a stage is wrong");
    }
  }

  @ParameterizedTest
  @EnumSource(Topology.class)
  void diskBelowItsReserveHaltsAtOnceAndSaysWhy(final Topology topology) throws IOException {
    assumeThat(temp.toFile().getUsableSpace()).as("free bytes").isLessThan(LARGEST_RESERVE);
    final Launch.Ended ended =
        Launch.millrace(
            "backtest",
            "--topology",
            topology.name(),
            "--runs",
            temp,
            "--set",
            "engine.disk_reserve_bytes=" + LARGEST_RESERVE);
    assertThat(ended.code()).as("%s", ended).isEqualTo(HALTED);
    assertThat(ended.problems()).as("%s", ended).hasSize(1);
    assertThat(ended.err()).contains("reserve").doesNotContain("Exception");
    final Path run = only(temp);
    final JsonNode end = Recorded.json(Files.readString(run.resolve("manifest.json"))).get("end");
    assertThat(end.get("status").asText()).isEqualTo("halted");
    assertThat(end.get("reason").asText()).contains("reserve");
    final JsonNode state = Recorded.json(Files.readString(run.resolve("state/run.json")));
    assertThat(state.get("status").asText()).isEqualTo("halted");
    assertThat(state.get("reason").asText()).contains("reserve");
  }

  private static Path only(final Path runs) throws IOException {
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(Files::isDirectory).reduce((a, b) -> b).orElseThrow();
    }
  }
}
