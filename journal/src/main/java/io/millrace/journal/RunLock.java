package io.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process per directory. The operating system gives the lock up when the process dies, however
 * it dies: there is no stale lock to clear, in a container neither.
 */
public final class RunLock implements AutoCloseable {
  /** Name of the lock file; it stays behind, empty. */
  public static final String FILE_NAME = "millrace.lock";

  private final FileChannel channel;
  private final FileLock lock;

  private RunLock(final FileChannel channel, final FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @param directory created if absent
   * @throws JournalException if another instance holds it, or the directory cannot be written
   */
  public static RunLock acquire(final Path directory) {
    final Path file = directory.resolve(FILE_NAME);
    FileChannel channel = null;
    FileLock lock = null;
    try {
      Files.createDirectories(directory);
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it already: the same answer.
      lock = null;
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new JournalException(
          "cannot lock " + directory + "; give a directory that this user may write", e);
    }
    if (lock == null) {
      final JournalException taken =
          new JournalException(
              "another instance is running in "
                  + directory
                  + "; stop it, or give this one a directory of its own");
      closeQuietly(channel, taken);
      throw taken;
    }
    return new RunLock(channel, lock);
  }

  /**
   * Whether a process holds the lock of a directory now. Asked of the operating system, so a
   * process that was killed holds nothing, whatever its files say.
   *
   * <p>Not for the process that holds the lock: closing a second channel of the file may release
   * it.
   *
   * @param directory a run, or one that holds runs
   * @return false also where there never was a lock
   * @throws JournalException if the lock file cannot be looked at
   */
  public static boolean held(final Path directory) {
    final Path file = directory.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (OverlappingFileLockException e) {
      return true; // this process holds it
    } catch (IOException e) {
      throw new JournalException("cannot look at " + file + ": " + e, e);
    }
  }

  private static void closeQuietly(final FileChannel channel, final Exception because) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        because.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new JournalException("cannot release a run lock: " + e.getMessage(), e);
    }
  }
}
