package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the rows of one LEAN file into a curated file, checks each, and counts what became of them.
 *
 * <p>LEAN's US prices are in 1e-4 of a dollar, its times in milliseconds after midnight in New
 * York. The time of a bar is its start; the event time that goes out is its end, the first instant
 * at which the bar can be known.
 */
final class LeanRows {
  /** Decimal places of an event time when it is read from milliseconds as nanoseconds. */
  private static final int MILLIS_TO_NANOS_PLACES = 6;

  /** Decimal places of a price read from 1e-4 as 1e-8. */
  private static final int PRICE_PLACES = 4;

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  /** An entry larger than this is not market data of one symbol and day. */
  private static final long MAX_ENTRY_BYTES = 1L << 32;

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String ROW_REMEDY =
      "correct the row, or leave such rows out with --skip-bad-rows";

  /** A row of a factor file: the factors that hold up to and including a date. */
  record Factor(LocalDate date, long priceFactor, long splitFactor, long referencePrice) {}

  private final LeanFile file;
  private final LeanReference reference;
  private final boolean skipBadRows;
  private final Problems problems;
  private final Map<RowRefusal, Long> refused = new EnumMap<>(RowRefusal.class);
  private final String symbol;
  private final long dayStart;
  private final long interval;
  private final BestQuote book = new BestQuote();
  private final long[] bid = new long[5];
  private final long[] ask = new long[5];
  private boolean afterSplit;
  private long rowsIn;
  private long rowsMerged;

  /** Positions of a side's numbers once read. */
  private static final int OPEN = 0;

  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int CLOSE = 3;
  private static final int SIZE = 4;

  LeanRows(
      final LeanFile file,
      final LeanReference reference,
      final boolean skipBadRows,
      final Problems problems) {
    this.file = file;
    this.reference = reference;
    this.skipBadRows = skipBadRows;
    this.problems = problems;
    this.symbol = file.symbol().toUpperCase(Locale.ROOT);
    this.dayStart = file.date() == null ? 0 : reference.dayStart(file.date());
    this.interval = file.intervalNanos();
  }

  long rowsIn() {
    return rowsIn;
  }

  long rowsMerged() {
    return rowsMerged;
  }

  Map<RowRefusal, Long> refused() {
    return refused;
  }

  /** Says that the date of the file is the first session after a split. */
  LeanRows afterSplit(final boolean isAfterSplit) {
    this.afterSplit = isAfterSplit;
    return this;
  }

