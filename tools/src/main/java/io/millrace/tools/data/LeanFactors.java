package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads LEAN's reference files of a symbol, its factors and its tickers, by date. */
final class LeanFactors {
  private final LeanFile file;
  private final LeanReference reference;
  private final RowCounts counts;
  private final String symbol;

  LeanFactors(final LeanFile file, final LeanReference reference, final RowCounts counts) {
    this.file = file;
    this.reference = reference;
    this.counts = counts;
    this.symbol = file.symbol().toUpperCase(Locale.ROOT);
  }

  /** A row of a factor file: the factors that hold up to and including a date. */
  record Factor(LocalDate date, long priceFactor, long splitFactor, long referencePrice) {}

  /** The factors of a factor file, by date; empty when there is no such file. */
  List<Factor> factors() {
    final List<Factor> factors = new ArrayList<>();
    read(
        row -> {
          if (row.columns() != 4) {
            LeanFields.columns(row, 3);
          }
          final boolean priced = row.columns() == 4 && !row.isEmpty(3);
          final long price = priced ? row.decimal(3, Decimal.PLACES) : 0;
          factors.add(
              new Factor(
                  LeanFields.date(row),
                  row.decimal(1, Decimal.PLACES),
                  row.decimal(2, Decimal.PLACES),
                  price == 0 ? Decimal.NONE : price));
        });
    return factors;
  }

  /** Writes factors. */
  void write(final List<Factor> factors, final CuratedWriter out) throws SQLException {
    for (final Factor factor : factors) {
      out.row(reference.dayStart(file.venue(), factor.date())).put(symbol).put(factor.date());
      out.put(factor.priceFactor()).put(factor.splitFactor());
      out.putPrice(factor.referencePrice()).end();
    }
  }

  /** Reads a map file, and writes it. */
  void tickersInto(final CuratedWriter out) throws SQLException {
    record Name(LocalDate date, String ticker, String exchange) {}
    final List<Name> names = new ArrayList<>();
    read(
        row -> {
          if (row.columns() != 3) {
            LeanFields.columns(row, 2);
          }
          final String exchange = row.columns() == 3 && !row.isEmpty(2) ? row.text(2) : null;
          names.add(new Name(LeanFields.date(row), row.text(1).toUpperCase(Locale.ROOT), exchange));
        });
    for (final Name name : names) {
      out.row(reference.dayStart(file.venue(), name.date)).put(symbol).put(name.date);
      out.put(name.ticker).put(name.exchange).end();
    }
  }

  /** Takes one row of a reference file. */
  private interface Taker {
    void take(CsvLines row) throws BadRowException;
  }

  private void read(final Taker taker) {
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
