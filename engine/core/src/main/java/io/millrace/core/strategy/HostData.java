package io.millrace.core.strategy;

import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.OptionChain;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.Portfolio;
import java.util.Arrays;

/** The data port. */
final class HostData implements MarketData {
  private static final int INITIAL = 64;

  private final Roster roster;
  private final Market market;
  private final Books books;
  private final Portfolio portfolio;
  private final Orders orders;
  private final ChainGreeks.Source greeks;
  private final BarHistory history;
  private ChainView[] chains = new ChainView[INITIAL];

  HostData(
      final Roster roster,
      final Market market,
      final Portfolio portfolio,
      final Orders orders,
      final ChainGreeks.Source greeks,
      final BarHistory history) {
    this.roster = roster;
    this.market = market;
    this.portfolio = portfolio;
    this.orders = orders;
    this.greeks = greeks;
    this.history = history;
    books = market.books();
  }

  @Override
  public Instrument instrument(final String symbol) {
    return roster.find(symbol);
  }

  @Override
  public int universeSize() {
    return roster.universeSize();
  }

  @Override
  public Instrument universe(final int i) {
    return roster.universe(i);
  }

  @Override
  public double bid(final Instrument instrument) {
    return Views.price(books.bid(roster.check(instrument)));
  }

  @Override
  public double ask(final Instrument instrument) {
    return Views.price(books.ask(roster.check(instrument)));
  }

  @Override
  public double last(final Instrument instrument) {
    return Views.price(books.last(roster.check(instrument)));
  }

  @Override
  public double mark(final Instrument instrument) {
    return Views.price(portfolio.valuation(roster.check(instrument)));
  }

  @Override
  public boolean open(final Instrument instrument) {
    return market.instruments().sessionOpen(roster.check(instrument), market.now());
  }

  @Override
  public Chain chain(final Instrument underlying) {
    final int id = roster.check(underlying);
    if (id >= chains.length) {
      chains = Arrays.copyOf(chains, Math.max(id + 1, chains.length * 2));
    }
    if (chains[id] == null) {
      final OptionChain chain = market.chain(id);
      if (chain == null) {
        return null;
      }
      chains[id] = new ChainView(roster, books, chain, greeks);
    }
    return chains[id];
  }

  @Override
  public double position(final Instrument instrument) {
    return Fixed.toDouble(portfolio.quantity(roster.check(instrument)));
  }

  @Override
  public double exposure(final Instrument instrument) {
    return Fixed.toDouble(exposure(roster.check(instrument)));
  }

  /** Units held plus units of working orders, 1e-8. */
  long exposure(final int id) {
    final long working =
        Math.subtractExact(
            orders.workingQuantity(id, Side.BUY), orders.workingQuantity(id, Side.SELL));
    return Math.addExact(portfolio.quantity(id), working);
  }

  @Override
  public double averagePrice(final Instrument instrument) {
    final int id = roster.check(instrument);
    return portfolio.quantity(id) == 0 ? Double.NaN : Views.price(portfolio.averagePrice(id));
  }

  @Override
  public double equity() {
    return Fixed.toDouble(portfolio.equity());
  }

  @Override
  public double cash() {
    return Fixed.toDouble(portfolio.cash());
  }

  @Override
  public double close(final Instrument instrument, final int back) {
    return history.close(roster.place(roster.check(instrument)), back);
  }

  @Override
  public double fundingRate(final Instrument instrument) {
    final int id = roster.check(instrument);
    return market.perpetuals().fundingTime(id) == 0
        ? Double.NaN
        : Fixed.toDouble(market.perpetuals().fundingRate(id));
  }
}
