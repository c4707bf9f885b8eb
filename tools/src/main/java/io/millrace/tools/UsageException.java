package io.millrace.tools;

/** An argument that cannot be used; the message is one sentence that says what to give instead. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(final String message) {
    super(message);
  }
}
