package io.millrace.core.strategy;

/**
 * Orders. Quantities are signed: above 0 buys, below 0 sells. Each order goes to the risk gate
 * after the callback, in the order given; {@link Strategy#order} tells what became of it.
 *
 * <p>Every method that trades returns a ticket, above 0, which names the order in callbacks and in
 * {@link #cancel}; 0 = there was nothing to do. Quantities are rounded down to lots and prices to
 * ticks, away from the other side. At most 64 orders in one callback.
 */
public interface Execution {
  /** Takes what is there now, by the venue's fill timing. */
  long market(Instrument instrument, double quantity);

  /** Rests at a price until the session ends; trades at once what crosses. */
  long limit(Instrument instrument, double quantity, double price);

  /** Rests at a price until the session ends; refused if it would cross. */
  long postOnly(Instrument instrument, double quantity, double price);

  /** Takes what is there within a price and gives up the rest. */
  long immediate(Instrument instrument, double quantity, double price);

  /** Takes all at once within a price, or nothing. */
  long fillOrKill(Instrument instrument, double quantity, double price);

  /**
   * Sleeps until the instrument trades at the trigger or beyond (buys: above, sells: below), then
   * is a market order. It lives until it trades, is cancelled or the run ends, over nights too.
   *
   * <p>One that closes no more than is held is reduce-only: it stands beside other orders that
   * close the same position, and trades no more than is still held when its trigger comes. Any
   * other counts as a working order at its trigger.
   */
  long stop(Instrument instrument, double quantity, double trigger);

  /** As {@link #stop}, then a limit order at {@code price}. */
  long stopLimit(Instrument instrument, double quantity, double trigger, double price);

  /** Maker first at the near touch, taker after a while: the router's way. */
  long work(Instrument instrument, double quantity);

  /**
   * A structure of options (and its underlying), bought or sold as one, at the touches of its legs.
   *
   * @param legs parts of one unit, at most four
   * @param units how many, above 0
   */
  long structure(Structure legs, double units);

  /** Market order for the difference between a position and what is held and working. */
  long target(Instrument instrument, double quantity);

  /**
   * Market order towards a share of equity, sized as the sizing policy says:
   *
   * <pre>
   *   quantity = floor(equity · fraction · (1 - cash_buffer) / (price · multiplier), lot)
   * </pre>
   *
   * with the far touch as price (the last price where there is no touch).
   *
   * @param fraction of equity, below 0 = short
   */
  long targetPercent(Instrument instrument, double fraction);

  /** Market order that closes what is held. */
  long close(Instrument instrument);

  /** Cancels what still works of an order; a ticket that has ended is left alone. */
  void cancel(long ticket);

  /** Cancels everything that works. */
  void cancelAll();
}
