package io.millrace.tools.sweep;

/** What was asked for is no sweep; the message is one sentence for the user. */
public final class SweepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence, with what to do. */
  public SweepException(final String message) {
    super(message);
  }
}
