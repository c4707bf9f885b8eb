package io.millrace.tools.data;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * The one way we open DuckDB: in memory or a file of ours, one thread so that the same rows give
 * the same bytes, bounded memory, and no network (an extension that is missing is an error, not a
 * download).
 */
final class DuckDb {
  /** Spills to disk beyond this when it may spill at all. */
  static final String IMPORT_MEMORY = "1GB";

  /** A reader holds one row group per open file; it never spills. */
  static final String READER_MEMORY = "512MB";

  private DuckDb() {}

  /**
   * Opens a database of its own.
   *
   * @param memory most memory it takes, as DuckDB writes sizes
   * @param spill directory for what does not fit; null = fail instead
   */
  static DuckDBConnection open(final String memory, final Path spill) throws SQLException {
    return open("", memory, spill);
  }

  /** Opens a database file, a new one where there is none. */
  static DuckDBConnection openFile(final Path file) throws SQLException {
    return open(file.toString(), READER_MEMORY, null);
  }

  private static DuckDBConnection open(final String file, final String memory, final Path spill)
      throws SQLException {
    final Properties settings = new Properties();
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", memory);
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", spill == null ? "" : spill.toString());
    settings.setProperty("jdbc_stream_results", "true");
    final DuckDBConnection connection =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_configuration = true");
    }
    return connection;
  }

  /** A string literal. */
  static String quoted(final Object text) {
    return "'" + text.toString().replace("'", "''") + "'";
  }

  /** An identifier. */
  static String name(final String column) {
    return '"' + column + '"';
  }
}
