package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/** Trade ticks of equities: time, price, size, exchange, condition, whether it is suspicious. */
final class LeanTradeTicks implements LeanRow {
  private static final int COLUMNS = 6;

  private final LeanEntry entry;

  LeanTradeTicks(final LeanEntry entry) {
    this.entry = entry;
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    LeanFields.columns(row, COLUMNS);
    entry.clock().tick(row);
    final long price = entry.fields().positive(row, 1);
    final long size = LeanFields.traded(row, 2);
    final char exchange = LeanFields.exchange(row, 3);
    final long condition = row.hex(4);
    LeanFields.unsuspicious(row, 5);
    entry
        .row()
        .put(entry.adjustment().price(price))
        .put(entry.adjustment().size(size))
        .put((byte) 0)
        .put(condition)
        .put(String.valueOf(exchange))
        .end();
  }
}
