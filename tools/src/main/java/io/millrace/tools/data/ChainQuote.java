package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One option of a chain as a vendor quotes it, on its way into curated rows. NaN = not given.
 *
 * <p>The vendor's vega is per volatility point and its theta per day; curated Greeks are per 1.00
 * of volatility and per day.
 */
final class ChainQuote {
  private static final Pattern NAME = Pattern.compile("([A-Z]{1,6})\\d?(\\d{6})([CP])(\\d{8})");
  private static final Pattern ADJUSTED = Pattern.compile("[A-Z]{1,5}\\d\\d{6}[CP]\\d{8}");
  private static final int STRIKE_TO_FIXED = 100_000;
  private static final double POINTS_OF_ONE = 100;

  /** A delta may be rounded beyond 1. */
  private static final double MAX_DELTA = 1.01;

  private String root;
  private LocalDate expiry;
  private boolean call;
  private long strike;
  private long bid;
  private long bidSize;
  private long ask;
  private long askSize;
  private long openInterest;
  private double iv;
  private double delta;
  private double gamma;
  private double vega;
  private double theta;
  private double vanna;
  private double charm;

  /** Turns to a contract, of which nothing is given yet. */
  ChainQuote of(final String osi) throws BadRowException {
    final String name = osi.replace(" ", "");
    final Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL, "names '" + osi + "', no option such as SPX261218C06500000");
    }
    if (ADJUSTED.matcher(name).matches()) {
      throw new BadRowException(RowRefusal.ADJUSTED_CONTRACT, "");
    }
    root = parts.group(1);
    call = parts.group(3).equals("C");
    strike = Long.parseLong(parts.group(4)) * STRIKE_TO_FIXED;
    try {
      final String date = parts.group(2);
      expiry =
          LocalDate.of(
              2000 + Integer.parseInt(date.substring(0, 2)),
              Integer.parseInt(date.substring(2, 4)),
              Integer.parseInt(date.substring(4)));
    } catch (final DateTimeException e) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL, "names '" + osi + "', whose expiry is no date");
    }
    if (strike == 0) {
      throw new BadRowException(RowRefusal.UNKNOWN_SYMBOL, "names '" + osi + "' of strike 0");
    }
    bid = 0;
    bidSize = 0;
    ask = 0;
    askSize = 0;
    openInterest = -1;
    iv = Double.NaN;
    delta = Double.NaN;
    gamma = Double.NaN;
    vega = Double.NaN;
    theta = Double.NaN;
    vanna = Double.NaN;
    charm = Double.NaN;
    return this;
  }

  long strike() {
    return strike;
  }

  String root() {
    return root;
  }

  LocalDate expiry() {
    return expiry;
  }

  /** Sets the touch, 1e-8; a price of 0 is no side. */
  ChainQuote touch(
      final long bidPrice, final long bidContracts, final long askPrice, final long askContracts)
      throws BadRowException {
    if (bidPrice < 0 || askPrice < 0) {
      throw new BadRowException(RowRefusal.NEGATIVE_PRICE, "has a negative bid or ask");
    }
    if (bidContracts < 0 || askContracts < 0) {
      throw new BadRowException(RowRefusal.NEGATIVE_SIZE, "has a negative size");
    }
    bid = bidPrice;
    bidSize = bidContracts;
    ask = askPrice;
    askSize = askContracts;
    return this;
  }

  /** Sets the open contracts; below 0 = not given. */
  ChainQuote open(final long contracts) {
    openInterest = contracts;
    return this;
  }

  /** Sets volatility, a fraction, and Greeks; vega per point. */
  ChainQuote greeks(
      final double volatility,
      final double newDelta,
      final double newGamma,
      final double newVega,
      final double newTheta)
      throws BadRowException {
    sound(volatility, newDelta, newGamma);
    iv = volatility;
    delta = newDelta;
    gamma = newGamma;
    vega = newVega * POINTS_OF_ONE;
    theta = newTheta;
    return this;
  }

  /** Refuses numbers that no option has. */
  static void sound(final double volatility, final double delta, final double gamma)
      throws BadRowException {
    if (volatility < 0 || gamma < 0 || Math.abs(delta) > MAX_DELTA) {
      throw new BadRowException(
          RowRefusal.MALFORMED_RECORD, "has a negative volatility or gamma, or a delta beyond 1");
    }
  }

  /** Sets the cross Greeks, in the units of curated rows. */
  ChainQuote cross(final double newVanna, final double newCharm) {
    vanna = newVanna;
    charm = newCharm;
    return this;
  }

  /**
   * Writes what is given: a quote, open interest, Greeks.
   *
   * @param time of the quote and the Greeks
   * @param openTime of the open interest, which was published before the session
   * @return rows written
   */
  int write(final Gathered rows, final long time, final long openTime)
      throws BadRowException, java.sql.SQLException {
    if (ListedOptions.expiry(root, expiry) <= time) {
      throw new BadRowException(RowRefusal.EXPIRED_CONTRACT, "");
    }
    int written = 1;
    key(rows.row(CuratedKind.OPTION_QUOTE, "", time))
        .putPrice(bid == 0 ? Decimal.NONE : bid)
        .put(bid == 0 ? 0 : bidSize)
        .putPrice(ask == 0 ? Decimal.NONE : ask)
        .put(ask == 0 ? 0 : askSize)
        .putNoRange()
        .end();
    if (openInterest >= 0) {
      key(rows.row(CuratedKind.OPEN_INTEREST, "", openTime)).put(openInterest).end();
      written++;
    }
    if (iv > 0) {
      key(rows.row(CuratedKind.VENDOR_GREEKS, "", time))
          .put(iv)
          .put(delta)
          .put(gamma)
          .put(vega)
          .put(theta)
          .put(vanna)
          .put(charm)
          .end();
      written++;
    }
    return written;
  }

  private CuratedWriter key(final CuratedWriter row) throws java.sql.SQLException {
    return row.put(OptionSymbol.of(root, expiry, call, strike))
        .put(expiry)
        .put(strike)
        .put(call ? "call" : "put")
        .put(ListedOptions.style(root));
  }
}
