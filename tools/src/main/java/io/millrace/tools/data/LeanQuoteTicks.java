package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/**
 * Quote ticks of equities, each of one side, which {@link BestQuote} puts together: time, bid,
 * size, ask, size, exchange, condition, whether it is suspicious.
 */
final class LeanQuoteTicks implements LeanRow {
  private static final int COLUMNS = 8;

  private final LeanEntry entry;
  private final BestQuote book = new BestQuote();

  LeanQuoteTicks(final LeanEntry entry) {
    this.entry = entry;
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    LeanFields.columns(row, COLUMNS);
    entry.clock().tick(row);
    final long time = entry.clock().time();
    final long bid = entry.fields().price(row, 1);
    final long bidSize = LeanFields.size(row, 2);
    final long ask = entry.fields().price(row, 3);
    final long askSize = LeanFields.size(row, 4);
    LeanFields.exchange(row, 5);
    LeanFields.unsuspicious(row, 7);
    entry.counts().merge(1);
    if (book.isDueBefore(time, bid > 0)) {
      write();
    }
    if (book.take(time, bid, bidSize, ask, askSize)) {
      write();
    }
  }

  @Override
  public void end() throws SQLException {
    if (book.isWaiting()) {
      write();
    }
  }

  private void write() throws SQLException {
    entry.counts().merge(-1);
    book.used();
    final Adjustment adjustment = entry.adjustment();
    entry
        .row(entry.out(), book.time())
        .putPrice(adjustment.price(book.bid()))
        .put(adjustment.size(book.bidSize()))
        .putPrice(adjustment.price(book.ask()))
        .put(adjustment.size(book.askSize()))
        .putNoRange()
        .end();
  }
}
