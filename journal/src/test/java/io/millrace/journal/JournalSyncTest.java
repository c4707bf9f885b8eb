package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class JournalSyncTest {
  private static final UnsafeBuffer PAYLOAD = new UnsafeBuffer(new byte[64]);

  @TempDir private Path temp;

  @Test
  void everyFlushIsDurableInModeEvery() {
    try (JournalWriter writer =
        JournalWriter.open(temp, JournalFixture.SMALL.withSyncMode(SyncMode.EVERY))) {
      for (int i = 1; i <= 5; i++) {
        writer.append(i, i, 1, PAYLOAD, 0, 64);
        writer.flush();
        assertThat(writer.durableSequence()).isEqualTo(i);
      }
      assertThat(writer.longestSyncNanos()).isPositive();
    }
  }

  @Test
  void groupCommitFollowsTheWriter() throws InterruptedException {
    try (JournalWriter writer =
        JournalWriter.open(
            temp,
            JournalFixture.SMALL
                .withSyncMode(SyncMode.INTERVAL)
                .withSyncIntervalNanos(1_000_000L))) {
      writer.append(1, 1, 1, PAYLOAD, 0, 64);
      writer.flush();
      while (writer.durableSequence() < 1) {
        Thread.sleep(1);
      }
    }
  }

  @Test
  void nothingIsForcedInModeNoneUnlessAsked() {
    try (JournalWriter writer = JournalWriter.open(temp, JournalFixture.SMALL)) {
      writer.append(1, 1, 1, PAYLOAD, 0, 64);
      writer.flush();
      assertThat(writer.durableSequence()).isZero();
      writer.sync();
      assertThat(writer.durableSequence()).isEqualTo(1);
    }
  }

  @Test
  void aFailedForceIsToldToTheFatalHandlerOnce() throws IOException, InterruptedException {
    final Path file = Files.write(temp.resolve("file"), new byte[8]);
    final CountDownLatch told = new CountDownLatch(1);
    final AtomicReference<String> reason = new AtomicReference<>();
    final JournalSync sync =
        new JournalSync(
            file,
            JournalFixture.SMALL
                .withSyncMode(SyncMode.INTERVAL)
                .withSyncIntervalNanos(1_000_000L)
                .withFatalHandler(
                    (why, cause) -> {
                      reason.compareAndSet(null, why);
                      told.countDown();
                    }),
            () -> {
              throw new IOException("No space left on device");
            });
    sync.start();
    assertThat(told.getCount()).as("nothing was published yet").isEqualTo(1);
    sync.published(1);
    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(reason.get()).isEqualTo("the journal " + file + " cannot be forced to the disk");
    assertThat(sync.durableSequence()).isZero();
    assertThat(sync.hasFailed()).isTrue();
    sync.close();
  }
}
