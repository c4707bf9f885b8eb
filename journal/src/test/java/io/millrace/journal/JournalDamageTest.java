package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.journal.JournalFixture.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage to the queue file. The rule: a damaged journal is found to be damaged, or every record is
 * still read back as it was written. "Closed" journals have an end block, "killed" ones have not.
 */
final class JournalDamageTest {
  private static final int PAGE_BYTES = 4096;
  private static final int RECORDS = 300;
  private static final int CUT_BYTES = 8192;

  @TempDir private Path temp;
  private Path damaged;
  private byte[] closed;
  private byte[] killed;
  private List<Entry> written;
  private ExpectedEnd expected;
  private int usedEnd;
  private int firstBlock;

  @BeforeEach
  void writeJournal() {
    final Path sound = temp.resolve("sound");
    expected = JournalFixture.write(sound, RECORDS, 80, 42);
    written = JournalFixture.read(sound);
    closed = JournalFixture.bytes(sound);
    killed = JournalFixture.withoutEnd(closed, sound);
    usedEnd = (int) JournalVerifier.verify(sound).fileBytes();
    firstBlock = firstBlock();
    damaged = JournalFixture.place(temp.resolve("damaged"), closed);
    assertThat(written).hasSize(RECORDS);
  }

  /** Position of the first document that is not Chronicle's. */
  private int firstBlock() {
    final ByteBuffer buffer = ByteBuffer.wrap(closed).order(RecordDescriptor.ORDER);
    int position = 0;
    while (QueueFile.isMeta(buffer.getInt(position))) {
      position +=
          QueueFile.HEADER_BYTES
              + (int) RecordDescriptor.align4(QueueFile.length(buffer.getInt(position)));
    }
    return position;
  }

