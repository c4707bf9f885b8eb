package io.millrace.tools.data;

import io.millrace.tools.data.CuratedKind.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Checks curated files before a row of them is used: footer, version, columns, types, the symbol,
 * and that each byte is the one that its import wrote.
 */
final class CuratedCheck {
  private static final String AGAIN = "import the source again";
  private static final int SHOWN_DIGITS = 12;

  private final DuckDBConnection database;
  private final Problems problems = new Problems();
  private final Map<Path, Long> rowCounts = new HashMap<>();
  private final Map<Path, String> checksums = new LinkedHashMap<>();

  CuratedCheck(final DuckDBConnection database) {
    this.database = database;
  }

  /**
   * Checks a file.
   *
   * @param symbol the one symbol of its rows, unless they are contracts
   */
  void check(final Path file, final CuratedKind kind, final String symbol) {
    try {
      structure(file, kind, symbol);
    } catch (final SQLException e) {
      final String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.add(file, "", "is not a whole parquet file (" + message + ")", AGAIN);
      return;
    }
    checkBytes(file);
  }

  private void structure(final Path file, final CuratedKind kind, final String symbol)
      throws SQLException {
    final Map<String, String> columns =
        pairs("SELECT name, duckdb_type FROM parquet_schema(" + DuckDb.quoted(file) + ")");
    boolean readable = true;
    for (final Column column : kind.columns()) {
      final String type = columns.get(column.name());
      if (!columns.containsKey(column.name())) {
        problems.add(file, "column " + column.name(), "is missing", remedy(kind));
        readable = false;
      } else if (!column.type().equals(type)) {
        problems.add(
            file,
            "column " + column.name(),
            "is of type " + type + " instead of " + column.type(),
            remedy(kind));
        readable = false;
      }
    }
    checkFooter(file, kind);
    if (readable) {
      rowCounts.put(
          file,
          Long.parseLong(
              pairs(
                      "SELECT 'rows', num_rows::VARCHAR FROM parquet_file_metadata("
                          + DuckDb.quoted(file)
                          + ")")
                  .get("rows")));
      if (!kind.isContracts() && kind != CuratedKind.INSTRUMENT) {
        checkSymbol(file, symbol);
      }
    }
  }

  /** After the rest, which says more of a file that was made by hand. */
  private void checkBytes(final Path file) {
    try {
      final String promised = Checksum.promised(file);
      final String sha256 = Checksum.of(file);
      checksums.put(file, sha256);
      if (promised == null) {
        problems.add(
            file,
            "",
            "has no checksum of its own beside it in " + Checksum.beside(file).getFileName(),
            AGAIN);
      } else if (!promised.equals(sha256)) {
        problems.add(
            file,
            "",
            "is not as its import wrote it: its SHA-256 is "
                + sha256.substring(0, SHOWN_DIGITS)
                + "… instead of "
                + promised.substring(0, SHOWN_DIGITS)
                + "…",
            AGAIN);
      }
    } catch (final IOException e) {
      problems.add(file, "", "cannot be read (" + e + ")", "see that it is readable");
    }
  }

  private static String remedy(final CuratedKind kind) {
    return "import the source again, so that the file follows schema "
        + CuratedKind.SCHEMA_VERSION
        + " of "
        + kind.code();
  }

  private void checkFooter(final Path file, final CuratedKind kind) throws SQLException {
    final Map<String, String> footer =
        pairs(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata("
                + DuckDb.quoted(file)
                + ")");
    final String version = String.valueOf(CuratedKind.SCHEMA_VERSION);
    if (!kind.code().equals(footer.get(CuratedKind.KIND_KEY))
        || !version.equals(footer.get(CuratedKind.VERSION_KEY))) {
      problems.add(
          file,
          "footer",
          "says "
              + footer.get(CuratedKind.KIND_KEY)
              + " of schema "
              + footer.get(CuratedKind.VERSION_KEY)
              + " instead of "
              + kind.code()
              + " of schema "
              + version,
          AGAIN);
    }
  }

  private void checkSymbol(final Path file, final String symbol) throws SQLException {
    final Map<String, String> range =
        pairs(
            "SELECT min(stats_min_value), max(stats_max_value) FROM parquet_metadata("
                + DuckDb.quoted(file)
                + ") WHERE path_in_schema = 'symbol' AND row_group_num_rows > 0");
    range.forEach(
        (first, last) -> {
          // A file without rows has neither.
          if (first != null && !(symbol.equals(first) && symbol.equals(last))) {
            problems.add(
                file,
                "column symbol",
                "holds " + first + " to " + last + " in a folder of " + symbol,
                AGAIN);
          }
        });
  }

  private Map<String, String> pairs(final String query) throws SQLException {
    final Map<String, String> pairs = new HashMap<>();
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        pairs.put(row.getString(1), row.getString(2));
      }
    }
    return pairs;
  }

  /** Rows of each file checked; throws when any file was wrong. */
  Map<Path, Long> rowCounts() {
    problems.throwIfAny();
    return rowCounts;
  }

  /** SHA-256 of each file checked, in the order in which they were. */
  Map<Path, String> checksums() {
    return checksums;
  }
}
