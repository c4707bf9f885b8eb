package io.millrace.bench;

import io.millrace.runtime.pipeline.Halt;

/** Tells one thread that another has come to the end of its work. */
final class Countdown {
  private volatile long done;

  /** Called by the last stage, now and then or once. */
  void reached(final long sequence) {
    done = sequence;
  }

  /** Waits, hot. */
  void await(final long sequence) {
    while (done < sequence) {
      Thread.onSpinWait();
    }
  }

  /**
   * Waits, hot, for an engine.
   *
   * @throws IllegalStateException if it has halted: its figure would be of nothing
   */
  void await(final long sequence, final Halt halt) {
    while (done < sequence) {
      if (halt.raised()) {
        throw new IllegalStateException(halt.reason().text(), halt.reason().cause());
      }
      Thread.onSpinWait();
    }
  }
}
