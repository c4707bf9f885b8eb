package io.millrace.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Small journals with content that a reader can be held to. */
final class JournalFixture {
  static final JournalOptions SMALL =
      JournalOptions.defaults()
          .withMappingBytes(JournalOptions.MIN_MAPPING_BYTES)
          .withSyncMode(SyncMode.NONE)
          .withDiskReserveBytes(0);

  static final long SEED_CHAIN = 0x1234_5678_9ABC_DEF0L;

  private JournalFixture() {}

  /** One record as plain values. */
  record Entry(long sequence, long timeNanos, int templateId, List<Byte> payload) {}

  /**
   * Writes {@code records} records of 0 to {@code maxLength} bytes, one to four to a document; then
   * closes or abandons.
   */
  static ExpectedEnd write(
      final Path directory, final int records, final int maxLength, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[Math.max(8, maxLength)]);
    final JournalWriter writer = JournalWriter.open(directory, SMALL.withChainSeed(SEED_CHAIN));
    try (writer) {
      long time = 1_700_000_000_000_000_000L;
      for (int i = 1; i <= records; i++) {
        final int length = random.nextInt(maxLength + 1);
        for (int b = 0; b < length; b++) {
          payload.putByte(b, (byte) random.nextInt());
        }
        time += random.nextInt(10) == 0 ? -5 : random.nextLong(10_000_000_000L);
        writer.append(i, time, random.nextInt(0x10000), payload, 0, length);
        if (random.nextInt(3) == 0) {
          writer.flush();
        }
      }
    }
    return new ExpectedEnd(records, writer.chain());
  }

  static List<Entry> read(final Path directory) {
    final List<Entry> entries = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(directory)) {
      while (reader.next()) {
        final List<Byte> payload = new ArrayList<>();
        for (int i = 0; i < reader.length(); i++) {
          payload.add(reader.buffer().getByte(reader.offset() + i));
        }
        entries.add(
            new Entry(reader.sequence(), reader.ingressTimeNanos(), reader.templateId(), payload));
      }
    }
    return entries;
  }

  static Path queueFile(final Path directory) {
    return QueueFile.in(directory).get(0);
  }

  /** The bytes of the queue file. */
  static byte[] bytes(final Path directory) {
    try {
      return Files.readAllBytes(queueFile(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A queue directory whose file has these bytes. */
  static Path place(final Path directory, final byte[] bytes) {
    try {
      Files.createDirectories(directory);
      Files.write(directory.resolve("19700101F.cq4"), bytes);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts the end block off a closed journal, which then looks as after a kill. */
  static byte[] withoutEnd(final byte[] closed, final Path directory) {
    final byte[] open = closed.clone();
    final int end = (int) JournalVerifier.verify(directory).fileBytes();
    java.util.Arrays.fill(
        open, end - RecordDescriptor.MIN_BLOCK_BYTES - QueueFile.HEADER_BYTES, end, (byte) 0);
    return open;
  }
}
