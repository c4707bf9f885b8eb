package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that stands where another does, wherever that is. */
final class JournalForkTest {
  private static final int RECORDS = 300;
  private static final int LONGEST = 40;

  @TempDir private Path directory;

  private static List<JournalFixture.Entry> rest(final JournalReader reader) {
    final List<JournalFixture.Entry> entries = new ArrayList<>();
    while (reader.next()) {
      final List<Byte> payload = new ArrayList<>();
      for (int i = 0; i < reader.length(); i++) {
        payload.add(reader.buffer().getByte(reader.offset() + i));
      }
      entries.add(
          new JournalFixture.Entry(
              reader.sequence(), reader.ingressTimeNanos(), reader.templateId(), payload));
    }
    return entries;
  }

  /** Before the first record, between any two of a document or of two, behind the last. */
  @Test
  void aForkReadsWhatItsOriginHasYetToRead() {
    final long seed = System.nanoTime();
    JournalFixture.write(directory, RECORDS, LONGEST, seed);
    final List<JournalFixture.Entry> all = JournalFixture.read(directory);
    try (JournalReader origin = JournalReader.open(directory)) {
      for (int passed = 0; passed <= RECORDS; passed++) {
        try (JournalReader fork = origin.fork()) {
          assertThat(fork.sequence()).isEqualTo(passed);
          assertThat(fork.chain()).isEqualTo(origin.chain());
          assertThat(rest(fork))
              .as("seed %d, behind %d", seed, passed)
              .isEqualTo(all.subList(passed, RECORDS));
          assertThat(fork.end()).isEqualTo(JournalEnd.CLEAN);
        }
        assertThat(origin.next()).as("the origin stays where it was").isEqualTo(passed < RECORDS);
      }
    }
  }

  @Test
  void theWayToARecordAndTheRestAreAFullScan() {
    final long seed = System.nanoTime();
    final ExpectedEnd end = JournalFixture.write(directory, RECORDS, LONGEST, seed);
    final VerifyResult whole = JournalVerifier.verify(directory, end);
    try (JournalReader origin = JournalReader.open(directory)) {
      for (int passed = 0; passed <= RECORDS; passed++) {
        try (JournalReader fork = origin.fork()) {
          assertThat(JournalVerifier.rest(fork))
              .as("seed %d, behind %d", seed, passed)
              .usingRecursiveComparison()
              .ignoringFields("elapsedNanos")
              .isEqualTo(whole);
        }
        origin.next();
      }
    }
  }

  /** A writer that died between the last byte of a document and its header. */
  @Test
  void aForkInADocumentThatWasNotMarkedCompleteReadsItToItsEnd() throws IOException {
    JournalFixture.write(directory, RECORDS, LONGEST, 11);
    final byte[] open = JournalFixture.withoutEnd(JournalFixture.bytes(directory), directory);
    final Path killed = JournalFixture.place(directory.resolve("killed"), open);
    final long last = JournalVerifier.verify(killed).fileBytes();
    long document = 0;
    try (JournalReader reader = JournalReader.open(killed)) {
      for (long before = 0; reader.next(); before = reader.filePosition()) {
        document = reader.filePosition() == last && before != last ? before : document;
      }
    }
    for (int i = 0; i < QueueFile.HEADER_BYTES; i++) {
      open[(int) document + i] = 0;
    }
    Files.write(JournalFixture.queueFile(killed), open);
    final List<JournalFixture.Entry> all = JournalFixture.read(killed);
    assertThat(all).hasSize(RECORDS);
    try (JournalReader origin = JournalReader.open(killed)) {
      for (int passed = 0; passed <= RECORDS; passed++) {
        try (JournalReader fork = origin.fork()) {
          assertThat(rest(fork)).as("behind %d", passed).isEqualTo(all.subList(passed, RECORDS));
          assertThat(fork.end()).isEqualTo(JournalEnd.OPEN);
        }
        origin.next();
      }
    }
  }

  /** What lies before a fork was read by its origin: damage there is the origin's to find. */
  @Test
  void damageBehindAForkIsFoundByIt() throws IOException {
    JournalFixture.write(directory, RECORDS, LONGEST, 12);
    final byte[] bytes = JournalFixture.bytes(directory);
    final int last = (int) JournalVerifier.verify(directory).fileBytes();
    try (JournalReader origin = JournalReader.open(directory)) {
      for (int i = 0; i < RECORDS / 2; i++) {
        origin.next();
      }
      bytes[last - 2 * RecordDescriptor.MIN_BLOCK_BYTES] ^= 1;
      Files.write(JournalFixture.queueFile(directory), bytes);
      try (JournalReader fork = origin.fork()) {
        assertThat(JournalVerifier.rest(fork).isSound()).isFalse();
      }
    }
  }
}
