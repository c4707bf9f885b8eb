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

import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads a journal forward, record by record, over the mapped file: nothing is copied, and nothing
 * allocated per record. It maps read-only, creates nothing, takes no lock and does not care whether
 * the writer lives: it serves a run that is still being written, one whose process was killed, and
 * a copy of either.
 *
 * <p>Each record is checked (sequence, CRC32C, chain) before it is given out. At the first doubt
 * reading stops for good; what was given out before is right. One thread.
 *
 * <pre>{@code
 * try (JournalReader reader = JournalReader.open(run.input())) {
 *   while (reader.next()) {
 *     decoder.wrap(reader.buffer(), reader.offset(), ...);
 *   }
 *   JournalEnd end = reader.end();
 * }
 * }</pre>
 */
public final class JournalReader implements AutoCloseable {
  private static final long PAGE_BYTES = 4096;

  private final Path directory;
  private final MappedWindow window = new MappedWindow();
  private final BlockWalk walk = new BlockWalk(window);
  private final DirectBuffer buffer = window.buffer();

  /** File position of the Chronicle header to read next. */
  private long position;

  /** File position after the last block that was accepted. */
  private long acceptedEnd;

  /**
   * File position of a document that Chronicle had not marked complete, though it is whole; or -1.
   */
  private long unmarkedPosition = -1;

  private boolean started;
  private boolean ended;
  private boolean torn;
  private JournalFault fault;

  // The block being read; offsets are into the window.
  private int blockStart;
  private int blockEnd;
  private int recordsLeft;
  private int nextRecord;
  private long blockTimeNanos;

  // The record given out last.
  private long sequence;
  private long ingressTimeNanos;
  private int templateId;
  private int payloadOffset;
  private int payloadLength;
  private long chain;
  private long chainSeed;

  // All records given out.
  private long firstTimeNanos;
  private long payloadBytes;

  /**
   * Opens a journal at its start.
   *
   * @param directory the queue directory; one without a journal reads as empty, and may be opened
   *     before its writer
   * @throws JournalException if the directory cannot be listed or its journal not opened
   */
  public static JournalReader open(final Path directory) {
    return new JournalReader(directory);
  }

  private JournalReader(final Path directory) {
    this.directory = directory;
    attach();
  }

  /**
   * Another reader of the same journal that stands where this one does, and is as sure of what lies
   * before: the records up to here are not read again. To be closed on its own; its payload is that
   * of the current record only after its {@link #next}.
   */
  public JournalReader fork() {
    final JournalReader twin = new JournalReader(directory);
    twin.position = position;
    twin.acceptedEnd = acceptedEnd;
    twin.unmarkedPosition = unmarkedPosition;
    twin.started = started;
    twin.ended = ended;
    twin.torn = torn;
    twin.fault = fault;
    if (recordsLeft > 0) {
      final long block = window.position(blockStart);
      final int length = blockEnd - blockStart;
      if (!twin.window.cover(block, length)) {
        twin.close();
        throw new JournalException(directory + " has lost bytes that were there just now");
      }
      twin.blockStart = twin.window.offset(block);
      twin.blockEnd = twin.blockStart + length;
      twin.nextRecord = twin.blockStart + nextRecord - blockStart;
      twin.recordsLeft = recordsLeft;
      twin.blockTimeNanos = blockTimeNanos;
    }
    twin.sequence = sequence;
    twin.ingressTimeNanos = ingressTimeNanos;
    twin.templateId = templateId;
    twin.chain = chain;
    twin.chainSeed = chainSeed;
    twin.firstTimeNanos = firstTimeNanos;
    twin.payloadBytes = payloadBytes;
    return twin;
  }

  /** Finds the queue file, which a writer that is just starting may not have made yet. */
  private boolean attach() {
    if (window.isOpen()) {
      return true;
    }
    final List<Path> files = QueueFile.in(directory);
    if (files.size() > 1) {
      return fail(
          JournalFault.Kind.UNREADABLE,
          0,
          directory + " holds " + files.size() + " queue files; a journal has one");
    }
    if (files.isEmpty()) {
      return false;
    }
    window.open(files.get(0));
    return true;
  }

  /**
   * Moves to the next record.
   *
   * @return false if there is none now: {@link #end} says why, and a journal that is still being
   *     written may have one later
   */
  public boolean next() {
    if (recordsLeft == 0 && !nextBlock()) {
      return false;
    }
    return decodeRecord();
  }

