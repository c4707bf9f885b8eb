package io.millrace.tools.data;

import io.millrace.gateways.recorded.EventSource;
import io.millrace.tools.data.Selection.DatedFiles;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.duckdb.DuckDBConnection;

/**
 * Reads curated files as encoded input messages in order of event time.
 *
 * <p>Rows of one instant go out by kind, as {@link CuratedKind} orders them, then by symbol in the
 * order of the selection, then as they stand in their file. Definitions come at the start of each
 * date; an instrument keeps its id, and a later date's definition brings that date's session. Ids
 * are dense from 1 in the order of definitions: each symbol, then its contracts by expiry, strike
 * and right.
 *
 * <p>Memory does not grow with the data: each file is open only while its rows are due, one vector
 * (2,048 rows) at a time. Objects are made per vector and per definition, none per row. Not for use
 * by several threads.
 */
public final class CuratedReader implements EventSource {
  private final DuckDBConnection database;
  private final List<DuckDBConnection> connections = new ArrayList<>();
  private final InstrumentIds ids;
  private EventRows[] heap;
  private int size;
  private EventRows current;
  private int instrumentId;
  private Map<Path, String> checksums = Map.of();
  private boolean byMinutes;
  private boolean closed;

  private CuratedReader(final DuckDBConnection database, final int symbols) {
    this.database = database;
    this.ids = new InstrumentIds(symbols);
  }

  /**
   * Checks every file of a selection and opens the first ones.
   *
   * @throws DataException when there is nothing to read, or a file does not follow its schema or is
   *     not as its import wrote it
   */
  public static CuratedReader open(final Selection selection) {
    final List<DatedFiles> files = selection.files();
    try {
      final DuckDBConnection database = DuckDb.open(DuckDb.READER_MEMORY, null);
      final CuratedReader reader = new CuratedReader(database, selection.symbols().size());
      try {
        reader.start(selection, files);
        return reader;
      } catch (final SQLException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (final SQLException e) {
      throw new DataException(
          selection.curated(),
          "",
          "cannot be read (" + e.getMessage() + ")",
          "see that the files are readable",
          e);
    }
  }

  private void start(final Selection selection, final List<DatedFiles> files) throws SQLException {
    final CuratedCheck check = new CuratedCheck(database);
    for (final DatedFiles dated : files) {
      final String symbol = selection.symbols().get(dated.symbolIndex()).toUpperCase(Locale.ROOT);
      for (final Path file : dated.byName().values()) {
        check.check(file, dated.kind(), symbol);
      }
    }
    byMinutes = files.stream().allMatch(DatedFiles::byMinutes);
    final Map<Path, Long> rowCounts = check.rowCounts();
    checksums = check.checksums();
    final TimeBounds[] bounds = bounds(selection, files);
    heap = new EventRows[files.size()];
    for (final DatedFiles dated : files) {
      final DuckDBConnection connection = database.duplicate();
      connections.add(connection);
      final EventRows rows =
          rows(
              dated,
              connection,
              dated.rank(selection.symbols().size()),
              rowCounts,
              dated.yearly() ? bounds[dated.symbolIndex()] : TimeBounds.NONE);
      if (rows.advance()) {
        heap[size++] = rows;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  private EventRows rows(
      final DatedFiles dated,
      final DuckDBConnection connection,
      final int rank,
      final Map<Path, Long> rowCounts,
      final TimeBounds bounds) {
    if (dated.kind() == CuratedKind.INSTRUMENT) {
      return new DefinitionRows(connection, dated, rank, ids, bounds);
    }
    final RowCursor cursor = new RowCursor(connection, dated, rowCounts, bounds);
    return dated.kind() == CuratedKind.DEPTH
        ? new DepthRows(dated, rank, cursor, ids)
        : new MarketRows(dated, rank, cursor, ids);
  }

  /** The times of the selection's dates, by symbol: files of a year hold others too. */
  private TimeBounds[] bounds(final Selection selection, final List<DatedFiles> files)
      throws SQLException {
    final TimeBounds[] bounds = new TimeBounds[selection.symbols().size()];
    Arrays.fill(bounds, TimeBounds.NONE);
    if (selection.from() == null && selection.to() == null) {
      return bounds;
    }
    for (final DatedFiles dated : files) {
      if (dated.yearly() && dated.kind() == CuratedKind.INSTRUMENT) {
        final Path any = dated.byName().firstEntry().getValue();
        try (Statement statement = database.createStatement();
            ResultSet row =
                statement.executeQuery(
                    "SELECT timezone FROM read_parquet(" + DuckDb.quoted(any) + ") LIMIT 1")) {
          if (row.next()) {
            bounds[dated.symbolIndex()] =
                TimeBounds.of(selection.from(), selection.to(), ZoneId.of(row.getString(1)));
          }
        }
      }
    }
    return bounds;
  }

  @Override
  public boolean next() {
    if (current != null) {
      if (!current.advance()) {
        heap[0] = heap[--size];
        heap[size] = null;
      }
      sink(0);
    }
    current = heap[0];
    if (size == 0) {
      current = null;
      return false;
    }
    instrumentId = current.encode();
    return true;
  }

  /** Restores the order of the heap when the row at a place may be later than those below it. */
  private void sink(final int place) {
    final EventRows rows = heap[place];
    int at = place;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(rows)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = rows;
  }

  /** The files that are read, each with its SHA-256, in order of symbol, kind and date. */
  public Map<Path, String> checksums() {
    return Collections.unmodifiableMap(checksums);
  }

  /** Whether all quotes, trades and bars that are read are sampled, by whole minutes. */
  public boolean byMinutes() {
    return byMinutes;
  }

  /** Kind of the row. */
  public CuratedKind kind() {
    return current.kind();
  }

  @Override
  public long eventTime() {
    return current.time;
  }

  /** Instrument of the row. */
  public int instrumentId() {
    return instrumentId;
  }

  @Override
  public DirectBuffer buffer() {
    return current.buffer();
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return current.length();
  }

  /** Instruments defined so far; their ids are 1 to this. */
  public int instruments() {
    return ids.count();
  }

  /** Symbol of an instrument defined so far. */
  public String symbol(final int id) {
    return ids.symbol(id);
  }

  /** Id of a symbol; 0 when it is not defined yet. */
  public int id(final String symbol) {
    return ids.of(symbol);
  }

  /** Lets go of all files; more than once does no harm. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (heap != null) {
        for (int i = 0; i < size; i++) {
          heap[i].close();
        }
      }
      for (final DuckDBConnection connection : connections) {
        connection.close();
      }
      database.close();
    } catch (final SQLException e) {
      throw new IllegalStateException("closing curated files failed", e);
    }
  }
}
