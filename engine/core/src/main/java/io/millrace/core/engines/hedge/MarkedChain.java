package io.millrace.core.engines.hedge;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionStyle;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.OptionChain;
import io.millrace.core.market.VendorColumns;
import io.millrace.core.state.StateCodec;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;
import io.millrace.kernels.VolFlag;
import java.util.Arrays;

/**
 * Volatilities and Greeks of one chain. A volatility is solved for when its quote changed and held
 * until the next one; Greeks are computed anew for the whole chain at every mark.
 */
final class MarkedChain implements ChainGreeks {
  static final long NANOS_PER_SECOND = 1_000_000_000L;

  private static final int INITIAL = 64;

  private final OptionChain chain;
  private final Instruments instruments;
  private final DealerConvention convention;
  private final DealerBucket[] buckets;
  private final GreeksSource source;
  private final double minVendorIv;
  private final VendorColumns vendor;
  private final double rate;
  private final long staleNanos;
  private final double guardTau;
  private final double frontTau;
  private final Kernels kernels;
  private final ParityForward parityForward;
  private final VolSolver european;
  private final VolSolver american;

  final Expiries expiries;
  private double[] estimates = {};
  private int[] expiryOfRow = {};
  private long[] dirty = new long[1];
  private double[] mid = {};
  private double[] vol = {};
  private byte[] quoteState = {};
  private byte[] exclusion = {};
  private boolean[] exercisable = {};
  private boolean[] byVendor = {};

  /** Relative spread of a sound quote, by row. */
  double[] spread = {};

  /** Units of the underlying per contract, by row. */
  double[] multiplier = {};

  /** Dealer sign by row. */
  double[] sign = {};

  OptionColumns contracts;
  GreekColumns greeks;
  final int[] excluded = new int[Exclusion.CODES];
  private int capacity;
  private int layout = -1;
  private int clearedTo;
  private long time;
  private double spot;
  private double atmIv30;
  private int used;
  private int withoutBid;
  private int vendorUsed;
  private boolean partial;
  private boolean changed;
  private boolean deAmericanised;
  private boolean spotFromParity;

  MarkedChain(
      final OptionChain chain,
      final Instruments instruments,
      final HedgeConfig config,
      final Kernels kernels) {
    this.chain = chain;
    this.instruments = instruments;
    this.kernels = kernels;
    convention = config.dealerConvention();
    buckets = config.dealerBuckets().toArray(new DealerBucket[0]);
    source = config.greeksSource();
    minVendorIv = config.minVendorIv();
    vendor = chain.vendor();
    rate = config.rate();
    staleNanos = config.staleQuoteSeconds() * NANOS_PER_SECOND;
    guardTau =
        config.expiryGuardSeconds()
            * (NANOS_PER_SECOND / (Expiries.NANOS_PER_DAY * Expiries.DAYS_PER_YEAR));
    frontTau = config.frontMinDays() / Expiries.DAYS_PER_YEAR;
    parityForward = new ParityForward(config);
    european = new VolSolver(kernels, false);
    american = new VolSolver(kernels, true);
    final boolean future = instruments.kind(chain.underlyingId()) == InstrumentKind.FUTURE;
    expiries = new Expiries(config, future, kernels);
  }

  /** Notes that the quote of a row changed. Rows the columns do not reach yet come all anew. */
  void touch(final int row) {
    final int word = row >>> 6;
    if (word < dirty.length) {
      dirty[word] |= 1L << row;
    }
  }

