package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Cboe's {@code quotedata.csv}, as its quote table is saved by hand: a title with the last
 * price, a line with the date, a header, then a line a strike with the call on its left and the put
 * on its right. Sizes are not in it; prices and Greeks are rounded as they are shown.
 */
final class CboeCsv {
  private static final int COLUMNS = 22;
  private static final int STRIKE = 11;
  private static final int PUT = 12;
  private static final int MAX_HEADER_LINES = 8;
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Pattern LAST = Pattern.compile("Last:\\s*(-?[0-9.]+)");
  private static final Pattern DATE =
      Pattern.compile(
          "Date:\\s*([A-Za-z]+ \\d{1,2}, \\d{4} at \\d{1,2}:\\d{2} [AaPp][Mm]) E[DS]?T");
  private static final DateTimeFormatter WHEN =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("MMMM d, uuuu 'at' h:mm a")
          .toFormatter(Locale.US);

  private final Path file;
  private final RowCounts counts;
  private final ChainQuote quote = new ChainQuote();
  private long last;
  private long time;

  CboeCsv(final Path file, final RowCounts counts) {
    this.file = file;
    this.counts = counts;
  }

  /** Reads the text. */
  void read(final String text, final CboeChains chains) throws SQLException {
    final CsvRecords records = new CsvRecords(text);
    if (!header(records)) {
      counts
          .problems()
          .add(
              file,
              "",
              "does not begin as a quote table does: a line with 'Last:', one with 'Date: … at … ET'"
                  + " and one with 'Expiration Date'",
              "save quotedata.csv from Cboe's quote table, in the American format");
      return;
    }
    boolean first = true;
    while (records.next()) {
      counts.read();
      try {
        row(records.fields(), first, chains);
        first = false;
      } catch (final BadRowException e) {
        counts.refuse(file, SourceText.place("", records.line()), e);
      }
    }
  }

  private boolean header(final CsvRecords records) {
    boolean lastFound = false;
    boolean dateFound = false;
    for (int i = 0; i < MAX_HEADER_LINES && records.next(); i++) {
      final List<String> fields = records.fields();
      if (fields.get(0).strip().equals("Expiration Date")) {
        return lastFound && dateFound;
      }
      final String line = String.join(",", fields);
      final Matcher price = LAST.matcher(line);
      final Matcher date = DATE.matcher(line);
      try {
        if (!lastFound && price.find()) {
          last = Decimal.round(price.group(1));
          lastFound = true;
        }
        if (date.find()) {
          time =
              LocalDateTime.parse(date.group(1), WHEN).atZone(NEW_YORK).toEpochSecond()
                  * NANOS_PER_SECOND;
          dateFound = true;
        }
      } catch (final DateTimeException | NumberFormatException | ArithmeticException e) {
        return false;
      }
    }
    return false;
  }

  private void row(final List<String> fields, final boolean first, final CboeChains chains)
      throws BadRowException, SQLException {
    if (fields.size() != COLUMNS) {
      throw new BadRowException(
          RowRefusal.COLUMN_COUNT, "has " + fields.size() + " columns instead of " + COLUMNS);
    }
    final long strike = number(fields, STRIKE);
    int written = 0;
    BadRowException refused = null;
    for (final int side : new int[] {0, PUT - 1}) {
      try {
        read(fields, side);
        if (strike != quote.strike()) {
          throw new BadRowException(
              RowRefusal.UNKNOWN_SYMBOL,
              "column " + (side + 2) + " names another strike than column " + (STRIKE + 1));
        }
        final CboeChains.Chain chain = chains.of(quote.root());
        if (chain == null) {
          continue;
        }
        if (first || written == 0) {
          written += chain.price(time, last);
        }
        written += quote.write(chain.rows(), time, chain.midnight(time));
      } catch (final BadRowException e) {
        refused = e;
      }
    }
    if (refused != null) {
      counts.add(written);
      throw refused;
    }
    if (written == 0) {
      counts.merge(1);
    } else {
      counts.add(written - 1L);
    }
  }

  /** Columns of a side, from the one before its symbol. */
  private void read(final List<String> fields, final int side) throws BadRowException {
    quote
        .of(fields.get(side + 1).strip())
        .touch(number(fields, side + 4), 0, number(fields, side + 5), 0)
        .open(number(fields, side + 10) / Decimal.ONE)
        .greeks(
            plain(fields, side + 7),
            plain(fields, side + 8),
            plain(fields, side + 9),
            Double.NaN,
            Double.NaN);
  }

  private static double plain(final List<String> fields, final int column) throws BadRowException {
    return number(fields, column) / (double) Decimal.ONE;
  }

  private static long number(final List<String> fields, final int column) throws BadRowException {
    final String text = fields.get(column).strip();
    try {
      return text.isEmpty() ? 0 : Decimal.round(text);
    } catch (final NumberFormatException | ArithmeticException e) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER,
          "column " + (column + 1) + " is '" + text + "', where a number belongs");
    }
  }
}
