package io.millrace.tools.data;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What an import did: {@code rowsIn + rowsAdded = rowsOut + rowsMerged + refused}.
 *
 * @param rowsIn rows read from source files
 * @param rowsOut rows in the curated files that come from source rows (definitions and sessions,
 *     which are derived, not counted)
 * @param rowsMerged source rows without a row of their own: half of a pair of quote ticks, no
 *     change of the best bid and offer, nothing in them that is kept
 * @param rowsAdded rows beyond the first that one source row made: levels of a book, both options
 *     of a strike, their Greeks
 * @param refused rows left out, by reason
 * @param firstTime earliest event time, nanoseconds UTC; 0 when there is no event
 * @param lastTime latest event time, nanoseconds UTC; 0 when there is no event
 * @param files each curated file, in path order
 * @param ignored source files found in the folders that this import has no format for, in path
 *     order
 */
public record ImportResult(
    long rowsIn,
    long rowsOut,
    long rowsMerged,
    long rowsAdded,
    Map<RowRefusal, Long> refused,
    long firstTime,
    long lastTime,
    List<CuratedFile> files,
    List<Path> ignored) {

  /** What became of a curated file. */
  public enum Status {
    /** New, or with other contents than before. */
    WRITTEN,
    /** The same bytes were there. */
    UNCHANGED
  }

  /**
   * One curated file.
   *
   * @param path under the curated root
   * @param kind what its rows are
   * @param symbol folder of the symbol
   * @param date trading date; null for a file of a year, and for reference data of all dates
   * @param rowsIn source rows read for it; 0 when it is derived
   * @param rowsOut rows in it
   * @param refused rows left out, by reason
   * @param sources source files read for it
   * @param status written or unchanged
   */
  public record CuratedFile(
      Path path,
      CuratedKind kind,
      String symbol,
      LocalDate date,
      long rowsIn,
      long rowsOut,
      Map<RowRefusal, Long> refused,
      List<Path> sources,
      Status status) {}
}
