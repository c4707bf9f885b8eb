package io.millrace.tools.data;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Gathers rows of one kind of one symbol and writes them sorted: all to one file, or part by part,
 * where a part is a date or a year. Columns are put in the order of {@link CuratedKind}; DuckDB
 * itself refuses a null where none may be and a row with too few columns.
 */
final class CuratedWriter implements AutoCloseable {
  /** Rows of one file's row group: small enough that a reader of many files stays small. */
  private static final int ROW_GROUP_ROWS = 122_880;

  /** Open, high and low of bid and ask. */
  private static final int TOUCH_RANGE_COLUMNS = 6;

  private static final AtomicLong TABLES = new AtomicLong();

  private final DuckDBConnection database;
  private final CuratedKind kind;
  private final String table;
  private final DuckDBAppender appender;
  private final TreeMap<Long, Extent> parts = new TreeMap<>();
  private long rows;
  private Extent extent;

  CuratedWriter(final DuckDBConnection database, final CuratedKind kind) throws SQLException {
    this.database = database;
    this.kind = kind;
    this.table = "gathered_" + TABLES.incrementAndGet();
    try (Statement statement = database.createStatement()) {
      statement.execute(
          kind.columns().stream()
              .map(c -> DuckDb.name(c.name()) + " " + c.type() + (c.nullable() ? "" : " NOT NULL"))
              .collect(
                  Collectors.joining(
                      ", ",
                      "CREATE TABLE " + table + " (",
                      ", row_number BIGINT NOT NULL, part BIGINT NOT NULL)")));
    }
    this.appender = database.createAppender(table);
  }

  /** How many rows there are, and the times they span. */
  static final class Extent {
    private final long part;
    private long rows;
    private long firstTime = Long.MAX_VALUE;
    private long lastTime = Long.MIN_VALUE;

    private Extent(final long part) {
      this.part = part;
    }

    private void take(final long time) {
      rows++;
      firstTime = Math.min(firstTime, time);
      lastTime = Math.max(lastTime, time);
    }

    private void include(final Extent other) {
      rows += other.rows;
      firstTime = Math.min(firstTime, other.firstTime);
      lastTime = Math.max(lastTime, other.lastTime);
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
  }

  /** Starts a row at an event time, where all rows become one file. */
  CuratedWriter row(final long time) throws SQLException {
    return row(time, 0);
  }

  /** Starts a row at an event time, of a part as {@link Curation} keys them. */
  CuratedWriter row(final long time, final long part) throws SQLException {
    if (extent == null || extent.part != part) {
      extent = parts.computeIfAbsent(part, Extent::new);
    }
    extent.take(time);
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

  /** The six columns of a touch that tell of a sampled interval, for a touch that is none. */
  CuratedWriter putNoRange() throws SQLException {
    for (int i = 0; i < TOUCH_RANGE_COLUMNS; i++) {
      appender.appendNull();
    }
    return this;
  }

  /** A number that may be missing (NaN). */
  CuratedWriter put(final double value) throws SQLException {
    if (Double.isNaN(value)) {
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
    appender.append(rows++).append(extent.part).endRow();
  }

  /** Keys of the parts that have rows, in order. */
  NavigableSet<Long> parts() {
    return parts.navigableKeySet();
  }

  /** All rows. */
  Extent extent() {
    final Extent all = new Extent(0);
    parts.values().forEach(all::include);
    return all;
  }

  /** Rows of a part. */
  Extent extent(final long part) {
    return parts.getOrDefault(part, new Extent(part));
  }

  /**
   * Writes rows, sorted, to a file that does not exist yet.
   *
   * @param part the part to write; null = all
   */
  void write(final Path file, final Long part) throws SQLException {
    appender.flush();
    final String columns =
        kind.columns().stream().map(c -> DuckDb.name(c.name())).collect(Collectors.joining(", "));
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "COPY (SELECT "
              + columns
              + " FROM "
              + table
              + (part == null ? "" : " WHERE part = " + part)
              + " ORDER BY "
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
      statement.execute("DROP TABLE IF EXISTS " + table);
    }
  }
}
