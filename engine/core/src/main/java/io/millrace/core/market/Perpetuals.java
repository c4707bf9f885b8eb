package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/** Mark and index prices and funding of perpetuals, in columns indexed by instrument id. */
public final class Perpetuals {
  private static final int INITIAL = 64;

  private long[] mark = filled(INITIAL);
  private long[] index = filled(INITIAL);
  private long[] markTime = new long[INITIAL];
  private long[] fundingRate = new long[INITIAL];
  private long[] nextFunding = new long[INITIAL];
  private long[] fundingTime = new long[INITIAL];

  private static long[] filled(final int size) {
    final long[] column = new long[size];
    Arrays.fill(column, Fixed.NONE);
    return column;
  }

  void mark(final int id, final long time, final long markPrice, final long indexPrice) {
    mark[id] = markPrice;
    index[id] = indexPrice;
    markTime[id] = time;
  }

  void funding(final int id, final long time, final long rate, final long next) {
    fundingRate[id] = rate;
    nextFunding[id] = next;
    fundingTime[id] = time;
  }

  /** Mark price, 1e-8; {@link Fixed#NONE} = none yet. */
  public long mark(final int id) {
    return mark[id];
  }

  /** Index price, 1e-8; {@link Fixed#NONE} = none yet. */
  public long index(final int id) {
    return index[id];
  }

  /** Event time of the mark price, nanoseconds; 0 = none yet. */
  public long markTime(final int id) {
    return markTime[id];
  }

  /** Funding rate that was told last, fraction per interval, 1e-8. */
  public long fundingRate(final int id) {
    return fundingRate[id];
  }

  /** When that rate is paid, nanoseconds; up to {@link #fundingTime} = it was paid then. */
  public long nextFunding(final int id) {
    return nextFunding[id];
  }

  /** Event time at which the rate was told, nanoseconds; 0 = none yet. */
  public long fundingTime(final int id) {
    return fundingTime[id];
  }

  void state(final StateCodec codec) {
    mark = codec.grown(mark);
    index = codec.grown(index);
    markTime = codec.grown(markTime);
    fundingRate = codec.grown(fundingRate);
    nextFunding = codec.grown(nextFunding);
    fundingTime = codec.grown(fundingTime);
  }

  void grow(final int id) {
    final int old = mark.length;
    if (id < old) {
      return;
    }
    final int size = old * 2;
    mark = Arrays.copyOf(mark, size);
    index = Arrays.copyOf(index, size);
    markTime = Arrays.copyOf(markTime, size);
    fundingRate = Arrays.copyOf(fundingRate, size);
    nextFunding = Arrays.copyOf(nextFunding, size);
    fundingTime = Arrays.copyOf(fundingTime, size);
    Arrays.fill(mark, old, size, Fixed.NONE);
    Arrays.fill(index, old, size, Fixed.NONE);
  }
}
