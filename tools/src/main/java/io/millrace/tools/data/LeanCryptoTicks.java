package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/** Ticks of crypto, in newer files with a last column that tells whether one is suspicious. */
final class LeanCryptoTicks {
  private LeanCryptoTicks() {}

  /** Both sides of one book: time, bid, size, ask, size. */
  static final class Quotes implements LeanRow {
    private static final int COLUMNS = 5;

    private final LeanEntry entry;

    Quotes(final LeanEntry entry) {
      this.entry = entry;
    }

    @Override
    public void read(final CsvLines row) throws BadRowException, SQLException {
      beginTick(entry, row, COLUMNS);
      final long bid = entry.fields().priceOrNone(row, 1);
      final long bidSize = LeanFields.size(row, 2);
      final long ask = entry.fields().priceOrNone(row, 3);
      final long askSize = LeanFields.size(row, 4);
      checkSuspicion(row, COLUMNS);
      entry
          .row()
          .putPrice(bid == 0 ? Decimal.NONE : bid)
          .put(bid == 0 ? 0 : bidSize)
          .putPrice(ask == 0 ? Decimal.NONE : ask)
          .put(ask == 0 ? 0 : askSize)
          .putNoRange()
          .end();
    }
  }

  /** Trades: time, price, size. */
  static final class Trades implements LeanRow {
    private static final int COLUMNS = 3;

    private final LeanEntry entry;

    Trades(final LeanEntry entry) {
      this.entry = entry;
    }

    @Override
    public void read(final CsvLines row) throws BadRowException, SQLException {
      beginTick(entry, row, COLUMNS);
      final long price = entry.fields().positive(row, 1);
      final long size = LeanFields.traded(row, 2);
      checkSuspicion(row, COLUMNS);
      entry.row().put(price).put(size).put((byte) 0).put(0L).put((String) null).end();
    }
  }

  private static void beginTick(final LeanEntry entry, final CsvLines row, final int columns)
      throws BadRowException {
    if (row.columns() != columns + 1) {
      LeanFields.columns(row, columns);
    }
    entry.clock().tick(row);
  }

  private static void checkSuspicion(final CsvLines row, final int columns) throws BadRowException {
    if (row.columns() == columns + 1) {
      LeanFields.unsuspicious(row, columns);
    }
  }
}
