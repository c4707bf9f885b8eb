package io.millrace.tools;

/** A verification found a difference or damage: exit code 3. */
final class DifferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DifferenceException(final String message) {
    super(message);
  }
}
