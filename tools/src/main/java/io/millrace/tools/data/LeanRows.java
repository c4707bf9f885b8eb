package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import io.millrace.tools.data.LeanFactors.Factor;
import io.millrace.tools.data.LeanReference.Asset;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the rows of one LEAN file into a curated file, checks each, and counts what became of them.
 * Each kind of row has a {@link LeanRow} of its own.
 */
final class LeanRows {
  private final LeanFile file;
  private final LeanReference reference;
  private final ImportRequest request;
  private final RowCounts counts;
  private final LeanFields fields;
  private Adjustment adjustment = new Adjustment(List.of());
  private LeanSplits splits;
  private LeanOpenInterest.Told told = new LeanOpenInterest.Told();
  private CuratedWriter greeks;

  LeanRows(
      final LeanFile file,
      final LeanReference reference,
      final ImportRequest request,
      final RowCounts counts) {
    this.file = file;
    this.reference = reference;
    this.request = request;
    this.counts = counts;
    this.fields = new LeanFields(file.pricePlaces());
    this.splits = new LeanSplits(List.of(), reference);
  }

  /** Says by which factors prices and sizes are adjusted. */
  LeanRows adjustedBy(final List<Factor> factors) {
    adjustment = new Adjustment(factors);
    return this;
  }

  /** Says when the root was split. */
  LeanRows splitAt(final LeanSplits known) {
    splits = known;
    return this;
  }

  /** Says what open interest other files have told for the same curated file. */
  LeanRows after(final LeanOpenInterest.Told others) {
    told = others;
    return this;
  }

  /** Says where Greeks go. */
  LeanRows greeksInto(final CuratedWriter writer) {
    greeks = writer;
    return this;
  }

  /** Reads every entry of the file, or the one that it is about. */
  void readInto(final CuratedWriter out) throws SQLException {
    final LeanClock clock = new LeanClock(file, reference, request, adjustment);
    final LeanEntry any =
        new LeanEntry(file, null, "", reference, clock, fields, adjustment, counts, out).of(null);
    SourceText.each(
        file.path(),
        counts.problems(),
        (entry, in) -> {
          if (file.entry() == null || file.entry().equals(entry)) {
            read(entry, in, any);
          }
        });
  }

  private void read(final String name, final InputStream in, final LeanEntry any)
      throws IOException, SQLException {
    final LeanFile.Contract contract = file.isByContract() ? file.contract(name) : null;
    final boolean named =
        name.isEmpty() || (file.isByContract() ? contract != null : file.names(name));
    if (!named && !counts.skipsBadRows()) {
      counts
          .problems()
          .add(
              file.path(),
              "entry " + name,
              "has a name that does not fit the file",
              "name it as LEAN does, for instance " + file.exampleName());
      return;
    }
    final CsvLines row = new CsvLines(in);
    final LeanClock clock = any.clock();
    final LeanRow kind = kind(any.of(contract));
    clock.begin();
    while (row.next()) {
      clock.beginRow();
      try {
        if (!named) {
          throw new BadRowException(RowRefusal.ENTRY_NAME, "");
        }
        kind.read(row);
        clock.endRow();
        if (clock.wanted()) {
          counts.read();
        }
      } catch (final BadRowException e) {
        counts.read();
        counts.refuse(file.path(), SourceText.place(name, row.lineNumber()), e);
      }
    }
    kind.end();
  }

  private LeanRow kind(final LeanEntry entry) {
    final boolean equity = file.venue().asset() == Asset.EQUITY;
    return switch (file.content()) {
      case QUOTE_BAR, OPTION_QUOTE_BAR -> new LeanQuoteBars(entry);
      case TRADE_BAR, OPTION_TRADE_BAR -> new LeanTradeBars(entry);
      case QUOTE_TICK -> equity ? new LeanQuoteTicks(entry) : new LeanCryptoTicks.Quotes(entry);
      case TRADE_TICK -> equity ? new LeanTradeTicks(entry) : new LeanCryptoTicks.Trades(entry);
      case OPTION_OPEN_INTEREST -> new LeanOpenInterest(entry, splits, told);
      case UNIVERSE -> new LeanUniverse(entry, told, greeks);
      case MARGIN_INTEREST -> new LeanMarginInterest(entry);
      case FACTOR_FILE, MAP_FILE -> throw new IllegalStateException("no rows: " + file.path());
    };
  }
}