  /**
   * Marks the whole chain.
   *
   * @param mark price of the underlying; 0 = none, take it from parity
   * @return whether there is a spot and so Greeks
   */
  boolean mark(final double mark, final long now) {
    final int from = chain.from();
    changed = layout != chain.layout();
    if (changed) {
      layOut();
    }
    time = now;
    clearExpired(from);
    expiries.advance(from, now);
    takeQuotes(from);
    countBids(from);
    spotFromParity = !priced(mark);
    estimateForwards(spotFromParity ? 0.0 : mark, now);
    spot = spotFromParity ? expiries.impliedSpot(estimates, frontTau) : mark;
    if (!priced(spot)) {
      spot = 0.0;
      used = 0;
      vendorUsed = 0;
      partial = false;
      Arrays.fill(exclusion, from, chain.to(), Exclusion.PHANTOM.code());
      Arrays.fill(excluded, 0);
      return false;
    }
    expiries.imply(estimates, spot);
    expiries.project(spot);
    solveChanged(from);
    fillContracts(from, now);
    kernels.greeks(spot, contracts, greeks, from, chain.to() - from);
    takeVendor(from);
    atTheMoney();
    return true;
  }

  private static boolean priced(final double price) {
    return price >= OptionColumns.MIN_PRICE && price <= OptionColumns.MAX_PRICE;
  }

  private void layOut() {
    layout = chain.layout();
    final int rows = chain.to();
    if (rows > capacity) {
      capacity = Math.max(INITIAL, Integer.highestOneBit(rows - 1) << 1);
      allocate();
    }
    clearedTo = 0;
    deAmericanised = false;
    for (int row = 0; row < capacity; row++) {
      contracts.clear(row);
    }
    for (int row = 0; row < rows; row++) {
      final int id = chain.instrumentIds()[row];
      multiplier[row] = Fixed.toDouble(instruments.multiplier(id));
      exercisable[row] = instruments.style(id) == OptionStyle.AMERICAN;
      sign[row] = convention.sign(chain.calls()[row]);
      vol[row] = 0.0;
      touch(row);
    }
    expiries.layOut(chain, expiryOfRow);
    estimates = new double[expiries.count];
  }

  private void allocate() {
    contracts = new OptionColumns(capacity);
    greeks = new GreekColumns(capacity);
    dirty = new long[(capacity + Long.SIZE - 1) / Long.SIZE];
    expiryOfRow = new int[capacity];
    mid = new double[capacity];
    vol = new double[capacity];
    quoteState = new byte[capacity];
    exclusion = new byte[capacity];
    exercisable = new boolean[capacity];
    byVendor = new boolean[capacity];
    spread = new double[capacity];
    multiplier = new double[capacity];
    sign = new double[capacity];
    european.reserve(capacity);
    american.reserve(capacity);
    parityForward.reserve(capacity);
  }

  /** All that is held from one mark to the next, or read between them. */
  void state(final StateCodec codec) {
    capacity = codec.int32(capacity);
    if (codec.loading() && capacity > 0) {
      allocate();
    }
    layout = codec.int32(layout);
    clearedTo = codec.int32(clearedTo);
    time = codec.int64(time);
    spot = codec.float64(spot);
    atmIv30 = codec.float64(atmIv30);
    used = codec.int32(used);
    withoutBid = codec.int32(withoutBid);
    vendorUsed = codec.int32(vendorUsed);
    partial = codec.flag(partial);
    changed = codec.flag(changed);
    deAmericanised = codec.flag(deAmericanised);
    spotFromParity = codec.flag(spotFromParity);
    expiries.state(codec);
    estimates = codec.grown(estimates);
    expiryOfRow = codec.grown(expiryOfRow);
    dirty = codec.grown(dirty);
    mid = codec.grown(mid);
    vol = codec.grown(vol);
    quoteState = codec.grown(quoteState);
    exclusion = codec.grown(exclusion);
    exercisable = codec.grown(exercisable);
    byVendor = codec.grown(byVendor);
    spread = codec.grown(spread);
    multiplier = codec.grown(multiplier);
    sign = codec.grown(sign);
    codec.all(excluded);
    if (capacity > 0) {
      KernelColumns.state(codec, contracts);
      KernelColumns.state(codec, greeks);
    }
  }

  private void clearExpired(final int from) {
    for (; clearedTo < from; clearedTo++) {
      contracts.clear(clearedTo);
      exclusion[clearedTo] = Exclusion.EXPIRED.code();
      dirty[clearedTo >>> 6] &= ~(1L << clearedTo);
    }
  }

