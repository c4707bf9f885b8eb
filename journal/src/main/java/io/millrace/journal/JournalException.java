package io.millrace.journal;

/**
 * The journal cannot do what was asked. The message is one sentence for the operator: what, where,
 * what to do.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalException(final String message) {
    super(message);
  }

  public JournalException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
