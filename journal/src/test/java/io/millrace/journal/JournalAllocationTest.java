package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After warm-up neither an append, a flush nor a read allocates a byte on its thread. */
final class JournalAllocationTest {
  private static final int WARM_UP = 200_000;
  private static final int MEASURED = 100_000;
  private static final int PAYLOAD_BYTES = 64;

  @TempDir private Path directory;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(PAYLOAD_BYTES));

  private long allocated() {
    return threads.getCurrentThreadAllocatedBytes();
  }

  private void append(
      final JournalWriter writer, final long from, final int count, final int batch) {
    for (long sequence = from; sequence < from + count; sequence++) {
      payload.putLong(0, sequence);
      writer.append(sequence, sequence * 500, 3, payload, 0, PAYLOAD_BYTES);
      if (sequence % batch == 0) {
        writer.flush();
      }
    }
  }

  @Test
  void appendAndFlushAllocateNothing() {
    for (final int batch : new int[] {1, 16}) {
      try (JournalWriter writer =
          JournalWriter.open(directory.resolve("batch" + batch), JournalOptions.defaults())) {
        append(writer, 1, WARM_UP, batch);
        allocated();
        final long before = allocated();
        append(writer, 1 + WARM_UP, MEASURED, batch);
        assertThat(allocated() - before).as("batches of %d", batch).isZero();
      }
    }
  }

  @Test
  void readingAllocatesNothing() {
    try (JournalWriter writer = JournalWriter.open(directory, JournalOptions.defaults())) {
      append(writer, 1, WARM_UP + MEASURED, 5);
    }
    final long[] sum = new long[1];
    final RecordHandler handler =
        (sequence, time, template, buffer, offset, length) -> sum[0] += buffer.getLong(offset);
    try (JournalReader reader = JournalReader.open(directory)) {
      assertThat(reader.poll(handler, WARM_UP)).isEqualTo(WARM_UP);
      allocated();
      final long before = allocated();
      final int count = reader.poll(handler, MEASURED);
      assertThat(allocated() - before).isZero();
      assertThat(count).isEqualTo(MEASURED);
    }
    final long records = WARM_UP + MEASURED;
    assertThat(sum[0]).isEqualTo(records * (records + 1) / 2);
  }
}
