package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalRoundTripTest {
  private static final JournalOptions OPTIONS = JournalFixture.SMALL;

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadBack() {
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[64]);
    final long chain;
    try (JournalWriter writer = JournalWriter.open(directory, OPTIONS.withChainSeed(77))) {
      for (int i = 1; i <= 10_000; i++) {
        payload.putLong(0, i);
        writer.append(i, 1000L * i, i % 7, payload, 0, i % 65);
        if (i % 3 == 0) {
          writer.flush();
        }
      }
      chain = writer.chain();
    }
    try (JournalReader reader = JournalReader.open(directory)) {
      for (int i = 1; i <= 10_000; i++) {
        payload.putLong(0, i);
        assertThat(reader.next()).isTrue();
        assertThat(reader.sequence()).isEqualTo(i);
        assertThat(reader.ingressTimeNanos()).isEqualTo(1000L * i);
        assertThat(reader.templateId()).isEqualTo(i % 7);
        assertThat(reader.length()).isEqualTo(i % 65);
        for (int b = 0; b < reader.length(); b++) {
          assertThat(reader.buffer().getByte(reader.offset() + b)).isEqualTo(payload.getByte(b));
        }
      }
      assertThat(reader.next()).isFalse();
      assertThat(reader.end()).isEqualTo(JournalEnd.CLEAN);
      assertThat(reader.chain()).isEqualTo(chain);
      assertThat(reader.chainSeed()).isEqualTo(77);
    }
    assertThat(JournalVerifier.verify(directory, new ExpectedEnd(10_000, chain)).isSound())
        .isTrue();
  }

  @Test
  void aGapInTheSequenceIsRefusedBeforeAnythingIsWritten() {
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
    try (JournalWriter writer = JournalWriter.open(directory, OPTIONS)) {
      assertThatThrownBy(() -> writer.append(2, 0, 1, payload, 0, 8))
          .hasMessage("journal sequence 2 does not follow 0");
      writer.append(1, 0, 1, payload, 0, 8);
      assertThatThrownBy(() -> writer.append(1, 0, 1, payload, 0, 8))
          .hasMessage("journal sequence 1 does not follow 1");
      assertThatThrownBy(() -> writer.append(3, 0, 1, payload, 0, 8))
          .hasMessage("journal sequence 3 does not follow 1");
    }
    assertThat(JournalVerifier.verify(directory).records()).isEqualTo(1);
  }
}