  /**
   * Hands out records until there is none or the limit is reached.
   *
   * @return how many were handed out
   */
  public int poll(final RecordHandler handler, final int limit) {
    int count = 0;
    while (count < limit && next()) {
      handler.onRecord(
          sequence, ingressTimeNanos, templateId, buffer, payloadOffset, payloadLength);
      count++;
    }
    return count;
  }

  private boolean nextBlock() {
    if (isOver() || !attach()) {
      return false;
    }
    while (window.cover(position, QueueFile.HEADER_BYTES)) {
      final int header = window.headerVolatile(position);
      if (!QueueFile.isComplete(header)) {
        return unmarkedBlock(header);
      }
      final int length = QueueFile.length(header);
      if (!QueueFile.isMeta(header)) {
        return markedBlock(length);
      }
      if (walk.isWhole(body(), chain)) {
        return fail(
            JournalFault.Kind.BAD_HEADER, position, "the header of a block says it is meta data");
      }
      position = body() + RecordDescriptor.align4(length);
    }
    return false;
  }

  private boolean isOver() {
    return fault != null || ended || torn;
  }

  private long body() {
    return position + QueueFile.HEADER_BYTES;
  }

  private boolean markedBlock(final int length) {
    if (length < MIN_BLOCK_BYTES) {
      return fail(
          JournalFault.Kind.BAD_BLOCK, position, "a document of " + length + " bytes is no block");
    }
    if (unmarkedPosition >= 0 && !isMarkedByNow()) {
      return fail(
          JournalFault.Kind.BAD_HEADER,
          unmarkedPosition,
          "a document is not marked complete, but others follow it");
    }
    // What the file does not have was cut off, or the length is damaged: end() tells which.
    return window.cover(body(), length) && enterBlock(length);
  }

  private boolean isMarkedByNow() {
    final boolean marked =
        window.cover(unmarkedPosition, QueueFile.HEADER_BYTES)
            && QueueFile.isComplete(window.headerVolatile(unmarkedPosition));
    if (marked) {
      unmarkedPosition = -1;
    }
    return marked;
  }

  /**
   * A whole block at the place where the next one belongs counts as written even if Chronicle's
   * header does not say so yet: the writer died, or is, between the last byte of the block and the
   * header. Only the last document may be like that.
   */
  private boolean unmarkedBlock(final int header) {
    if (!QueueFile.isUnfinished(header)
        || (unmarkedPosition >= 0 && !isMarkedByNow())
        || !window.cover(body(), MIN_BLOCK_BYTES)
        || buffer.getShort(window.offset(body())) == 0
        || !walk.isWhole(body(), chain)
        || !walkedBlockFollows()) {
      return false;
    }
    unmarkedPosition = position;
    return enterBlock(walk.length());
  }

  private boolean walkedBlockFollows() {
    if (!started) {
      return walk.magic() == MAGIC_START;
    }
    final long expected = walk.magic() == MAGIC_RECORDS ? sequence + 1 : sequence;
    return walk.magic() != MAGIC_START && walk.chainAgrees() && walk.firstSequence() == expected;
  }

  private boolean enterBlock(final int length) {
    final int padding = (int) (RecordDescriptor.align4(length) - length);
    // The end of a cut file may lack its padding, which nobody misses.
    final boolean padded = window.cover(body(), length + padding);
    window.cover(body(), length);
    blockStart = window.offset(body());
    blockEnd = blockStart + length;
    for (int i = 0; padded && i < padding; i++) {
      if (buffer.getByte(blockEnd + i) != 0) {
        return failOrTear(
            JournalFault.Kind.BAD_BLOCK, blockEnd, "the padding after a block is not zero");
      }
    }
    final int magic = u16(blockStart + MAGIC_OFFSET);
    if (!started) {
      return enterStart(length);
    }
    if (magic == MAGIC_END) {
      return enterEnd(length);
    }
    if (magic != MAGIC_RECORDS) {
      return failOrTear(
          JournalFault.Kind.BAD_BLOCK, blockStart, "a document does not start like a block");
    }
    return enterRecords(length);
  }

  private boolean enterRecords(final int length) {
    final long first = buffer.getLong(blockStart + SEQUENCE_OFFSET, ORDER);
    if (first != sequence + 1) {
      return failOrTear(
          JournalFault.Kind.SEQUENCE_GAP,
          blockStart,
          "a block starts at sequence " + first + ", expected was " + (sequence + 1));
    }
    final int count = u16(blockStart + COUNT_OFFSET);
    if (count == 0) {
      return failOrTear(JournalFault.Kind.BAD_BLOCK, blockStart, "a block has no records");
    }
    recordsLeft = count;
    nextRecord = blockStart + BLOCK_HEADER_BYTES;
    blockTimeNanos = buffer.getLong(blockStart + TIME_OFFSET, ORDER);
    accept(length);
    return true;
  }

