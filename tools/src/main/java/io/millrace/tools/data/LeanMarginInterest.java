package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/** Fundings of a perpetual, each paid at its row's instant: date and time, rate. */
final class LeanMarginInterest implements LeanRow {
  private static final int COLUMNS = 2;

  private final LeanEntry entry;

  LeanMarginInterest(final LeanEntry entry) {
    this.entry = entry;
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    LeanFields.columns(row, COLUMNS);
    entry.clock().instant(row);
    final long rate = row.rounded(1);
    if (entry.clock().wanted()) {
      entry.row().put(rate).put(entry.clock().time()).end();
    }
  }
}
