package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import io.millrace.tools.data.LeanReference.Asset;
import io.millrace.tools.data.LeanReference.Phase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the rows of one LEAN file into a curated file, checks each, and counts what became of them.
 *
 * <p>LEAN's US equity and option prices are in 1e-4 of a dollar, all others are decimals; its times
 * are milliseconds after midnight, or date and time for daily and hourly bars, in the zone of the
 * data. The time of a bar is its start; the event time that goes out is its end, the first instant
 * at which the bar can be known: for a daily bar the close of the session.
 */
final class LeanRows {
  /** Decimal places of an event time when it is read from milliseconds as nanoseconds. */
  private static final int MILLIS_TO_NANOS_PLACES = 6;

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /** Characters of a date and time such as {@code 20151224 09:00}. */
  private static final int DATE_TIME_LENGTH = 14;

  private static final int TIME_AT = 9;

  /** A row of a factor file: the factors that hold up to and including a date. */
  record Factor(LocalDate date, long priceFactor, long splitFactor, long referencePrice) {}

  private final LeanFile file;
  private final LeanReference reference;
  private final ImportRequest request;
  private final RowCounts counts;
  private final String symbol;
  private final int pricePlaces;
  private final long interval;
  private final BestQuote book = new BestQuote();
  private final long[] bid = new long[5];
  private final long[] ask = new long[5];
  private Adjustment adjustment = new Adjustment(List.of());
  private boolean afterSplit;
  // Of the row at hand: midnight of its date, its event time, and the part it belongs to.
  private LocalDate day;
  private long dayStart;
  private long time;
  private long part;
  private boolean wanted;

  /** Positions of a side's numbers once read. */
  private static final int OPEN = 0;

  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int CLOSE = 3;
  private static final int SIZE = 4;

  LeanRows(
      final LeanFile file,
      final LeanReference reference,
      final ImportRequest request,
      final RowCounts counts) {
    this.file = file;
    this.reference = reference;
    this.request = request;
    this.counts = counts;
    this.symbol = file.symbol().toUpperCase(Locale.ROOT);
    this.pricePlaces = file.pricePlaces();
    this.interval = file.intervalNanos();
    if (file.date() != null) {
      day = file.date();
      dayStart = reference.dayStart(file.venue(), day);
      part = Curation.partOf(day);
    }
  }

  /** Says that the date of the file is the first session after a split. */
  LeanRows afterSplit(final boolean isAfterSplit) {
    this.afterSplit = isAfterSplit;
    return this;
  }

  /** Says by which factors prices and sizes are adjusted. */
  LeanRows adjustedBy(final List<Factor> factors) {
    adjustment = new Adjustment(factors);
    if (day != null) {
      adjustment.on(day);
    }
    return this;
  }

  /** Reads every entry of the file, or the one that it is about. */
  void readInto(final CuratedWriter out) throws SQLException {
    SourceText.each(
        file.path(),
        counts.problems(),
        (entry, in) -> {
          if (file.entry() == null || file.entry().equals(entry)) {
            readEntry(entry, in, out);
          }
        });
  }

  private void readEntry(final String entry, final InputStream in, final CuratedWriter out)
      throws IOException, SQLException {
    final LeanFile.Contract contract = file.isOption() ? file.contract(entry) : null;
    final boolean named =
        entry.isEmpty() || (file.isOption() ? contract != null : file.names(entry));
    if (!named && !counts.skipsBadRows()) {
      counts
          .problems()
          .add(
              file.path(),
              "entry " + entry,
              "has a name that does not fit the file",
              "name it as LEAN does, for instance " + file.exampleName());
      return;
    }
    readRows(new CsvLines(in), entry, named, contract, out);
  }