  private boolean enterStart(final int length) {
    if (length != MIN_BLOCK_BYTES || !walk.isWhole(body(), chain) || walk.magic() != MAGIC_START) {
      return failOrTear(
          JournalFault.Kind.BAD_BLOCK,
          blockStart,
          "the journal does not begin with a sound start block of format version "
              + FORMAT_VERSION);
    }
    chainSeed = walk.firstSequence();
    chain = chainSeed;
    started = true;
    accept(length);
    return nextBlock();
  }

  private boolean enterEnd(final int length) {
    if (length != MIN_BLOCK_BYTES || !walk.isWhole(body(), chain) || !walkedBlockFollows()) {
      return failOrTear(
          JournalFault.Kind.BAD_BLOCK,
          blockStart,
          "the end block does not agree with the records before it");
    }
    ended = true;
    accept(length);
    return false;
  }

  private void accept(final int length) {
    position = body() + RecordDescriptor.align4(length);
    acceptedEnd = position;
  }

  private boolean decodeRecord() {
    final int start = nextRecord;
    final int recordsEnd = blockEnd - BLOCK_TRAILER_BYTES;
    if (start + RECORD_HEADER_BYTES + CHECK_BYTES > recordsEnd) {
      return failRecord(start, "a record does not fit into its block");
    }
    final int length = u16(start + LENGTH_OFFSET);
    final int template = u16(start + TEMPLATE_OFFSET);
    final int delta = buffer.getInt(start + DELTA_OFFSET, ORDER);
    int payload = start + RECORD_HEADER_BYTES;
    final long time;
    if (delta == EXPLICIT_TIME) {
      time = buffer.getLong(payload, ORDER);
      payload += EXPLICIT_TIME_BYTES;
    } else {
      time = blockTimeNanos + (delta & 0xFFFF_FFFFL);
    }
    final int end = payload + length;
    if (end + CHECK_BYTES > recordsEnd) {
      return failRecord(start, "a record does not fit into its block");
    }
    final long number = sequence + 1;
    final int crc = window.crc(payload, end);
    final long meta = RecordDescriptor.meta(number, time, template, length);
    if (buffer.getInt(end, ORDER) != RecordDescriptor.check(meta, crc)) {
      return failRecord(start, "a record does not match its check");
    }
    final long nextChain = RecordDescriptor.chain(chain, meta, crc);
    if (recordsLeft == 1 && !closesBlock(end + CHECK_BYTES, nextChain)) {
      return false;
    }
    nextRecord = end + CHECK_BYTES;
    recordsLeft--;
    sequence = number;
    blockTimeNanos = time;
    ingressTimeNanos = time;
    templateId = template;
    payloadOffset = payload;
    payloadLength = length;
    payloadBytes += length;
    if (number == 1) {
      firstTimeNanos = time;
    }
    chain = nextChain;
    return true;
  }

  private boolean closesBlock(final int end, final long chainAfter) {
    if (end + BLOCK_TRAILER_BYTES != blockEnd) {
      return failOrTear(JournalFault.Kind.BAD_BLOCK, end, "a block is longer than its records");
    }
    if (buffer.getLong(end, ORDER) != chainAfter) {
      return failOrTear(
          JournalFault.Kind.CHAIN_BROKEN, end, "the records do not give the chain of their block");
    }
    return true;
  }

  private boolean failRecord(final int at, final String detail) {
    return failOrTear(JournalFault.Kind.BAD_RECORD, at, detail);
  }

