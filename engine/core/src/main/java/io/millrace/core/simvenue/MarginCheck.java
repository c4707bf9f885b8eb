package io.millrace.core.simvenue;

import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.portfolio.Margin;

/**
 * Whether equity carries an order that arrives, beside what is held, as the account knows it, and
 * the resting orders of the same direction, sleeping ones included but for those that only reduce:
 * what they need to open, and what they pay beyond the prices that margin goes by. An order that
 * does not raise what is needed always passes.
 */
final class MarginCheck {
  private final Margin margin;
  private final Books books;
  private final TakerPrices prices;
  private final RestingOrders resting;

  /**
   * A check.
   *
   * @param margin null = none is demanded
   */
  MarginCheck(
      final Margin margin,
      final Books books,
      final TakerPrices prices,
      final RestingOrders resting) {
    this.margin = margin;
    this.books = books;
    this.prices = prices;
    this.resting = resting;
  }

  boolean carries(final VenueOrder order) {
    if (margin == null || !margin.demanded()) {
      return true;
    }
    margin.held();
    for (int i = 0; i < resting.count(); i++) {
      if (resting.get(i).buy == order.buy && !resting.get(i).reduceOnly) {
        lay(resting.get(i));
      }
    }
    final long before = margin.initial();
    lay(order);
    final long after = margin.initial();
    return after <= before || margin.equity() - worse(order) >= after;
  }

  private void lay(final VenueOrder order) {
    for (int part = 0; part < order.parts(); part++) {
      margin.with(order.instrument(part), signed(order, part));
    }
  }

  private static long signed(final VenueOrder order, final int part) {
    final long quantity = Math.multiplyExact(order.leaves, order.ratio(part));
    return order.buys(part) ? quantity : -quantity;
  }

  private long worse(final VenueOrder order) {
    long sum = 0;
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      long price = order.price;
      if (order.market() || order.combo()) {
        price = prices.price(id, order.buys(part));
        price = price == Fixed.NONE ? books.last(id) : price;
      }
      if (price != Fixed.NONE) {
        sum = Math.addExact(sum, margin.worse(id, signed(order, part), price));
      }
    }
    return sum;
  }
}
