package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.CommandEncoder;
import io.millrace.codecs.CommandType;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.StateException;
import io.millrace.core.state.Stateful;
import io.millrace.journal.CheckpointStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {
  private static final int EVERY = 10;

  @TempDir private Path temp;
  private final List<String> alerts = Collections.synchronizedList(new ArrayList<>());
  private final Counter pipeline = new Counter();
  private final Slot slot = new Slot();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

  /** Stands for the stages: counts inputs. */
  private static final class Counter implements Stateful {
    private long count;

    @Override
    public void state(final StateCodec codec) {
      count = codec.int64(count);
    }
  }

  private CheckpointStore store() {
    return new CheckpointStore(temp.resolve("run/checkpoints"));
  }

  private Checkpointer checkpointer(final int every, final int keep, final long reserve) {
    return new Checkpointer(
        new CheckpointFile(store(), CheckpointFileTest.OWNER, 0, new Held()),
        new CheckpointsConfig(every, keep),
        reserve,
        1_000,
        alerts::add);
  }

  private void decide(final Checkpointer checkpoints, final long sequence) {
    pipeline.count = sequence;
    checkpoints.decided(sequence, pipeline);
  }

  private void send(final Checkpointer checkpoints, final long sequence) {
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final int length;
    if (sequence == 5) { // not from the feed
      final CommandEncoder command = new CommandEncoder();
      command
          .wrapAndApplyHeader(buffer, 0, header)
          .eventTime(sequence * 1_000)
          .command(CommandType.RESUME)
          .text("");
      length = command.encodedLength();
    } else {
      final TimerTickEncoder tick = new TimerTickEncoder();
      tick.wrapAndApplyHeader(buffer, 0, header).eventTime(sequence * 1_000);
      length = tick.encodedLength();
    }
    slot.wrap(sequence, 0, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
    checkpoints.sent(slot, sequence * 2, sequence * 3, sequence * 5, sequence * 7);
  }

  private void run(final Checkpointer checkpoints, final long from, final long to) {
    for (long sequence = from; sequence <= to; sequence++) {
      checkpoints.journaled(sequence, sequence * 11);
      decide(checkpoints, sequence);
      send(checkpoints, sequence);
    }
  }

  private void assertStandsBehind(final long sequence) {
    final Checkpoint read = Checkpoint.read(store(), sequence, CheckpointFileTest.OWNER);
    assertThat(read.place())
        .isEqualTo(
            new Place(
                sequence,
                sequence * 1_000,
                sequence * 11,
                sequence * 2,
                sequence * 3,
                sequence * 5,
                sequence * 7,
                1_000 + sequence - (sequence >= 5 ? 1 : 0)));
    final Counter restored = new Counter();
    read.restore(restored);
    assertThat(restored.count).isEqualTo(sequence);
  }

  @Test
  void stateAndPlaceAreThoseOfTheSameInput() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Checkpointer checkpoints = checkpointer(EVERY, 1_000, 0);
    try (checkpoints) {
      for (int i = 0; i < 10; i++) {
        run(checkpoints, i * (long) EVERY + 1, (i + 1L) * EVERY);
        awaitWritten(checkpoints, i + 1);
      }
    }
    assertThat(store().sequences()).hasSize(10).startsWith(100L, 90L);
    for (long sequence = EVERY; sequence <= 100; sequence += EVERY) {
      assertStandsBehind(sequence);
    }
    assertThat(checkpoints.tally().written()).isEqualTo(10);
    assertThat(checkpoints.tally().lastSequence()).isEqualTo(100);
    assertThat(alerts).isEmpty();
  }

  private static void awaitWritten(final Checkpointer checkpoints, final long written)
      throws InterruptedException {
    for (int i = 0; checkpoints.tally().written() < written && i < 10_000; i++) {
      Thread.sleep(1);
    }
  }

  @Test
  void onlyTheNewestStay() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Checkpointer checkpoints = checkpointer(EVERY, 2, 0);
    try (checkpoints) {
      for (int i = 0; i < 4; i++) {
        run(checkpoints, i * (long) EVERY + 1, (i + 1L) * EVERY);
        awaitWritten(checkpoints, i + 1);
      }
    }
    assertThat(store().sequences()).containsExactly(40L, 30L);
  }

  /** Staged: the journal and the deciding thread are ahead of the outbox. */
  @Test
  void oneIsLeftOutWhileBothBuffersAreInUseAndTheOthersAreRight() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Checkpointer checkpoints = checkpointer(EVERY, 1_000, 0);
    try (checkpoints) {
      for (long sequence = 1; sequence <= 35; sequence++) {
        checkpoints.journaled(sequence, sequence * 11);
        decide(checkpoints, sequence);
      }
      for (long sequence = 1; sequence <= 35; sequence++) {
        send(checkpoints, sequence);
      }
      awaitWritten(checkpoints, 2);
      run(checkpoints, 36, 40);
    }
    assertThat(store().sequences()).containsExactly(40L, 20L, 10L);
    assertThat(checkpoints.tally().leftOut()).isEqualTo(1);
    for (final long sequence : List.of(10L, 20L, 40L)) {
      assertStandsBehind(sequence);
    }
  }

  @Test
  void aDiskThatTakesNoneIsToldAndTheRunGoesOn() throws Exception {
    Files.createFile(temp.resolve("run")); // where the directory should be
    final Checkpointer checkpoints = checkpointer(EVERY, 2, 0);
    try (checkpoints) {
      run(checkpoints, 1, 10);
    }
    assertThat(checkpoints.tally().failed()).isEqualTo(1);
    assertThat(checkpoints.tally().lastSequence()).isZero();
    assertThat(alerts)
        .singleElement()
        .asString()
        .startsWith("no checkpoint behind input 10: cannot make the directory")
        .endsWith("; the run goes on");
  }

  @Test
  void theReserveOfTheJournalIsLeftToIt() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    try (Checkpointer checkpoints = checkpointer(EVERY, 2, Long.MAX_VALUE / 2)) {
      run(checkpoints, 1, 10);
    }
    assertThat(store().sequences()).isEmpty();
    assertThat(alerts).singleElement().asString().contains("engine.disk_reserve_bytes");
  }

  @Test
  void aStateThatCannotBeSavedIsToldOnceAndNoneIsMade() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Stateful broken =
        codec -> {
          throw new StateException("a part of it is not ours");
        };
    final Checkpointer checkpoints = checkpointer(EVERY, 2, 0);
    for (long sequence = 1; sequence <= 40; sequence++) {
      checkpoints.journaled(sequence, 0);
      checkpoints.decided(sequence, broken);
      send(checkpoints, sequence);
    }
    checkpoints.close();
    checkpoints.last(broken, 40, 0, 0, 0, 0, 0);
    assertThat(store().sequences()).isEmpty();
    assertThat(alerts).singleElement().asString().contains("a part of it is not ours");
  }

  @Test
  void aStateThatCannotBeSavedThisOnceIsSavedTheNextTime() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Stateful once =
        codec -> {
          if (pipeline.count == 10) {
            throw new IllegalStateException("in the middle of something");
          }
          pipeline.state(codec);
        };
    try (Checkpointer checkpoints = checkpointer(EVERY, 2, 0)) {
      for (long sequence = 1; sequence <= 20; sequence++) {
        pipeline.count = sequence;
        checkpoints.journaled(sequence, sequence * 11);
        checkpoints.decided(sequence, once);
        send(checkpoints, sequence);
      }
    }
    assertThat(alerts).singleElement().asString().contains("without this checkpoint");
    assertThat(store().sequences()).containsExactly(20L);
    assertStandsBehind(20);
  }

  @Test
  void theLastOneStandsAtTheEndOfTheRun() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Checkpointer checkpoints = checkpointer(EVERY, 1_000, 0);
    run(checkpoints, 1, 14);
    checkpoints.close();
    checkpoints.last(pipeline, 14, 14 * 11, 14 * 2, 14 * 3, 14 * 5, 14 * 7);
    assertThat(store().sequences()).containsExactly(14L, 10L);
    assertStandsBehind(14);
    checkpoints.last(pipeline, 14, 14 * 11, 14 * 2, 14 * 3, 14 * 5, 14 * 7);
    assertThat(checkpoints.tally().written()).as("not twice").isEqualTo(2);
  }

  @Test
  void noneAreMadeWhereNoneAreWanted() throws Exception {
    Files.createDirectories(temp.resolve("run"));
    final Checkpointer checkpoints = checkpointer(0, 2, 0);
    run(checkpoints, 1, 40);
    checkpoints.close();
    checkpoints.last(pipeline, 40, 0, 0, 0, 0, 0);
    assertThat(store().sequences()).isEmpty();
    assertThat(alerts).isEmpty();
  }
}
