package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/** Any records, grouped in any way, come back as they were and give the same chain. */
final class JournalPropertyTest {
  private record Entry(long timeNanos, int templateId, UnsafeBuffer payload) {}

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void anyRecordsComeBackAndTheChainDoesNotDependOnBatching(
      @ForAll final long seed, @ForAll @IntRange(min = 1, max = 80) final int records)
      throws IOException {
    final List<Entry> entries = entries(seed, records);
    final Path root = Files.createTempDirectory("journal-property");
    try {
      final long one = write(root.resolve("one"), entries, 1, 64);
      final long few = write(root.resolve("few"), entries, 7, 1 << 10);
      final long all = write(root.resolve("all"), entries, Integer.MAX_VALUE, 64 << 10);
      assertThat(few).isEqualTo(one);
      assertThat(all).isEqualTo(one);
      for (final String name : List.of("one", "few", "all")) {
        check(root.resolve(name), entries, one);
      }
    } finally {
      delete(root);
    }
  }

  private static List<Entry> entries(final long seed, final int records) {
    final SplittableRandom random = new SplittableRandom(seed);
    final List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      final byte[] payload =
          new byte
              [switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> RecordDescriptor.MAX_PAYLOAD_BYTES;
                case 2 -> random.nextInt(RecordDescriptor.MAX_PAYLOAD_BYTES + 1);
                default -> random.nextInt(200);
              }];
      for (int b = 0; b < payload.length; b++) {
        payload[b] = (byte) random.nextInt();
      }
      final long time =
          switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> Long.MIN_VALUE;
            case 2 -> Long.MAX_VALUE;
            default -> 1_700_000_000_000_000_000L + random.nextLong(6_000_000_000L);
          };
      entries.add(new Entry(time, random.nextInt(0x10000), new UnsafeBuffer(payload)));
    }
    return entries;
  }

  private static long write(
      final Path directory, final List<Entry> entries, final int batch, final int documentBytes) {
    final JournalWriter writer =
        JournalWriter.open(directory, JournalFixture.SMALL.withDocumentBytes(documentBytes));
    try (writer) {
      for (int i = 0; i < entries.size(); i++) {
        final Entry entry = entries.get(i);
        writer.append(
            i + 1L,
            entry.timeNanos(),
            entry.templateId(),
            entry.payload(),
            0,
            entry.payload().capacity());
        if ((i + 1) % batch == 0) {
          writer.flush();
        }
      }
    }
    return writer.chain();
  }

  private static void check(final Path directory, final List<Entry> entries, final long chain) {
    try (JournalReader reader = JournalReader.open(directory)) {
      for (int i = 0; i < entries.size(); i++) {
        final Entry entry = entries.get(i);
        assertThat(reader.next()).as("record %d: %s", i + 1, reader.fault()).isTrue();
        assertThat(reader.sequence()).isEqualTo(i + 1);
        assertThat(reader.ingressTimeNanos()).isEqualTo(entry.timeNanos());
        assertThat(reader.templateId()).isEqualTo(entry.templateId());
        final byte[] payload = new byte[reader.length()];
        reader.buffer().getBytes(reader.offset(), payload);
        assertThat(new UnsafeBuffer(payload)).isEqualTo(entry.payload());
      }
      assertThat(reader.next()).isFalse();
      assertThat(reader.end()).as("%s", reader.fault()).isEqualTo(JournalEnd.CLEAN);
      assertThat(reader.chain()).isEqualTo(chain);
    }
  }

  private static void delete(final Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (final Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator) {
        Files.delete(file);
      }
    }
  }
}
