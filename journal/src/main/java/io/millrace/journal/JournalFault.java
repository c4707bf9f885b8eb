package io.millrace.journal;

import java.util.Objects;

/**
 * The first thing wrong with a journal.
 *
 * @param kind what is wrong
 * @param sequence sequence of the first record that cannot be trusted
 * @param filePosition byte of the queue file where it was found, or -1
 * @param detail one sentence for a person
 */
public record JournalFault(Kind kind, long sequence, long filePosition, String detail) {
  /** What can be wrong. */
  public enum Kind {
    /** Chronicle's length header is not one that a writer leaves. */
    BAD_HEADER,
    /** A document is not a block of ours, or its frame does not add up. */
    BAD_BLOCK,
    /** A record does not match its check. */
    BAD_RECORD,
    /** A block does not continue the sequence. */
    SEQUENCE_GAP,
    /**
     * All records match their checks but not the chain: some were removed, replaced or reordered.
     */
    CHAIN_BROKEN,
    /** Reading stops, but valid records lie further on. */
    HOLE,
    /** Something follows the end block. */
    TRAILING_DATA,
    /** The journal ends before, after or otherwise than its manifest says. */
    UNEXPECTED_END,
    /** Every record is sound, but a byte that Chronicle alone uses (header, index) was changed. */
    OUTSIDE_RECORDS,
    /** The queue directory or file cannot be read as one journal. */
    UNREADABLE
  }

  public JournalFault {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }

  @Override
  public String toString() {
    return kind + " at sequence " + sequence + ", file position " + filePosition + ": " + detail;
  }
}
