package io.millrace.gateways;

import org.agrona.DirectBuffer;

/**
 * Where inputs come from. Polled by the one ingress thread; the bytes it points at stay as they are
 * until the next poll.
 */
public interface Feed extends AutoCloseable {
  /** What a poll found. */
  enum Poll {
    /** An input is ready: see {@link Feed#buffer()}. */
    INPUT,
    /** Nothing now; try again. */
    IDLE,
    /** There will be no more. */
    END
  }

  /** Looks for the next input. */
  Poll poll();

  /** Holds the input, message header first. */
  DirectBuffer buffer();

  /** Where the header begins. */
  int offset();

  /** Bytes of header and message. */
  int length();

  @Override
  void close();
}