  private void readRows(
      final CsvLines row,
      final String entry,
      final boolean named,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws IOException, SQLException {
    final String osi =
        contract == null
            ? symbol
            : OptionSymbol.of(symbol, contract.expiry(), contract.call(), contract.strike());
    long last = Long.MIN_VALUE;
    while (row.next()) {
      wanted = true;
      try {
        if (!named) {
          throw new BadRowException(RowRefusal.ENTRY_NAME, "");
        }
        last = read(row, last, osi, contract, out);
        if (wanted) {
          counts.read();
        }
      } catch (final BadRowException e) {
        counts.read();
        counts.refuse(file.path(), SourceText.place(entry, row.lineNumber()), e);
      }
    }
    if (book.isWaiting()) {
      bestQuote(out);
    }
  }

  /** Reads one row, writes it if it is good and wanted, and returns its time in the source. */
  private long read(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    return switch (file.content()) {
      case QUOTE_BAR, OPTION_QUOTE_BAR -> quoteBar(row, last, osi, contract, out);
      case TRADE_BAR, OPTION_TRADE_BAR -> tradeBar(row, last, osi, contract, out);
      case QUOTE_TICK ->
          file.venue().asset() == Asset.EQUITY
              ? quoteTick(row, last, out)
              : twoSidedTick(row, last, out);
      case TRADE_TICK ->
          file.venue().asset() == Asset.EQUITY
              ? tradeTick(row, last, out)
              : plainTick(row, last, out);
      case OPTION_OPEN_INTEREST -> openInterest(row, last, osi, contract, out);
      case MARGIN_INTEREST -> marginInterest(row, last, out);
      case FACTOR_FILE, MAP_FILE -> throw new IllegalStateException("no rows: " + file.path());
    };
  }

  private long quoteBar(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 11);
    final long start = barTime(row, last);
    side(row, 1, bid);
    side(row, 6, ask);
    present(contract);
    if (!wanted) {
      return start;
    }
    out.row(time, part).put(osi);
    contractKey(contract, out);
    out.putPrice(bid[CLOSE]).put(bid[SIZE]).putPrice(ask[CLOSE]).put(ask[SIZE]);
    out.putPrice(bid[OPEN]).putPrice(bid[HIGH]).putPrice(bid[LOW]);
    out.putPrice(ask[OPEN]).putPrice(ask[HIGH]).putPrice(ask[LOW]);
    out.end();
    return start;
  }

  /**
   * Reads open, high, low, close and size of a side. Empty or zero is no price: nobody bids zero.
   */
  private void side(final CsvLines row, final int column, final long[] side)
      throws BadRowException {
    for (int i = OPEN; i <= CLOSE; i++) {
      side[i] = row.isEmpty(column + i) ? 0 : price(row, column + i);
    }
    final long size = size(row, column + SIZE);
    wellFormed(side[OPEN], side[HIGH], side[LOW], side[CLOSE]);
    for (int i = OPEN; i <= CLOSE; i++) {
      side[i] = side[i] == 0 ? Decimal.NONE : adjustment.price(side[i]);
    }
    side[SIZE] = side[CLOSE] == Decimal.NONE ? 0 : adjustment.size(size);
  }

