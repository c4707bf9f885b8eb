package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The price of our framing: append and flush against a raw Chronicle append of the same payload, in
 * turns within one process, medians compared. Prints a table; the bound is the specification's.
 */
@Tag("timing")
final class AppendCostTest {
  private static final int ROUNDS = 9;
  private static final int RECORDS = 1_000_000;

  /** The goal is 1.3, which batches meet; one record a document pays for a block's frame alone. */
  private static final double MAX_SINGLE_RATIO = 1.9;

  @TempDir private Path directory;
  private int round;

  @Test
  void batchesOfEightCostLessThanARawAppendOfEachRecord() throws IOException {
    for (final int length : new int[] {64, 128}) {
      assertThat(compare(length, 8)).as("%d bytes", length).isLessThan(1.0);
    }
    assertThat(compare(64, 64)).isLessThan(1.0);
  }

  @Test
  void oneRecordADocumentStaysNearARawAppend() throws IOException {
    for (final int length : new int[] {64, 128}) {
      assertThat(compare(length, 1)).as("%d bytes", length).isLessThan(MAX_SINGLE_RATIO);
    }
  }

  /** Prints one row and returns the ratio of our append to a raw append of the payload alone. */
  private double compare(final int length, final int batch) throws IOException {
    final int framing =
        (RecordDescriptor.MIN_BLOCK_BYTES + batch - 1) / batch
            + RecordDescriptor.RECORD_HEADER_BYTES
            + RecordDescriptor.CHECK_BYTES;
    final double[] raw = new double[ROUNDS];
    final double[] framed = new double[ROUNDS];
    final double[] ours = new double[ROUNDS];
    final double[] read = new double[ROUNDS];
    for (int i = -2; i < ROUNDS; i++) {
      final double rawNanos = rawNanos(length);
      final double[] oursNanos = oursNanos(length, batch);
      final double framedNanos = rawNanos(length + framing);
      if (i >= 0) {
        raw[i] = rawNanos;
        framed[i] = framedNanos;
        ours[i] = oursNanos[0];
        read[i] = oursNanos[1];
      }
    }
    final double ratio = median(ours) / median(raw);
    System.out.printf(
        Locale.ROOT,
        "journal append, %d bytes, %d a document: %.0f ns; raw Chronicle %.0f ns, ratio %.2f;"
            + " raw with our framing's bytes %.0f ns, ratio %.2f; verify %.0f ns%n",
        length,
        batch,
        median(ours),
        median(raw),
        ratio,
        median(framed),
        median(ours) / median(framed),
        median(read));
    return ratio;
  }

  private static double median(final double[] values) {
    final double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private double rawNanos(final int length) throws IOException {
    final Path path = directory.resolve("raw" + round++);
    final BytesStore<?, ?> store = BytesStore.follow(ByteBuffer.allocateDirect(length));
    final long start;
    final long end;
    try (SingleChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(path)
                .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> 0L)
                .blockSize(JournalOptions.DEFAULT_MAPPING_BYTES)
                .build();
        ExcerptAppender appender = queue.createAppender()) {
      appender.writeBytes(store);
      start = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        store.writeLong(0, i);
        appender.writeBytes(store);
      }
      end = System.nanoTime();
      assertThat(appender.wire().bytes().writePosition())
          .isGreaterThan((long) RECORDS * (length + QueueFile.HEADER_BYTES));
    }
    delete(path);
    return (double) (end - start) / RECORDS;
  }

  private double[] oursNanos(final int length, final int batch) throws IOException {
    final Path path = directory.resolve("ours" + round++);
    final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    final double[] nanos = new double[2];
    try (JournalWriter writer =
        JournalWriter.open(path, JournalOptions.defaults().withSyncMode(SyncMode.NONE))) {
      final long start = System.nanoTime();
      for (int i = 1; i <= RECORDS; i++) {
        payload.putLong(0, i);
        writer.append(i, i * 1000L, 7, payload, 0, length);
        if (i % batch == 0) {
          writer.flush();
        }
      }
      nanos[0] = (double) (System.nanoTime() - start) / RECORDS;
    }
    final VerifyResult result = JournalVerifier.verify(path);
    assertThat(result.records()).isEqualTo(RECORDS);
    nanos[1] = (double) result.elapsedNanos() / RECORDS;
    delete(path);
    return nanos;
  }

  private static void delete(final Path path) throws IOException {
    try (var files = Files.list(path)) {
      for (final Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }
}
