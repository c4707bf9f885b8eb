package io.millrace.tools.data;

import java.sql.SQLException;
import org.agrona.DirectBuffer;

/** Rows of one kind of one symbol in order of time, each encoded when its turn comes. */
abstract class EventRows {
  private final int rank;

  /** Event time of the row, nanoseconds UTC. */
  long time = Long.MIN_VALUE;

  /**
   * @param rank place among rows of the same instant, unique among those that are merged
   */
  EventRows(final int rank) {
    this.rank = rank;
  }

  /** Whether this row goes out before that of another. */
  final boolean isBefore(final EventRows other) {
    return time < other.time || (time == other.time && rank < other.rank);
  }

  /** Moves to the next row; false when there is none. */
  abstract boolean advance();

  /** Encodes the row and gives its instrument's id. */
  abstract int encode();

  /** Kind of the rows. */
  abstract CuratedKind kind();

  /** Holds the row encoded last, header first, from offset 0. */
  abstract DirectBuffer buffer();

  /** Bytes of header and message. */
  abstract int length();

  /** Lets go of the open file. */
  abstract void close() throws SQLException;
}
