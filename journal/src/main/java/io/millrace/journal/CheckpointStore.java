package io.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The checkpoints of a run: one file each, named by the input sequence behind which it was made,
 * with 20 digits. A file is the content, whatever it is, and a trailer:
 *
 * <pre>
 *  0        n    n+8  n+12 n+16
 *  +--------+-----+----+----+
 *  |content |  n  | M  | C  |   n  int64  bytes of content
 *  +--------+-----+----+----+   M  int32  0x31434B43, "CKC1": the version of this frame
 *                               C  int32  CRC32C of all bytes before it
 * </pre>
 *
 * little-endian. A file appears under its name when it is whole and on the disk; what a kill leaves
 * of one is a file of another name, which the next {@link #prune} takes away. One writer at a time.
 */
public final class CheckpointStore {
  /** Most bytes of one checkpoint. */
  public static final int MAX_CONTENT_BYTES = 1 << 30;

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final int MAGIC = 0x31434B43;
  private static final int MAGIC_OFFSET = Long.BYTES;
  private static final int CRC_OFFSET = MAGIC_OFFSET + Integer.BYTES;
  private static final int TRAILER_BYTES = CRC_OFFSET + Integer.BYTES;
  private static final String ENDING = ".ckpt";

  /** Sequences stay below 9e18, so that what matches is a long. */
  private static final Pattern NAME = Pattern.compile("0[0-8]\\d{18}\\.ckpt");

  private static final Pattern LEFT_OVER = Pattern.compile("0[0-8]\\d{18}\\.ckpt\\.tmp");

  private final Path directory;

  /**
   * The store of a run; makes nothing.
   *
   * @param directory see {@link RunDirectory#checkpoints}; may be absent
   */
  public CheckpointStore(final Path directory) {
    this.directory = directory;
  }

  /** Where a checkpoint is, or would be. */
  public Path file(final long sequence) {
    return directory.resolve(String.format(Locale.ROOT, "%020d%s", sequence, ENDING));
  }

  /**
   * Writes a checkpoint, or replaces it, and forces it to the disk.
   *
   * @param sequence input behind which it was made, 0 and up
   * @param bytes hold the content from 0
   * @param length of the content, at most {@link #MAX_CONTENT_BYTES}
   * @throws JournalException if the disk does not take it; nothing half-written is left
   */
  public void write(final long sequence, final byte[] bytes, final int length) {
    if (sequence < 0 || length < 0 || length > MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException(
          "no checkpoint of " + length + " bytes behind input " + sequence);
    }
    final ByteBuffer trailer = ByteBuffer.allocate(TRAILER_BYTES).order(ORDER);
    trailer.putLong(length).putInt(MAGIC);
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    crc.update(trailer.array(), 0, CRC_OFFSET);
    trailer.putInt((int) crc.getValue()).flip();
    if (!Files.isDirectory(directory)) {
      make();
    }
    AtomicFile.write(file(sequence), ByteBuffer.wrap(bytes, 0, length), trailer);
  }

  private void make() {
    try {
      Files.createDirectories(directory);
      AtomicFile.syncDirectory(directory.toAbsolutePath().getParent());
    } catch (final IOException e) {
      throw new JournalException(
          "cannot make the directory " + directory + "; give a place that this user may write", e);
    }
  }

  /**
   * Sequences of the checkpoints there are, the newest first; whether they are sound is not looked
   * at.
   *
   * @throws JournalException if the directory is there and cannot be listed
   */
  public List<Long> sequences() {
    final List<Long> found = new ArrayList<>();
    for (final Path file : files(NAME)) {
      final String name = file.getFileName().toString();
      found.add(Long.parseLong(name.substring(0, name.length() - ENDING.length())));
    }
    found.sort((a, b) -> Long.compare(b, a));
    return found;
  }

  /**
   * The content of a checkpoint.
   *
   * @throws CheckpointException if it is not whole, or a byte of it has changed
   */
  public DirectBuffer read(final long sequence) {
    final Path file = file(sequence);
    final byte[] bytes;
    try {
      final long size = Files.size(file);
      if (size < TRAILER_BYTES || size > (long) MAX_CONTENT_BYTES + TRAILER_BYTES) {
        throw new CheckpointException(file + " is no checkpoint: it has " + size + " bytes");
      }
      bytes = Files.readAllBytes(file);
    } catch (final IOException e) {
      throw new CheckpointException(file + " cannot be read (" + e.getMessage() + ")", e);
    }
    if (bytes.length < TRAILER_BYTES) {
      throw new CheckpointException(file + " was cut off while it was read");
    }
    final ByteBuffer view = ByteBuffer.wrap(bytes).order(ORDER);
    final int length = bytes.length - TRAILER_BYTES;
    if (view.getInt(length + MAGIC_OFFSET) != MAGIC || view.getLong(length) != length) {
      throw new CheckpointException(
          file + " does not end as a checkpoint does: it was cut off or changed");
    }
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length + CRC_OFFSET);
    if (view.getInt(length + CRC_OFFSET) != (int) crc.getValue()) {
      throw new CheckpointException(file + " was changed: its bytes do not match their check");
    }
    return new UnsafeBuffer(bytes, 0, length);
  }

  /**
   * Deletes all but the newest checkpoints, and what a kill left half-written.
   *
   * @param keep how many stay, 1 and up
   * @throws JournalException if one cannot be deleted
   */
  public void prune(final int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("keep " + keep + " checkpoints");
    }
    final List<Long> all = sequences();
    try {
      for (final long old : all.subList(Math.min(keep, all.size()), all.size())) {
        Files.deleteIfExists(file(old));
      }
      for (final Path leftOver : files(LEFT_OVER)) {
        Files.deleteIfExists(leftOver);
      }
    } catch (final IOException e) {
      throw new JournalException("cannot delete an old checkpoint in " + directory, e);
    }
  }

  /** Bytes that the disk of the store has free for this user. */
  public long usableBytes() {
    return directory.toAbsolutePath().getParent().toFile().getUsableSpace();
  }

  private List<Path> files(final Pattern name) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> name.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (final IOException e) {
      throw new JournalException("cannot list the checkpoints in " + directory, e);
    }
  }
}
