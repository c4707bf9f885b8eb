package io.millrace.core.simvenue;

/** How much a market order, or a structure within its limit, can get at once. */
public enum FillSize {
  /**
   * What is displayed at the touch, or the configured share of the bar or print; the rest waits.
   */
  DISPLAYED,

  /** All of it. */
  UNLIMITED
}
