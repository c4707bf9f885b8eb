package io.millrace.core.strategy;

/** A finished bar. Valid during the callback. */
public interface Bar {
  /** Of what. */
  Instrument instrument();

  /** Start, nanoseconds. */
  long start();

  /** End, nanoseconds; usually the event time. */
  long end();

  /** First price. */
  double open();

  /** Highest price. */
  double high();

  /** Lowest price. */
  double low();

  /** Last price. */
  double close();

  /** Units traded. */
  double volume();
}
