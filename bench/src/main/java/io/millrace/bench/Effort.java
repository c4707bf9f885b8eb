package io.millrace.bench;

import java.nio.file.Path;

/**
 * How long to measure, and where queues may be written.
 *
 * @param quick a smoke run: every row, figures of little worth
 * @param scratch directory on the disk whose queues are measured; emptied afterwards
 */
record Effort(boolean quick, Path scratch) {
  /** Rounds in which ours and the peer take turns. */
  int rounds(final int full) {
    return quick ? 2 : full;
  }

  /** Repetitions within a round. */
  int scaled(final int full, final int least) {
    return quick ? Math.max(least, full / 10) : full;
  }

  /** A directory that does not exist yet. */
  Path fresh(final String name) {
    return scratch.resolve(name + "-" + System.nanoTime());
  }
}
