package io.millrace.journal;

/**
 * Told once when the disk has refused what was already acknowledged: from here on nothing that was
 * written can be trusted, so the handler must stop trading and end the process. Called on the
 * journal's own thread.
 */
@FunctionalInterface
public interface FatalHandler {
  /** Says why on stderr and ends the process with {@link #EXIT_CODE}, running no shutdown hooks. */
  FatalHandler HALT =
      (reason, cause) -> {
        say(reason, cause);
        Runtime.getRuntime().halt(FatalHandler.EXIT_CODE);
      };

  /** Exit code of a process that a fault halted. */
  int EXIT_CODE = 4;

  /** Prints the reason on stderr in one line. */
  static void say(final String reason, final Throwable cause) {
    System.err.println("millrace: " + reason + " (" + cause + "). Trading stops here.");
  }

  /**
   * @param reason one sentence for the operator, without a full stop
   * @param cause what the disk said
   */
  void onFatal(String reason, Throwable cause);
}
