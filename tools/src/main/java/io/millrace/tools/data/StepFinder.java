package io.millrace.tools.data;

/**
 * The largest step that all numbers seen are multiples of: the tick of prices, the lot of sizes,
 * where nobody says them.
 */
final class StepFinder {
  private long step;

  void see(final long value) {
    if (step == 1) {
      return;
    }
    long a = Math.abs(value);
    long b = step;
    while (b != 0) {
      final long rest = a % b;
      a = b;
      b = rest;
    }
    step = a;
  }

  /** The step, 1e-8; 1 when nothing above 0 was seen. */
  long step() {
    return Math.max(1, step);
  }
}
