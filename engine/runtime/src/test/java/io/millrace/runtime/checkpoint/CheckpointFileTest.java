package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.CheckpointHeaderEncoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.StateWriter;
import io.millrace.core.state.Stateful;
import io.millrace.journal.CheckpointException;
import io.millrace.journal.CheckpointStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
  static final Owner OWNER = new Owner("20151224T143000.000000000Z-0001", 0x1234, "ab".repeat(32));
  private static final Place PLACE = new Place(7, 1_450_000L, 11, 5, 13, 4, 17, 6);

  @TempDir private Path temp;
  private CheckpointStore store;

  /** Stands for the stages. */
  private static final class Counter implements Stateful {
    private long count;
    private double[] window = new double[0];

    @Override
    public void state(final StateCodec codec) {
      codec.part("counter");
      count = codec.int64(count);
      window = codec.grown(window);
    }
  }

  @BeforeEach
  void write() {
    store = new CheckpointStore(temp.resolve("checkpoints"));
    final Counter counter = new Counter();
    counter.count = 42;
    counter.window = new double[] {1.5, -0.0};
    final StateWriter state = new StateWriter();
    counter.state(state);
    new CheckpointFile(store, OWNER, 3, new Held()).write(PLACE, state);
  }

  private void refused(final Owner owner, final String reason) {
    assertThatThrownBy(() -> Checkpoint.read(store, 7, owner))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("00000000000000000007.ckpt")
        .hasMessageContaining(reason);
  }

  @Test
  void whatWasSavedComesBack() {
    final Checkpoint read = Checkpoint.read(store, 7, OWNER);
    assertThat(read.place()).isEqualTo(PLACE);
    assertThat(read.generation()).isEqualTo(3);
    final Counter counter = new Counter();
    read.restore(counter);
    assertThat(counter.count).isEqualTo(42);
    assertThat(counter.window).containsExactly(1.5, -0.0);
    assertThat(read.held().positions()).isEmpty();
  }

  @Test
  void aCheckpointOfAnotherOwnerIsRefusedWithTheReason() {
    refused(new Owner("20151224T143000.000000000Z-0002", 0x1234, OWNER.strategy()), "run 2015");
    refused(new Owner(OWNER.runId(), 0x1235, OWNER.strategy()), "another config");
    refused(new Owner(OWNER.runId(), 0x1234, "cd".repeat(32)), "another strategy");
    refused(new Owner(OWNER.runId(), 0x1234, ""), "another strategy");
  }

  @Test
  void aRenamedCheckpointIsRefused() throws Exception {
    Files.move(store.file(7), store.file(8));
    assertThatThrownBy(() -> Checkpoint.read(store, 8, OWNER))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another input than its name says");
  }

  /** Written again with a sound check, so that only the content is wrong. */
  private void rewrite(final int offset, final int value) {
    final DirectBuffer content = store.read(7);
    final byte[] bytes = new byte[content.capacity()];
    content.getBytes(0, bytes);
    new UnsafeBuffer(bytes).putInt(offset, value, java.nio.ByteOrder.LITTLE_ENDIAN);
    store.write(7, bytes, bytes.length);
  }

  @Test
  void anotherLayoutIsRefused() {
    rewrite(
        MessageHeaderEncoder.ENCODED_LENGTH + CheckpointHeaderEncoder.layoutEncodingOffset(),
        Checkpoint.LAYOUT + 1);
    refused(OWNER, "has layout " + (Checkpoint.LAYOUT + 1));
  }

  @Test
  void anotherSchemaIsRefused() {
    rewrite(MessageHeaderEncoder.schemaIdEncodingOffset(), 99 | (1 << 16));
    refused(OWNER, "another schema");
  }

  @Test
  void otherPartsAreRefused() {
    rewrite(MessageHeaderEncoder.ENCODED_LENGTH + CheckpointHeaderEncoder.partsEncodingOffset(), 5);
    refused(OWNER, "other parts");
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    final Checkpoint read = Checkpoint.read(store, 7, OWNER);
    final Stateful other =
        codec -> {
          codec.part("other");
          codec.int64(0);
        };
    final Stateful shorter = codec -> codec.part("counter");
    final Stateful longer =
        codec -> {
          new Counter().state(codec);
          codec.int64(0);
        };
    final Stateful throwing =
        codec -> {
          throw new IllegalStateException("no");
        };
    for (final Stateful misfit : new Stateful[] {other, shorter, longer, throwing}) {
      assertThatThrownBy(() -> read.restore(misfit))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("does not fit this version");
    }
  }

  /** Bytes that pass the check but are not what was written: refused or read, never worse. */
  @Test
  void anyContentIsReadOrRefused() {
    final long seed = System.nanoTime();
    final SplittableRandom random = new SplittableRandom(seed);
    final DirectBuffer content = store.read(7);
    final byte[] whole = new byte[content.capacity()];
    content.getBytes(0, whole);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      final byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      final int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      store.write(7, bytes, length);
      try {
        final Checkpoint read = Checkpoint.read(store, 7, OWNER);
        read.held();
        read.restore(new Counter());
      } catch (final CheckpointException e) {
        refused++;
      } catch (final RuntimeException e) {
        throw new AssertionError("seed " + seed + ", try " + i, e);
      }
    }
    assertThat(refused).as("seed %d", seed).isGreaterThan(50);
  }
}
