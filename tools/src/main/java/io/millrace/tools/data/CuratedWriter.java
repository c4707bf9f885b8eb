package io.millrace.tools.data;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Gathers the rows of one curated file and writes them sorted. Columns are put in the order of
 * {@link CuratedKind}; DuckDB itself refuses a null where none may be and a row with too few
 * columns.
 */
final class CuratedWriter implements AutoCloseable {
  /** Rows of one file's row group: small enough that a reader of many files stays small. */
  private static final int ROW_GROUP_ROWS = 122_880;

  private final DuckDBConnection database;
  private final CuratedKind kind;
  private final DuckDBAppender appender;
  private long rows;
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;

  CuratedWriter(final DuckDBConnection database, final CuratedKind kind) throws SQLException {
    this.database = database;
    this.kind = kind;
    try (Statement statement = database.createStatement()) {
      statement.execute(
          kind.columns().stream()
              .map(c -> DuckDb.name(c.name()) + " " + c.type() + (c.nullable() ? "" : " NOT NULL"))
              .collect(
                  Collectors.joining(
                      ", ",
                      "CREATE OR REPLACE TABLE gathered (",
                      ", row_number BIGINT NOT NULL)")));
    }
    this.appender = database.createAppender("gathered");
  }

  /** Starts a row at an event time. */
  CuratedWriter row(final long time) throws SQLException {
    firstTime = Math.min(firstTime, time);
    lastTime = Math.max(lastTime, time);
    appender.beginRow().append(time);
    return this;
  }

  CuratedWriter put(final long value) throws SQLException {
    appender.append(value);
    return this;
  }

  /** A price that may be missing. */
  CuratedWriter putPrice(final long value) throws SQLException {
    if (value == Decimal.NONE) {
      appender.appendNull();
    } else {
      appender.append(value);
    }
    return this;
  }

  CuratedWriter put(final byte value) throws SQLException {
    appender.append(value);
    return this;
  }

  CuratedWriter put(final boolean value) throws SQLException {
    appender.append(value);
    return this;
  }

  /** Text; null is a null. */
  CuratedWriter put(final String value) throws SQLException {
    appender.append(value);
    return this;
  }

  /** A date; null is a null. */
  CuratedWriter put(final LocalDate value) throws SQLException {
    appender.append(value);
    return this;
  }

  /** Ends the row. */
  void end() throws SQLException {
    appender.append(rows++).endRow();
  }

  long rows() {
    return rows;
  }

  /** Earliest event time put; {@code Long.MAX_VALUE} when there is none. */
  long firstTime() {
    return firstTime;
  }

  /** Latest event time put; {@code Long.MIN_VALUE} when there is none. */
  long lastTime() {
    return lastTime;
  }

  /** Writes all rows, sorted, to a file that does not exist yet. */
  void write(final Path file) throws SQLException {
    appender.flush();
    final String columns =
        kind.columns().stream().map(c -> DuckDb.name(c.name())).collect(Collectors.joining(", "));
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "COPY (SELECT "
              + columns
              + " FROM gathered ORDER BY "
              + kind.order()
              + ", row_number) TO "
              + DuckDb.quoted(file)
              + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE "
              + ROW_GROUP_ROWS
              + ", KV_METADATA {"
              + CuratedKind.KIND_KEY
              + ": "
              + DuckDb.quoted(kind.code())
              + ", "
              + CuratedKind.VERSION_KEY
              + ": '"
              + CuratedKind.SCHEMA_VERSION
              + "'})");
    }
  }

  @Override
  public void close() throws SQLException {
    appender.close();
    try (Statement statement = database.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS gathered");
    }
  }
}
