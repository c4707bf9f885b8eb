package io.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a small file as a whole: whoever opens it, at whatever moment, and whatever dies in
 * between, finds the old bytes or the new ones.
 */
public final class AtomicFile {
  /** Ending of the file that is being written; only one writer per target. */
  private static final String TEMP_SUFFIX = ".tmp";

  private AtomicFile() {}

  /**
   * Replaces {@code target} and forces it and its directory entry to the disk.
   *
   * @throws JournalException if it cannot; the old file is untouched and nothing half-written is
   *     left
   */
  public static void write(final Path target, final byte[] content) {
    replace(target, true, ByteBuffer.wrap(content));
  }

  /**
   * As {@link #write(Path, byte[])}.
   *
   * @param content one behind the other, each from position to limit; consumed
   */
  static void write(final Path target, final ByteBuffer... content) {
    replace(target, true, content);
  }

  /** As {@link #write(Path, byte[])}, as UTF-8. */
  public static void write(final Path target, final String content) {
    write(target, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces {@code target} without forcing: atomic for every other process, but a power cut may
   * bring back the old file. For state files that are written many times a second.
   *
   * @param content from position to limit; consumed
   * @throws JournalException if it cannot; the old file is untouched and nothing half-written is
   *     left
   */
  public static void replace(final Path target, final ByteBuffer content) {
    replace(target, false, content);
  }

  private static void replace(
      final Path target, final boolean durable, final ByteBuffer... content) {
    final Path directory = target.toAbsolutePath().getParent();
    final Path temp = directory.resolve(target.getFileName() + TEMP_SUFFIX);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temp,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        for (final ByteBuffer bytes : content) {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }
        if (durable) {
          channel.force(true);
        }
      }
      Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (durable) {
        syncDirectory(directory);
      }
    } catch (IOException | RuntimeException e) {
      throw failure(target, temp, e);
    }
  }

  private static JournalException failure(final Path target, final Path temp, final Exception e) {
    final JournalException failure =
        new JournalException(
            "cannot write " + target + "; check that its directory is there and writable", e);
    try {
      Files.deleteIfExists(temp);
    } catch (IOException deletion) {
      failure.addSuppressed(deletion);
    }
    return failure;
  }

  /**
   * Forces the entries of a directory to the disk, so that a new or renamed file is still there
   * after a power cut.
   */
  static void syncDirectory(final Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
