package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Open interest of an option, published before the session: time, contracts. Minute, hour and daily
 * files tell the same: what several of them say of a contract and date enters once, from the
 * finest.
 */
final class LeanOpenInterest implements LeanRow {
  private static final int COLUMNS = 2;

  private final LeanEntry entry;
  private final LeanSplits splits;
  private final Told told;

  /**
   * @param splits of the root
   * @param told what finer files have told for the same curated file
   */
  LeanOpenInterest(final LeanEntry entry, final LeanSplits splits, final Told told) {
    this.entry = entry;
    this.splits = splits;
    this.told = told;
  }

  /** Which file told the open interest of a contract and date first. */
  static final class Told {
    private record Fact(String contract, LocalDate date) {}

    private final Map<Fact, Path> sources = new HashMap<>();

    /** Whether it has not been told by another file before. */
    boolean isNews(final LeanEntry entry) {
      final Path source = entry.file().path();
      final Path first = sources.putIfAbsent(new Fact(entry.symbol(), entry.clock().day()), source);
      return first == null || first.equals(source);
    }
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    LeanFields.columns(row, COLUMNS);
    entry.clock().beforeSession(row);
    final long open = LeanFields.contracts(row, 1);
    entry.alive(entry.clock().dayStart());
    if (splits.isSessionAfter(entry.clock().day())) {
      throw new BadRowException(RowRefusal.BEFORE_SPLIT, "");
    }
    if (!told.isNews(entry)) {
      throw new BadRowException(RowRefusal.DUPLICATE, "");
    }
    entry.row().put(open).end();
  }
}
