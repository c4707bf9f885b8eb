package io.millrace.core.simvenue;

import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * The touch of each watched instrument as the venue last saw it, less what we took of it. The copy
 * lags {@link Books} by the event in hand, so that a request which arrived before that event meets
 * the book it would have met.
 */
final class Touches implements Stateful {
  private static final int INITIAL = 64;
  private static final long LONG_AGO = Long.MIN_VALUE;

  private final long replenish;
  private int[] watchers = new int[INITIAL];
  private long[] bid = new long[INITIAL];
  private long[] bidSize = new long[INITIAL];
  private long[] ask = new long[INITIAL];
  private long[] askSize = new long[INITIAL];
  private long[] bidTaken = new long[INITIAL];
  private long[] bidTakenPrice = filled(INITIAL, Fixed.NONE);
  private long[] bidTakenTime = new long[INITIAL];
  private long[] askTaken = new long[INITIAL];
  private long[] askTakenPrice = filled(INITIAL, Fixed.NONE);
  private long[] askTakenTime = new long[INITIAL];
  private long[] tradeTime = filled(INITIAL, LONG_AGO);

  Touches(final long replenish) {
    this.replenish = replenish;
  }

  private static long[] filled(final int size, final long value) {
    final long[] column = new long[size];
    Arrays.fill(column, value);
    return column;
  }

  boolean watched(final int id) {
    return id < watchers.length && watchers[id] > 0;
  }

  void watch(final int id, final Books books) {
    grow(id);
    if (watchers[id]++ == 0) {
      tradeTime[id] = LONG_AGO;
      copy(id, books);
    }
  }

  void release(final int id) {
    watchers[id]--;
  }

  void copy(final int id, final Books books) {
    bid[id] = books.bid(id);
    bidSize[id] = books.bidSize(id);
    ask[id] = books.ask(id);
    askSize[id] = books.askSize(id);
  }

  /** Price to buy at (ask) or to sell at (bid); NONE if nobody is there. */
  long price(final int id, final boolean ask) {
    final long price = ask ? this.ask[id] : bid[id];
    return price > 0 ? price : Fixed.NONE; // a zero bid is no bid
  }

  long size(final int id, final boolean ask) {
    return ask ? askSize[id] : bidSize[id];
  }

  /** Displayed size less what we took of it lately. */
  long available(final int id, final boolean ask, final long now) {
    final long taken;
    if (ask) {
      taken = this.ask[id] == askTakenPrice[id] && fresh(askTakenTime[id], now) ? askTaken[id] : 0;
    } else {
      taken = bid[id] == bidTakenPrice[id] && fresh(bidTakenTime[id], now) ? bidTaken[id] : 0;
    }
    return Math.max(0, size(id, ask) - taken);
  }

  private boolean fresh(final long takenTime, final long now) {
    return now - takenTime < replenish;
  }

  void take(final int id, final boolean ask, final long quantity, final long now) {
    final long left = available(id, ask, now) - quantity;
    if (ask) {
      askTaken[id] = askSize[id] - left;
      askTakenPrice[id] = this.ask[id];
      askTakenTime[id] = now;
    } else {
      bidTaken[id] = bidSize[id] - left;
      bidTakenPrice[id] = bid[id];
      bidTakenTime[id] = now;
    }
  }

  void traded(final int id, final long now) {
    tradeTime[id] = now;
  }

  /** Whether a print was seen after {@code since}. */
  boolean tradedAfter(final int id, final long since) {
    return tradeTime[id] > since;
  }

  @Override
  public void state(final StateCodec codec) {
    watchers = codec.grown(watchers);
    bid = codec.grown(bid);
    bidSize = codec.grown(bidSize);
    ask = codec.grown(ask);
    askSize = codec.grown(askSize);
    bidTaken = codec.grown(bidTaken);
    bidTakenPrice = codec.grown(bidTakenPrice);
    bidTakenTime = codec.grown(bidTakenTime);
    askTaken = codec.grown(askTaken);
    askTakenPrice = codec.grown(askTakenPrice);
    askTakenTime = codec.grown(askTakenTime);
    tradeTime = codec.grown(tradeTime);
  }

  private void grow(final int id) {
    if (id < watchers.length) {
      return;
    }
    final int old = watchers.length;
    final int size = Math.max(old * 2, Integer.highestOneBit(id) << 1);
    watchers = Arrays.copyOf(watchers, size);
    bid = Arrays.copyOf(bid, size);
    bidSize = Arrays.copyOf(bidSize, size);
    ask = Arrays.copyOf(ask, size);
    askSize = Arrays.copyOf(askSize, size);
    bidTaken = Arrays.copyOf(bidTaken, size);
    bidTakenPrice = Arrays.copyOf(bidTakenPrice, size);
    bidTakenTime = Arrays.copyOf(bidTakenTime, size);
    askTaken = Arrays.copyOf(askTaken, size);
    askTakenPrice = Arrays.copyOf(askTakenPrice, size);
    askTakenTime = Arrays.copyOf(askTakenTime, size);
    tradeTime = Arrays.copyOf(tradeTime, size);
    Arrays.fill(bidTakenPrice, old, size, Fixed.NONE);
    Arrays.fill(askTakenPrice, old, size, Fixed.NONE);
    Arrays.fill(tradeTime, old, size, LONG_AGO);
  }
}
