package io.millrace.journal;

import java.util.Objects;

/**
 * How a journal is written.
 *
 * @param chainSeed value the hash chain starts from: the verified end of the previous run, or 0
 * @param syncMode when records are forced to the disk
 * @param syncIntervalNanos time between forces in {@link SyncMode#INTERVAL}, ns, at least 100 µs
 * @param documentBytes most bytes gathered into one document before it is written out, 64 to
 *     1,048,576; a record larger than that gets a document of its own
 * @param mappingBytes bytes mapped at a time, a power of two from 262,144 (256 KiB) to
 *     1,073,741,824; files are sparse, so this costs address space, not disk
 * @param diskReserveBytes free bytes of the disk below which nothing is appended any more; 0 turns
 *     the check off
 * @param fatalHandler told when a force fails on the journal's own thread
 */
public record JournalOptions(
    long chainSeed,
    SyncMode syncMode,
    long syncIntervalNanos,
    int documentBytes,
    int mappingBytes,
    long diskReserveBytes,
    FatalHandler fatalHandler) {

  /** Default time between forces: 10 ms. */
  public static final long DEFAULT_SYNC_INTERVAL_NANOS = 10_000_000L;

  /** Default bound of a document: 16 KiB, some 130 to 250 quotes. */
  public static final int DEFAULT_DOCUMENT_BYTES = 16 << 10;

  /** Default mapping: 64 MiB. */
  public static final int DEFAULT_MAPPING_BYTES = 64 << 20;

  /** Default reserve: 256 MiB. */
  public static final long DEFAULT_DISK_RESERVE_BYTES = 256L << 20;

  /**
   * Chronicle overlaps its mappings by a quarter, and a document must fit into the overlap with its
   * header: an eighth leaves room. The smallest mapping does the same for the largest record.
   */
  private static final int MAPPING_PER_DOCUMENT = 8;

  static final int MIN_DOCUMENT_BYTES = 64;
  static final int MAX_DOCUMENT_BYTES = 1 << 20;
  static final int MIN_MAPPING_BYTES = 1 << 20;
  static final int MAX_MAPPING_BYTES = 1 << 30;
  static final long MIN_SYNC_INTERVAL_NANOS = 100_000L;

  public JournalOptions {
    Objects.requireNonNull(syncMode, "syncMode");
    Objects.requireNonNull(fatalHandler, "fatalHandler");
    checkRange(
        "journal.sync_interval_nanos", syncIntervalNanos, MIN_SYNC_INTERVAL_NANOS, Long.MAX_VALUE);
    checkRange("journal.document_bytes", documentBytes, MIN_DOCUMENT_BYTES, MAX_DOCUMENT_BYTES);
    checkRange("journal.mapping_bytes", mappingBytes, MIN_MAPPING_BYTES, MAX_MAPPING_BYTES);
    if (Integer.bitCount(mappingBytes) != 1) {
      throw new IllegalArgumentException(
          "journal.mapping_bytes is " + mappingBytes + "; it must be a power of two");
    }
    if (documentBytes > mappingBytes / MAPPING_PER_DOCUMENT) {
      throw new IllegalArgumentException(
          "journal.document_bytes is "
              + documentBytes
              + "; it must be at most an eighth of journal.mapping_bytes ("
              + mappingBytes
              + ")");
    }
    checkRange("journal.disk_reserve_bytes", diskReserveBytes, 0, Long.MAX_VALUE);
  }

  /**
   * Shipped defaults: chain from 0, group commit every 10 ms, 16 KiB documents, 64 MiB mappings,
   * 256 MiB reserve.
   */
  public static JournalOptions defaults() {
    return new JournalOptions(
        0,
        SyncMode.INTERVAL,
        DEFAULT_SYNC_INTERVAL_NANOS,
        DEFAULT_DOCUMENT_BYTES,
        DEFAULT_MAPPING_BYTES,
        DEFAULT_DISK_RESERVE_BYTES,
        FatalHandler.HALT);
  }

  /** The same with another chain seed. */
  public JournalOptions withChainSeed(final long seed) {
    return new JournalOptions(
        seed,
        syncMode,
        syncIntervalNanos,
        documentBytes,
        mappingBytes,
        diskReserveBytes,
        fatalHandler);
  }

  /** The same with another sync mode. */
  public JournalOptions withSyncMode(final SyncMode mode) {
    return new JournalOptions(
        chainSeed,
        mode,
        syncIntervalNanos,
        documentBytes,
        mappingBytes,
        diskReserveBytes,
        fatalHandler);
  }

  /** The same with another sync interval, ns. */
  public JournalOptions withSyncIntervalNanos(final long nanos) {
    return new JournalOptions(
        chainSeed, syncMode, nanos, documentBytes, mappingBytes, diskReserveBytes, fatalHandler);
  }

  /** The same with another bound of a document, bytes. */
  public JournalOptions withDocumentBytes(final int bytes) {
    return new JournalOptions(
        chainSeed,
        syncMode,
        syncIntervalNanos,
        bytes,
        mappingBytes,
        diskReserveBytes,
        fatalHandler);
  }

  /** The same with another mapping size, bytes. */
  public JournalOptions withMappingBytes(final int bytes) {
    return new JournalOptions(
        chainSeed,
        syncMode,
        syncIntervalNanos,
        documentBytes,
        bytes,
        diskReserveBytes,
        fatalHandler);
  }

  /** The same with another disk reserve, bytes. */
  public JournalOptions withDiskReserveBytes(final long bytes) {
    return new JournalOptions(
        chainSeed, syncMode, syncIntervalNanos, documentBytes, mappingBytes, bytes, fatalHandler);
  }

  /** The same with another fatal handler. */
  public JournalOptions withFatalHandler(final FatalHandler handler) {
    return new JournalOptions(
        chainSeed,
        syncMode,
        syncIntervalNanos,
        documentBytes,
        mappingBytes,
        diskReserveBytes,
        handler);
  }

  private static void checkRange(
      final String name, final long value, final long least, final long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + "; allowed are " + least + " to " + most);
    }
  }
}
