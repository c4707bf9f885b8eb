package io.millrace.core.strategy;

import io.millrace.codecs.Side;

/** A print. Valid during the callback. */
public interface Trade {
  /** Of what. */
  Instrument instrument();

  /** Event time, nanoseconds. */
  long time();

  /** Above 0. */
  double price();

  /** Units, above 0. */
  double size();

  /** Who crossed; NONE = unknown. */
  Side aggressor();
}
