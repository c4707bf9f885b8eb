package io.millrace.core.strategy;

/**
 * Says what a strategy threw without calling a method that the strategy may have written: a hostile
 * {@code getMessage} never runs on the host's thread.
 */
public final class Thrown {
  private static final int MAX_MESSAGE = 200;

  private Thrown() {}

  /**
   * One line: where in the strategy, the class, and the message if the class is of the JDK or ours.
   *
   * <pre>
   *   EmaCross.java:31: java.lang.ArithmeticException: / by zero
   * </pre>
   *
   * @param thrown what came out of a callback
   * @param strategy whose callback it was; its module tells which frames are the strategy's
   */
  public static String describe(final Throwable thrown, final Strategy strategy) {
    final Class<?> type = strategy.getClass();
    return describe(thrown, type.getModule().isNamed() ? type.getModule().getName() : null);
  }

  /**
   * The same.
   *
   * @param module name of the module whose frames are a strategy's; null = any but the JDK's
   */
  public static String describe(final Throwable thrown, final String module) {
    final StringBuilder text = new StringBuilder();
    // The sandbox lets no class of a strategy override getStackTrace.
    for (final StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getLineNumber() > 0 && of(module, frame.getModuleName())) {
        text.append(frame.getFileName()).append(':').append(frame.getLineNumber()).append(": ");
        break;
      }
    }
    if (thrown instanceof BudgetExceeded) {
      return text.append(thrown.getMessage()).toString();
    }
    final Class<?> type = thrown.getClass();
    text.append(type.getName());
    final String message =
        ofHost(type.getModule()) && !wordedByMachine(thrown) ? thrown.getMessage() : null;
    if (message != null) {
      text.append(": ").append(message, 0, Math.min(message.length(), MAX_MESSAGE));
      text.append(message.length() > MAX_MESSAGE ? "…" : "");
    }
    return text.toString();
  }

  /** Such messages differ between virtual machines and name addresses; a log must not. */
  private static boolean wordedByMachine(final Throwable thrown) {
    return thrown instanceof NullPointerException
        || thrown instanceof ClassCastException
        || thrown instanceof ArrayStoreException
        || thrown instanceof LinkageError
        || thrown instanceof VirtualMachineError;
  }

  private static boolean of(final String module, final String frame) {
    return module == null ? frame == null || !frame.startsWith("java.") : module.equals(frame);
  }

  private static boolean ofHost(final Module module) {
    return module == Thrown.class.getModule()
        || (module.isNamed() && module.getName().startsWith("java."));
  }
}
