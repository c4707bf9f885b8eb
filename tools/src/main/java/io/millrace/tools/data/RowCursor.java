package io.millrace.tools.data;

import io.millrace.tools.data.Selection.DatedFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * Goes over the rows of one kind of one symbol, file after file, one vector of them in memory at a
 * time. DuckDB decodes a vector per column; the columns that are needed are copied into arrays of
 * longs.
 */
final class RowCursor {
  private final DuckDBConnection database;
  private final CuratedKind kind;
  private final Iterator<Path> files;
  private final Map<Path, Long> rowCounts;
  private final TimeBounds bounds;
  private final String columns;
  private final long[][] values;
  private Path file;
  private DuckDBPreparedStatement statement;
  private DuckDBChunkedResult result;
  private long rowsOfFile;
  private long lastTime = Long.MIN_VALUE;
  private int row;
  private int rows;

  /**
   * Opens nothing yet.
   *
   * @param database a connection of its own: a second query on it would end the first
   * @param rowCounts rows that each file says to hold
   * @param bounds times outside are passed over
   */
  RowCursor(
      final DuckDBConnection database,
      final DatedFiles dated,
      final Map<Path, Long> rowCounts,
      final TimeBounds bounds) {
    this.database = database;
    this.kind = dated.kind();
    this.files = dated.byName().values().iterator();
    this.rowCounts = rowCounts;
    this.bounds = bounds;
    this.columns = RowEncoder.projection(kind, dated.folder());
    this.values = new long[RowEncoder.width(kind)][0];
  }

  /** Moves to the next row within the bounds; false when there is none. */
  boolean next() {
    do {
      if (++row >= rows && !fetch()) {
        return false;
      }
    } while (!bounds.holdEvent(values[0][row]));
    return true;
  }

  /** Event time of the row. */
  long time() {
    return values[0][row];
  }

  /** A column of the row, by its place in the projection. */
  long value(final int column) {
    return values[column][row];
  }

  /** Columns of the vector at hand. */
  long[][] values() {
    return values;
  }

  /** Place of the row in the vector at hand. */
  int row() {
    return row;
  }

  /** What to say of a row whose instrument is not defined. */
  DataException undefined() {
    return new DataException(
        file,
        "row " + (rowsOfFile - rows + row + 1),
        "is of an instrument that no definition names",
        "import the date again");
  }

  private boolean fetch() {
    try {
      while (true) {
        if (result == null && !open()) {
          return false;
        }
        if (result.nextChunk()) {
          take(result.chunk());
          if (rows > 0) {
            return true;
          }
        } else {
          finish();
        }
      }
    } catch (final SQLException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw new DataException(
          file, "", "cannot be decoded (" + e.getMessage() + ")", "import the date again", e);
    }
  }

  private boolean open() throws SQLException {
    if (!files.hasNext()) {
      return false;
    }
    file = files.next();
    rowsOfFile = 0;
    statement =
        (DuckDBPreparedStatement)
            database.prepareStatement(
                "SELECT " + columns + " FROM read_parquet(" + DuckDb.quoted(file) + ")");
    result = statement.query();
    return true;
  }

  /** DuckDB ends a result in silence when decoding fails, so rows are counted. */
  private void finish() throws SQLException {
    close();
    if (rowsOfFile != rowCounts.get(file)) {
      throw new DataException(
          file,
          "after row " + rowsOfFile,
          "ends early: it says that it holds " + rowCounts.get(file) + " rows",
          "import the date again");
    }
  }

  private void take(final DuckDBDataChunkReader chunk) {
    rows = (int) chunk.rowCount();
    row = 0;
    for (int c = 0; c < values.length; c++) {
      if (values[c].length < rows) {
        values[c] = new long[rows];
      }
      final long[] column = values[c];
      final DuckDBReadableVector vector = chunk.vector(c);
      if (RowEncoder.isDouble(kind, c)) {
        for (int i = 0; i < rows; i++) {
          column[i] = Double.doubleToRawLongBits(vector.getDouble(i, Double.NaN));
        }
      } else {
        for (int i = 0; i < rows; i++) {
          column[i] = vector.getLong(i, Decimal.NONE);
        }
      }
    }
    long last = lastTime;
    for (int i = 0; i < rows; i++) {
      final long next = values[0][i];
      if (next < last) {
        throw new DataException(
            file,
            "row " + (rowsOfFile + i + 1),
            "is not in order of time",
            "curated files are sorted: import the date again");
      }
      last = next;
    }
    lastTime = last;
    rowsOfFile += rows;
  }

  /** Lets go of the open file. */
  void close() throws SQLException {
    if (result != null) {
      result.close();
      statement.close();
      result = null;
    }
  }
}
