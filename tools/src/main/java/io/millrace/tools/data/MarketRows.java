package io.millrace.tools.data;

import io.millrace.tools.data.Selection.DatedFiles;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/**
 * The rows of one kind of one symbol, file after file, one vector of them in memory at a time.
 * DuckDB decodes a vector per column; the columns that are needed are copied into arrays of longs,
 * from which a row is encoded when its turn comes.
 */
final class MarketRows extends EventRows {
  private final DuckDBConnection database;
  private final CuratedKind kind;
  private final Iterator<Path> files;
  private final Map<Path, Long> rowCounts;
  private final String columns;
  private final long[][] values;
  private final RowEncoder encoder;
  private Path file;
  private DuckDBPreparedStatement statement;
  private DuckDBChunkedResult result;
  private long rowsOfFile;
  private int row;
  private int rows;

  /**
   * Opens nothing yet.
   *
   * @param database a connection of its own: a second query on it would end the first
   * @param rank place among rows of the same instant, unique
   * @param rowCounts rows that each file says to hold
   */
  MarketRows(
      final DuckDBConnection database,
      final DatedFiles dated,
      final int rank,
      final Map<Path, Long> rowCounts,
      final InstrumentIds ids) {
    super(rank);
    this.database = database;
    this.kind = dated.kind();
    this.files = dated.byDate().values().iterator();
    this.rowCounts = rowCounts;
    this.columns = RowEncoder.projection(kind);
    this.encoder = new RowEncoder(kind, dated.symbolIndex(), ids);
    this.values = new long[RowEncoder.width(kind)][0];
  }

  @Override
  CuratedKind kind() {
    return kind;
  }

  @Override
  boolean advance() {
    if (++row >= rows && !fetch()) {
      return false;
    }
    time = values[0][row];
    return true;
  }

  @Override
  int encode() {
    final int id = encoder.encode(values, row);
    if (id == 0) {
      throw new DataException(
          file,
          "row " + (rowsOfFile - rows + row + 1),
          "is of an instrument that no definition names",
          "import the date again");
    }
    return id;
  }

  @Override
  DirectBuffer buffer() {
    return encoder.buffer();
  }

  @Override
  int length() {
    return encoder.buffer().capacity();
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
      for (int i = 0; i < rows; i++) {
        column[i] = vector.getLong(i, Decimal.NONE);
      }
    }
    long last = time;
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
    rowsOfFile += rows;
  }

  @Override
  void close() throws SQLException {
    if (result != null) {
      result.close();
      statement.close();
      result = null;
    }
  }
}
