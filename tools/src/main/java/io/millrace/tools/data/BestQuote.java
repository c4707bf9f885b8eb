package io.millrace.tools.data;

/**
 * The national best bid and offer, put together from LEAN's quote ticks.
 *
 * <p>Each tick holds one side and names one exchange, which looks like a book per exchange. It is
 * not: a tick is the best of its side across all exchanges, named by the exchange that holds it,
 * and a change comes as a bid tick followed by the ask tick of the same millisecond. On IBM of
 * 2013-10-07 this reading leaves 0.08 % of the states crossed and 97 % of the trades at or between
 * the sides; keeping a book per exchange would leave 99.3 % crossed, since no tick ever withdraws a
 * quote.
 *
 * <p>So a tick replaces its side, and a pair makes one quote: between its two ticks there is no
 * market that anybody saw.
 */
final class BestQuote {
  private long bid = Decimal.NONE;
  private long bidSize;
  private long ask = Decimal.NONE;
  private long askSize;
  private long time;
  private boolean waiting;

  /**
   * Whether a change waits that a tick of this time does not complete; it is a quote of its own.
   */
  boolean isDueBefore(final long tickTime, final boolean hasBid) {
    return waiting && (hasBid || tickTime != time);
  }

  /**
   * Takes a tick; a side with price 0 is not in it. Both sides 0 say that there is no market.
   *
   * @return whether there is a quote now
   */
  boolean take(
      final long tickTime,
      final long newBid,
      final long newBidSize,
      final long newAsk,
      final long newAskSize) {
    final boolean none = newBid == 0 && newAsk == 0;
    if (newBid > 0 || none) {
      final long price = none ? Decimal.NONE : newBid;
      final long size = none ? 0 : newBidSize;
      waiting |= price != bid || size != bidSize;
      bid = price;
      bidSize = size;
    }
    if (newAsk > 0 || none) {
      final long price = none ? Decimal.NONE : newAsk;
      final long size = none ? 0 : newAskSize;
      waiting |= price != ask || size != askSize;
      ask = price;
      askSize = size;
    }
    time = tickTime;
    return waiting && (newAsk > 0 || none);
  }

  /** Whether a change has not been taken as a quote yet. */
  boolean isWaiting() {
    return waiting;
  }

  /** Says that the quote has been used. */
  void used() {
    waiting = false;
  }

  /** Time of the last tick taken. */
  long time() {
    return time;
  }

  /** Best bid; {@link Decimal#NONE} without one. */
  long bid() {
    return bid;
  }

  /** Size at the best bid; 0 without one. */
  long bidSize() {
    return bidSize;
  }

  /** Best ask; {@link Decimal#NONE} without one. */
  long ask() {
    return ask;
  }

  /** Size at the best ask; 0 without one. */
  long askSize() {
    return askSize;
  }
}
