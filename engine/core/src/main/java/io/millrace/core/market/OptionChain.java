package io.millrace.core.market;

import io.millrace.codecs.OptionRight;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * All options of one underlying: a structure of arrays sorted by expiry, strike, right (call before
 * put), so that kernels can run over the columns.
 *
 * <p>Rows are laid out when contracts are defined (normally before the first quote). {@link
 * #layout()} changes whenever rows move, so that whoever keeps columns beside these knows to lay
 * them out anew. Expired rows are a prefix: live rows are {@link #from()} to {@link #to()}.
 */
public final class OptionChain {
  private static final int INITIAL = 256;

  private final int underlyingId;
  private final Instruments instruments;
  private int size;
  private int from;
  private int layout;
  private int[] instrumentId = new int[INITIAL];
  private long[] expiry = new long[INITIAL];
  private double[] strike = new double[INITIAL];
  private boolean[] call = new boolean[INITIAL];
  private double[] bid = new double[INITIAL];
  private double[] ask = new double[INITIAL];
  private double[] openInterest = new double[INITIAL];
  private long[] quoteTime = new long[INITIAL];
  private final VendorColumns vendor = new VendorColumns(INITIAL);
  private boolean hasOpenInterest;

  OptionChain(final int underlyingId, final Instruments instruments) {
    this.underlyingId = underlyingId;
    this.instruments = instruments;
  }

  /** Inserts a contract in order; returns its row. */
  int add(final int id, final int[] rowOfInstrument) {
    final int row = insertionPoint(id);
    growTo(size + 1);
    final int tail = size - row;
    shift(instrumentId, row, tail);
    shift(expiry, row, tail);
    shift(strike, row, tail);
    shift(call, row, tail);
    shift(bid, row, tail);
    shift(ask, row, tail);
    shift(openInterest, row, tail);
    shift(quoteTime, row, tail);
    vendor.insert(row, tail);
    size++;
    layout++;
    instrumentId[row] = id;
    expiry[row] = instruments.expiry(id);
    strike[row] = Fixed.toDouble(instruments.strike(id));
    call[row] = instruments.right(id) == OptionRight.CALL;
    bid[row] = Double.NaN;
    ask[row] = Double.NaN;
    openInterest[row] = 0;
    quoteTime[row] = 0;
    for (int i = row; i < size; i++) {
      rowOfInstrument[instrumentId[i]] = i;
    }
    return row;
  }

  void quote(final int row, final long time, final long newBid, final long newAsk) {
    bid[row] = newBid == Fixed.NONE ? Double.NaN : Fixed.toDouble(newBid);
    ask[row] = newAsk == Fixed.NONE ? Double.NaN : Fixed.toDouble(newAsk);
    quoteTime[row] = time;
  }

  void openInterest(final int row, final long contracts) {
    openInterest[row] = contracts;
    hasOpenInterest |= contracts > 0;
  }

  /** Drops the expiries at or before {@code now}; returns whether any went. */
  boolean expire(final long now) {
    final int before = from;
    while (from < size && expiry[from] <= now) {
      from++;
    }
    return from != before;
  }

  /** Id of the underlying. */
  public int underlyingId() {
    return underlyingId;
  }

  /** First live row. */
  public int from() {
    return from;
  }

  /** One past the last row. */
  public int to() {
    return size;
  }

  /** Changes whenever rows move. */
  public int layout() {
    return layout;
  }

  /** Whether any contract has open interest. */
  public boolean hasOpenInterest() {
    return hasOpenInterest;
  }

  /** Instrument ids by row. Read only. */
  public int[] instrumentIds() {
    return instrumentId;
  }

  /** Expiry instants by row, nanoseconds. Read only. */
  public long[] expiries() {
    return expiry;
  }

  /** Strikes by row. Read only. */
  public double[] strikes() {
    return strike;
  }

  /** True = call, by row. Read only. */
  public boolean[] calls() {
    return call;
  }

  /** Bids by row, NaN = none. Read only. */
  public double[] bids() {
    return bid;
  }

  /** Asks by row, NaN = none. Read only. */
  public double[] asks() {
    return ask;
  }

  /** Open interest by row, contracts. Read only. */
  public double[] openInterests() {
    return openInterest;
  }

  /** Event time of the last quote by row, nanoseconds; 0 = none. Read only. */
  public long[] quoteTimes() {
    return quoteTime;
  }

  /** Greeks that a vendor gave, by row. */
  public VendorColumns vendor() {
    return vendor;
  }

  void state(final StateCodec codec) {
    size = codec.int32(size);
    from = codec.int32(from);
    layout = codec.int32(layout);
    instrumentId = codec.grown(instrumentId);
    expiry = codec.grown(expiry);
    strike = codec.grown(strike);
    call = codec.grown(call);
    bid = codec.grown(bid);
    ask = codec.grown(ask);
    openInterest = codec.grown(openInterest);
    quoteTime = codec.grown(quoteTime);
    vendor.state(codec);
    hasOpenInterest = codec.flag(hasOpenInterest);
  }

  private int insertionPoint(final int id) {
    int low = 0;
    int high = size;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (before(instrumentId[middle], id)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean before(final int a, final int b) {
    int order = Long.compare(instruments.expiry(a), instruments.expiry(b));
    if (order == 0) {
      order = Long.compare(instruments.strike(a), instruments.strike(b));
    }
    if (order == 0) {
      order = Integer.compare(instruments.right(a).value(), instruments.right(b).value());
    }
    return order == 0 ? a < b : order < 0;
  }

  static void shift(final Object column, final int row, final int tail) {
    System.arraycopy(column, row, column, row + 1, tail);
  }

  private void growTo(final int needed) {
    if (needed <= instrumentId.length) {
      return;
    }
    final int capacity = instrumentId.length * 2;
    instrumentId = Arrays.copyOf(instrumentId, capacity);
    expiry = Arrays.copyOf(expiry, capacity);
    strike = Arrays.copyOf(strike, capacity);
    call = Arrays.copyOf(call, capacity);
    bid = Arrays.copyOf(bid, capacity);
    ask = Arrays.copyOf(ask, capacity);
    openInterest = Arrays.copyOf(openInterest, capacity);
    quoteTime = Arrays.copyOf(quoteTime, capacity);
    vendor.growTo(capacity);
  }
}