  /**
   * A block that ends in zero pages with nothing behind them was never wholly on the disk when the
   * machine died: torn. All else is damage. One flipped byte cannot look like this, for a block
   * ends in eight bytes of chain.
   */
  private boolean failOrTear(
      final JournalFault.Kind kind, final int windowOffset, final String detail) {
    recordsLeft = 0;
    final long at = window.position(windowOffset);
    final long start = window.position(blockStart);
    final long checkStart = window.position(blockEnd) - BLOCK_TRAILER_BYTES;
    final long zeroFrom = (window.endOfData(start) + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    if (zeroFrom <= checkStart + CHECK_BYTES) {
      torn = true;
      return false;
    }
    return fail(kind, at, detail);
  }

  private boolean fail(final JournalFault.Kind kind, final long at, final String detail) {
    recordsLeft = 0;
    fault = new JournalFault(kind, sequence + 1, at, detail);
    return false;
  }

  /**
   * How the journal ends where reading stands; meant for when {@link #next} has returned false.
   * Cold: of a journal that was not closed it reads the rest of the file, to tell a torn tail from
   * a hole. While a writer is at work {@link JournalEnd#TORN} may be momentary; {@link
   * JournalEnd#FAULT} is for good.
   */
  public JournalEnd end() {
    if (fault == null && window.isOpen() && !torn) {
      final JournalEnd end = ended ? afterEnd() : atStop();
      if (fault == null) {
        return end;
      }
    }
    if (fault != null) {
      return JournalEnd.FAULT;
    }
    return torn ? JournalEnd.TORN : JournalEnd.OPEN;
  }

  private JournalEnd afterEnd() {
    if (window.cover(position, QueueFile.HEADER_BYTES)
        && window.headerVolatile(position) != QueueFile.NOT_WRITTEN) {
      fail(JournalFault.Kind.TRAILING_DATA, position, "something follows the end block");
    }
    return JournalEnd.CLEAN;
  }

  private JournalEnd atStop() {
    final int header = stopHeader();
    if (recordsLeft > 0 || isReadable(header)) {
      return JournalEnd.OPEN;
    }
    long found = walk.search(acceptedEnd);
    if (found == body() && isHalfCopied(header)) {
      found = walk.search(body() + walk.length());
    }
    final boolean empty = window.endOfData(acceptedEnd) <= position;
    if (stopHeader() != header || (found == body() && isJustWritten(header))) {
      return JournalEnd.OPEN;
    }
    if (found == body()) {
      fail(JournalFault.Kind.BAD_HEADER, position, "a whole block has a damaged document header");
    } else if (found >= 0) {
      fail(
          JournalFault.Kind.HOLE,
          position,
          "reading stops here, but a whole block lies at " + found);
    } else if (header < 0 && !QueueFile.isUnfinished(header)) {
      fail(JournalFault.Kind.BAD_HEADER, position, "no writer leaves a document header like this");
    }
    return empty && window.size() >= position ? JournalEnd.OPEN : JournalEnd.TORN;
  }

  /**
   * Whether all records of the next block are there but not yet the chain behind them: a writer is,
   * or died, in the middle of the copy. Unless something follows, that is no fault.
   */
  private boolean isHalfCopied(final int header) {
    return QueueFile.isUnfinished(header)
        && walk.isWhole(body(), chain)
        && walk.magic() == MAGIC_RECORDS
        && !walk.chainAgrees();
  }

  /**
   * Whether a live writer has finished the next block since {@link #next} looked, and will mark it
   * any moment.
   */
  private boolean isJustWritten(final int header) {
    // The document before may have been marked only after next() looked at it.
    return (unmarkedPosition < 0 || isMarkedByNow())
        && QueueFile.isUnfinished(header)
        && walk.isWhole(body(), chain)
        && walkedBlockFollows();
  }

  private int stopHeader() {
    return window.cover(position, QueueFile.HEADER_BYTES)
        ? window.headerVolatile(position)
        : QueueFile.NOT_WRITTEN;
  }

  private boolean isReadable(final int header) {
    return QueueFile.isComplete(header)
        && !QueueFile.isMeta(header)
        && window.cover(body(), QueueFile.length(header));
  }

  /** What is wrong, or null. Complete only after {@link #end}. */
  public JournalFault fault() {
    return fault;
  }

  /** Sequence of the current record; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  /** Ingress time of the current record, ns since the epoch. */
  public long ingressTimeNanos() {
    return ingressTimeNanos;
  }

  /** Ingress time of the first record, ns since the epoch; 0 before it. */
  long firstTimeNanos() {
    return firstTimeNanos;
  }

  /** Bytes of all payloads up to the current record. */
  long payloadBytes() {
    return payloadBytes;
  }

  /** Template id of the current record. */
  public int templateId() {
    return templateId;
  }

  /**
   * Holds the payload of the current record; valid until the next call of {@link #next}, {@link
   * #end} or {@link #close}.
   */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** First byte of the current payload in {@link #buffer}. */
  public int offset() {
    return payloadOffset;
  }

  /** Bytes of the current payload. */
  public int length() {
    return payloadLength;
  }

  /** Chain after the current record; the seed before the first. */
  public long chain() {
    return chain;
  }

  /** Seed that the journal's chain starts from; 0 until its start block was read. */
  public long chainSeed() {
    return chainSeed;
  }

  /** File position after the last block that was accepted. */
  public long filePosition() {
    return acceptedEnd;
  }

  private int u16(final int offset) {
    return buffer.getShort(offset, ORDER) & 0xFFFF;
  }

  @Override
  public void close() {
    window.close();
  }
}
