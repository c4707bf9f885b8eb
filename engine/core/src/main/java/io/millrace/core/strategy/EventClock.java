package io.millrace.core.strategy;

/** Event time: what a replay sees again. There is no other clock. */
public interface EventClock {
  /** Time of the event in hand, nanoseconds since the Unix epoch, UTC. */
  long now();

  /**
   * Nanoseconds since midnight in the time zone of the exchange, New York unless config says so.
   */
  long timeOfDay();

  /** Day of the exchange's calendar as days since 1970-01-01. */
  long day();

  /** Nanoseconds until the instrument's session closes; below 0 after it; max long if never. */
  long untilClose(Instrument instrument);

  /**
   * Calls {@link Strategy#timer} once; a timer of the same name is replaced.
   *
   * @param time nanoseconds since the Unix epoch
   */
  void at(String name, long time);

  /**
   * Calls {@link Strategy#timer} at each whole multiple of an interval of event time; a timer of
   * the same name is replaced.
   *
   * @param nanos above 0
   */
  void every(String name, long nanos);

  /** Forgets a timer. */
  void cancel(String name);
}
