package io.millrace.core.state;

/** A checkpoint was saved by something else than what loads it. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected and found, and in which part. */
  public StateException(final String message) {
    super(message);
  }
}
