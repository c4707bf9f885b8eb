package io.millrace.core.strategy;

import java.util.Arrays;

/**
 * How far a time zone is ahead of UTC, by instant. Core has no clock and no calendar of its own.
 */
public final class ZoneOffsets {
  private final long[] from;
  private final long[] offset;
  private int at;

  /**
   * A table.
   *
   * @param from instants from which an offset holds, ascending, nanoseconds since the epoch; the
   *     first holds for all before it too
   * @param offset nanoseconds ahead of UTC, one for each
   */
  public ZoneOffsets(final long[] from, final long[] offset) {
    if (from.length == 0 || from.length != offset.length) {
      throw new IllegalArgumentException(
          "a zone needs an offset for each instant, and one at least");
    }
    this.from = from.clone();
    this.offset = offset.clone();
  }

  /** Nanoseconds ahead of UTC; cheap while times ascend. */
  long at(final long now) {
    if (now < from[at] || (at + 1 < from.length && now >= from[at + 1])) {
      final int found = Arrays.binarySearch(from, now);
      at = Math.max(0, found >= 0 ? found : -found - 2);
    }
    return offset[at];
  }
}
