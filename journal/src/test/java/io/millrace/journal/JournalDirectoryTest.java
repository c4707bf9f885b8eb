package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does to its directory, its disk, its process and the world. */
final class JournalDirectoryTest {
  private static final UnsafeBuffer PAYLOAD = new UnsafeBuffer(new byte[64]);

  @TempDir private Path temp;

  @Test
  void noAnalyticsAreOnTheClassPath() {
    assertThatThrownBy(() -> Class.forName("net.openhft.chronicle.analytics.Analytics"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(System.getProperty("java.class.path")).doesNotContain("chronicle-analytics");
  }

  @Test
  void theSwitchesAgainstAnalyticsAreSetWhateverTheFlags() {
    final String analytics = System.clearProperty("chronicle.analytics.disable");
    final String announcer = System.clearProperty("chronicle.announcer.disable");
    try {
      ChronicleSettings.apply();
      assertThat(System.getProperty("chronicle.analytics.disable")).isEqualTo("true");
      assertThat(System.getProperty("chronicle.announcer.disable")).isEqualTo("true");
    } finally {
      System.setProperty("chronicle.analytics.disable", analytics == null ? "true" : analytics);
      System.setProperty("chronicle.announcer.disable", announcer == null ? "true" : announcer);
    }
  }

  @Test
  void nothingIsPrinted() throws IOException, InterruptedException {
    final Path errors = temp.resolve("printed.txt");
    final Path options = Path.of(System.getProperty("millrace.root"), "tools", "bin");
    final List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options.resolve("jvm.options")));
    if (Runtime.version().feature() >= 22) {
      command.add("@" + options.resolve("jvm-25.options"));
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            QuietJournal.class.getName(),
            temp.resolve("quiet").toString()));
    final Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    final List<String> lines = Files.readAllLines(errors);
    // The one line is the JVM's own, about a flag of ours.
    assertThat(lines).allMatch(line -> line.contains("incubator"));
  }

  /** Child process: writes, reads and verifies a journal. */
  static final class QuietJournal {
    private QuietJournal() {}

    public static void main(final String[] args) {
      final Path directory = Path.of(args[0]);
      try (JournalWriter writer = JournalWriter.open(directory, JournalOptions.defaults())) {
        writer.append(1, 1, 1, PAYLOAD, 0, 64);
        writer.sync();
      }
      if (!JournalVerifier.verify(directory).isSound()) {
        throw new AssertionError("not sound");
      }
    }
  }

  @Test
  void readingChangesNothingInTheDirectory() throws IOException {
    final ExpectedEnd end = JournalFixture.write(temp.resolve("a"), 100, 50, 3);
    final Map<String, FileTime> before = listing(temp.resolve("a"));
    assertThat(JournalVerifier.verify(temp.resolve("a"), end).isSound()).isTrue();
    assertThat(listing(temp.resolve("a"))).isEqualTo(before);

    Files.createDirectory(temp.resolve("empty"));
    assertThat(JournalVerifier.verify(temp.resolve("empty")).end()).isEqualTo(JournalEnd.OPEN);
    assertThat(listing(temp.resolve("empty"))).isEmpty();
  }

  private static Map<String, FileTime> listing(final Path directory) throws IOException {
    final Map<String, FileTime> entries = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (final Path file : (Iterable<Path>) files::iterator) {
        entries.put(file.getFileName() + " " + Files.size(file), Files.getLastModifiedTime(file));
      }
    }
    return entries;
  }

  @Test
  void aCopyOfTheQueueFileAloneIsReadable() throws IOException {
    final ExpectedEnd end = JournalFixture.write(temp.resolve("a"), 100, 50, 3);
    JournalFixture.place(temp.resolve("copy"), JournalFixture.bytes(temp.resolve("a")));
    assertThat(JournalVerifier.verify(temp.resolve("copy"), end).end()).isEqualTo(JournalEnd.CLEAN);
  }

  @Test
  void chroniclesOwnTailerSeesTheSameDocuments() {
    final Path directory = temp.resolve("a");
    try (JournalWriter writer = JournalWriter.open(directory, JournalFixture.SMALL)) {
      writer.append(1, 1, 1, PAYLOAD, 0, 64);
      writer.append(2, 1, 1, PAYLOAD, 0, 64);
      writer.flush();
      writer.append(3, 1, 1, PAYLOAD, 0, 0);
    }
    int documents = 0;
    int bytes = 0;
    try (SingleChronicleQueue queue =
            SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> 0L)
                .build();
        ExcerptTailer tailer = queue.createTailer()) {
      final Bytes<?> into = Bytes.allocateElasticOnHeap();
      while (tailer.readBytes(into)) {
        documents++;
        bytes += (int) into.readRemaining();
        into.clear();
      }
    }
    // Start, two records of 64 bytes, one of none, end.
    assertThat(documents).isEqualTo(4);
    assertThat(bytes).isEqualTo(28 + (28 + 2 * (12 + 64)) + (28 + 12) + 28);
  }

  @Test
  void aClosedJournalIsSmallAndAnOpenOneSparse() throws IOException {
    final Path directory = temp.resolve("a");
    final long sizeWhileOpen;
    try (JournalWriter writer = JournalWriter.open(directory, JournalOptions.defaults())) {
      writer.append(1, 1, 1, PAYLOAD, 0, 64);
      writer.flush();
      sizeWhileOpen = Files.size(writer.file());
      assertThat(((Number) Files.getAttribute(writer.file(), "unix:nlink")).intValue()).isOne();
    }
    assertThat(sizeWhileOpen).isGreaterThanOrEqualTo(JournalOptions.DEFAULT_MAPPING_BYTES);
    assertThat(Files.size(JournalFixture.queueFile(directory))).isLessThan(128 << 10);
  }

  @Test
  void manyQuotesOfFortyEightBytesTakeAtMostSixtyFourBytesEach() {
    final Path directory = temp.resolve("a");
    try (JournalWriter writer = JournalWriter.open(directory, JournalOptions.defaults())) {
      for (int i = 1; i <= 100_000; i++) {
        writer.append(i, i * 1_000_000L, 1, PAYLOAD, 0, 48);
        if (i % 16 == 0) {
          writer.flush();
        }
      }
    }
    assertThat(JournalVerifier.verify(directory).bytesPerRecord()).isLessThanOrEqualTo(64.0);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsOneClearMessage() throws IOException {
    final Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> JournalWriter.open(file.resolve("input"), JournalFixture.SMALL))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            "cannot create the journal directory "
                + file.resolve("input")
                + "; give a path that this user may write");
    assertThatThrownBy(() -> JournalReader.open(temp.resolve("absent")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> RunLock.acquire(file.resolve("run")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot lock");
  }

  @Test
  void aJournalIsNeverAppendedTo() {
    JournalFixture.write(temp.resolve("a"), 1, 10, 1);
    assertThatThrownBy(() -> JournalWriter.open(temp.resolve("a"), JournalFixture.SMALL))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("already holds a journal");
  }

  @Test
  void belowTheDiskReserveNothingIsWritten() {
    final JournalOptions options = JournalFixture.SMALL.withDiskReserveBytes(Long.MAX_VALUE);
    assertThatThrownBy(() -> JournalWriter.open(temp.resolve("a"), options))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("journal.disk_reserve_bytes");
  }

  @Test
  void aSecondInstanceIsRefused() {
    final RunLock first = RunLock.acquire(temp);
    assertThatThrownBy(() -> RunLock.acquire(temp))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("another instance is running in " + temp);
    first.close();
    RunLock.acquire(temp).close();
  }

  @Test
  void aClosedWriterRefusesAndClosesOnce() {
    final JournalWriter writer = JournalWriter.open(temp.resolve("a"), JournalFixture.SMALL);
    writer.close();
    writer.close();
    assertThatThrownBy(() -> writer.append(1, 1, 1, PAYLOAD, 0, 8))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is closed");
    assertThatThrownBy(writer::flush).isInstanceOf(JournalException.class);
    assertThat(JournalVerifier.verify(temp.resolve("a"), new ExpectedEnd(0, 0)).isSound()).isTrue();
  }

  @Test
  void argumentsOutOfRangeWriteNothing() {
    try (JournalWriter writer = JournalWriter.open(temp.resolve("a"), JournalFixture.SMALL)) {
      assertThatThrownBy(() -> writer.append(1, 1, 0x10000, PAYLOAD, 0, 8))
          .hasMessage("template id is 65536; allowed are 0 to 65535");
      assertThatThrownBy(() -> writer.append(1, 1, -1, PAYLOAD, 0, 8))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.append(1, 1, 1, PAYLOAD, 0, 65))
          .isInstanceOf(IndexOutOfBoundsException.class);
      final UnsafeBuffer large = new UnsafeBuffer(new byte[0x10000]);
      assertThatThrownBy(() -> writer.append(1, 1, 1, large, 0, 0x10000))
          .hasMessage("payload length is 65536; allowed are 0 to 65535");
    }
    assertThat(JournalVerifier.verify(temp.resolve("a")).records()).isZero();
  }

  @Test
  void haltSaysWhyOnStandardError() {
    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      FatalHandler.say("the disk is gone", new IOException("EIO"));
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "millrace: the disk is gone (java.io.IOException: EIO). Trading stops here.");
  }
}
