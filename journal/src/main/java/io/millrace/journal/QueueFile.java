package io.millrace.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What we rely on of Chronicle's file: its name, and the length header before each document. */
final class QueueFile {
  /** Ending of a file with documents. */
  static final String SUFFIX = ".cq4";

  /** Bytes of the header before each document. */
  static final int HEADER_BYTES = 4;

  /** No document here yet; also what Chronicle leaves while a document is being written. */
  static final int NOT_WRITTEN = 0;

  /** A document was begun and not completed. */
  static final int BEGUN = 0x8000_0000;

  /**
   * A meta document was begun and not completed; also Chronicle's end-of-file mark, which we never
   * write.
   */
  static final int BEGUN_META = 0xC000_0000;

  private static final int LENGTH_MASK = 0x3FFF_FFFF;
  private static final int META = 0x4000_0000;

  private QueueFile() {}

  static int length(final int header) {
    return header & LENGTH_MASK;
  }

  static boolean isMeta(final int header) {
    return (header & META) != 0;
  }

  static boolean isComplete(final int header) {
    return header > 0;
  }

  /** Whether a writer that was killed may have left this header as its last. */
  static boolean isUnfinished(final int header) {
    return header == NOT_WRITTEN || header == BEGUN || header == BEGUN_META;
  }

  /** Queue files of a directory in name order; more than one means that the journal is not ours. */
  static List<Path> in(final Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> path.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new JournalException(
          "cannot read the journal directory "
              + directory
              + ": it does not exist or may not be listed",
          e);
    }
  }
}
