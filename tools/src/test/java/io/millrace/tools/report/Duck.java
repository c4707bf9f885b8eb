package io.millrace.tools.report;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks DuckDB about CSV files: a second opinion on every number of a report. */
public final class Duck implements AutoCloseable {
  private final Connection connection;
  private final Statement statement;

  /** Views named as the files, without their ending. */
  public Duck(final Path directory, final String... files) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    statement = connection.createStatement();
    for (final String file : files) {
      statement.execute(
          "create view "
              + file
              + " as select * from read_csv('"
              + directory.resolve(file + ".csv")
              + "', header = true, auto_detect = true, sample_size = -1)");
    }
  }

  /** One number; NaN for null. */
  public double number(final String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      final double value = rows.getDouble(1);
      return rows.wasNull() ? Double.NaN : value;
    }
  }

  /** Name and number of each row. */
  public Map<String, Double> numbers(final String sql) throws SQLException {
    final Map<String, Double> all = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        all.put(rows.getString(1), rows.getDouble(2));
      }
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
  }
}
