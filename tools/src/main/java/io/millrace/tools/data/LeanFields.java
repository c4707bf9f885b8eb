package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/** Fields of LEAN's rows as exact numbers; what is wrong with one is said by its column. */
final class LeanFields {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final int pricePlaces;

  /**
   * @param pricePlaces decimal places that make a price as it stands one in 1e-8
   */
  LeanFields(final int pricePlaces) {
    this.pricePlaces = pricePlaces;
  }

  static void columns(final CsvLines row, final int expected) throws BadRowException {
    if (row.columns() != expected) {
      throw new BadRowException(
          RowRefusal.COLUMN_COUNT, "has " + row.columns() + " columns instead of " + expected);
    }
  }

  /** A price, 1e-8, 0 or more. */
  long price(final CsvLines row, final int column) throws BadRowException {
    final long price = row.decimal(column, pricePlaces);
    if (price < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_PRICE,
          "column " + (column + 1) + " is the negative price " + row.text(column));
    }
    return price;
  }

  /** A price that may be missing, which is 0. */
  long priceOrNone(final CsvLines row, final int column) throws BadRowException {
    return row.isEmpty(column) ? 0 : price(row, column);
  }

  /** A price of a trade, which is above 0. */
  long positive(final CsvLines row, final int column) throws BadRowException {
    final long price = price(row, column);
    if (price == 0) {
      throw new BadRowException(
          RowRefusal.ZERO_PRICE, "column " + (column + 1) + " is a trade price of zero");
    }
    return price;
  }

  static long size(final CsvLines row, final int column) throws BadRowException {
    final long size = row.rounded(column);
    if (size < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_SIZE,
          "column " + (column + 1) + " is the negative size " + row.text(column));
    }
    return size;
  }

  /** A size of a trade, which is above 0. */
  static long traded(final CsvLines row, final int column) throws BadRowException {
    final long size = size(row, column);
    if (size == 0) {
      throw new BadRowException(
          RowRefusal.ZERO_SIZE, "column " + (column + 1) + " is a trade of nothing");
    }
    return size;
  }

  /** A plain count of contracts, 0 or more. */
  static long contracts(final CsvLines row, final int column) throws BadRowException {
    final long contracts = row.decimal(column, 0);
    if (contracts < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_SIZE, "column " + (column + 1) + " is " + row.text(column));
    }
    return contracts;
  }

  static char exchange(final CsvLines row, final int column) throws BadRowException {
    final String exchange = row.text(column);
    if (exchange.length() != 1 || exchange.charAt(0) >= 128) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_EXCHANGE,
          "column " + (column + 1) + " is '" + exchange + "', no exchange letter");
    }
    return exchange.charAt(0);
  }

  static void unsuspicious(final CsvLines row, final int column) throws BadRowException {
    if (row.decimal(column, 0) != 0) {
      throw new BadRowException(RowRefusal.SUSPICIOUS_TICK, "");
    }
  }

  /** The date in the first column. */
  static LocalDate date(final CsvLines row) throws BadRowException {
    try {
      return LocalDate.parse(row.text(0), DAY);
    } catch (final DateTimeException e) {
      throw new BadRowException(
          RowRefusal.BAD_DATE, "column 1 is '" + row.text(0) + "', no date such as 20151224");
    }
  }

  static void wellFormed(final long open, final long high, final long low, final long close)
      throws BadRowException {
    if (high < low || open < low || open > high || close < low || close > high) {
      throw new BadRowException(
          RowRefusal.MALFORMED_BAR, "has an open, high, low and close that no bar can have");
    }
  }
}
