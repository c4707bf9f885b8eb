package io.millrace.tools.data;

import io.millrace.tools.data.BinanceFile.Content;
import io.millrace.tools.data.CsvLines.BadRowException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;

/**
 * Reads the rows of one Binance CSV into the rows of its symbol. Times are milliseconds, or
 * microseconds as spot has them since 2025: told apart by their digits. A first line of column
 * names is passed over.
 */
final class BinanceRows {
  private static final long FIRST_MICROS = 100_000_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final byte BUY = 1;
  private static final byte SELL = 2;

  private final BinanceFile file;
  private final Gathered rows;
  private final BookUpdates book;
  private final RowCounts counts;
  private long lastId = Long.MIN_VALUE;
  private long lastTime = Long.MIN_VALUE;
  // The update of a book whose levels are being read.
  private long updateTime;
  private long firstUpdate;
  private long lastUpdate;
  private long previousUpdate;
  private long updateLines;
  private boolean snapshotTaken;

  BinanceRows(
      final BinanceFile file, final Gathered rows, final BookUpdates book, final RowCounts counts) {
    this.file = file;
    this.rows = rows;
    this.book = book;
    this.counts = counts;
  }

  /** Reads a text of the file. */
  void read(final String entry, final InputStream in) throws IOException, SQLException {
    final CsvLines row = new CsvLines(in);
    while (row.next()) {
      if (row.lineNumber() == 1 && isHeader(row)) {
        continue;
      }
      counts.read();
      try {
        take(row);
      } catch (final BadRowException e) {
        counts.refuse(file.path(), SourceText.place(entry, row.lineNumber()), e);
      }
    }
    endUpdate();
  }

  private boolean isHeader(final CsvLines row) {
    // Depth rows begin with the symbol, so that their second field tells.
    final boolean depth =
        file.content() == Content.DEPTH_SNAPSHOT || file.content() == Content.DEPTH_UPDATE;
    final int column = depth && row.columns() > 1 ? 1 : 0;
    final String text = row.text(column);
    return !text.isEmpty() && Character.isLetter(text.charAt(0));
  }

  private void take(final CsvLines row) throws BadRowException, SQLException {
    switch (file.content()) {
      case KLINES -> kline(row);
      case AGG_TRADES -> trade(row, 7, 1, 2, 5, 6);
      case TRADES -> trade(row, 6, 1, 2, 4, 5);
      case BOOK_TICKER -> ticker(row);
      case FUNDING_RATE -> funding(row);
      case DEPTH_SNAPSHOT, DEPTH_UPDATE -> level(row);
      default -> throw new IllegalStateException("no rows: " + file.path());
    }
  }

  private static void columns(final CsvLines row, final int least, final int most)
      throws BadRowException {
    if (row.columns() < least || row.columns() > most) {
      throw new BadRowException(
          RowRefusal.COLUMN_COUNT,
          "has "
              + row.columns()
              + " columns instead of "
              + least
              + (least == most ? "" : " to " + most));
    }
  }

  private static long time(final CsvLines row, final int column) throws BadRowException {
    final long time = row.decimal(column, 0);
    if (time <= 0) {
      throw new BadRowException(
          RowRefusal.BAD_DATE, "column " + (column + 1) + " is " + row.text(column) + ", no time");
    }
    try {
      return Math.multiplyExact(time, time >= FIRST_MICROS ? NANOS_PER_MICRO : NANOS_PER_MILLI);
    } catch (final ArithmeticException e) {
      throw new BadRowException(
          RowRefusal.BAD_DATE, "column " + (column + 1) + " is " + row.text(column) + ", no time");
    }
  }

  private static long positive(final CsvLines row, final int column) throws BadRowException {
    final long price = row.rounded(column);
    if (price <= 0) {
      throw new BadRowException(
          price == 0 ? RowRefusal.ZERO_PRICE : RowRefusal.NEGATIVE_PRICE,
          "column "
              + (column + 1)
              + " is "
              + row.text(column)
              + ", where a price above zero belongs");
    }
    return price;
  }

