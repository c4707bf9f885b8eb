package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * A universe file: the options of a root on a date, with open interest, implied volatility and
 * Greeks of LEAN's own model.
 *
 * <p>Its prices are of the next session, and so are the volatilities that LEAN solved from them:
 * all of it counts as known at that session's close, and no price enters. A volatility of 0 says
 * that LEAN found none; the numbers beside it are no Greeks. LEAN's vega is per volatility point
 * and its theta per calendar day; curated Greeks are per 1.00 of volatility and per calendar day.
 */
final class LeanUniverse implements LeanRow {
  private static final List<String> COLUMNS =
      List.of(
          "#expiry",
          "strike",
          "right",
          "open",
          "high",
          "low",
          "close",
          "volume",
          "open_interest",
          "implied_volatility",
          "delta",
          "gamma",
          "vega",
          "theta",
          "rho");

  private static final int STRIKE = COLUMNS.indexOf("strike");
  private static final int RIGHT = COLUMNS.indexOf("right");
  private static final int OPEN_INTEREST = COLUMNS.indexOf("open_interest");
  private static final int IV = COLUMNS.indexOf("implied_volatility");
  private static final int DELTA = COLUMNS.indexOf("delta");
  private static final int GAMMA = COLUMNS.indexOf("gamma");
  private static final int VEGA = COLUMNS.indexOf("vega");
  private static final int THETA = COLUMNS.indexOf("theta");
  private static final double POINTS_OF_ONE = 100;

  private final LeanEntry file;
  private final LeanOpenInterest.Told told;
  private final CuratedWriter greeks;
  private final long known;
  private boolean readable = true;

  /**
   * @param told open interest that other files have told for the same curated file
   * @param greeks where Greeks go; open interest goes where the rows of the file do
   */
  LeanUniverse(final LeanEntry file, final LeanOpenInterest.Told told, final CuratedWriter greeks) {
    this.file = file;
    this.told = told;
    this.greeks = greeks;
    this.known = file.reference().session(file.file().venue(), file.file().date()).close();
  }

  @Override
  public void read(final CsvLines row) throws BadRowException, SQLException {
    if (row.text(0).startsWith("#")) {
      readNames(row);
      return;
    }
    if (!readable) {
      throw new BadRowException(RowRefusal.MALFORMED_RECORD, "is of columns that are not known");
    }
    LeanFields.columns(row, COLUMNS.size());
    if (row.isEmpty(0)) { // the underlying: prices alone
      throw new BadRowException(RowRefusal.LOOK_AHEAD, "");
    }
    file.clock().known(known);
    readOption(row, file.of(contract(row)));
  }

  private void readNames(final CsvLines row) throws BadRowException {
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (i >= row.columns() || !row.text(i).equals(COLUMNS.get(i))) {
        readable = false;
        throw new BadRowException(
            RowRefusal.MALFORMED_RECORD, "does not name the columns " + String.join(",", COLUMNS));
      }
    }
    file.clock().passOver();
  }

  private LeanFile.Contract contract(final CsvLines row) throws BadRowException {
    final LocalDate expiry = LeanFields.date(row);
    final long strike = row.decimal(STRIKE, Decimal.PLACES);
    if (!OptionSymbol.fits(file.file().ticker(), strike)) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL, "column 2 is the strike " + row.text(STRIKE));
    }
    final String right = row.text(RIGHT);
    if (!right.equals("C") && !right.equals("P")) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_VALUE, "column 3 is '" + right + "', neither C nor P");
    }
    return new LeanFile.Contract(right.equals("C"), strike, expiry);
  }

  private void readOption(final CsvLines row, final LeanEntry option)
      throws BadRowException, SQLException {
    final boolean counted = !row.isEmpty(OPEN_INTEREST);
    final long open = counted ? LeanFields.contracts(row, OPEN_INTEREST) : 0;
    final double iv = row.isEmpty(IV) ? 0 : row.real(IV);
    final double delta = iv == 0 ? 0 : row.real(DELTA);
    final double gamma = iv == 0 ? 0 : row.real(GAMMA);
    final double vega = iv == 0 ? 0 : row.real(VEGA);
    final double theta = iv == 0 ? 0 : row.real(THETA);
    ChainQuote.sound(iv, delta, gamma);
    option.alive(known);
    final boolean news = counted && told.isNews(option);
    if (news) {
      option.row().put(open).end();
    }
    if (iv > 0) {
      option.row(greeks, known).put(iv).put(delta).put(gamma);
      greeks.put(vega * POINTS_OF_ONE).put(theta).put(Double.NaN).put(Double.NaN).end();
    }
    if (news && iv > 0) {
      option.counts().add(1);
    } else if (!news && iv == 0) {
      throw new BadRowException(counted ? RowRefusal.DUPLICATE : RowRefusal.EMPTY_OPTION, "");
    }
  }
}
