package io.millrace.journal;

import static io.millrace.journal.RecordDescriptor.BLOCK_HEADER_BYTES;
import static io.millrace.journal.RecordDescriptor.BLOCK_TRAILER_BYTES;
import static io.millrace.journal.RecordDescriptor.CHECK_BYTES;
import static io.millrace.journal.RecordDescriptor.COUNT_OFFSET;
import static io.millrace.journal.RecordDescriptor.EXPLICIT_TIME;
import static io.millrace.journal.RecordDescriptor.EXPLICIT_TIME_BYTES;
import static io.millrace.journal.RecordDescriptor.FORMAT_VERSION;
import static io.millrace.journal.RecordDescriptor.MAGIC_END;
import static io.millrace.journal.RecordDescriptor.MAGIC_OFFSET;
import static io.millrace.journal.RecordDescriptor.MAGIC_RECORDS;
import static io.millrace.journal.RecordDescriptor.MAGIC_START;
import static io.millrace.journal.RecordDescriptor.MAX_BLOCK_OVERHEAD_BYTES;
import static io.millrace.journal.RecordDescriptor.MAX_BLOCK_RECORDS;
import static io.millrace.journal.RecordDescriptor.MAX_DELTA_NANOS;
import static io.millrace.journal.RecordDescriptor.MAX_PAYLOAD_BYTES;
import static io.millrace.journal.RecordDescriptor.MAX_RECORD_OVERHEAD_BYTES;
import static io.millrace.journal.RecordDescriptor.MAX_TEMPLATE_ID;
import static io.millrace.journal.RecordDescriptor.ORDER;
import static io.millrace.journal.RecordDescriptor.RECORD_HEADER_BYTES;
import static io.millrace.journal.RecordDescriptor.SEQUENCE_OFFSET;
import static io.millrace.journal.RecordDescriptor.TIME_OFFSET;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends records to a fresh queue directory. One instance, one thread at a time; {@link
 * #publishedSequence()} and {@link #durableSequence()} may be read by any thread.
 *
 * <p>{@link #append} only gathers; a record exists for readers, and survives the death of the
 * process, once {@link #flush} has returned (or an append that found the document full has flushed
 * it). Act on an input only after that. Nothing is allocated per append or flush after warm-up.
 *
 * <p>The first failure of the disk stops the writer for good: every later call throws a {@link
 * JournalException} with the first reason.
 */
public final class JournalWriter implements AutoCloseable {
  /** Free space of the disk is asked for each time this many bytes have been written. */
  private static final int RESERVE_CHECK_BYTES = 4 << 20;

  /** Page size used to trim the closed file. */
  private static final long PAGE_BYTES = 4096;

  /** Bytes left after the last document: more than a reader at the end touches. */
  private static final long TRIM_MARGIN_BYTES = 64;

  private final Path directory;
  private final File directoryFile;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final Path file;
  private final JournalSync sync;
  private final SyncMode syncMode;
  private final int documentBytes;
  private final long diskReserveBytes;

  /** The block being gathered. */
  private final UnsafeBuffer block;

  private final ByteBuffer crcView;
  private final PointerBytesStore blockBytes = new PointerBytesStore();
  private final long blockAddress;
  private final CRC32C crc32c = new CRC32C();

  private int blockEnd = BLOCK_HEADER_BYTES;
  private int blockRecords;
  private long lastSequence;
  private long lastTimeNanos;
  private long chain;

  private long bytesWritten;
  private long bytesSinceReserveCheck;
  private JournalException failure;
  private boolean closed;

  /**
   * Starts a journal.
   *
   * @param directory the queue directory; created if absent, must hold no journal yet
   * @param options how to write
   * @throws JournalException if the directory cannot be written, already holds a journal, or the
   *     disk is below its reserve
   */
  public static JournalWriter open(final Path directory, final JournalOptions options) {
    ChronicleSettings.apply();
    createFresh(directory);
    checkReserve(directory, directory.toFile(), options.diskReserveBytes());
    try {
      return new JournalWriter(directory, options);
    } catch (IOException | RuntimeException | Error e) {
      throw new JournalException("cannot start a journal in " + directory + ": " + reason(e), e);
    }
  }

  private static void createFresh(final Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new JournalException(
          "cannot create the journal directory "
              + directory
              + "; give a path that this user may write",
          e);
    }
    if (!Files.isWritable(directory)) {
      throw new JournalException(
          "the journal directory " + directory + " is not writable; give one that is");
    }
    if (!QueueFile.in(directory).isEmpty()) {
      throw new JournalException(
          "the directory "
              + directory
              + " already holds a journal, and a journal is never appended to; start a new run directory");
    }
  }

  private JournalWriter(final Path directory, final JournalOptions options) throws IOException {
    this.directory = directory;
    directoryFile = directory.toFile();
    syncMode = options.syncMode();
    documentBytes = options.documentBytes();
    diskReserveBytes = options.diskReserveBytes();
    chain = options.chainSeed();

    final ByteBuffer bytes =
        BufferUtil.allocateDirectAligned(
            Math.max(documentBytes, MAX_PAYLOAD_BYTES + MAX_BLOCK_OVERHEAD_BYTES), 64);
    block = new UnsafeBuffer(bytes);
    crcView = bytes.duplicate().order(ORDER);
    blockAddress = BufferUtil.address(bytes);
    blockBytes.singleThreadedCheckDisabled(true);

    queue =
        SingleChronicleQueueBuilder.binary(directory)
            // One cycle for the whole run: the clock must have no say in where a record goes.
            .rollCycle(RollCycles.FAST_DAILY)
            .timeProvider(() -> 0L)
            .blockSize(options.mappingBytes())
            .build();
    appender = queue.createAppender();
    // Opened by one thread, written by another, closed by a third: one at a time, which the runtime
    // sees to.
    appender.singleThreadedCheckDisabled(true);
    writeMarker(MAGIC_START, FORMAT_VERSION, chain, ~chain);
    file = QueueFile.in(directory).get(0);
    AtomicFile.syncDirectory(directory);
    sync = new JournalSync(file, options);
    sync.start();
  }

  /**
   * Gathers one record; see {@link #flush} for when it counts.
   *
   * @param sequence the last one plus 1; the first is 1
   * @param ingressTimeNanos ns since the epoch, any value
   * @param templateId 0 to 65,535
   * @param buffer holds the payload; copied before this returns
   * @param offset first byte of the payload
   * @param length bytes of the payload, 0 to {@link RecordDescriptor#MAX_PAYLOAD_BYTES}
   * @throws IllegalArgumentException if an argument is out of range or the sequence has a gap;
   *     nothing was gathered
   * @throws JournalException if the journal has stopped
   */
  public void append(
      final long sequence,
      final long ingressTimeNanos,
      final int templateId,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    if (sequence != lastSequence + 1
        || (templateId & ~MAX_TEMPLATE_ID) != 0
        || length < 0
        || length > MAX_PAYLOAD_BYTES) {
      throw refuse(sequence, templateId, length);
    }
    buffer.boundsCheck(offset, length);
    if (blockRecords != 0
        && (blockEnd + length + MAX_RECORD_OVERHEAD_BYTES + BLOCK_TRAILER_BYTES > documentBytes
            || blockRecords == MAX_BLOCK_RECORDS)) {
      publish();
    } else {
      ensureRunning();
    }
    encode(sequence, ingressTimeNanos, templateId, buffer, offset, length);
  }

  private void encode(
      final long sequence,
      final long timeNanos,
      final int templateId,
      final DirectBuffer source,
      final int offset,
      final int length) {
    if (blockRecords == 0) {
      block.putLong(SEQUENCE_OFFSET, sequence, ORDER);
      block.putLong(TIME_OFFSET, timeNanos, ORDER);
      lastTimeNanos = timeNanos;
    }
    final int start = blockEnd;
    final long delta = timeNanos - lastTimeNanos;
    int payload = start + RECORD_HEADER_BYTES;
    if (delta >= 0 && delta <= MAX_DELTA_NANOS) {
      block.putLong(start, RecordDescriptor.header(length, templateId, (int) delta), ORDER);
    } else {
      block.putLong(start, RecordDescriptor.header(length, templateId, EXPLICIT_TIME), ORDER);
      block.putLong(payload, timeNanos, ORDER);
      payload += EXPLICIT_TIME_BYTES;
    }
    block.putBytes(payload, source, offset, length);

    final int end = payload + length;
    final int crc = crc(payload, end);
    final long meta = RecordDescriptor.meta(sequence, timeNanos, templateId, length);
    block.putInt(end, RecordDescriptor.check(meta, crc), ORDER);
    chain = RecordDescriptor.chain(chain, meta, crc);
    blockEnd = end + CHECK_BYTES;
    blockRecords++;
    lastSequence = sequence;
    lastTimeNanos = timeNanos;
  }

  private int crc(final int start, final int end) {
    crcView.limit(end).position(start);
    crc32c.reset();
    crc32c.update(crcView);
    return (int) crc32c.getValue();
  }

  /**
   * Writes all gathered records as one document. When this returns they survive the death of the
   * process, and in {@link SyncMode#EVERY} that of the machine. Does nothing if nothing was
   * gathered.
   *
   * @throws JournalException if the journal has stopped or stops now; none of the gathered records
   *     may be acted on
   */
  public void flush() {
    if (blockRecords == 0) {
      ensureRunning();
      return;
    }
    publish();
    if (syncMode == SyncMode.EVERY) {
      force();
    }
  }

  /**
   * Flushes, then forces everything written to the disk, in any mode.
   *
   * @throws JournalException if the journal has stopped or the disk refuses
   */
  public void sync() {
    if (blockRecords != 0) {
      publish();
    } else {
      ensureRunning();
    }
    force();
  }

  private void publish() {
    ensureRunning();
    if (sync.hasFailed()) {
      failure =
          new JournalException(
              "the journal in " + directory + " could not be forced to the disk and has stopped");
      throw failure;
    }
    if (diskReserveBytes != 0 && bytesSinceReserveCheck >= RESERVE_CHECK_BYTES) {
      bytesSinceReserveCheck = 0;
      try {
        checkReserve(directory, directoryFile, diskReserveBytes);
      } catch (JournalException e) {
        failure = e;
        throw e;
      }
    }
    block.putInt(MAGIC_OFFSET, MAGIC_RECORDS | (blockRecords << (COUNT_OFFSET * Byte.SIZE)), ORDER);
    block.putLong(blockEnd, chain, ORDER);
    writeDocument(blockEnd + BLOCK_TRAILER_BYTES);
    blockEnd = BLOCK_HEADER_BYTES;
    blockRecords = 0;
    sync.published(lastSequence);
  }

  private void writeMarker(final int magic, final int count, final long sequence, final long time) {
    block.putShort(MAGIC_OFFSET, (short) magic, ORDER);
    block.putShort(COUNT_OFFSET, (short) count, ORDER);
    block.putLong(SEQUENCE_OFFSET, sequence, ORDER);
    block.putLong(TIME_OFFSET, time, ORDER);
    block.putLong(BLOCK_HEADER_BYTES, chain, ORDER);
    writeDocument(RecordDescriptor.MIN_BLOCK_BYTES);
  }

  /**
   * Everything is encoded by now: what Chronicle does between beginning and ending a document is
   * one copy. Should even that throw, the document may stand half-written, and the journal has
   * stopped.
   */
  private void writeDocument(final int length) {
    try {
      blockBytes.set(blockAddress, length);
      appender.writeBytes((BytesStore<?, ?>) blockBytes);
    } catch (RuntimeException | Error e) {
      failure =
          new JournalException(
              "the journal in " + directory + " cannot be written: " + reason(e), e);
      throw failure;
    }
    final int written = QueueFile.HEADER_BYTES + length;
    bytesWritten += written;
    bytesSinceReserveCheck += written;
  }

  private void force() {
    try {
      sync.force();
    } catch (IOException | RuntimeException | Error e) {
      failure =
          new JournalException(
              "the journal in " + directory + " cannot be forced to the disk: " + reason(e), e);
      throw failure;
    }
  }

  /** Sequence of the last record appended, 0 before the first. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Chain after the last record appended; the seed before the first. */
  public long chain() {
    return chain;
  }

  /** Sequence of the last record that readers see and that outlives the process. Any thread. */
  public long publishedSequence() {
    return sync.publishedSequence();
  }

  /** Sequence of the last record known to be on the disk. Any thread. */
  public long durableSequence() {
    return sync.durableSequence();
  }

  /** Longest time one force took so far, ns. Any thread. */
  public long longestSyncNanos() {
    return sync.longestSyncNanos();
  }

  /** Bytes of documents written, with their headers. */
  public long bytesWritten() {
    return bytesWritten;
  }

  /** The queue file. */
  public Path file() {
    return file;
  }

  /**
   * Flushes, writes the end block, forces all to the disk unless the mode is {@link SyncMode#NONE},
   * and cuts the sparse rest off the file. A journal that has stopped is closed without an end
   * block: it reads as after a crash.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    long fileEnd = 0;
    try {
      if (failure == null) {
        if (blockRecords != 0) {
          publish();
        }
        writeMarker(MAGIC_END, 0, lastSequence, RecordDescriptor.endCheck(lastSequence, chain));
        if (syncMode != SyncMode.NONE) {
          force();
        }
      }
      fileEnd = appender.wire().bytes().writePosition();
    } finally {
      sync.close();
      queue.close();
    }
    if (failure == null) {
      trim(fileEnd);
      failure = new JournalException("the journal in " + directory + " is closed");
    }
  }

  /**
   * Whole pages, with a margin past the end: a reader that follows still looks there for its next
   * document.
   */
  private void trim(final long fileEnd) {
    final long size = (fileEnd + TRIM_MARGIN_BYTES + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.size() > size) {
        channel.truncate(size);
      }
    } catch (IOException e) {
      throw new JournalException("cannot trim the closed journal " + file + ": " + reason(e), e);
    }
  }

  private void ensureRunning() {
    if (failure != null) {
      throw failure;
    }
  }

  private RuntimeException refuse(final long sequence, final int templateId, final int length) {
    if (failure != null) {
      return failure;
    }
    if (sequence != lastSequence + 1) {
      return new IllegalArgumentException(
          "journal sequence " + sequence + " does not follow " + lastSequence);
    }
    if ((templateId & ~MAX_TEMPLATE_ID) != 0) {
      return new IllegalArgumentException(
          "template id is " + templateId + "; allowed are 0 to " + MAX_TEMPLATE_ID);
    }
    return new IllegalArgumentException(
        "payload length is " + length + "; allowed are 0 to " + MAX_PAYLOAD_BYTES);
  }

  private static void checkReserve(
      final Path directory, final File directoryFile, final long reserveBytes) {
    if (reserveBytes == 0) {
      return;
    }
    final long free = directoryFile.getUsableSpace();
    if (free < reserveBytes) {
      throw new JournalException(
          "the disk of "
              + directory
              + " has "
              + free
              + " bytes free, less than the reserve of "
              + reserveBytes
              + " (journal.disk_reserve_bytes); free some space or use another disk");
    }
  }

  private static String reason(final Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
