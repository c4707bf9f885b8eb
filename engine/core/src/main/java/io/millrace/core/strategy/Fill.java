package io.millrace.core.strategy;

import io.millrace.codecs.Liquidity;

/** A part of an own order traded. Valid during the callback. */
public interface Fill {
  /** What {@link Execution} returned for the order. */
  long ticket();

  /** What traded; a leg for a structure. */
  Instrument instrument();

  /** Event time, nanoseconds. */
  long time();

  /** Units, above 0 bought, below 0 sold. */
  double quantity();

  /** Of one unit. */
  double price();

  /** Paid, account currency. */
  double fee();

  /** Maker or taker. */
  Liquidity liquidity();
}
