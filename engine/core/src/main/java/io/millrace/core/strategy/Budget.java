package io.millrace.core.strategy;

import io.millrace.core.state.StateCodec;

/**
 * What one callback of a strategy may use: steps, bytes and depth of calls. All three are counted
 * in the strategy's own code, never measured, so that a replay stops where the run did.
 *
 * <p>The sandbox writes the calls of {@link #step}, {@link #enter} and their kin into a strategy as
 * it loads; the host calls {@link #begin} before each callback. A strategy cannot name this class.
 * Once a budget is used up, everything that the strategy still tries throws as well.
 */
public final class Budget {
  private static final int SPENT = -1;

  private final long maxSteps;
  private final long maxBytes;
  private final int maxDepth;

  private long steps = SPENT;
  private long bytes;
  private int depth;
  private int identities;

  /**
   * Limits of each callback.
   *
   * @param maxSteps calls and turns of loops, above 0
   * @param maxBytes allocated bytes by a fixed measure (not the JVM's), above 0
   * @param maxDepth calls within calls, above 0
   */
  public Budget(final long maxSteps, final long maxBytes, final int maxDepth) {
    if (maxSteps <= 0 || maxBytes <= 0 || maxDepth <= 0) {
      throw new IllegalArgumentException("a budget's steps, bytes and depth are above 0");
    }
    this.maxSteps = maxSteps;
    this.maxBytes = maxBytes;
    this.maxDepth = maxDepth;
  }

  /** Starts a callback with everything unused. */
  public void begin() {
    steps = maxSteps;
    bytes = maxBytes;
    depth = 0;
  }

  /** Steps used since {@link #begin}. */
  public long stepsUsed() {
    return maxSteps - Math.max(steps, 0);
  }

  /** Bytes used since {@link #begin}. */
  public long bytesUsed() {
    return maxBytes - Math.max(bytes, 0);
  }

  /** One call or turn of a loop. */
  public void step() {
    if (--steps < 0) {
      throw overSteps();
    }
  }

  /**
   * Work of a known size.
   *
   * @param count 0 or more
   */
  public void steps(final long count) {
    if (count < 0 || count > steps) {
      throw overSteps();
    }
    steps -= count;
  }

  /**
   * A call that may lead to further calls.
   *
   * @param count steps, 1 or more
   * @return what {@link #leave} takes when the call ends or catches
   */
  public int enter(final int count) {
    steps(count);
    final int before = depth;
    if (before >= maxDepth) {
      throw overDepth();
    }
    depth = before + 1;
    return before;
  }

  /** The end of a call. */
  public void leave(final int before) {
    depth = before;
  }

  /** A call goes on after it has caught something. */
  public void resume(final int before) {
    depth = before + 1;
  }

  /**
   * Something is about to be allocated, or has been.
   *
   * @param count 0 or more
   */
  public void bytes(final long count) {
    if (count < 0 || count > bytes) {
      throw overBytes(count);
    }
    bytes -= count;
  }

  /** A number for an object that asks for its first hash code: 1, 2, 3 … */
  public int identity() {
    return ++identities;
  }

  /** What outlives a callback. */
  void state(final StateCodec codec) {
    identities = codec.int32(identities);
  }

  private BudgetExceeded overSteps() {
    steps = SPENT;
    return new BudgetExceeded(
        "used its " + maxSteps + " steps of one callback (strategy.budget_steps)");
  }

  private BudgetExceeded overDepth() {
    steps = SPENT;
    return new BudgetExceeded("calls deeper than " + maxDepth + " (strategy.budget_depth)");
  }

  private BudgetExceeded overBytes(final long wanted) {
    steps = SPENT;
    final long left = Math.max(bytes, 0);
    bytes = SPENT;
    return new BudgetExceeded(
        "wants "
            + (wanted < 0 ? "more" : Long.toString(wanted))
            + " bytes with "
            + left
            + " of "
            + maxBytes
            + " left in one callback (strategy.budget_bytes)");
  }
}
