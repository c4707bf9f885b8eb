package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final byte[] CONTENT = content();

  @TempDir private Path temp;
  private CheckpointStore store;

  private static byte[] content() {
    final byte[] bytes = new byte[100];
    new SplittableRandom(7).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void open() {
    store = new CheckpointStore(temp.resolve("checkpoints"));
  }

  private void write(final long sequence) {
    store.write(sequence, CONTENT, CONTENT.length);
  }

  @Test
  void whatIsWrittenComesBack() {
    final byte[] longer = Arrays.copyOf(CONTENT, CONTENT.length + 50);
    store.write(12, longer, CONTENT.length);
    final DirectBuffer read = store.read(12);
    final byte[] bytes = new byte[read.capacity()];
    read.getBytes(0, bytes);
    assertThat(bytes).isEqualTo(CONTENT);
    store.write(13, CONTENT, 0);
    assertThat(store.read(13).capacity()).isZero();
  }

  /** The layout that the class draws, byte by byte. */
  @Test
  void aFileIsTheContentAndATrailer() throws IOException {
    write(12);
    final Path file = store.file(12);
    assertThat(file).hasFileName("00000000000000000012.ckpt");
    final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity()).isEqualTo(116);
    assertThat(Arrays.copyOf(bytes.array(), 100)).isEqualTo(CONTENT);
    assertThat(bytes.getLong(100)).isEqualTo(100);
    assertThat(new String(bytes.array(), 108, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("CKC1");
    final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(bytes.array(), 0, 112);
    assertThat(bytes.getInt(112)).isEqualTo((int) crc.getValue());
  }

  @Test
  void aRunWithoutCheckpointsHasNone() {
    assertThat(store.sequences()).isEmpty();
    store.prune(1);
    assertThat(temp.resolve("checkpoints")).doesNotExist();
    assertThatThrownBy(() -> store.read(5)).isInstanceOf(CheckpointException.class);
  }

  @Test
  void theNewestComesFirstAndOtherNamesAreLeftAlone() throws IOException {
    write(3);
    write(1_000_000_000_000L);
    write(0);
    Files.createFile(temp.resolve("checkpoints/notes.txt"));
    Files.createFile(temp.resolve("checkpoints/99999999999999999999.ckpt"));
    assertThat(store.sequences()).containsExactly(1_000_000_000_000L, 3L, 0L);
  }

  @Test
  void theOldestAreDeletedAndSoIsWhatAKillLeft() throws IOException {
    for (int sequence = 1; sequence <= 5; sequence++) {
      write(sequence);
    }
    final Path half = temp.resolve("checkpoints/00000000000000000006.ckpt.tmp");
    Files.write(half, new byte[] {1, 2, 3});
    assertThat(store.sequences()).as("a half-written one is none").hasSize(5);
    store.prune(2);
    assertThat(store.sequences()).containsExactly(5L, 4L);
    assertThat(half).doesNotExist();
    try (Stream<Path> left = Files.list(temp.resolve("checkpoints"))) {
      assertThat(left).hasSize(2);
    }
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    write(1);
    final byte[] whole = Files.readAllBytes(store.file(1));
    for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
      final byte[] damaged = whole.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      Files.write(store.file(1), damaged);
      assertThatThrownBy(() -> store.read(1))
          .as("bit %d", bit)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("00000000000000000001.ckpt");
    }
  }

  @Test
  void everyCutAndAnythingBehindTheEndIsFound() throws IOException {
    write(1);
    final byte[] whole = Files.readAllBytes(store.file(1));
    for (int length = 0; length < whole.length; length++) {
      Files.write(store.file(1), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> store.read(1))
          .as("cut to %d", length)
          .isInstanceOf(CheckpointException.class);
    }
    Files.write(store.file(1), Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> store.read(1)).isInstanceOf(CheckpointException.class);
    Files.write(store.file(1), new byte[whole.length]);
    assertThatThrownBy(() -> store.read(1)).isInstanceOf(CheckpointException.class);
  }

  @Test
  void aDiskThatTakesNothingIsToldAndLeavesTheOthers() throws IOException {
    write(1);
    // A directory of its name stands where the file would be begun: as unwritable for root too.
    Files.createDirectory(temp.resolve("checkpoints/00000000000000000002.ckpt.tmp"));
    assertThatThrownBy(() -> write(2))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("00000000000000000002.ckpt");
    assertThat(store.sequences()).containsExactly(1L);
    assertThat(store.read(1).capacity()).isEqualTo(100);
  }
}
