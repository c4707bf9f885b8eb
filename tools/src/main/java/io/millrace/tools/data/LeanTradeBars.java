package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/** Bars of trades: time, open, high, low, close, volume. */
final class LeanTradeBars implements LeanRow {
  private static final int COLUMNS = 6;

  private final LeanEntry entry;
  private final long interval;

  LeanTradeBars(final LeanEntry entry) {
    this.entry = entry;
    this.interval = entry.file().intervalNanos();
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    LeanFields.columns(row, COLUMNS);
    entry.clock().bar(row);
    final long open = entry.fields().positive(row, 1);
    final long high = entry.fields().positive(row, 2);
    final long low = entry.fields().positive(row, 3);
    final long close = entry.fields().positive(row, 4);
    final long volume = LeanFields.size(row, 5);
    LeanFields.wellFormed(open, high, low, close);
    entry.alive(entry.clock().dayStart());
    if (!entry.clock().wanted()) {
      return;
    }
    final Adjustment adjustment = entry.adjustment();
    final CuratedWriter out = entry.row();
    out.put(interval).put(adjustment.price(open)).put(adjustment.price(high));
    out.put(adjustment.price(low)).put(adjustment.price(close)).put(adjustment.size(volume)).end();
  }
}
