package io.millrace.core.risk;

/**
 * The price that a market order or a structure of a strategy is judged by. Every other order is
 * judged by the mid.
 */
public enum Reference {
  /** The mid of a sound book; a locked, crossed or one-sided one denies. */
  MID,

  /**
   * The touch that each leg takes, whatever the rest of the book; the last price where the data has
   * no quotes. For a venue that fills at the touch.
   */
  TOUCH,

  /**
   * The last print or bar close, whatever the book. For a venue that fills at the prices of bars.
   */
  LAST
}
