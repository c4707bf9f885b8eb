package io.millrace.core.simvenue;

/** When and at what price a market order trades. */
public enum FillTiming {
  /**
   * At the touch, as soon as the order arrives. Where the recording has no quotes at all for the
   * instrument, at the last price.
   */
  TOUCH,

  /** At the last price, which is the close of the bar in hand when an order is caused by a bar. */
  BAR_CLOSE,

  /**
   * At the open of the first bar that begins at or after the order's arrival, which in data of
   * prints is the next print.
   */
  NEXT_OPEN
}
