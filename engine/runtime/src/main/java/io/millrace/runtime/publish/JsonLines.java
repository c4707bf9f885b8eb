package io.millrace.runtime.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** An append-only JSON lines log; beyond its size it becomes {@code .1} and a new one begins. */
final class JsonLines implements AutoCloseable {
  /** Size at which a log is rotated, bytes. */
  static final long ROTATE_BYTES = 64L << 20;

  private final Path file;
  private BufferedWriter writer;
  private long bytes;

  JsonLines(final Path file) {
    this.file = file;
  }

  void append(final ObjectNode node) {
    final String line = node.toString();
    try {
      if (writer == null) {
        writer =
            Files.newBufferedWriter(
                file,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
      }
      writer.write(line);
      writer.write('\n');
      bytes += line.length() + 1L;
      if (bytes >= ROTATE_BYTES) {
        close();
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
        bytes = 0;
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void flush() {
    try {
      if (writer != null) {
        writer.flush();
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
