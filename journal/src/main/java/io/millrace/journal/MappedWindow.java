package io.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A read-only window that slides forward over a file that may still grow. Offsets into {@link
 * #buffer()} hold until the next {@link #cover}, which may move the window.
 */
final class MappedWindow implements AutoCloseable {
  /** Bytes mapped at a time; a document is far smaller. */
  private static final long WINDOW_BYTES = 64L << 20;

  private static final long PAGE_BYTES = 4096;

  /** Bytes read at a time when looking for the end of the data. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
  private final CRC32C crc32c = new CRC32C();
  private FileChannel channel;
  private MappedByteBuffer mapped;
  private ByteBuffer crcView;
  private long start;
  private long end;

  DirectBuffer buffer() {
    return buffer;
  }

  boolean isOpen() {
    return channel != null;
  }

  void open(final Path file) {
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new JournalException("cannot read the journal " + file + ": " + e.getMessage(), e);
    }
  }

  /** Bytes of the file now. */
  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new JournalException("cannot read the size of a journal: " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that the window shows the bytes.
   *
   * @return false if the file does not have them, or there are more of them than any document has
   */
  boolean cover(final long position, final long length) {
    return (position >= start && position + length <= end) || slide(position, length);
  }

  private boolean slide(final long position, final long length) {
    final long from = position / PAGE_BYTES * PAGE_BYTES;
    MappedByteBuffer fresh = null;
    while (fresh == null) {
      final long size = size();
      if (position + length > size || position + length > from + WINDOW_BYTES) {
        return false;
      }
      fresh = map(from, size);
    }
    unmap();
    mapped = fresh;
    crcView = mapped.duplicate();
    buffer.wrap(BufferUtil.address(mapped), mapped.capacity());
    start = from;
    end = from + mapped.capacity();
    return true;
  }

  /** Null if the file is shorter by now: a writer that closes cuts the empty rest off. */
  private MappedByteBuffer map(final long from, final long size) {
    try {
      return channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(size - from, WINDOW_BYTES));
    } catch (IOException e) {
      if (size() == size) {
        throw new JournalException("cannot map a journal: " + e.getMessage(), e);
      }
      return null;
    }
  }

  private void unmap() {
    if (mapped != null) {
      buffer.wrap(0, 0);
      IoUtil.unmap(mapped);
      mapped = null;
      crcView = null;
      start = 0;
      end = 0;
    }
  }

  int offset(final long position) {
    return (int) (position - start);
  }

  long position(final int offset) {
    return start + offset;
  }

  /** A document header, after which the bytes it speaks of may be read. */
  int headerVolatile(final long position) {
    return buffer.getIntVolatile(offset(position));
  }

  /** CRC32C of the bytes from one offset to before another. */
  int crc(final int from, final int to) {
    crcView.limit(to).position(from);
    crc32c.reset();
    crc32c.update(crcView);
    return (int) crc32c.getValue();
  }

  /**
   * Position after the last byte that is not zero, at or after {@code from}; {@code from} if all
   * are zero. Reads rather than maps: a writer that closes cuts the empty rest off the file, which
   * must not fault here.
   */
  long endOfData(final long from) {
    final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    long last = from;
    long at = from;
    while (readChunk(chunk, at)) {
      for (int i = chunk.limit() - 1; i >= 0; i--) {
        if (chunk.get(i) != 0) {
          last = at + i + 1;
          break;
        }
      }
      at += chunk.limit();
    }
    return last;
  }

  private boolean readChunk(final ByteBuffer chunk, final long position) {
    chunk.clear();
    try {
      channel.read(chunk, position);
    } catch (IOException e) {
      throw new JournalException("cannot read a journal: " + e.getMessage(), e);
    }
    chunk.flip();
    return chunk.hasRemaining();
  }

  @Override
  public void close() {
    unmap();
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new JournalException("cannot close a journal: " + e.getMessage(), e);
      }
    }
  }
}