  private static long size(final CsvLines row, final int column) throws BadRowException {
    final long size = row.rounded(column);
    if (size < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_SIZE,
          "column " + (column + 1) + " is the negative size " + row.text(column));
    }
    return size;
  }

  private void forward(final CsvLines row, final int column, final long time)
      throws BadRowException {
    if (time < lastTime) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS,
          "column " + (column + 1) + " is " + row.text(column) + ", before the row before");
    }
    lastTime = time;
  }

  private void kline(final CsvLines row) throws BadRowException, SQLException {
    columns(row, 6, 12);
    final long start = time(row, 0);
    final long open = positive(row, 1);
    final long high = positive(row, 2);
    final long low = positive(row, 3);
    final long close = positive(row, 4);
    final long volume = size(row, 5);
    if (high < low || open < low || open > high || close < low || close > high) {
      throw new BadRowException(
          RowRefusal.MALFORMED_BAR, "has an open, high, low and close that no bar can have");
    }
    if (start == lastTime) {
      throw new BadRowException(RowRefusal.DUPLICATE, "");
    }
    forward(row, 0, start);
    final long interval = Gathered.intervalOf(file.resolution());
    rows.tick().see(open);
    rows.tick().see(high);
    rows.tick().see(low);
    rows.tick().see(close);
    rows.lot().see(volume);
    rows.row(CuratedKind.BAR, file.resolution(), start + interval)
        .put(interval)
        .put(open)
        .put(high)
        .put(low)
        .put(close)
        .put(volume)
        .end();
  }

  /** A trade: the row's first column is its id, and a column says whether the buyer rested. */
  private void trade(
      final CsvLines row,
      final int least,
      final int priceAt,
      final int sizeAt,
      final int timeAt,
      final int makerAt)
      throws BadRowException, SQLException {
    columns(row, least, least + 1);
    final long id = row.decimal(0, 0);
    final long price = positive(row, priceAt);
    final long size = size(row, sizeAt);
    if (size == 0) {
      throw new BadRowException(
          RowRefusal.ZERO_SIZE, "column " + (sizeAt + 1) + " is a trade of nothing");
    }
    final long time = time(row, timeAt);
    final byte aggressor = isTrue(row, makerAt) ? SELL : BUY;
    if (id <= lastId) {
      throw new BadRowException(RowRefusal.DUPLICATE, "");
    }
    forward(row, timeAt, time);
    lastId = id;
    rows.tick().see(price);
    rows.lot().see(size);
    rows.row(CuratedKind.TRADE, "", time)
        .put(price)
        .put(size)
        .put(aggressor)
        .put(0L)
        .put((String) null)
        .end();
  }

  private static boolean isTrue(final CsvLines row, final int column) throws BadRowException {
    final String text = row.text(column);
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new BadRowException(
        RowRefusal.UNKNOWN_VALUE,
        "column " + (column + 1) + " is '" + text + "', where true or false belongs");
  }

  private void ticker(final CsvLines row) throws BadRowException, SQLException {
    columns(row, 6, 7);
    final long update = row.decimal(0, 0);
    final long bid = price(row, 1);
    final long bidSize = size(row, 2);
    final long ask = price(row, 3);
    final long askSize = size(row, 4);
    // The event time, where there is one: it is when the venue sent the quote.
    final int timeAt = row.columns() - 1;
    final long time = time(row, timeAt);
    if (update <= lastId) {
      throw new BadRowException(RowRefusal.DUPLICATE, "");
    }
    lastId = update;
    rows.tick().see(bid);
    rows.tick().see(ask);
    rows.lot().see(bidSize);
    rows.lot().see(askSize);
    rows.row(CuratedKind.QUOTE, "", time)
        .putPrice(bid == 0 ? Decimal.NONE : bid)
        .put(bid == 0 ? 0 : bidSize)
        .putPrice(ask == 0 ? Decimal.NONE : ask)
        .put(ask == 0 ? 0 : askSize)
        .putNoRange()
        .end();
  }

  private static long price(final CsvLines row, final int column) throws BadRowException {
    final long price = row.isEmpty(column) ? 0 : row.rounded(column);
    if (price < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_PRICE,
          "column " + (column + 1) + " is the negative price " + row.text(column));
    }
    return price;
  }

  /** calc_time, funding_interval_hours, last_funding_rate: paid at calc_time. */
  private void funding(final CsvLines row) throws BadRowException, SQLException {
    columns(row, 3, 3);
    final long time = time(row, 0);
    final long rate = row.rounded(2);
    forward(row, 0, time);
    rows.row(CuratedKind.FUNDING, "", time).put(rate).put(time).end();
  }

  /**
   * symbol, timestamp, first_update_id, last_update_id, side, update_type, price, qty, pu: a level
   * a row, the rows of one update together.
   */
  private void level(final CsvLines row) throws BadRowException, SQLException {
    columns(row, 8, 9);
    if (!row.text(0).equalsIgnoreCase(file.symbol())) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL,
          "column 1 is '" + row.text(0) + "' in a file of " + file.symbol());
    }
    final long time = time(row, 1);
    final long last = row.decimal(3, 0);
    final boolean snapshot = file.content() == Content.DEPTH_SNAPSHOT;
    final long first = row.isEmpty(2) ? last : row.decimal(2, 0);
    final String side = row.text(4);
    if (!side.equals("a") && !side.equals("b")) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_VALUE, "column 5 is '" + side + "', where a or b belongs");
    }
    final long price = positive(row, 6);
    final long size = size(row, 7);
    final long previous = snapshot || row.columns() < 9 || row.isEmpty(8) ? -1 : row.decimal(8, 0);
    if (updateLines > 0 && (last != lastUpdate || time != updateTime)) {
      endUpdate();
    }
    if (updateLines == 0) {
      book.begin();
      updateTime = time;
      firstUpdate = first;
      lastUpdate = last;
      previousUpdate = previous;
    }
    updateLines++;
    book.level(side.equals("b"), price, size);
  }

  /** Hands a finished update to the book, and counts its lines rather than the update. */
  private void endUpdate() throws SQLException {
    if (updateLines == 0) {
      return;
    }
    counts.merge(updateLines - 1);
    updateLines = 0;
    if (file.content() == Content.DEPTH_SNAPSHOT) {
      // The updates of the day follow from its first snapshot; later ones say the same again.
      if (snapshotTaken) {
        counts.leaveOut(RowRefusal.DUPLICATE, 1);
      } else {
        snapshotTaken = true;
        book.snapshot(updateTime, lastUpdate, counts);
      }
      return;
    }
    final RowRefusal refusal =
        book.update(updateTime, firstUpdate, lastUpdate, previousUpdate, counts);
    if (refusal != null) {
      counts.leaveOut(refusal, 1);
    }
  }
}
