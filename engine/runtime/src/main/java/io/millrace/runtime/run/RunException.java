package io.millrace.runtime.run;

/** A run that cannot go on; the message is one sentence for people that says what to do next. */
public final class RunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one sentence for people. */
  public RunException(final String message) {
    super(message);
  }

  /** With one sentence for people and what was behind it. */
  public RunException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
