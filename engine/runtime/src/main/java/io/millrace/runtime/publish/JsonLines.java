package io.millrace.runtime.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An append-only JSON lines log. Only whole lines reach the file, and none is ever changed or lost:
 * beyond its size {@code x.jsonl} becomes {@code x.1.jsonl}, the next time {@code x.2.jsonl}, and a
 * new {@code x.jsonl} begins. What the disk does not take is kept, up to a bound, for the next
 * flush.
 */
final class JsonLines implements AutoCloseable {
  /** Size at which a log is rotated, bytes. */
  static final long ROTATE_BYTES = 64L << 20;

  /** Most bytes kept while the disk takes none; lines beyond it are counted as lost. */
  static final int MAX_WAITING_BYTES = 8 << 20;

  private static final String ENDING = ".jsonl";

  private final Path file;
  private final long rotateBytes;
  private final int maxWaitingBytes;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private FileChannel channel;
  private long bytes;
  private long lost;

  JsonLines(final Path file) {
    this(file, ROTATE_BYTES, MAX_WAITING_BYTES);
  }

  JsonLines(final Path file, final long rotateBytes, final int maxWaitingBytes) {
    this.file = file;
    this.rotateBytes = rotateBytes;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /** Takes a line; it reaches the file with the next {@link #flush}. */
  void append(final ObjectNode node) {
    final byte[] line = node.toString().getBytes(StandardCharsets.UTF_8);
    if (waiting.size() + line.length >= maxWaitingBytes) {
      lost++;
      return;
    }
    waiting.writeBytes(line);
    waiting.write('\n');
  }

  /** Lines that found no place because the disk took none for too long. */
  long lost() {
    return lost;
  }

  /** Whether so much waits that it should be flushed at once. */
  boolean full() {
    return waiting.size() > maxWaitingBytes / 2;
  }

  /**
   * Writes what waits.
   *
   * @throws UncheckedIOException if the disk does not take it; it is kept, and no half line is left
   */
  void flush() {
    if (waiting.size() == 0) {
      return;
    }
    try {
      if (channel == null) {
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        bytes = channel.size();
      }
      final ByteBuffer buffer = ByteBuffer.wrap(waiting.toByteArray());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      bytes += waiting.size();
      waiting.reset();
      if (bytes >= rotateBytes) {
        rotate();
      }
    } catch (final IOException e) {
      takeBack();
      throw new UncheckedIOException(file + " cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private void rotate() throws IOException {
    channel.close();
    channel = null;
    final String name = file.getFileName().toString();
    final String stem = name.substring(0, name.length() - ENDING.length());
    int number = 1;
    while (Files.exists(file.resolveSibling(stem + "." + number + ENDING))) {
      number++;
    }
    Files.move(file, file.resolveSibling(stem + "." + number + ENDING));
  }

  /** Cuts off the half of a batch that a full disk left. */
  private void takeBack() {
    try {
      if (channel != null && channel.isOpen() && channel.size() > bytes) {
        channel.truncate(bytes);
      }
    } catch (final IOException e) {
      waiting.reset(); // the file ends in half a line: a second copy would not mend it
      lost++;
    }
  }

  @Override
  public void close() {
    try {
      flush();
    } finally {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (final IOException e) {
        lost++; // what could be flushed has been
      }
    }
  }
}
