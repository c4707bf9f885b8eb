package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader follows a journal while it is being written. */
@Timeout(60)
final class JournalLiveTest {
  private static final int RECORDS = 50_000;

  @TempDir private Path directory;

  /** Again and again: what a reader may see of a block that is being copied takes luck to meet. */
  @RepeatedTest(10)
  void aReaderFollowsAWriterToItsCleanEnd() throws InterruptedException {
    final AtomicReference<Throwable> failure = new AtomicReference<>();
    final Thread writing =
        new Thread(
            () -> {
              try {
                write();
              } catch (RuntimeException | Error e) {
                failure.set(e);
              }
            });
    long last = 0;
    JournalEnd end = JournalEnd.OPEN;
    // Opened before there is a queue file.
    try (JournalReader reader = JournalReader.open(directory)) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.end()).isEqualTo(JournalEnd.OPEN);
      writing.start();
      int asked = 0;
      while (end != JournalEnd.CLEAN) {
        if (reader.next()) {
          last++;
          assertThat(reader.sequence()).isEqualTo(last);
          assertThat(reader.buffer().getLong(reader.offset())).isEqualTo(last * 31);
        } else if (asked++ % 5 == 0 || last == RECORDS) {
          end = reader.end();
          assertThat(end).as("after %d: %s", last, reader.fault()).isNotEqualTo(JournalEnd.FAULT);
        }
      }
    }
    writing.join();
    assertThat(failure.get()).isNull();
    assertThat(last).isEqualTo(RECORDS);
  }

  private void write() {
    final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(200));
    try (JournalWriter writer = JournalWriter.open(directory, JournalFixture.SMALL)) {
      for (long i = 1; i <= RECORDS; i++) {
        payload.putLong(0, i * 31);
        writer.append(i, i, 1, payload, 0, 8 + (int) (i % 190));
        if (i % 3 == 0) {
          writer.flush();
        }
      }
    }
  }

  @Test
  void whatIsNotFlushedIsNotSeen() {
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[16]);
    try (JournalWriter writer = JournalWriter.open(directory, JournalFixture.SMALL);
        JournalReader reader = JournalReader.open(directory)) {
      writer.append(1, 10, 1, payload, 0, 16);
      assertThat(reader.next()).isFalse();
      assertThat(writer.publishedSequence()).isZero();
      writer.flush();
      assertThat(writer.publishedSequence()).isEqualTo(1);
      assertThat(reader.next()).isTrue();
      assertThat(reader.next()).isFalse();
      assertThat(reader.end()).isEqualTo(JournalEnd.OPEN);
    }
  }
}
