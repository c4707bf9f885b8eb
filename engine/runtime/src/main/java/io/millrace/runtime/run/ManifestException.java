package io.millrace.runtime.run;

/** A manifest that is there and cannot be used: damage, or the work of another version. */
public final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ManifestException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
