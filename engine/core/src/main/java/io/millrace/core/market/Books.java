package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Top of book and last trade of every instrument, in columns indexed by instrument id. A crossed,
 * locked, empty or one-sided book is a state to ask for, never an error.
 */
public final class Books {
  private static final int INITIAL = 64;

  private long[] bid = filled(INITIAL);
  private long[] bidSize = new long[INITIAL];
  private long[] ask = filled(INITIAL);
  private long[] askSize = new long[INITIAL];
  private long[] quoteTime = new long[INITIAL];
  private long[] last = filled(INITIAL);
  private long[] lastSize = new long[INITIAL];
  private long[] lastTime = new long[INITIAL];

  private static long[] filled(final int size) {
    final long[] column = new long[size];
    Arrays.fill(column, Fixed.NONE);
    return column;
  }

  void quote(
      final int id,
      final long time,
      final long newBid,
      final long newBidSize,
      final long newAsk,
      final long newAskSize) {
    bid[id] = newBid;
    bidSize[id] = newBid == Fixed.NONE ? 0 : newBidSize;
    ask[id] = newAsk;
    askSize[id] = newAsk == Fixed.NONE ? 0 : newAskSize;
    quoteTime[id] = time;
  }

  void trade(final int id, final long time, final long price, final long size) {
    last[id] = price;
    lastSize[id] = size;
    lastTime[id] = time;
  }

  /** Drops quote and last trade, as if there had been none; the time of the quote stays. */
  void forget(final int id) {
    bid[id] = Fixed.NONE;
    bidSize[id] = 0;
    ask[id] = Fixed.NONE;
    askSize[id] = 0;
    last[id] = Fixed.NONE;
    lastSize[id] = 0;
  }

  /** Best bid, 1e-8; {@link Fixed#NONE} = no bid. */
  public long bid(final int id) {
    return bid[id];
  }

  /** Size at the bid, 1e-8; 0 when there is none. */
  public long bidSize(final int id) {
    return bidSize[id];
  }

  /** Best ask, 1e-8; {@link Fixed#NONE} = no ask. */
  public long ask(final int id) {
    return ask[id];
  }

  /** Size at the ask, 1e-8; 0 when there is none. */
  public long askSize(final int id) {
    return askSize[id];
  }

  /** Event time of the last quote, nanoseconds; 0 = none yet. */
  public long quoteTime(final int id) {
    return quoteTime[id];
  }

  /** Last trade price, 1e-8; {@link Fixed#NONE} = none yet. */
  public long last(final int id) {
    return last[id];
  }

  /** Last trade size, 1e-8. */
  public long lastSize(final int id) {
    return lastSize[id];
  }

  /** Event time of the last trade, nanoseconds; 0 = none yet. */
  public long lastTime(final int id) {
    return lastTime[id];
  }

  /** Both sides are there. */
  public boolean twoSided(final int id) {
    return bid[id] != Fixed.NONE && ask[id] != Fixed.NONE;
  }

  /** Bid above ask. */
  public boolean crossed(final int id) {
    return twoSided(id) && bid[id] > ask[id];
  }

  /** Bid equals ask. */
  public boolean locked(final int id) {
    return twoSided(id) && bid[id] == ask[id];
  }

  /** Both sides are there and the bid is below the ask. */
  public boolean regular(final int id) {
    return twoSided(id) && bid[id] < ask[id];
  }

  /** Middle of a two-sided book, 1e-8, rounded down; {@link Fixed#NONE} otherwise. */
  public long mid(final int id) {
    return twoSided(id) ? bid[id] + ((ask[id] - bid[id]) >> 1) : Fixed.NONE;
  }

  /** The price to value by: the mid of a regular book, else the last trade, else none. */
  public long mark(final int id) {
    return regular(id) ? mid(id) : last[id] != Fixed.NONE ? last[id] : mid(id);
  }

  /** Event time of what {@link #mark} is made of, nanoseconds; 0 = none. */
  public long markTime(final int id) {
    return regular(id) || last[id] == Fixed.NONE ? quoteTime[id] : lastTime[id];
  }

  void state(final StateCodec codec) {
    bid = codec.grown(bid);
    bidSize = codec.grown(bidSize);
    ask = codec.grown(ask);
    askSize = codec.grown(askSize);
    quoteTime = codec.grown(quoteTime);
    last = codec.grown(last);
    lastSize = codec.grown(lastSize);
    lastTime = codec.grown(lastTime);
  }

  void grow(final int id) {
    if (id < bid.length) {
      return;
    }
    final int old = bid.length;
    final int size = old * 2;
    bid = Arrays.copyOf(bid, size);
    bidSize = Arrays.copyOf(bidSize, size);
    ask = Arrays.copyOf(ask, size);
    askSize = Arrays.copyOf(askSize, size);
    quoteTime = Arrays.copyOf(quoteTime, size);
    last = Arrays.copyOf(last, size);
    lastSize = Arrays.copyOf(lastSize, size);
    lastTime = Arrays.copyOf(lastTime, size);
    Arrays.fill(bid, old, size, Fixed.NONE);
    Arrays.fill(ask, old, size, Fixed.NONE);
    Arrays.fill(last, old, size, Fixed.NONE);
  }
}
