package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/** Sampled quotes: time, then open, high, low, close and size of the bid and of the ask. */
final class LeanQuoteBars implements LeanRow {
  private static final int COLUMNS = 11;
  private static final int BID_AT = 1;
  private static final int ASK_AT = 6;

  /** Positions of a side's numbers once read. */
  private static final int OPEN = 0;

  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int CLOSE = 3;
  private static final int SIZE = 4;

  private final LeanEntry entry;
  private final long[] bid = new long[SIZE + 1];
  private final long[] ask = new long[SIZE + 1];

  LeanQuoteBars(final LeanEntry entry) {
    this.entry = entry;
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    LeanFields.columns(row, COLUMNS);
    entry.clock().bar(row);
    side(row, BID_AT, bid);
    side(row, ASK_AT, ask);
    entry.alive(entry.clock().dayStart());
    if (!entry.clock().wanted()) {
      return;
    }
    final CuratedWriter out = entry.row();
    out.putPrice(bid[CLOSE]).put(bid[SIZE]).putPrice(ask[CLOSE]).put(ask[SIZE]);
    out.putPrice(bid[OPEN]).putPrice(bid[HIGH]).putPrice(bid[LOW]);
    out.putPrice(ask[OPEN]).putPrice(ask[HIGH]).putPrice(ask[LOW]);
    out.end();
  }

  /**
   * Reads open, high, low, close and size of a side. Empty or zero is no price: nobody bids zero.
   */
  private void side(final CsvLines row, final int column, final long[] side)
      throws BadRowException {
    for (int i = OPEN; i <= CLOSE; i++) {
      side[i] = entry.fields().priceOrNone(row, column + i);
    }
    final long size = LeanFields.size(row, column + SIZE);
    LeanFields.wellFormed(side[OPEN], side[HIGH], side[LOW], side[CLOSE]);
    for (int i = OPEN; i <= CLOSE; i++) {
      side[i] = side[i] == 0 ? Decimal.NONE : entry.adjustment().price(side[i]);
    }
    side[SIZE] = side[CLOSE] == Decimal.NONE ? 0 : entry.adjustment().size(size);
  }
}
