package io.millrace.core.strategy;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;

/** Something that can be traded; one object for each, which may be kept and compared with ==. */
public interface Instrument {
  /** Number of the instrument in this run. */
  int id();

  /** Unique name; options in OSI form. */
  String symbol();

  /** What it is. */
  InstrumentKind kind();

  /** Smallest price step. */
  double tickSize();

  /** Smallest quantity step. */
  double lotSize();

  /** Units of the underlying per contract; 1 for what is no derivative. */
  double multiplier();

  /** Underlying of a derivative, null for none. */
  Instrument underlying();

  /** Strike of an option, NaN for what is none. */
  double strike();

  /** Call or put; NONE for what is no option. */
  OptionRight right();

  /** Instant of expiry, nanoseconds since the Unix epoch; 0 = never. */
  long expiry();
}
