package io.millrace.runtime.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Why the engine stopped, if it did. The first reason stands; nobody takes it back. Any thread may
 * raise it, and every stage looks before it touches an event.
 */
public final class Halt {
  /**
   * A reason to stop.
   *
   * @param stage where it happened, in the words of the drawing
   * @param sequence the input at hand, 0 = none
   * @param what one sentence
   * @param cause what was thrown, or null
   */
  public record Reason(String stage, long sequence, String what, Throwable cause) {
    /** One line for people. */
    public String text() {
      return sequence == 0
          ? "halted in " + stage + ": " + what
          : "halted in " + stage + " at input " + sequence + ": " + what;
    }
  }

  private final AtomicReference<Reason> reason = new AtomicReference<>();

  /** Stops trading. Later calls change nothing. */
  public void raise(
      final String stage, final long sequence, final String what, final Throwable cause) {
    reason.compareAndSet(null, new Reason(stage, sequence, what, cause));
  }

  /** Stops trading because something was thrown. */
  public void raise(final String stage, final long sequence, final Throwable cause) {
    final String message = cause.getMessage();
    raise(stage, sequence, message == null ? cause.getClass().getSimpleName() : message, cause);
  }

  /** Whether trading has stopped. */
  public boolean raised() {
    return reason.get() != null;
  }

  /** Why, or null. */
  public Reason reason() {
    return reason.get();
  }
}
