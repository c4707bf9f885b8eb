package io.millrace.tools.data;

import io.millrace.tools.sweep.Folds;
import io.millrace.tools.sweep.KeptRun;
import io.millrace.tools.sweep.Outcome;
import io.millrace.tools.sweep.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * What a sweep came to, a DuckDB file: one transaction for each run that ended, so that a sweep
 * that is killed has each run whole or not at all. One process writes at a time.
 *
 * <pre>
 *   sweep    key, value                              what was asked for
 *   params   combination, name, value, number       one row for each name of a combination
 *   runs     row, stage, fold, combination, status, reason, command, digests, elapsed_s
 *   metrics  row, name, value                       every number of report.json by its path
 *   returns  row, period, end_time, value           of tests of a walk-forward
 *   folds    fold, windows (Unix seconds), chosen combination, objective in and out of sample
 *   results  a view: runs with their parameters and the main metrics side by side
 * </pre>
 */
public final class SweepStore implements AutoCloseable {
  private static final double NANOS = 1e9;
  private static final Pattern SHARD = Pattern.compile("results-[0-9]+-of-[0-9]+\\.duckdb");
  private static final List<String> TABLES = List.of("runs", "metrics", "returns");
  private static final String SCHEMA =
      "CREATE TABLE IF NOT EXISTS sweep(key VARCHAR PRIMARY KEY, value VARCHAR);"
          + "CREATE TABLE IF NOT EXISTS params(combination INTEGER, name VARCHAR, value VARCHAR,"
          + " number DOUBLE, PRIMARY KEY(combination, name));"
          + "CREATE TABLE IF NOT EXISTS runs(\"row\" BIGINT PRIMARY KEY, stage VARCHAR, fold INTEGER,"
          + " combination INTEGER, status VARCHAR, reason VARCHAR, command VARCHAR,"
          + " config_digest VARCHAR, decisions_digest VARCHAR, elapsed_s DOUBLE);"
          + "CREATE TABLE IF NOT EXISTS metrics(\"row\" BIGINT, name VARCHAR, value DOUBLE);"
          + "CREATE TABLE IF NOT EXISTS returns(\"row\" BIGINT, period VARCHAR, end_time DOUBLE,"
          + " value DOUBLE);"
          + "CREATE TABLE IF NOT EXISTS folds(fold INTEGER PRIMARY KEY, train_after DOUBLE,"
          + " train_until DOUBLE, test_after DOUBLE, test_until DOUBLE, combination INTEGER,"
          + " in_sample DOUBLE, out_of_sample DOUBLE, deflated_sharpe DOUBLE);"
          + "CREATE OR REPLACE VIEW results AS SELECT r.*, p.parameters, m.* EXCLUDE (\"row\")"
          + " FROM runs r LEFT JOIN (SELECT combination, string_agg(name || '=' || value, ' ' ORDER BY"
          + " name) AS parameters FROM params GROUP BY combination) p USING (combination)"
          + " LEFT JOIN (SELECT \"row\","
          + column("statistics.net_profit", "net_profit")
          + column("statistics.total_return", "total_return")
          + column("statistics.sharpe", "sharpe")
          + column("statistics.sortino", "sortino")
          + column("statistics.calmar", "calmar")
          + column("statistics.max_drawdown", "max_drawdown")
          + column("trades.closed", "trades")
          + column("trades.win_rate", "win_rate")
          + column("costs.fees", "fees")
          + " count(*) AS metrics FROM metrics GROUP BY \"row\") m USING (\"row\")"
          + " ORDER BY \"row\";";

  private final Path file;
  private final DuckDBConnection database;

  private SweepStore(final Path file, final DuckDBConnection database) {
    this.file = file;
    this.database = database;
  }

  private static String column(final String metric, final String name) {
    return " max(value) FILTER (name = '" + metric + "') AS " + name + ",";
  }

  /**
   * Opens a file, a new one where there is none.
   *
   * @throws DataException if it is damaged, or another process has it
   */
  public static SweepStore open(final Path file) {
    DuckDBConnection database = null;
    try {
      database = DuckDb.openFile(file);
      try (Statement statement = database.createStatement()) {
        statement.execute(SCHEMA);
      }
      return new SweepStore(file, database);
    } catch (final SQLException e) {
      close(database);
      final boolean taken = String.valueOf(e.getMessage()).contains("set lock"); // not block
      throw new DataException(
          file,
          "",
          taken ? "is open in another process" : "cannot be opened (" + first(e) + ")",
          taken
              ? "wait for that sweep, or end it; the same command then goes on with it"
              : "move it away to begin anew",
          e);
    }
  }

