package io.millrace.core.strategy;

/** A top of book; NaN where a side is empty. Valid during the callback. */
public interface Quote {
  /** Whose. */
  Instrument instrument();

  /** Event time, nanoseconds. */
  long time();

  /** Best bid. */
  double bid();

  /** Units at the bid, 0 where there is none. */
  double bidSize();

  /** Best ask. */
  double ask();

  /** Units at the ask, 0 where there is none. */
  double askSize();

  /** Middle; NaN unless both sides are there. */
  double mid();
}
