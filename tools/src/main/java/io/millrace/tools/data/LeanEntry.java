package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;
import java.util.Locale;

/**
 * An entry of a LEAN file on its way into a curated file: what it is of, and what its rows share.
 *
 * @param file the file that it is in
 * @param contract the option that it is of; null = it is of none, or of many
 * @param symbol name that its rows carry; of an option its OSI name
 */
record LeanEntry(
    LeanFile file,
    LeanFile.Contract contract,
    String symbol,
    LeanReference reference,
    LeanClock clock,
    LeanFields fields,
    Adjustment adjustment,
    RowCounts counts,
    CuratedWriter out) {

  /** The same file, for an option that it names. */
  LeanEntry of(final LeanFile.Contract option) {
    return new LeanEntry(
        file,
        option,
        option == null
            ? file.symbol().toUpperCase(Locale.ROOT)
            : OptionSymbol.of(file.ticker(), option.expiry(), option.call(), option.strike()),
        reference,
        clock,
        fields,
        adjustment,
        counts,
        out);
  }

  /** Starts a row at the time that the clock shows, as far as what it is of. */
  CuratedWriter row() throws SQLException {
    return row(out, clock.time());
  }

  /** Starts a row at a time, as far as what it is of. */
  CuratedWriter row(final CuratedWriter to, final long time) throws SQLException {
    to.row(time, clock.part()).put(symbol);
    if (contract != null) {
      to.put(contract.expiry()).put(contract.strike());
      to.put(contract.call() ? "call" : "put").put(file.style());
    }
    return to;
  }

  /** Refuses an option that had expired by an instant. */
  void alive(final long instant) throws BadRowException {
    if (contract != null && reference.expiry(file.venue(), contract.expiry()) <= instant) {
      throw new BadRowException(RowRefusal.EXPIRED_CONTRACT, "");
    }
  }
}