  private static void close(final DuckDBConnection database) {
    try {
      if (database != null) {
        database.close();
      }
    } catch (final SQLException e) {
      return; // what went wrong before is what is told
    }
  }

  private static String first(final SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Keeps what was asked for, and the combinations; more than once does no harm.
   *
   * @throws DataException if the file is of another sweep
   */
  public void describe(
      final Map<String, String> asked, final List<Map<String, String>> combinations) {
    mine(file, "sweep", asked.get("id"), true);
    transaction(
        () -> {
          try (PreparedStatement insert =
              database.prepareStatement("INSERT OR REPLACE INTO sweep VALUES (?, ?)")) {
            for (final Map.Entry<String, String> one : asked.entrySet()) {
              insert.setString(1, one.getKey());
              insert.setString(2, one.getValue());
              insert.executeUpdate();
            }
          }
          if (number("SELECT count(*) FROM params") > 0) {
            return;
          }
          try (PreparedStatement insert =
              database.prepareStatement(
                  "INSERT INTO params VALUES (?, ?, ?, TRY_CAST(? AS DOUBLE))")) {
            for (int i = 0; i < combinations.size(); i++) {
              for (final Map.Entry<String, String> one : combinations.get(i).entrySet()) {
                insert.setInt(1, i);
                insert.setString(2, one.getKey());
                insert.setString(3, one.getValue());
                insert.setString(4, one.getValue());
                insert.executeUpdate();
              }
            }
          }
        });
  }

  /** Keeps how a row ended; one that is there already is replaced. */
  public void keep(final Outcome outcome) {
    transaction(
        () -> {
          final Row row = outcome.row();
          forget(row.number());
          try (PreparedStatement insert =
              database.prepareStatement("INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, row.number());
            insert.setString(2, row.stage().name().toLowerCase(Locale.ROOT));
            insert.setInt(3, row.fold());
            insert.setInt(4, row.combination());
            insert.setString(5, outcome.status().name().toLowerCase(Locale.ROOT));
            insert.setString(6, outcome.reason());
            insert.setString(7, row.command());
            insert.setString(8, outcome.configDigest());
            insert.setString(9, outcome.decisionsDigest());
            insert.setDouble(10, outcome.elapsedSeconds());
            insert.executeUpdate();
          }
          try (var appender = database.createAppender("metrics")) {
            for (final Map.Entry<String, Double> one :
                new TreeMap<>(outcome.metrics()).entrySet()) {
              appender.beginRow();
              appender.append(row.number());
              appender.append(one.getKey());
              appender.append(one.getValue().doubleValue());
              appender.endRow();
            }
          }
          try (var appender = database.createAppender("returns")) {
            for (final Outcome.Return one : outcome.returns()) {
              appender.beginRow();
              appender.append(row.number());
              appender.append(one.period());
              appender.append(one.endTime());
              appender.append(one.value());
              appender.endRow();
            }
          }
        });
  }

  private void forget(final long row) throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (final String table : TABLES) {
        statement.execute("DELETE FROM " + table + " WHERE \"row\" = " + row);
      }
    }
  }

