package io.millrace.gateways.recorded;

import org.agrona.DirectBuffer;

/** Encoded inputs in order of event time. The bytes stay as they are until the next call. */
public interface EventSource extends AutoCloseable {
  /** Moves to the next event; false at the end. */
  boolean next();

  /** Event time of this event, nanoseconds since the epoch; never below the one before. */
  long eventTime();

  /** Holds the event, message header first. */
  DirectBuffer buffer();

  /** Where the header begins. */
  int offset();

  /** Bytes of header and message. */
  int length();

  @Override
  void close();
}
