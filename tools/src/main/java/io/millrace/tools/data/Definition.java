package io.millrace.tools.data;

import java.sql.SQLException;
import java.time.LocalDate;

/**
 * A row of {@link CuratedKind#INSTRUMENT} but for its time.
 *
 * @param symbol upper-case name, unique in its source
 * @param kind {@code equity, etf, index, future, perpetual, crypto_spot, option}
 * @param contract terms of an option; null when it is none
 * @param settlement {@code cash, physical, coin} (inverse)
 * @param expiry nanoseconds UTC; 0 = never
 * @param terms multiplier, tick, lot, least order value, currency
 * @param zone tz name of the exchange
 * @param open start of the regular session, nanoseconds UTC; 0 with {@code close} = always open
 * @param close end of the regular session
 */
record Definition(
    String symbol,
    String kind,
    Contract contract,
    String settlement,
    long expiry,
    Terms terms,
    String zone,
    long open,
    long close) {

  /** Terms of an instrument, 1e-8. */
  record Terms(String currency, long multiplier, long tickSize, long lotSize, long minNotional) {}

  /** What makes an option the one it is. */
  record Contract(String underlying, String right, String style, long strike, LocalDate expiry) {}

  /** The same with the session of a date. */
  Definition during(final TradingDays days, final LocalDate date) {
    return new Definition(
        symbol,
        kind,
        contract,
        settlement,
        expiry,
        terms,
        days.zone().getId(),
        days.open(date),
        days.close(date));
  }

  /** Writes the row. */
  void write(final CuratedWriter out, final long time, final long part) throws SQLException {
    out.row(time, part).put(symbol).put(kind);
    if (contract == null) {
      out.put((String) null).put((String) null).put((String) null).put(settlement);
      out.putPrice(Decimal.NONE).put((LocalDate) null);
    } else {
      out.put(contract.underlying).put(contract.right).put(contract.style).put(settlement);
      out.put(contract.strike).put(contract.expiry);
    }
    out.put(expiry).put(terms.multiplier).put(terms.tickSize).put(terms.lotSize);
    out.put(terms.minNotional).put(terms.currency).put(zone).put(open).put(close).end();
  }
}