  /** Keeps what was chosen in a fold and what it came to; NaN where there is no number. */
  public void keep(
      final Folds.Fold fold,
      final Integer combination,
      final double inSample,
      final double outOfSample,
      final double deflatedSharpe) {
    transaction(
        () -> {
          try (PreparedStatement insert =
              database.prepareStatement(
                  "INSERT OR REPLACE INTO folds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, fold.number());
            insert.setDouble(2, fold.trainAfter() / NANOS);
            insert.setDouble(3, fold.trainUntil() / NANOS);
            insert.setDouble(4, fold.testAfter() / NANOS);
            insert.setDouble(5, fold.testUntil() / NANOS);
            insert.setObject(6, combination);
            insert.setObject(7, Double.isNaN(inSample) ? null : inSample);
            insert.setObject(8, Double.isNaN(outOfSample) ? null : outOfSample);
            insert.setObject(9, Double.isNaN(deflatedSharpe) ? null : deflatedSharpe);
            insert.executeUpdate();
          }
        });
  }

  /** Rows go by number alone: those of another sweep would pass for this one's. */
  private void mine(final Path of, final String table, final String id, final boolean mayBeEmpty) {
    final String found;
    try {
      found = text("SELECT value FROM " + table + " WHERE key = 'id'");
    } catch (final SQLException e) {
      throw new DataException(
          of, "", "is no sweep's results (" + first(e) + ")", "move it away", e);
    }
    if (found == null ? !mayBeEmpty : !found.equals(id)) {
      throw new DataException(
          of,
          "",
          "holds the runs of another sweep" + (found == null ? "" : ", " + found),
          "move it to that one's folder");
    }
  }

  /** Takes in the files of shards that lie beside this one: runs that are not here yet. */
  public int takeShards() {
    final List<Path> shards;
    try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
      shards =
          files
              .filter(path -> SHARD.matcher(path.getFileName().toString()).matches())
              .sorted()
              .toList();
    } catch (final java.io.IOException e) {
      throw new DataException(file, "", "has a folder that cannot be read", "permit it", e);
    }
    for (final Path shard : shards) {
      try (Statement statement = database.createStatement()) {
        statement.execute("ATTACH " + DuckDb.quoted(shard) + " AS shard (READ_ONLY)");
        try {
          mine(shard, "shard.sweep", text("SELECT value FROM sweep WHERE key = 'id'"), false);
          statement.execute("BEGIN");
          statement.execute(
              "CREATE TEMP TABLE taken AS SELECT \"row\" FROM shard.runs"
                  + " WHERE \"row\" NOT IN (SELECT \"row\" FROM runs)");
          for (final String table : TABLES) {
            statement.execute(
                "INSERT INTO "
                    + table
                    + " SELECT * FROM shard."
                    + table
                    + " WHERE \"row\" IN (SELECT \"row\" FROM taken)");
          }
          statement.execute("DROP TABLE taken");
          statement.execute("COMMIT");
        } finally {
          statement.execute("DETACH shard");
        }
      } catch (final SQLException e) {
        throw new DataException(
            shard,
            "",
            "cannot be taken in (" + first(e) + ")",
            "wait until its sweep has ended, copy it again, or move it away",
            e);
      }
    }
    return shards.size();
  }

  /** The runs that ended, by row. */
  public SortedMap<Long, KeptRun> runs() {
    final TreeMap<Long, KeptRun> runs = new TreeMap<>();
    try (Statement statement = database.createStatement()) {
      final Map<Long, Map<String, Double>> metrics = new HashMap<>();
      try (ResultSet rows = statement.executeQuery("SELECT \"row\", name, value FROM metrics")) {
        while (rows.next()) {
          metrics
              .computeIfAbsent(rows.getLong(1), row -> new HashMap<>())
              .put(rows.getString(2), rows.getDouble(3));
        }
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT \"row\", stage, fold, combination, status, reason, command, decisions_digest"
                  + " FROM runs")) {
        while (rows.next()) {
          final long row = rows.getLong(1);
          runs.put(
              row,
              new KeptRun(
                  row,
                  rows.getString(2),
                  rows.getInt(3),
                  rows.getInt(4),
                  rows.getString(5),
                  rows.getString(6),
                  rows.getString(7),
                  rows.getString(8),
                  metrics.getOrDefault(row, Map.of())));
        }
      }
      return runs;
    } catch (final SQLException e) {
      throw unreadable(e);
    }
  }

  /** The returns of a row, in order of time. */
  public List<Outcome.Return> returns(final long row) {
    final List<Outcome.Return> returns = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT period, end_time, value FROM returns WHERE \"row\" = "
                    + row
                    + " ORDER BY end_time")) {
      while (rows.next()) {
        returns.add(new Outcome.Return(rows.getString(1), rows.getDouble(2), rows.getDouble(3)));
      }
      return returns;
    } catch (final SQLException e) {
      throw unreadable(e);
    }
  }

  private long number(final String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A value, or null where there is no row. */
  private String text(final String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private DataException unreadable(final SQLException e) {
    return new DataException(
        file, "", "cannot be read (" + first(e) + ")", "move it away to begin anew", e);
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void transaction(final Work work) {
    try (Statement statement = database.createStatement()) {
      statement.execute("BEGIN");
      try {
        work.run();
        statement.execute("COMMIT");
      } catch (final SQLException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    } catch (final SQLException e) {
      throw new DataException(
          file, "", "cannot be written (" + first(e) + ")", "free the disk or permit it", e);
    }
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (final SQLException e) {
      throw unreadable(e);
    }
  }
}
