package io.millrace.journal;

/** How a journal ends where reading stopped. */
public enum JournalEnd {
  /** The writer closed it: an end block is there and agrees. */
  CLEAN,
  /**
   * It stops after a whole document, without an end block: still being written, or the writer was
   * killed between two.
   */
  OPEN,
  /**
   * It stops inside a document that was never completed; all records before are whole. Legitimate
   * after a crash.
   */
  TORN,
  /** It is damaged. A refusal to trade; see the fault. */
  FAULT
}
