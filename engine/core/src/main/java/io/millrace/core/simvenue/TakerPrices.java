package io.millrace.core.simvenue;

import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/**
 * What a taker pays or gets for a unit now. It is the far touch, but for options of a two-sided
 * book it may be set nearer: the configured share of the way from the near touch to the far one,
 * rounded to the tick to the taker's disadvantage. Share 1 is the far touch, 0.5 the mid.
 */
final class TakerPrices {
  private final Touches touches;
  private final Instruments instruments;
  private final long share;

  TakerPrices(final Touches touches, final Instruments instruments, final double share) {
    this.touches = touches;
    this.instruments = instruments;
    this.share = Fixed.fromDouble(share);
  }

  /** Price of a unit; {@link Fixed#NONE} if nobody is there. */
  long price(final int id, final boolean buys) {
    final long far = touches.price(id, buys);
    if (share == Fixed.ONE || far == Fixed.NONE || !instruments.option(id)) {
      return far;
    }
    final long near = touches.price(id, !buys);
    if (near == Fixed.NONE || (buys ? near >= far : near <= far)) {
      return far;
    }
    final long way = Fixed.mul(Math.abs(far - near), share);
    final long tick = instruments.tickSize(id);
    return buys
        ? Math.min(far, Fixed.ceilTo(near + way, tick))
        : Math.max(far, Fixed.floorTo(near - way, tick));
  }

  /**
   * What a unit of a structure costs, legs by their ratios, below 0 = it brings in; NONE if nobody
   * is there for a leg.
   */
  private long net(final VenueOrder order, final boolean atTouch) {
    long net = 0;
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final boolean buys = order.buys(part);
      final long price = atTouch ? touches.price(id, buys) : price(id, buys);
      if (price == Fixed.NONE) {
        return Fixed.NONE;
      }
      final long cost = Math.multiplyExact(price, order.ratio(part));
      net = buys ? Math.addExact(net, cost) : Math.subtractExact(net, cost);
    }
    return net;
  }

  /** Whether a limit order could trade now, whatever the size. */
  boolean reaches(final VenueOrder order) {
    return within(order, false);
  }

  /** Whether a limit order crosses the displayed touches. */
  boolean crosses(final VenueOrder order) {
    return within(order, true);
  }

  private boolean within(final VenueOrder order, final boolean atTouch) {
    if (order.combo()) {
      final long net = net(order, atTouch);
      return net != Fixed.NONE && within(net, true, order.buy ? order.price : -order.price);
    }
    final int id = order.instrumentId;
    final long price = atTouch ? touches.price(id, order.buy) : price(id, order.buy);
    return price != Fixed.NONE && within(price, order.buy, order.price);
  }

  /** Whether {@code price} is no worse than {@code limit} for one who buys (or sells). */
  static boolean within(final long price, final boolean buys, final long limit) {
    return buys ? price <= limit : price >= limit;
  }
}