  /** Reads every entry of the file. */
  void readInto(final CuratedWriter out) throws SQLException {
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      final List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      if (entries.isEmpty()) {
        problems.add(file.path(), "", "is a zip without an entry", "fetch the file again");
      }
      for (final ZipEntry entry : entries) {
        readEntry(zip, entry, out);
      }
    } catch (final IOException e) {
      problems.add(
          file.path(), "", "is not a whole zip (" + e.getMessage() + ")", "fetch the file again");
    }
  }

  private void readEntry(final ZipFile zip, final ZipEntry entry, final CuratedWriter out)
      throws SQLException {
    if (entry.getSize() > MAX_ENTRY_BYTES) {
      problems.add(
          file.path(),
          "entry " + entry.getName(),
          "is larger than " + MAX_ENTRY_BYTES + " bytes",
          "split it by symbol and day");
      return;
    }
    final LeanFile.Contract contract = file.isOption() ? file.contract(entry.getName()) : null;
    final boolean named = file.isOption() ? contract != null : file.names(entry.getName());
    if (!named && !skipBadRows) {
      problems.add(
          file.path(),
          "entry " + entry.getName(),
          "has a name that does not fit the file",
          "name it as LEAN does, for instance " + exampleName());
      return;
    }
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      readRows(new CsvLines(in), entry.getName(), named, contract, out);
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new ZipException("its checksum does not match");
      }
    } catch (final IOException e) {
      problems.add(
          file.path(),
          "entry " + entry.getName(),
          "is damaged (" + e.getMessage() + ")",
          "fetch the file again");
    }
  }

  private String exampleName() {
    final String day = DAY.format(file.date());
    return file.isOption()
        ? day + "_" + file.symbol() + "_minute_quote_" + file.style() + "_call_7500000_20160617.csv"
        : day + "_" + file.symbol() + "_minute_quote.csv";
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
      rowsIn++;
      try {
        if (!named) {
          throw new BadRowException(RowRefusal.ENTRY_NAME, "");
        }
        last = read(row, last, osi, contract, out);
      } catch (final BadRowException e) {
        refuse(e, "entry " + entry + ", line " + row.lineNumber());
      }
    }
    if (book.isWaiting()) {
      bestQuote(out);
    }
  }

  private void refuse(final BadRowException bad, final String place) {
    refused.merge(bad.refusal(), 1L, Long::sum);
    if (bad.refusal().isFault() && !skipBadRows) {
      problems.add(file.path(), place, bad.getMessage(), ROW_REMEDY);
    }
  }

  /** Reads one row, writes it if it is good, and returns its time. */
  private long read(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    return switch (file.content()) {
      case EQUITY_QUOTE_BAR -> quoteBar(row, last, osi, null, out);
      case OPTION_QUOTE_BAR -> quoteBar(row, last, osi, contract, out);
      case EQUITY_TRADE_BAR -> tradeBar(row, last, osi, null, out);
      case OPTION_TRADE_BAR -> tradeBar(row, last, osi, contract, out);
      case EQUITY_QUOTE_TICK -> quoteTick(row, last, out);
      case EQUITY_TRADE_TICK -> tradeTick(row, last, out);
      case OPTION_OPEN_INTEREST -> openInterest(row, last, osi, contract, out);
      case FACTOR_FILE, MAP_FILE -> throw new IllegalStateException("no zip: " + file.path());
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
    final long time = barTime(row, last);
    side(row, 1, bid);
    side(row, 6, ask);
    present(contract);
    out.row(dayStart + time + interval).put(osi);
    contractKey(contract, out);
    out.putPrice(bid[CLOSE]).put(bid[SIZE]).putPrice(ask[CLOSE]).put(ask[SIZE]);
    out.putPrice(bid[OPEN]).putPrice(bid[HIGH]).putPrice(bid[LOW]);
    out.putPrice(ask[OPEN]).putPrice(ask[HIGH]).putPrice(ask[LOW]);
    out.end();
    return time;
  }

  /**
   * Reads open, high, low, close and size of a side. Empty or zero is no price: nobody bids zero.
   */
  private static void side(final CsvLines row, final int column, final long[] side)
      throws BadRowException {
    for (int i = OPEN; i <= CLOSE; i++) {
      side[i] = row.isEmpty(column + i) ? 0 : price(row, column + i);
    }
    final long size = size(row, column + SIZE);
    wellFormed(side[OPEN], side[HIGH], side[LOW], side[CLOSE]);
    for (int i = OPEN; i <= CLOSE; i++) {
      side[i] = side[i] == 0 ? Decimal.NONE : side[i];
    }
    side[SIZE] = side[CLOSE] == Decimal.NONE ? 0 : size;
  }

  private long tradeBar(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 6);
    final long time = barTime(row, last);
    final long open = positive(row, 1);
    final long high = positive(row, 2);
    final long low = positive(row, 3);
    final long close = positive(row, 4);
    final long volume = size(row, 5);
    wellFormed(open, high, low, close);
    present(contract);
    out.row(dayStart + time + interval).put(osi);
    contractKey(contract, out);
    out.put(interval).put(open).put(high).put(low).put(close).put(volume).end();
    return time;
  }

  private long quoteTick(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 8);
    final long time = tickTime(row, last);
    final long bidPrice = price(row, 1);
    final long bidSize = size(row, 2);
    final long askPrice = price(row, 3);
    final long askSize = size(row, 4);
    exchange(row, 5);
    unsuspicious(row, 7);
    rowsMerged++;
    if (book.isDueBefore(time, bidPrice > 0)) {
      bestQuote(out);
    }
    if (book.take(time, bidPrice, bidSize, askPrice, askSize)) {
      bestQuote(out);
    }
    return time;
  }

  private void bestQuote(final CuratedWriter out) throws SQLException {
    rowsMerged--;
    book.used();
    out.row(dayStart + book.time()).put(symbol);
    out.putPrice(book.bid()).put(book.bidSize()).putPrice(book.ask()).put(book.askSize());
    for (int i = 0; i < 6; i++) {
      out.putPrice(Decimal.NONE);
    }
    out.end();
  }

  private long tradeTick(final CsvLines row, final long last, final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 6);
    final long time = tickTime(row, last);
    final long price = positive(row, 1);
    final long size = size(row, 2);
    if (size == 0) {
      throw new BadRowException(RowRefusal.ZERO_SIZE, "column 3 is a trade of nothing");
    }
    final char exchange = exchange(row, 3);
    final long condition = row.hex(4);
    unsuspicious(row, 5);
    out.row(dayStart + time).put(symbol).put(price).put(size);
    out.put((byte) 0).put(condition).put(String.valueOf(exchange)).end();
    return time;
  }

  private long openInterest(
      final CsvLines row,
      final long last,
      final String osi,
      final LeanFile.Contract contract,
      final CuratedWriter out)
      throws BadRowException, SQLException {
    columns(row, 2);
    final long time = barTime(row, last);
    final long open = row.decimal(1, 0);
    if (open < 0) {
      throw new BadRowException(RowRefusal.NEGATIVE_SIZE, "column 2 is " + row.text(1));
    }
    present(contract);
    if (afterSplit) {
      throw new BadRowException(RowRefusal.BEFORE_SPLIT, "");
    }
    out.row(dayStart + time).put(osi);
    contractKey(contract, out);
    out.put(open).end();
    return time;
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

  private static long barTime(final CsvLines row, final long last) throws BadRowException {
    final long time = time(row);
    if (time <= last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", not after the row before");
    }
    return time;
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

  private static long price(final CsvLines row, final int column) throws BadRowException {
    final long price = row.decimal(column, PRICE_PLACES);
    if (price < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_PRICE,
          "column " + (column + 1) + " is the negative price " + row.text(column));
    }
    return price;
  }

  private static long positive(final CsvLines row, final int column) throws BadRowException {
    final long price = price(row, column);
    if (price == 0) {
      throw new BadRowException(
          RowRefusal.ZERO_PRICE, "column " + (column + 1) + " is a trade price of zero");
    }
    return price;
  }

  private static long size(final CsvLines row, final int column) throws BadRowException {
    final long size = row.decimal(column, Decimal.PLACES);
    if (size < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_SIZE,
          "column " + (column + 1) + " is the negative size " + row.text(column));
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
      out.row(reference.dayStart(factor.date())).put(symbol).put(factor.date());
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
      out.row(reference.dayStart(name.date)).put(symbol).put(name.date);
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
        rowsIn++;
        try {
          taker.take(row);
        } catch (final BadRowException e) {
          refuse(e, "line " + row.lineNumber());
        }
      }
    } catch (final NoSuchFileException e) {
      rowsIn = 0;
    } catch (final IOException e) {
      problems.add(file.path(), "", "cannot be read (" + e + ")", "see that the file is readable");
    }
  }
}