  /** Classifies every changed quote; a sound one has a mid. */
  private void takeQuotes(final int from) {
    final double[] bids = chain.bids();
    final double[] asks = chain.asks();
    for (int row = nextDirty(from); row >= 0; row = nextDirty(row + 1)) {
      final double bid = bids[row];
      final double ask = asks[row];
      final boolean noBid = !(bid > 0.0);
      final boolean noAsk = !(ask > 0.0);
      final byte state;
      if (noBid && noAsk) {
        state = Exclusion.PHANTOM.code();
      } else if (noBid || noAsk) {
        state = Exclusion.ONE_SIDED.code();
      } else if (bid > ask) {
        state = Exclusion.CROSSED.code();
      } else {
        state = Exclusion.USED;
      }
      quoteState[row] = state;
      mid[row] = state == Exclusion.USED ? bid + (ask - bid) * 0.5 : 0.0;
      spread[row] = state == Exclusion.USED ? (ask - bid) / mid[row] : 0.0;
      vol[row] = 0.0;
    }
  }

  private void countBids(final int from) {
    final double[] bids = chain.bids();
    withoutBid = 0;
    for (int row = from; row < chain.to(); row++) {
      withoutBid += bids[row] > 0.0 ? 0 : 1;
    }
  }

  /** Next row with a changed quote, or -1. */
  private int nextDirty(final int row) {
    int word = row >>> 6;
    if (word >= dirty.length) {
      return -1;
    }
    long bits = dirty[word] & (-1L << row);
    while (bits == 0) {
      if (++word >= dirty.length) {
        return -1;
      }
      bits = dirty[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Forwards of the expiries with changed quotes; of all of them when the spot hangs on them. */
  private void estimateForwards(final double mark, final long now) {
    for (int e = expiries.firstLive; e < expiries.count; e++) {
      final int first = expiries.firstRow[e];
      final int end = expiries.endRow[e];
      final int next = nextDirty(first);
      final boolean touched = next >= 0 && next < end;
      estimates[e] =
          (touched || mark == 0.0) && expiries.tau[e] >= guardTau
              ? parityForward.estimate(
                  chain,
                  mid,
                  first,
                  end,
                  now - staleNanos,
                  expiries.discount[e],
                  expiries.tau[e],
                  mark)
              : 0.0;
    }
  }

  private void solveChanged(final int from) {
    european.begin();
    american.begin();
    for (int row = nextDirty(from); row >= 0; row = nextDirty(row + 1)) {
      final int e = expiryOfRow[row];
      changed = true;
      if (quoteState[row] == Exclusion.USED && expiries.tau[e] >= guardTau) {
        final boolean call = chain.calls()[row];
        final VolSolver solver = premiumMatters(row, e, call) ? american : european;
        solver.add(row, expiries, e, chain.strikes()[row], call, mid[row]);
      }
    }
    solve(european);
    solve(american);
    deAmericanised |= american.count() > 0;
    Arrays.fill(dirty, 0L);
  }

  /**
   * Whether the right to exercise early can be worth more than half the spread, within which the
   * mid is not known anyway. The premium is at most the interest on the strike (put), K(1 -
   * e^(-rτ)) ≤ rKτ, or the yield on the underlying (call), S(1 - e^(-qτ)) ≤ qSτ, to expiry.
   */
  private boolean premiumMatters(final int row, final int expiry, final boolean call) {
    if (!exercisable[row]) {
      return false;
    }
    final double perYear =
        call ? (rate - expiries.carry[expiry]) * spot : rate * chain.strikes()[row];
    return perYear * expiries.tau[expiry] > 0.5 * spread[row] * mid[row];
  }

  private void solve(final VolSolver solver) {
    solver.solve(spot);
    for (int i = 0; i < solver.count(); i++) {
      final int row = solver.row(i);
      final byte flag = solver.flag(i);
      if (VolFlag.usable(flag)) {
        vol[row] = solver.vol(i);
      } else {
        final boolean above = flag == VolFlag.ABOVE_BOUND || flag == VolFlag.INVALID;
        quoteState[row] = (above ? Exclusion.ABOVE_BOUND : Exclusion.BELOW_INTRINSIC).code();
      }
    }
  }

  private void fillContracts(final int from, final long now) {
    final double[] strikes = chain.strikes();
    final boolean[] calls = chain.calls();
    final long[] quoteTimes = chain.quoteTimes();
    Arrays.fill(excluded, 0);
    excluded[Exclusion.EXPIRED.code()] = from;
    for (int e = expiries.firstLive; e < expiries.count; e++) {
      final boolean live = expiries.tau[e] >= guardTau;
      final double tau = expiries.tau[e];
      final double carry = expiries.carry[e];
      for (int row = expiries.firstRow[e]; row < expiries.endRow[e]; row++) {
        byte state = live ? quoteState[row] : Exclusion.EXPIRED.code();
        if (state == Exclusion.USED && now - quoteTimes[row] > staleNanos) {
          state = Exclusion.STALE.code();
        }
        final boolean given =
            source != GreeksSource.COMPUTED
                && vendor.given(row, now - staleNanos)
                && vendor.iv(row) >= minVendorIv;
        if (state == Exclusion.USED && !given && source == GreeksSource.VENDOR) {
          state = Exclusion.NO_VENDOR.code();
        }
        if (state == Exclusion.USED) {
          final double iv = given ? vendor.iv(row) : vol[row];
          if (!contracts.set(row, strikes[row], tau, iv, rate, carry, calls[row])) {
            state = Exclusion.ABOVE_BOUND.code();
          }
        } else {
          contracts.clear(row);
        }
        byVendor[row] = given && state == Exclusion.USED;
        if (buckets.length > 0) {
          takeSide(row, strikes[row] / spot, tau * Expiries.DAYS_PER_YEAR, calls[row]);
        }
        changed |= (state == Exclusion.USED) != (exclusion[row] == Exclusion.USED);
        exclusion[row] = state;
        excluded[state]++;
      }
    }
    used = excluded[Exclusion.USED];
    excluded[Exclusion.USED] = 0;
  }

  /** The side that dealers hold by bucket, which moves with spot and time. */
  private void takeSide(
      final int row, final double moneyness, final double days, final boolean call) {
    double side = convention.sign(call);
    for (final DealerBucket bucket : buckets) {
      if (bucket.holds(moneyness, days)) {
        side = bucket.sign(call);
        break;
      }
    }
    changed |= side != sign[row];
    sign[row] = side;
  }

  /**
   * Lays the vendor's Greeks over those computed from its volatility. What it leaves out stays as
   * computed, but for vanna and charm of a vendor alone: these are missing, and count as zero.
   */
  private void takeVendor(final int from) {
    vendorUsed = 0;
    partial = false;
    if (source == GreeksSource.COMPUTED) {
      return;
    }
    final boolean alone = source == GreeksSource.VENDOR;
    for (int row = from; row < chain.to(); row++) {
      if (byVendor[row]) {
        vendorUsed++;
        greeks.gamma()[row] = vendor.gamma(row);
        over(greeks.delta(), row, vendor.delta(row));
        over(greeks.vega(), row, vendor.vega(row));
        over(greeks.theta(), row, vendor.theta(row));
        final double vanna = vendor.vanna(row);
        final double charm = vendor.charm(row);
        partial |= alone && (Double.isNaN(vanna) || Double.isNaN(charm));
        over(greeks.vanna(), row, alone && Double.isNaN(vanna) ? 0.0 : vanna);
        over(greeks.charm(), row, alone && Double.isNaN(charm) ? 0.0 : charm);
      }
    }
  }

  private static void over(final double[] column, final int row, final double given) {
    if (!Double.isNaN(given)) {
      column[row] = given;
    }
  }

  private void atTheMoney() {
    for (int e = expiries.firstLive; e < expiries.count; e++) {
      expiries.atmIv[e] =
          SmileReader.atForward(
              this, chain.strikes(), expiries.firstRow[e], expiries.endRow[e], expiries.forward[e]);
    }
    atmIv30 = expiries.atmIv30();
  }

  /** The chain these Greeks belong to. */
  OptionChain chain() {
    return chain;
  }

  /** Whether anything but time and spot changed at the last mark. */
  boolean changed() {
    return changed;
  }

  /** Contracts with usable Greeks. */
  int used() {
    return used;
  }

  /** Contracts used with a vendor's Greeks. */
  int vendorUsed() {
    return vendorUsed;
  }

  /** Whether the vanna or charm of a used contract is missing and must not be computed. */
  boolean partial() {
    return partial;
  }

  /** Live contracts with a zero or missing bid. */
  int withoutBid() {
    return withoutBid;
  }

  /** Whether the contract of a row is expired or within the guard. */
  boolean expired(final int row) {
    return exclusion[row] == Exclusion.EXPIRED.code();
  }

  /** Whether an early-exercise premium was taken off a price since the contracts were laid out. */
  boolean deAmericanised() {
    return deAmericanised;
  }

  /** Whether the spot had to be taken from parity. */
  boolean spotFromParity() {
    return spotFromParity;
  }

  /** Calendar days to the nearest expiry outside the guard. */
  double nearestDays() {
    int e = expiries.firstLive;
    while (e + 1 < expiries.count && expiries.tau[e] < guardTau) {
      e++;
    }
    return expiries.tau[e] * Expiries.DAYS_PER_YEAR;
  }

  /** Index of the front expiry among all expiries, or -1. */
  int front() {
    return expiries.front(frontTau);
  }

  @Override
  public int underlyingId() {
    return chain.underlyingId();
  }

  @Override
  public int layout() {
    return layout;
  }

  @Override
  public long time() {
    return time;
  }

  @Override
  public double spot() {
    return spot;
  }

  @Override
  public int from() {
    return expiries.firstLive < expiries.count ? expiries.firstRow[expiries.firstLive] : to();
  }

  @Override
  public int to() {
    return expiries.count == 0 ? 0 : expiries.endRow[expiries.count - 1];
  }

  @Override
  public boolean usable(final int row) {
    return exclusion[row] == Exclusion.USED;
  }

  @Override
  public double iv(final int row) {
    return usable(row) ? contracts.vol(row) : 0.0;
  }

  @Override
  public double delta(final int row) {
    return usable(row) ? greeks.delta()[row] : 0.0;
  }

  @Override
  public double gamma(final int row) {
    return usable(row) ? greeks.gamma()[row] : 0.0;
  }

  @Override
  public double vega(final int row) {
    return usable(row) ? greeks.vega()[row] : 0.0;
  }

  @Override
  public double theta(final int row) {
    return usable(row) ? greeks.theta()[row] : 0.0;
  }

  @Override
  public double mid(final int row) {
    return usable(row) ? mid[row] : 0.0;
  }

  @Override
  public double days(final int row) {
    return expiries.tau[expiryOfRow[row]] * Expiries.DAYS_PER_YEAR;
  }

  @Override
  public int expiryOf(final int row) {
    return expiryOfRow[row] - expiries.firstLive;
  }

  @Override
  public int expiries() {
    return expiries.count - expiries.firstLive;
  }

  @Override
  public int firstRow(final int expiry) {
    return expiries.firstRow[expiries.firstLive + expiry];
  }

  @Override
  public int endRow(final int expiry) {
    return expiries.endRow[expiries.firstLive + expiry];
  }

  @Override
  public double expiryDays(final int expiry) {
    return expiries.tau[expiries.firstLive + expiry] * Expiries.DAYS_PER_YEAR;
  }

  @Override
  public double forward(final int expiry) {
    return spot > 0.0 ? expiries.forward[expiries.firstLive + expiry] : 0.0;
  }

  @Override
  public double atmIv(final int expiry) {
    return spot > 0.0 ? expiries.atmIv[expiries.firstLive + expiry] : 0.0;
  }

  @Override
  public double atmIv30() {
    return spot > 0.0 ? atmIv30 : 0.0;
  }
}
