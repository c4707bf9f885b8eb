package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the rows of some source: {@code in + added = out + merged + refused}, where a
 * source row that makes several curated ones counts all but the first as added.
 */
final class RowCounts {
  private static final String ROW_REMEDY =
      "correct the row, or leave such rows out with --skip-bad-rows";

  private final EnumMap<RowRefusal, Long> refused = new EnumMap<>(RowRefusal.class);
  private final boolean skipBadRows;
  private final Problems problems;
  private long in;
  private long merged;
  private long added;

  /**
   * @param skipBadRows whether wrong rows are left out instead of being problems
   */
  RowCounts(final boolean skipBadRows, final Problems problems) {
    this.skipBadRows = skipBadRows;
    this.problems = problems;
  }

  boolean skipsBadRows() {
    return skipBadRows;
  }

  Problems problems() {
    return problems;
  }

  /** Counts a row read. */
  void read() {
    in++;
  }

  /** Says that nothing was read after all. */
  void unread() {
    in = 0;
  }

  /** Counts rows without a curated row of their own; below 0 takes some back. */
  void merge(final long rows) {
    merged += rows;
  }

  /** Counts curated rows beyond the first that one source row made. */
  void add(final long rows) {
    added += rows;
  }

  /** Counts a row left out, and notes it as a problem if it is wrong and must not be skipped. */
  void refuse(final Path file, final String place, final BadRowException bad) {
    refused.merge(bad.refusal(), 1L, Long::sum);
    if (bad.refusal().isFault() && !skipBadRows) {
      problems.add(file, place, bad.getMessage(), ROW_REMEDY);
    }
  }

  /** Counts rows left out for a reason that is no fault. */
  void leaveOut(final RowRefusal reason, final long rows) {
    refused.merge(reason, rows, Long::sum);
  }

  /** Adds all that another counted. */
  void include(final RowCounts other) {
    in += other.in;
    merged += other.merged;
    added += other.added;
    other.refused.forEach((reason, rows) -> refused.merge(reason, rows, Long::sum));
  }

  long in() {
    return in;
  }

  long merged() {
    return merged;
  }

  long added() {
    return added;
  }

  Map<RowRefusal, Long> refused() {
    return refused;
  }
}