  private long tradeBar(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 6);
    final long start = barTime(row, last);
    final long open = positive(row, 1);
    final long high = positive(row, 2);
    final long low = positive(row, 3);
    final long close = positive(row, 4);
    final long volume = size(row, 5);
    wellFormed(open, high, low, close);
    present(contract);
    if (!wanted) {
      return start;
    }
    out.row(time, part).put(osi);
    contractKey(contract, out);
    out.put(interval).put(adjustment.price(open)).put(adjustment.price(high));
    out.put(adjustment.price(low)).put(adjustment.price(close)).put(adjustment.size(volume)).end();
    return start;
  }

  private long quoteTick(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 8);
    final long at = tickTime(row, last);
    final long bidPrice = price(row, 1);
    final long bidSize = size(row, 2);
    final long askPrice = price(row, 3);
    final long askSize = size(row, 4);
    exchange(row, 5);
    unsuspicious(row, 7);
    counts.merge(1);
    if (book.isDueBefore(at, bidPrice > 0)) {
      bestQuote(out);
    }
    if (book.take(at, bidPrice, bidSize, askPrice, askSize)) {
      bestQuote(out);
    }
    return at;
  }

  private void bestQuote(final CuratedWriter out) throws SQLException {
    counts.merge(-1);
    book.used();
    touch(out, dayStart + book.time(), book.bid(), book.bidSize(), book.ask(), book.askSize());
  }

  private void touch(
      final CuratedWriter out,
      final long at,
      final long bidPrice,
      final long bidSize,
      final long askPrice,
      final long askSize)
      throws SQLException {
    out.row(at, part).put(symbol);
    out.putPrice(adjustment.price(bidPrice)).put(adjustment.size(bidSize));
    out.putPrice(adjustment.price(askPrice)).put(adjustment.size(askSize));
    out.putNoRange().end();
  }

  /** A tick of crypto: both sides of one book, and in newer files whether it is suspicious. */
  private long twoSidedTick(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    if (row.columns() != 6) {
      columns(row, 5);
    }
    final long at = tickTime(row, last);
    final long bidPrice = row.isEmpty(1) ? 0 : price(row, 1);
    final long bidSize = size(row, 2);
    final long askPrice = row.isEmpty(3) ? 0 : price(row, 3);
    final long askSize = size(row, 4);
    if (row.columns() == 6) {
      unsuspicious(row, 5);
    }
    final boolean bidThere = bidPrice != 0;
    final boolean askThere = askPrice != 0;
    touch(
        out,
        dayStart + at,
        bidThere ? bidPrice : Decimal.NONE,
        bidThere ? bidSize : 0,
        askThere ? askPrice : Decimal.NONE,
        askThere ? askSize : 0);
    return at;
  }

  private long plainTick(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    if (row.columns() != 4) {
      columns(row, 3);
    }
    final long at = tickTime(row, last);
    final long price = positive(row, 1);
    final long size = traded(row, 2);
    if (row.columns() == 4) {
      unsuspicious(row, 3);
    }
    out.row(dayStart + at, part).put(symbol).put(price).put(size);
    out.put((byte) 0).put(0L).put((String) null).end();
    return at;
  }

  /** A funding that was paid at the row's instant. */
  private long marginInterest(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 2);
    final long start = dateTime(row);
    if (start <= last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", not after the row before");
    }
    final long rate = row.rounded(1);
    wanted = request.takes(day);
    if (wanted) {
      out.row(start, Curation.partOf(day)).put(symbol).put(rate).put(start).end();
    }
    return start;
  }

  private long tradeTick(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 6);
    final long at = tickTime(row, last);
    final long price = positive(row, 1);
    final long size = traded(row, 2);
    final char exchange = exchange(row, 3);
    final long condition = row.hex(4);
    unsuspicious(row, 5);
    out.row(dayStart + at, part).put(symbol);
    out.put(adjustment.price(price)).put(adjustment.size(size));
    out.put((byte) 0).put(condition).put(String.valueOf(exchange)).end();
    return at;
  }

  private long openInterest(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 2);
    final long at = tickTime(row, last);
    if (at == last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", not after the row before");
    }
    final long open = row.decimal(1, 0);
    if (open < 0) {
      throw new BadRowException(RowRefusal.NEGATIVE_SIZE, "column 2 is " + row.text(1));
    }
    present(contract);
    if (afterSplit) {
      throw new BadRowException(RowRefusal.BEFORE_SPLIT, "");
    }
    out.row(dayStart + at, part).put(osi);
    contractKey(contract, out);
    out.put(open).end();
    return at;
  }

  private void contractKey(final LeanFile.Contract contract, final CuratedWriter out)
      throws SQLException {
    if (contract != null) {
      out.put(contract.expiry()).put(contract.strike());
      out.put(contract.call() ? "call" : "put").put(file.style());
    }
  }

  /** Refuses a contract that had expired before this date. */
  private void present(final LeanFile.Contract contract) throws BadRowException {
    if (contract != null && reference.expiry(contract.expiry()) <= dayStart) {
      throw new BadRowException(RowRefusal.EXPIRED_CONTRACT, "");
    }
  }

  private static void columns(final CsvLines row, final int expected) throws BadRowException {
    if (row.columns() != expected) {
      throw new BadRowException(
          RowRefusal.COLUMN_COUNT, "has " + row.columns() + " columns instead of " + expected);
    }
  }

  /**
   * The start of a bar in the source; sets the event time, which is its end, and whether the row is
   * wanted.
   */
  private long barTime(final CsvLines row, final long last) throws BadRowException {
    final long start;
    if (file.date() != null) {
      final long sinceMidnight = time(row);
      start = sinceMidnight;
      time = dayStart + sinceMidnight + interval;
    } else {
      start = dateTime(row);
      wanted = request.takesYear(day.getYear());
      part = Curation.partOfYear(day.getYear());
      time = end(start, row);
    }
    if (start <= last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", not after the row before");
    }
    return start;
  }

  /** The instant at which a daily or hourly bar is over. */
  private long end(final long start, final CsvLines row) throws BadRowException {
    if (reference.alwaysOpen(file.venue())) {
      return start + interval;
    }
    final Phase session = reference.session(file.venue(), day);
    if (session == null) {
      throw new BadRowException(
          RowRefusal.MARKET_CLOSED,
          "column 1 is "
              + row.text(0)
              + ", when the market was closed by "
              + LeanFile.MARKET_HOURS);
    }
    if (interval == NANOS_PER_DAY) {
      return session.close();
    }
    final boolean cut = start < session.close() && start + interval > session.close();
    return cut ? session.close() : start + interval;
  }

  /** Reads a date and time, and turns to that date. */
  private long dateTime(final CsvLines row) throws BadRowException {
    final String text = row.text(0);
    try {
      final LocalDate date = LocalDate.parse(text.substring(0, 8), DAY);
      if (!date.equals(day)) {
        day = date;
        dayStart = reference.dayStart(file.venue(), date);
        adjustment.on(date);
      }
      if (text.length() < DATE_TIME_LENGTH) {
        throw new DateTimeException("too short");
      }
      return dayStart + LocalTime.parse(text.substring(TIME_AT)).toNanoOfDay();
    } catch (final DateTimeException | StringIndexOutOfBoundsException e) {
      throw new BadRowException(
          RowRefusal.BAD_DATE,
          "column 1 is '" + text + "', no date and time such as 20151224 09:00");
    }
  }

  private static long tickTime(final CsvLines row, final long last) throws BadRowException {
    final long time = time(row);
    if (time < last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", before the row before");
    }
    return time;
  }

  private static long time(final CsvLines row) throws BadRowException {
    final long time = row.decimal(0, MILLIS_TO_NANOS_PLACES);
    if (time < 0 || time >= NANOS_PER_DAY) {
      throw new BadRowException(
          RowRefusal.TIME_OUTSIDE_DAY,
          "column 1 is " + row.text(0) + ", no milliseconds after midnight");
    }
    return time;
  }

  private long price(final CsvLines row, final int column) throws BadRowException {
    final long price = row.decimal(column, pricePlaces);
    if (price < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_PRICE,
          "column " + (column + 1) + " is the negative price " + row.text(column));
    }
    return price;
  }

  private long positive(final CsvLines row, final int column) throws BadRowException {
    final long price = price(row, column);
    if (price == 0) {
      throw new BadRowException(
          RowRefusal.ZERO_PRICE, "column " + (column + 1) + " is a trade price of zero");
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

  private static long traded(final CsvLines row, final int column) throws BadRowException {
    final long size = size(row, column);
    if (size == 0) {
      throw new BadRowException(
          RowRefusal.ZERO_SIZE, "column " + (column + 1) + " is a trade of nothing");
    }
    return size;
  }

  private static char exchange(final CsvLines row, final int column) throws BadRowException {
    final String exchange = row.text(column);
    if (exchange.length() != 1 || exchange.charAt(0) >= 128) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_EXCHANGE,
          "column " + (column + 1) + " is '" + exchange + "', no exchange letter");
    }
    return exchange.charAt(0);
  }

  private static void unsuspicious(final CsvLines row, final int column) throws BadRowException {
    if (row.decimal(column, 0) != 0) {
      throw new BadRowException(RowRefusal.SUSPICIOUS_TICK, "");
    }
  }

  private static void wellFormed(final long open, final long high, final long low, final long close)
      throws BadRowException {
    if (high < low || open < low || open > high || close < low || close > high) {
      throw new BadRowException(
          RowRefusal.MALFORMED_BAR, "has an open, high, low and close that no bar can have");
    }
  }

  /** The factors of a factor file, by date; empty when there is no such file. */
  List<Factor> factors() {
    final List<Factor> factors = new ArrayList<>();
    readReference(
        row -> {
          if (row.columns() != 4) {
            columns(row, 3);
          }
          final boolean priced = row.columns() == 4 && !row.isEmpty(3);
          final long price = priced ? row.decimal(3, Decimal.PLACES) : 0;
          factors.add(
              new Factor(
                  date(row),
                  row.decimal(1, Decimal.PLACES),
                  row.decimal(2, Decimal.PLACES),
                  price == 0 ? Decimal.NONE : price));
        });
    return factors;
  }

  /** Writes factors. */
  void writeFactors(final List<Factor> factors, final CuratedWriter out) throws SQLException {
    for (final Factor factor : factors) {
      out.row(reference.dayStart(file.venue(), factor.date())).put(symbol).put(factor.date());
      out.put(factor.priceFactor()).put(factor.splitFactor());
      out.putPrice(factor.referencePrice()).end();
    }
  }

  /** Reads a map file. */
  void readMap(final CuratedWriter out) throws SQLException {
    record Name(LocalDate date, String ticker, String exchange) {}
    final List<Name> names = new ArrayList<>();
    readReference(
        row -> {
          if (row.columns() != 3) {
            columns(row, 2);
          }
          final String exchange = row.columns() == 3 && !row.isEmpty(2) ? row.text(2) : null;
          names.add(new Name(date(row), row.text(1).toUpperCase(Locale.ROOT), exchange));
        });
    for (final Name name : names) {
      out.row(reference.dayStart(file.venue(), name.date)).put(symbol).put(name.date);
      out.put(name.ticker).put(name.exchange).end();
    }
  }

  private static LocalDate date(final CsvLines row) throws BadRowException {
    try {
      return LocalDate.parse(row.text(0), DAY);
    } catch (final DateTimeException e) {
      throw new BadRowException(
          RowRefusal.BAD_DATE, "column 1 is '" + row.text(0) + "', no date such as 20151224");
    }
  }

  /** Takes one row of a reference file. */
  private interface ReferenceRow {
    void take(CsvLines row) throws BadRowException;
  }

  private void readReference(final ReferenceRow taker) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()))) {
      final CsvLines row = new CsvLines(in);
      while (row.next()) {
        counts.read();
        try {
          taker.take(row);
        } catch (final BadRowException e) {
          counts.refuse(file.path(), SourceText.place("", row.lineNumber()), e);
        }
      }
    } catch (final NoSuchFileException e) {
      counts.unread();
    } catch (final IOException e) {
      counts
          .problems()
          .add(file.path(), "", "cannot be read (" + e + ")", "see that the file is readable");
    }
  }
}
