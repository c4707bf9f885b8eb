package io.millrace.journal;

import static io.millrace.journal.RecordDescriptor.BLOCK_HEADER_BYTES;
import static io.millrace.journal.RecordDescriptor.BLOCK_TRAILER_BYTES;
import static io.millrace.journal.RecordDescriptor.CHECK_BYTES;
import static io.millrace.journal.RecordDescriptor.COUNT_OFFSET;
import static io.millrace.journal.RecordDescriptor.DELTA_OFFSET;
import static io.millrace.journal.RecordDescriptor.EXPLICIT_TIME;
import static io.millrace.journal.RecordDescriptor.EXPLICIT_TIME_BYTES;
import static io.millrace.journal.RecordDescriptor.FORMAT_VERSION;
import static io.millrace.journal.RecordDescriptor.LENGTH_OFFSET;
import static io.millrace.journal.RecordDescriptor.MAGIC_END;
import static io.millrace.journal.RecordDescriptor.MAGIC_OFFSET;
import static io.millrace.journal.RecordDescriptor.MAGIC_RECORDS;
import static io.millrace.journal.RecordDescriptor.MAGIC_START;
import static io.millrace.journal.RecordDescriptor.MIN_BLOCK_BYTES;
import static io.millrace.journal.RecordDescriptor.ORDER;
import static io.millrace.journal.RecordDescriptor.RECORD_HEADER_BYTES;
import static io.millrace.journal.RecordDescriptor.SEQUENCE_OFFSET;
import static io.millrace.journal.RecordDescriptor.TEMPLATE_OFFSET;
import static io.millrace.journal.RecordDescriptor.TIME_OFFSET;

import org.agrona.DirectBuffer;

/**
 * Recognises a whole block by its own bytes alone, whatever Chronicle's headers say: for the tail
 * of a journal and for what may lie behind damage. Never throws on any bytes.
 */
final class BlockWalk {
  private final MappedWindow window;
  private final DirectBuffer buffer;
  private int length;
  private int magic;
  private long firstSequence;
  private long chainAfter;
  private boolean chainAgrees;

  BlockWalk(final MappedWindow window) {
    this.window = window;
    buffer = window.buffer();
  }

  /**
   * Whether a whole block with sound records starts at a file position.
   *
   * @param chainBefore chain that it may continue; see {@link #chainAgrees()}
   */
  boolean isWhole(final long body, final long chainBefore) {
    if (!window.cover(body, MIN_BLOCK_BYTES)) {
      return false;
    }
    final int start = window.offset(body);
    magic = u16(start + MAGIC_OFFSET);
    firstSequence = buffer.getLong(start + SEQUENCE_OFFSET, ORDER);
    length = MIN_BLOCK_BYTES;
    if (magic == MAGIC_RECORDS) {
      return walk(body, chainBefore);
    }
    chainAfter = buffer.getLong(start + BLOCK_HEADER_BYTES, ORDER);
    chainAgrees = chainAfter == chainBefore;
    return (magic == MAGIC_START && isStart(start)) || (magic == MAGIC_END && isEnd(start));
  }

  private boolean isStart(final int start) {
    return u16(start + COUNT_OFFSET) == FORMAT_VERSION
        && buffer.getLong(start + TIME_OFFSET, ORDER) == ~firstSequence
        && chainAfter == firstSequence;
  }

  private boolean isEnd(final int start) {
    return u16(start + COUNT_OFFSET) == 0
        && buffer.getLong(start + TIME_OFFSET, ORDER)
            == RecordDescriptor.endCheck(firstSequence, chainAfter);
  }

  private boolean walk(final long body, final long chainBefore) {
    final int records = u16(window.offset(body) + COUNT_OFFSET);
    long time = buffer.getLong(window.offset(body) + TIME_OFFSET, ORDER);
    long chain = chainBefore;
    int at = BLOCK_HEADER_BYTES;
    for (int i = 0; i < records; i++) {
      if (!window.cover(body, at + RECORD_HEADER_BYTES + EXPLICIT_TIME_BYTES)) {
        return false;
      }
      int start = window.offset(body) + at;
      final int payloadLength = u16(start + LENGTH_OFFSET);
      final int template = u16(start + TEMPLATE_OFFSET);
      final int delta = buffer.getInt(start + DELTA_OFFSET, ORDER);
      int header = RECORD_HEADER_BYTES;
      if (delta == EXPLICIT_TIME) {
        time = buffer.getLong(start + RECORD_HEADER_BYTES, ORDER);
        header += EXPLICIT_TIME_BYTES;
      } else {
        time += delta & 0xFFFF_FFFFL;
      }
      final int size = header + payloadLength + CHECK_BYTES;
      if (!window.cover(body, at + size)) {
        return false;
      }
      start = window.offset(body) + at;
      final int end = start + header + payloadLength;
      final int crc = window.crc(start + header, end);
      final long meta = RecordDescriptor.meta(firstSequence + i, time, template, payloadLength);
      if (buffer.getInt(end, ORDER) != RecordDescriptor.check(meta, crc)) {
        return false;
      }
      chain = RecordDescriptor.chain(chain, meta, crc);
      at += size;
    }
    if (records == 0 || !window.cover(body, at + BLOCK_TRAILER_BYTES)) {
      return false;
    }
    length = at + BLOCK_TRAILER_BYTES;
    chainAfter = buffer.getLong(window.offset(body) + at, ORDER);
    chainAgrees = chainAfter == chain;
    return true;
  }

  /** Bytes of the block found. */
  int length() {
    return length;
  }

  /** Magic of the block found. */
  int magic() {
    return magic;
  }

  /** What the block found has in its sequence field. */
  long firstSequence() {
    return firstSequence;
  }

  /** Whether the block found continues the chain that was given. */
  boolean chainAgrees() {
    return chainAgrees;
  }

  /**
   * First position at or after {@code from}, on Chronicle's alignment, where a whole block starts;
   * -1 if there is none. For damage only: reads the rest of the file.
   */
  long search(final long from) {
    final long end = window.endOfData(from);
    for (long at = RecordDescriptor.align4(from); at + MIN_BLOCK_BYTES <= end; at += 4) {
      if (window.cover(at, MIN_BLOCK_BYTES) && isBlockMagic(u16(window.offset(at)))) {
        if (isWhole(at, 0)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static boolean isBlockMagic(final int value) {
    return value == MAGIC_RECORDS || value == MAGIC_START || value == MAGIC_END;
  }

  private int u16(final int offset) {
    return buffer.getShort(offset, ORDER) & 0xFFFF;
  }
}
