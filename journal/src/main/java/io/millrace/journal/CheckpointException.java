package io.millrace.journal;

/** A checkpoint that cannot be used; the message says which, and why, in one sentence. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For damage and for a checkpoint that belongs to something else. */
  public CheckpointException(final String message) {
    super(message);
  }

  /** For a file that cannot be read. */
  public CheckpointException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