  private void poke(final long position, final byte... bytes) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(JournalFixture.queueFile(damaged).toFile(), "rw")) {
      file.seek(position);
      file.write(bytes);
    }
  }

  /** Flips the bits of one byte in place, judges, and puts the byte back. */
  private void flipAndJudge(final byte[] original, final int position, final int mask)
      throws IOException {
    poke(position, (byte) (original[position] ^ mask));
    final VerifyResult result = JournalVerifier.verify(damaged);
    if (result.isSound()) {
      assertThat(JournalFixture.read(damaged))
          .as("flip of %02x at %d passed as %s", mask, position, result.end())
          .isEqualTo(written);
    } else {
      assertThat(result.fault().sequence())
          .as("flip of %02x at %d: %s", mask, position, result.fault())
          .isBetween(1L, RECORDS + 1L);
    }
    poke(position, original[position]);
  }

  @Test
  void aFlippedByteInOurDocumentsIsFoundOrHarmlessInAClosedJournal() throws IOException {
    for (int position = firstBlock; position < usedEnd; position++) {
      flipAndJudge(closed, position, 0xFF);
    }
  }

  @Test
  void aFlippedByteInOurDocumentsIsFoundOrHarmlessInAKilledJournal() throws IOException {
    JournalFixture.place(damaged, killed);
    for (int position = firstBlock; position < usedEnd; position++) {
      flipAndJudge(killed, position, 0xFF);
    }
  }

  @Test
  void aHeaderByteTurnedToZeroIsFoundOrHarmlessInAKilledJournal() throws IOException {
    JournalFixture.place(damaged, killed);
    for (int position = firstBlock; position < usedEnd; position++) {
      if (killed[position] != 0) {
        flipAndJudge(killed, position, killed[position]);
      }
    }
  }

  @Test
  void aFlippedByteInARecordIsNamedByItsSequence() throws IOException {
    final Path sound = temp.resolve("sound");
    int found = 0;
    try (JournalReader reader = JournalReader.open(sound)) {
      while (reader.next()) {
        if (reader.length() == 0) {
          continue;
        }
        // The window of so small a file starts at its first byte, so an offset is a file position.
        final int position = reader.offset() + reader.length() / 2;
        poke(position, (byte) (closed[position] ^ 1));
        final VerifyResult result = JournalVerifier.verify(damaged);
        assertThat(result.fault().kind()).isEqualTo(JournalFault.Kind.BAD_RECORD);
        assertThat(result.fault().sequence()).isEqualTo(reader.sequence());
        assertThat(result.lastSequence()).isEqualTo(reader.sequence() - 1);
        poke(position, closed[position]);
        found++;
      }
    }
    assertThat(found).isGreaterThan(RECORDS / 2);
  }

  @Test
  void flippedBitsAnywhereInTheUsedFileAreFoundOrHarmless() throws IOException {
    final SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1_000; i++) {
      flipAndJudge(closed, random.nextInt(usedEnd), 1 << random.nextInt(8));
    }
  }

  @Test
  @Tag("slow")
  void everyFlippedByteOfTheUsedFileIsFoundOrHarmless() throws IOException {
    for (final int mask : new int[] {0x01, 0x40, 0x80, 0xFF}) {
      for (int position = 0; position < usedEnd; position++) {
        flipAndJudge(closed, position, mask);
      }
    }
    JournalFixture.place(damaged, killed);
    for (int position = 0; position < usedEnd; position++) {
      flipAndJudge(killed, position, 0xFF);
    }
  }

  @Test
  void flipsInChroniclesHeadersOfOurDocumentsAreFound() throws IOException {
    final ByteBuffer buffer = ByteBuffer.wrap(closed).order(RecordDescriptor.ORDER);
    int position = firstBlock;
    while (buffer.getInt(position) != 0) {
      final int length = QueueFile.length(buffer.getInt(position));
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        final int at = position + bit / Byte.SIZE;
        poke(at, (byte) (closed[at] ^ (1 << (bit % Byte.SIZE))));
        assertThat(JournalVerifier.verify(damaged).isSound())
            .as("bit %d of the header at %d", bit, position)
            .isFalse();
        poke(at, closed[at]);
      }
      position += QueueFile.HEADER_BYTES + (int) RecordDescriptor.align4(length);
    }
    assertThat(position).isEqualTo(usedEnd);
  }

  @Test
  void aFlipThatEndsTheReadEarlyIsFoundAgainstTheManifest() throws IOException {
    for (int position = firstBlock; position < usedEnd; position++) {
      poke(position, (byte) 0);
      final VerifyResult result = JournalVerifier.verify(damaged, expected);
      if (result.isSound()) {
        assertThat(JournalFixture.read(damaged)).isEqualTo(written);
      }
      poke(position, closed[position]);
    }
    assertThat(JournalVerifier.verify(damaged, expected).isSound()).isTrue();
  }

  @Test
  void aJournalCutAtAnyByteOfItsLast8KiBIsTorn() throws IOException {
    cutAndJudge(usedEnd - CUT_BYTES);
  }

  @Test
  @Tag("slow")
  void aJournalCutAtAnyByteAtAllIsTorn() throws IOException {
    cutAndJudge(0);
  }

  /** Shortens the file byte by byte. */
  private void cutAndJudge(final int least) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(JournalFixture.queueFile(damaged).toFile(), "rw")) {
      for (int size = usedEnd; size >= least; size--) {
        file.setLength(size);
        judgeCut(size);
      }
    }
  }

  private void judgeCut(final int size) {
    final VerifyResult result = JournalVerifier.verify(damaged);
    final List<Entry> read = JournalFixture.read(damaged);
    assertThat(read).as("cut to %d", size).isEqualTo(written.subList(0, read.size()));
    assertThat(result.records()).isEqualTo(read.size());
    // A cut removes the tail and nothing else, so it is never taken for damage in the middle.
    assertThat(result.end())
        .as("cut to %d: %s", size, result.fault())
        .isIn(
            size == usedEnd
                ? List.of(JournalEnd.CLEAN)
                : List.of(JournalEnd.OPEN, JournalEnd.TORN));
    assertThat(JournalVerifier.verify(damaged, expected).isSound()).isEqualTo(size == usedEnd);
  }

  @Test
  void aZeroedPageIsFound() throws IOException {
    for (final byte[] original : List.of(closed, killed)) {
      JournalFixture.place(damaged, original);
      final int end = (int) JournalVerifier.verify(damaged).fileBytes();
      final int lastPage = (end - 1) / PAGE_BYTES * PAGE_BYTES;
      for (int page = 0; page <= lastPage; page += PAGE_BYTES) {
        poke(page, new byte[PAGE_BYTES]);
        final VerifyResult result = JournalVerifier.verify(damaged);
        final List<Entry> read = JournalFixture.read(damaged);
        if (page == lastPage) {
          // Indistinguishable from a page that never reached the disk, except by the manifest.
          assertThat(result.end()).isNotEqualTo(JournalEnd.CLEAN);
          assertThat(read).isEqualTo(written.subList(0, read.size()));
          assertThat(JournalVerifier.verify(damaged, expected).isSound()).isFalse();
        } else if (page + PAGE_BYTES > firstBlock || !result.isSound()) {
          assertThat(result.fault()).as("page at %d", page).isNotNull();
        } else {
          // A page of Chronicle's index holds nothing of ours.
          assertThat(read).isEqualTo(written);
        }
        poke(
            page, Arrays.copyOfRange(original, page, Math.min(page + PAGE_BYTES, original.length)));
      }
    }
  }

  @Test
  void aWholeDocumentTakenOutIsAGapAndOneReplacedBreaksTheChain() {
    final ByteBuffer buffer = ByteBuffer.wrap(closed).order(RecordDescriptor.ORDER);
    final int start = firstBlock + QueueFile.HEADER_BYTES + RecordDescriptor.MIN_BLOCK_BYTES;
    final int size =
        QueueFile.HEADER_BYTES
            + (int) RecordDescriptor.align4(QueueFile.length(buffer.getInt(start)));
    final byte[] without = new byte[closed.length];
    System.arraycopy(closed, 0, without, 0, start);
    System.arraycopy(closed, start + size, without, start, closed.length - start - size);
    JournalFixture.place(damaged, without);
    assertThat(JournalVerifier.verify(damaged).fault().kind())
        .isEqualTo(JournalFault.Kind.SEQUENCE_GAP);

    // The same first records after another seed: each matches its check, none the chain.
    final Path other = temp.resolve("other");
    try (JournalWriter writer = JournalWriter.open(other, JournalFixture.SMALL.withChainSeed(1))) {
      final byte[] payload = new byte[8];
      writer.append(1, 5, 6, new org.agrona.concurrent.UnsafeBuffer(payload), 0, 8);
    }
    final byte[] forged = JournalFixture.bytes(other);
    System.arraycopy(
        closed,
        firstBlock,
        forged,
        firstBlock,
        QueueFile.HEADER_BYTES + RecordDescriptor.MIN_BLOCK_BYTES);
    JournalFixture.place(damaged, forged);
    assertThat(JournalVerifier.verify(damaged).fault().kind())
        .isEqualTo(JournalFault.Kind.CHAIN_BROKEN);
  }

  @Test
  void anotherJournalThanTheManifestSaysIsFound() {
    assertThat(JournalVerifier.verify(damaged, expected).end()).isEqualTo(JournalEnd.CLEAN);
    for (final ExpectedEnd wrong :
        List.of(
            new ExpectedEnd(RECORDS, expected.chain() + 1),
            new ExpectedEnd(RECORDS - 1, expected.chain()),
            new ExpectedEnd(RECORDS + 1, expected.chain()))) {
      assertThat(JournalVerifier.verify(damaged, wrong).fault().kind())
          .isEqualTo(JournalFault.Kind.UNEXPECTED_END);
    }
    JournalFixture.place(damaged, killed);
    assertThat(JournalVerifier.verify(damaged).end()).isEqualTo(JournalEnd.OPEN);
    assertThat(JournalVerifier.verify(damaged, expected).fault().detail())
        .isEqualTo("the end block is missing");
  }

  @Test
  void randomBytesNeverMakeTheReaderThrow() {
    final SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 300; i++) {
      final byte[] bytes = closed.clone();
      final int from = random.nextInt(bytes.length);
      final int to = from + random.nextInt(bytes.length - from);
      for (int b = from; b < to; b++) {
        bytes[b] = (byte) random.nextInt();
      }
      JournalFixture.place(damaged, bytes);
      final VerifyResult result = JournalVerifier.verify(damaged);
      final List<Entry> read = JournalFixture.read(damaged);
      assertThat(read).isEqualTo(written.subList(0, read.size()));
      assertThat(result.records()).isEqualTo(read.size());
    }
  }
}
