package io.millrace.core.router;

import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.order.Legs;

/**
 * Prices of a wish from the touches, 1e-8; {@link Fixed#NONE} where a touch that it takes is not
 * there. A structure is priced net per unit: what it pays for the legs it buys less what it gets
 * for those it sells. "Near" is the side that a maker joins, "natural" the side that a taker pays.
 */
final class Pricing {
  private static final double BPS_PER_ONE = 10_000;

  private final Books books;
  private final Instruments instruments;

  Pricing(final Market market) {
    books = market.books();
    instruments = market.instruments();
  }

  /** Bid when it buys, ask when it sells; an empty bid of an option counts as 0. */
  private long nearOf(final int id, final boolean buys) {
    final long near = buys ? books.bid(id) : books.ask(id);
    return near == Fixed.NONE && buys && instruments.option(id) ? 0 : near;
  }

  /** Ask when it buys, bid when it sells; nobody pays a bid of 0. */
  private long naturalOf(final int id, final boolean buys) {
    final long natural = buys ? books.ask(id) : books.bid(id);
    return natural > 0 ? natural : Fixed.NONE;
  }

  private long midOf(final int id) {
    return books.mid(id);
  }

  long near(final Wish wish) {
    final Legs legs = wish.legs();
    if (legs.count() == 0) {
      return nearOf(wish.instrumentId(), wish.buys());
    }
    long net = 0;
    for (int leg = 0; leg < legs.count(); leg++) {
      net = plus(net, legs, leg, nearOf(legs.instrumentId(leg), legs.side(leg) == Side.BUY));
    }
    return net;
  }

  long natural(final Wish wish) {
    final Legs legs = wish.legs();
    if (legs.count() == 0) {
      return naturalOf(wish.instrumentId(), wish.buys());
    }
    long net = 0;
    for (int leg = 0; leg < legs.count(); leg++) {
      net = plus(net, legs, leg, naturalOf(legs.instrumentId(leg), legs.side(leg) == Side.BUY));
    }
    return net;
  }

  long mid(final Wish wish) {
    final Legs legs = wish.legs();
    if (legs.count() == 0) {
      return midOf(wish.instrumentId());
    }
    long net = 0;
    for (int leg = 0; leg < legs.count(); leg++) {
      net = plus(net, legs, leg, legMid(wish, leg));
    }
    return net;
  }

  /** The mid, or the last price where there is none; NONE without either. */
  long arrival(final Wish wish) {
    final long mid = mid(wish);
    return mid == Fixed.NONE && wish.legs().count() == 0 ? books.last(wish.instrumentId()) : mid;
  }

  long legMid(final Wish wish, final int leg) {
    return midOf(wish.legs().instrumentId(leg));
  }

  private static long plus(final long net, final Legs legs, final int leg, final long price) {
    if (net == Fixed.NONE || price == Fixed.NONE) {
      return Fixed.NONE;
    }
    final long cost = Math.multiplyExact(price, legs.ratio(leg));
    return legs.sign(leg) > 0 ? Math.addExact(net, cost) : Math.subtractExact(net, cost);
  }

  /** What bps are of: the mid, or the premium of all legs. The mids must be there. */
  long premium(final Wish wish) {
    final Legs legs = wish.legs();
    if (legs.count() == 0) {
      return midOf(wish.instrumentId());
    }
    long sum = 0;
    for (int leg = 0; leg < legs.count(); leg++) {
      sum = Math.addExact(sum, Math.multiplyExact(legMid(wish, leg), legs.ratio(leg)));
    }
    return sum;
  }

  /** Price step; of a structure the coarsest of its legs and its underlying. */
  long tick(final Wish wish) {
    final Legs legs = wish.legs();
    long tick = instruments.tickSize(wish.instrumentId());
    for (int leg = 0; leg < legs.count(); leg++) {
      tick = Math.max(tick, instruments.tickSize(legs.instrumentId(leg)));
    }
    return tick;
  }

  boolean options(final Wish wish) {
    return wish.legs().count() > 0 || instruments.option(wish.instrumentId());
  }

  /** A number of bps of an amount, at least 0. */
  static long bps(final long amount, final double bps) {
    return Fixed.mul(amount, Fixed.fromDouble(bps / BPS_PER_ONE));
  }
}
