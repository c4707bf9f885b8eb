package io.millrace.core.engines.hedge;

/** Whose implied volatilities and Greeks count. */
public enum GreeksSource {
  /** Our own, from the middle of the quote. */
  COMPUTED,

  /** A vendor's alone; a contract without them is left out. */
  VENDOR,

  /**
   * A vendor's where they are there and fresh, else our own; what a vendor leaves out is computed
   * from its volatility.
   */
  VENDOR_THEN_COMPUTED
}
