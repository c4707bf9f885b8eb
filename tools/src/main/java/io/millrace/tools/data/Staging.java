package io.millrace.tools.data;

import io.millrace.tools.data.ImportResult.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where an import builds its files before any of them counts: a folder beside the curated files,
 * locked while in use and gone afterwards, whatever happened. A file gets its place by an atomic
 * rename, once all files are whole.
 */
final class Staging implements AutoCloseable {
  private static final String FOLDER = ".import";

  private final Path out;
  private final Path folder;
  private final boolean outIsNew;
  private final FileChannel channel;
  private final FileLock lock;

  private Staging(
      final Path out,
      final Path folder,
      final boolean outIsNew,
      final FileChannel channel,
      final FileLock lock) {
    this.out = out;
    this.folder = folder;
    this.outIsNew = outIsNew;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens the staging folder of a curated root, clearing what a killed import may have left there.
   */
  static Staging open(final Path out) {
    final boolean outIsNew = !Files.exists(out);
    final Path folder = out.resolve(FOLDER);
    FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      final FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        throw new DataException(
            out, "", "another import is writing there", "wait until it has ended");
      }
      for (final Path left : contents(folder)) {
        if (!left.equals(folder) && !left.equals(folder.resolve("lock"))) {
          Files.delete(left);
        }
      }
      return new Staging(out, folder, outIsNew, channel, lock);
    } catch (final IOException e) {
      throw new DataException(
          out,
          "",
          "cannot be written (" + e + ")",
          "choose a folder that this user may write to",
          e);
    }
  }

  private static FileLock lock(final FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (final OverlappingFileLockException e) {
      return null;
    }
  }

  /** Folder for what a database spills. */
  Path spill() {
    return folder.resolve("spill");
  }

  /** A file to be written here, by its place under the curated root. */
  Path staged(final Path place) throws IOException {
    final Path file = folder.resolve("files").resolve(place);
    Files.createDirectories(file.getParent());
    return file;
  }

  /** Folders that a folder of the curated root has, or will have after publishing, in order. */
  List<String> folders(final Path place) throws IOException {
    final TreeSet<String> names = new TreeSet<>();
    for (final Path parent : List.of(out, folder.resolve("files"))) {
      final Path here = parent.resolve(place);
      if (Files.isDirectory(here)) {
        try (Stream<Path> children = Files.list(here)) {
          children.filter(Files::isDirectory).forEach(c -> names.add(c.getFileName().toString()));
        }
      }
    }
    return List.copyOf(names);
  }

  /**
   * The file that will be at a place after publishing: the staged one, else the one there now; null
   * when neither is.
   */
  Path upcoming(final Path place) {
    final Path next = folder.resolve("files").resolve(place);
    if (Files.exists(next)) {
      return next;
    }
    final Path now = out.resolve(place);
    return Files.exists(now) ? now : null;
  }

  /**
   * Moves a staged file to its place, unless the same bytes are there, and its {@link Checksum}
   * beside it. An import that is killed between the two leaves a file that is refused until it is
   * imported again.
   */
  Status publish(final Path place) throws IOException {
    final Path next = folder.resolve("files").resolve(place);
    final Path now = out.resolve(place);
    final Path checksum = Checksum.beside(next);
    Files.writeString(
        checksum, Checksum.line(Checksum.of(next), next), StandardCharsets.ISO_8859_1);
    final boolean changed = differs(next, now);
    if (changed) {
      move(next, now);
    }
    if (differs(checksum, Checksum.beside(now))) {
      move(checksum, Checksum.beside(now));
    }
    return changed ? Status.WRITTEN : Status.UNCHANGED;
  }

  private static boolean differs(final Path next, final Path now) throws IOException {
    return !Files.exists(now) || Files.mismatch(next, now) != -1;
  }

  private static void move(final Path next, final Path now) throws IOException {
    Files.createDirectories(now.getParent());
    try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(next, now, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> contents(final Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }

  @Override
  public void close() throws IOException {
    for (final Path path : contents(folder)) {
      Files.delete(path);
    }
    lock.release();
    channel.close();
    if (outIsNew && Files.isDirectory(out) && isEmpty(out)) {
      Files.delete(out);
    }
  }

  private static boolean isEmpty(final Path folder) throws IOException {
    try (Stream<Path> contents = Files.list(folder)) {
      return contents.findAny().isEmpty();
    }
  }
}
