package io.millrace.tools.data;

/** Why a source row does not become a curated row. */
public enum RowRefusal {
  /** Too few or too many columns. */
  COLUMN_COUNT(true),
  /** A field that is no number, or has more digits than 1e-8 can hold. */
  NOT_A_NUMBER(true),
  /** A price below zero. */
  NEGATIVE_PRICE(true),
  /** A trade price of zero. */
  ZERO_PRICE(true),
  /** A size or count below zero. */
  NEGATIVE_SIZE(true),
  /** A trade of nothing. */
  ZERO_SIZE(true),
  /** An exchange that is not one ASCII character. */
  UNKNOWN_EXCHANGE(true),
  /** A date that is none. */
  BAD_DATE(true),
  /** High below low, or open or close outside them. */
  MALFORMED_BAR(true),
  /** A time before or after the day of the file. */
  TIME_OUTSIDE_DAY(true),
  /** A time behind the row before it (or equal to it, for bars). */
  TIME_BACKWARDS(true),
  /** A row of an entry whose name does not say what it holds. */
  ENTRY_NAME(true),
  /** A row of a date on which its market was closed. */
  MARKET_CLOSED(true),
  /** Text that is no JSON, or lacks a field that it needs. */
  MALFORMED_RECORD(true),
  /** A name that is no symbol or contract, or another one than its file's. */
  UNKNOWN_SYMBOL(true),
  /** A word where one of a few belongs, such as a side. */
  UNKNOWN_VALUE(true),
  /** A tick that its vendor flagged as suspicious: it is real, but it does not move the book. */
  SUSPICIOUS_TICK(false),
  /** A contract that had expired before the date of the file: a phantom. */
  EXPIRED_CONTRACT(false),
  /**
   * Open interest on the first session after a split: it is of the evening before, in contracts
   * that no longer exist by these strikes.
   */
  BEFORE_SPLIT(false),
  /** The same again: an update, trade or contract that was there before. */
  DUPLICATE(false),
  /** An update of a book that no snapshot came before. */
  BEFORE_SNAPSHOT(false),
  /** An update of a book that missed one before it; the book waits for its next snapshot. */
  SEQUENCE_GAP(false),
  /** An option on a package of shares after a corporate action, whose root ends in a digit. */
  ADJUSTED_CONTRACT(false),
  /** A row of a date that was not asked for, in a file of several dates. */
  OTHER_DATE(false),
  /** A message without a time of its own, before any that has one. */
  NO_TIME(false),
  /** A bar of an interval in which nothing traded, without prices. */
  EMPTY_BAR(false),
  /** An option of which a file tells neither open interest nor Greeks. */
  EMPTY_OPTION(false),
  /** A row that holds nothing but prices of a later date than that of its file. */
  LOOK_AHEAD(false);

  private final boolean fault;

  RowRefusal(final boolean fault) {
    this.fault = fault;
  }

  /**
   * Whether the row is wrong, so that its file is refused unless the user skips bad rows; otherwise
   * the row is well formed, is always left out and counted.
   */
  public boolean isFault() {
    return fault;
  }
}
