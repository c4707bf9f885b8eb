package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** The floor of the journal: bytes into a Chronicle Queue, no sequence, no checksum, no chain. */
final class RawChronicle implements AutoCloseable {
  /** As the journal maps by default, so that both take page faults alike. */
  private static final int MAPPING_BYTES = 64 << 20;

  private final Path directory;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final PointerBytesStore view = new PointerBytesStore();

  RawChronicle(final Path directory) {
    this.directory = directory;
    view.singleThreadedCheckDisabled(true);
    queue =
        SingleChronicleQueueBuilder.binary(directory)
            .rollCycle(RollCycles.FAST_DAILY)
            .timeProvider(() -> 0L)
            .blockSize(MAPPING_BYTES)
            .build();
    appender = queue.createAppender();
    appender.singleThreadedCheckDisabled(true);
  }

  /** Appends one document of bytes that lie outside the heap. */
  void append(final long address, final int length) {
    view.set(address, length);
    appender.writeBytes((BytesStore<?, ?>) view);
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
    delete(directory);
  }

  /** Removes a directory and all in it. */
  static void delete(final Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (final Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot clear " + directory, e);
    }
  }
}
