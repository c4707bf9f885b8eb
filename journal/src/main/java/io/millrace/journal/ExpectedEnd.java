package io.millrace.journal;

/**
 * What a manifest says of a finished journal.
 *
 * @param sequence sequence of the last record, 0 for none
 * @param chain chain after it
 * @param fileCrc CRC32C over every byte of the queue's files, as {@link JournalVerifier#fileCrc}
 *     gives it, or {@link #UNKNOWN_CRC}
 */
public record ExpectedEnd(long sequence, long chain, long fileCrc) {
  /** The bytes outside the records are not held against anything. */
  public static final long UNKNOWN_CRC = -1;

  /** Where only the records are known. */
  public ExpectedEnd(final long sequence, final long chain) {
    this(sequence, chain, UNKNOWN_CRC);
  }
}
