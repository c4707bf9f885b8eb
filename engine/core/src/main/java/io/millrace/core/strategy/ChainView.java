package io.millrace.core.strategy;

import io.millrace.core.market.Books;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.OptionChain;

/** An option chain as strategies see it: the live rows, from 0. */
final class ChainView implements Chain {
  private final Roster roster;
  private final Books books;
  private final OptionChain chain;
  private final ChainGreeks.Source source;

  ChainView(
      final Roster roster,
      final Books books,
      final OptionChain chain,
      final ChainGreeks.Source source) {
    this.roster = roster;
    this.books = books;
    this.chain = chain;
    this.source = source;
  }

  private int at(final int row) {
    if (row < 0 || row >= size()) {
      throw new IndexOutOfBoundsException("row " + row + " of a chain of " + size());
    }
    return chain.from() + row;
  }

  @Override
  public Instrument underlying() {
    return roster.get(chain.underlyingId());
  }

  @Override
  public double spot() {
    return Views.price(books.mark(chain.underlyingId()));
  }

  @Override
  public int size() {
    return chain.to() - chain.from();
  }

  @Override
  public Instrument instrument(final int row) {
    return roster.get(chain.instrumentIds()[at(row)]);
  }

  @Override
  public double bid(final int row) {
    return chain.bids()[at(row)];
  }

  @Override
  public double ask(final int row) {
    return chain.asks()[at(row)];
  }

  @Override
  public double openInterest(final int row) {
    return chain.openInterests()[at(row)];
  }

  /** Greeks that belong to the rows as they lie now; null = none. */
  private ChainGreeks greeks() {
    final ChainGreeks greeks = source.greeks(chain.underlyingId());
    return greeks == null || greeks.layout() != chain.layout() ? null : greeks;
  }

  @Override
  public double iv(final int row) {
    final int at = at(row);
    final ChainGreeks greeks = greeks();
    return greeks == null || at < greeks.from() || !greeks.usable(at) ? Double.NaN : greeks.iv(at);
  }

  @Override
  public double delta(final int row) {
    final int at = at(row);
    final ChainGreeks greeks = greeks();
    return greeks == null || at < greeks.from() || !greeks.usable(at)
        ? Double.NaN
        : greeks.delta(at);
  }

  @Override
  public int row(final long expiry, final double strike, final int right) {
    for (int at = chain.from(); at < chain.to(); at++) {
      if (chain.expiries()[at] == expiry
          && chain.strikes()[at] == strike
          && chain.calls()[at] == right > 0) {
        return at - chain.from();
      }
    }
    return -1;
  }

  @Override
  public int expiryCount() {
    int count = 0;
    long last = 0;
    for (int at = chain.from(); at < chain.to(); at++) {
      if (chain.expiries()[at] != last) {
        last = chain.expiries()[at];
        count++;
      }
    }
    return count;
  }

  @Override
  public long expiry(final int i) {
    int count = -1;
    long last = 0;
    for (int at = chain.from(); at < chain.to(); at++) {
      if (chain.expiries()[at] != last) {
        last = chain.expiries()[at];
        if (++count == i) {
          return last;
        }
      }
    }
    throw new IndexOutOfBoundsException("expiry " + i + " of " + (count + 1));
  }
}
