package io.millrace.core.engines;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int TRIES = 5;

  private Allocations() {}

  /**
   * Bytes that a warm piece of work allocates: the least of a few tries, so that a compilation or
   * another one-off in one of them does not count.
   */
  public static long of(final Runnable work) {
    long least = Long.MAX_VALUE;
    final long overhead = measure(() -> {});
    for (int i = 0; i < TRIES; i++) {
      least = Math.min(least, measure(work) - overhead);
    }
    return least;
  }

  private static long measure(final Runnable work) {
    final long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
