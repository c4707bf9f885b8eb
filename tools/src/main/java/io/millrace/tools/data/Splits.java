package io.millrace.tools.data;

import io.millrace.core.market.Fixed;
import io.millrace.tools.data.Selection.DatedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBConnection;

/**
 * Splits that fall between the dates of a selection of raw prices. Positions are not split: what is
 * held over one is then valued by the price of another share.
 */
public final class Splits {
  private static final int YEAR = 4;

  private Splits() {}

  /**
   * One sentence for each, for people; none for adjusted prices and where no factors are.
   *
   * @throws DataException if factors cannot be read
   */
  public static List<String> within(final Selection selection) {
    final List<String> found = new ArrayList<>();
    if (selection.source().equals(LeanImport.ADJUSTED_SOURCE)) {
      return found;
    }
    final List<DatedFiles> files = selection.files();
    for (int i = 0; i < selection.symbols().size(); i++) {
      final String symbol = selection.symbols().get(i);
      final Path factors =
          selection
              .curated()
              .resolve(selection.source())
              .resolve(symbol)
              .resolve("factor")
              .resolve("all.parquet");
      if (Files.exists(factors)) {
        final LocalDate first = later(first(files, i), selection.from());
        final LocalDate last = earlier(last(files, i), selection.to());
        add(found, symbol.toUpperCase(Locale.ROOT), factors, first, last);
      }
    }
    return found;
  }

  private static LocalDate first(final List<DatedFiles> files, final int symbol) {
    return files.stream()
        .filter(dated -> dated.symbolIndex() == symbol)
        .map(dated -> date(dated.byName().firstKey(), "-01-01"))
        .min(LocalDate::compareTo)
        .orElseThrow();
  }

  private static LocalDate last(final List<DatedFiles> files, final int symbol) {
    return files.stream()
        .filter(dated -> dated.symbolIndex() == symbol)
        .map(dated -> date(dated.byName().lastKey(), "-12-31"))
        .max(LocalDate::compareTo)
        .orElseThrow();
  }

  private static LocalDate later(final LocalDate one, final LocalDate bound) {
    return bound == null || bound.isBefore(one) ? one : bound;
  }

  private static LocalDate earlier(final LocalDate one, final LocalDate bound) {
    return bound == null || bound.isAfter(one) ? one : bound;
  }

  /** Of the name of a file, which is a date or a year. */
  private static LocalDate date(final String name, final String ofYear) {
    return LocalDate.parse(name.length() == YEAR ? name + ofYear : name);
  }

  private static void add(
      final List<String> found,
      final String symbol,
      final Path factors,
      final LocalDate first,
      final LocalDate last) {
    try (DuckDBConnection database = DuckDb.open(DuckDb.READER_MEMORY, null);
        Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT date::VARCHAR, split_factor FROM read_parquet("
                    + DuckDb.quoted(factors)
                    + ") ORDER BY date")) {
      LocalDate until = null;
      long factor = 0;
      while (row.next()) {
        final LocalDate date = LocalDate.parse(row.getString(1));
        final long next = row.getLong(2);
        // A factor holds up to and including its date: the split is before the next session.
        if (until != null && next != factor && !until.isBefore(first) && until.isBefore(last)) {
          found.add(
              symbol
                  + " was split after "
                  + until
                  + ", "
                  + Fixed.format(ratio(next, factor))
                  + " shares for one, and these prices are raw: positions are not split, so what is"
                  + " held then changes its worth; import with --adjust and run with --source "
                  + LeanImport.ADJUSTED_SOURCE
                  + ", or hold nothing over that date");
        }
        until = date;
        factor = next;
      }
    } catch (final SQLException e) {
      throw new DataException(
          factors, "", "cannot be read (" + e.getMessage() + ")", "import it again", e);
    }
  }

  /** Shares for one, to four decimals: factors are written with few. */
  private static long ratio(final long next, final long before) {
    return Fixed.fromDouble(Math.rint(1e4 * next / before) / 1e4);
  }
}
