package io.millrace.core.portfolio;

/** The price by which what is held is valued. */
public enum MarkRule {
  /**
   * The mid of a regular book, else the last price; an option without a bid keeps its last mark,
   * but no more than its ask, long, and is worth its ask short.
   */
  MID,

  /** The last print or the close of the last bar; where there is none, as {@link #MID}. */
  LAST,

  /** What closing would get at once: the bid of what is long, the ask of what is short. */
  TOUCH
}
