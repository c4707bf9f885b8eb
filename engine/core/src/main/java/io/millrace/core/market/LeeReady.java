package io.millrace.core.market;

import io.millrace.codecs.Side;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * Who started a trade, per instrument: the feed's word if it has one, else the quote rule (above
 * the mid of a regular book a buy, below it a sell), else the tick rule (above the last different
 * trade price a buy, below it a sell). Source: C. Lee and M. Ready, Inferring Trade Direction from
 * Intraday Data, Journal of Finance 46 (1991), without their five-second lag, which was about the
 * slow quotes of their day.
 */
public final class LeeReady implements Stateful {
  private static final int INITIAL = 64;

  private final Books books;
  private long[] last = new long[INITIAL];
  private byte[] tick = new byte[INITIAL];

  /**
   * @param books holds the quote that a trade met
   */
  public LeeReady(final Books books) {
    this.books = books;
  }

  /** Makes room for an instrument. */
  public void grow(final int id) {
    if (id >= last.length) {
      final int size = Math.max(id + 1, last.length * 2);
      last = Arrays.copyOf(last, size);
      tick = Arrays.copyOf(tick, size);
    }
  }

  @Override
  public void state(final StateCodec codec) {
    last = codec.grown(last);
    tick = codec.grown(tick);
  }

  /**
   * Takes a trade.
   *
   * @param price 1e-8, above 0
   * @param aggressor the feed's word; NONE or null = unknown
   * @return +1 buy, -1 sell, 0 not to be told
   */
  public int sign(final int id, final long price, final Side aggressor) {
    final long before = last[id];
    if (before != 0 && price != before) {
      tick[id] = (byte) (price > before ? 1 : -1);
    }
    last[id] = price;
    if (aggressor == Side.BUY) {
      return 1;
    }
    if (aggressor == Side.SELL) {
      return -1;
    }
    if (books.regular(id)) {
      // Distances to both sides: no half tick of the mid is rounded away, and nothing overflows.
      final int side = Long.compare(price - books.bid(id), books.ask(id) - price);
      if (side != 0) {
        return side;
      }
    }
    return tick[id];
  }
}
