package io.millrace.core.market;

import io.millrace.codecs.Side;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Levels of the books that a feed gives in depth, best first, by instrument id. An instrument
 * without such a feed has none and costs nothing.
 *
 * <p>A side holds at most {@link #MAX_LEVELS}; beyond it the worst level is dropped, so that after
 * many removals near the touch its far end may be thinner than the venue's. A crossed book is a
 * state to ask for, never an error.
 */
public final class DepthBooks {
  /** Most levels of a side. */
  public static final int MAX_LEVELS = 1_024;

  private static final int INITIAL_LEVELS = 64;
  private static final int INITIAL = 64;

  private Levels[] bids = new Levels[INITIAL];
  private Levels[] asks = new Levels[INITIAL];
  private long[] time = new long[INITIAL];

  /** One side: keys ascend from the best price, which is the price, or its negative for bids. */
  private static final class Levels {
    private final boolean bid;
    private long[] keys = new long[INITIAL_LEVELS];
    private long[] sizes = new long[INITIAL_LEVELS];
    private int count;

    Levels(final boolean bid) {
      this.bid = bid;
    }

    void set(final long price, final long size) {
      final long key = bid ? -price : price;
      final int at = Arrays.binarySearch(keys, 0, count, key);
      if (at >= 0) {
        if (size == 0) {
          count--;
          System.arraycopy(keys, at + 1, keys, at, count - at);
          System.arraycopy(sizes, at + 1, sizes, at, count - at);
        } else {
          sizes[at] = size;
        }
      } else if (size != 0) {
        insert(-at - 1, key, size);
      }
    }

    private void insert(final int at, final long key, final long size) {
      if (at == MAX_LEVELS) {
        return;
      }
      if (count == MAX_LEVELS) {
        count--;
      } else if (count == keys.length) {
        keys = Arrays.copyOf(keys, count * 2);
        sizes = Arrays.copyOf(sizes, count * 2);
      }
      System.arraycopy(keys, at, keys, at + 1, count - at);
      System.arraycopy(sizes, at, sizes, at + 1, count - at);
      keys[at] = key;
      sizes[at] = size;
      count++;
    }

    void state(final StateCodec codec) {
      keys = codec.grown(keys);
      sizes = codec.grown(sizes);
      count = codec.int32(count);
    }

    long price(final int level) {
      return level >= count ? Fixed.NONE : bid ? -keys[level] : keys[level];
    }
  }

  /** Empties the book of an instrument. */
  void clear(final int id) {
    if (bids[id] != null) {
      bids[id].count = 0;
      asks[id].count = 0;
    }
  }

  /** Sets the size at a price; 0 removes the level. */
  void set(final int id, final Side side, final long price, final long size) {
    (side == Side.BUY ? bids : asks)[id].set(price, size);
  }

  /** Says that an update of this time begins; makes the book if there is none. */
  void begin(final int id, final long eventTime) {
    if (bids[id] == null) {
      bids[id] = new Levels(true);
      asks[id] = new Levels(false);
    }
    time[id] = eventTime;
  }

  /** Event time of the last update, nanoseconds; 0 = none yet. */
  public long time(final int id) {
    return time[id];
  }

  /** Levels of a side. */
  public int levels(final int id, final Side side) {
    final Levels levels = side(id, side);
    return levels == null ? 0 : levels.count;
  }

  /** Price of a level, 1e-8, 0 = the best; {@link Fixed#NONE} = there is no such level. */
  public long price(final int id, final Side side, final int level) {
    final Levels levels = side(id, side);
    return levels == null ? Fixed.NONE : levels.price(level);
  }

  /** Size at a level, 1e-8, 0 = the best; 0 = there is no such level. */
  public long size(final int id, final Side side, final int level) {
    final Levels levels = side(id, side);
    return levels == null || level >= levels.count ? 0 : levels.sizes[level];
  }

  /** Size at a price, 1e-8; 0 = there is no such level. */
  public long sizeAt(final int id, final Side side, final long price) {
    final Levels levels = side(id, side);
    if (levels == null) {
      return 0;
    }
    final int at = Arrays.binarySearch(levels.keys, 0, levels.count, levels.bid ? -price : price);
    return at < 0 ? 0 : levels.sizes[at];
  }

  private Levels side(final int id, final Side side) {
    return (side == Side.BUY ? bids : asks)[id];
  }

  void state(final StateCodec codec) {
    time = codec.grown(time);
    if (codec.loading()) {
      bids = new Levels[time.length];
      asks = new Levels[time.length];
    }
    for (int id = 0; id < time.length; id++) {
      if (codec.flag(bids[id] != null)) {
        begin(id, time[id]);
        bids[id].state(codec);
        asks[id].state(codec);
      }
    }
  }

  void grow(final int id) {
    if (id < time.length) {
      return;
    }
    final int size = time.length * 2;
    bids = Arrays.copyOf(bids, size);
    asks = Arrays.copyOf(asks, size);
    time = Arrays.copyOf(time, size);
  }
}
