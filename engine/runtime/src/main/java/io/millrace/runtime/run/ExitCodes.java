package io.millrace.runtime.run;

/** What the process says when it ends. */
public final class ExitCodes {
  /** Done. */
  public static final int DONE = 0;

  /** The job failed. */
  public static final int FAILED = 1;

  /** Wrong usage: arguments, config, data files. */
  public static final int USAGE = 2;

  /** A verification found a difference or damage. */
  public static final int DIFFERENCE = 3;

  /** Halted by risk or fault; or the strategy was stopped, whatever it did. */
  public static final int HALTED = 4;

  private ExitCodes() {}
}
