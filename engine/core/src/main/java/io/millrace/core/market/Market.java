package io.millrace.core.market;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.FundingRateDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MarkPriceDecoder;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.Severity;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeDecoder;
import io.millrace.codecs.VendorGreeksDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * The market stage: checks each market input and, if it is sound, updates instruments, books and
 * chains. An unsound input changes nothing; it is counted by reason and, the first time for an
 * instrument and reason, raised as an Alert.
 */
public final class Market implements Stateful {
  private static final int INITIAL = 64;
  private static final int FAULT_CODES = 16;

  private final MarketLimits limits;
  private final Instruments instruments = new Instruments();
  private final Books books = new Books();
  private final DepthBooks depth = new DepthBooks();
  private final Perpetuals perpetuals = new Perpetuals();
  private final Evaluations evaluations;
  private final PriceJumps jumps;
  private final AlertEncoder alert = new AlertEncoder();
  private final long[] faults = new long[FAULT_CODES];
  private OptionChain[] chains = new OptionChain[INITIAL];
  private int[] row = new int[INITIAL];
  private boolean[] quoted = new boolean[INITIAL];
  private int[] alerted = new int[INITIAL];
  private int alertedUnknown;
  private long now;
  private long nextExpiry = Long.MAX_VALUE;

  /** An empty market. */
  public Market(final MarketLimits limits) {
    this.limits = limits;
    evaluations = new Evaluations(limits);
    jumps = new PriceJumps(limits, INITIAL);
  }

  /** Static data. */
  public Instruments instruments() {
    return instruments;
  }

  /** Top of book and last trades. */
  public Books books() {
    return books;
  }

  /** Levels behind the top of book, where a feed has them. */
  public DepthBooks depth() {
    return depth;
  }

  /** Mark prices and funding of perpetuals. */
  public Perpetuals perpetuals() {
    return perpetuals;
  }

  /** Which underlyings are due for evaluation. */
  public Evaluations evaluations() {
    return evaluations;
  }

  /** Newest event time seen, nanoseconds. */
  public long now() {
    return now;
  }

  /** The options of an underlying; null when it has none. */
  public OptionChain chain(final int underlyingId) {
    return underlyingId < chains.length ? chains[underlyingId] : null;
  }

  /** Row of an option in the chain of its underlying. */
  public int row(final int optionId) {
    return row[optionId];
  }

  /** Inputs refused for this reason. */
  public long faults(final DataFault fault) {
    return faults[fault.value()];
  }

  /**
   * Moves the clock on and drops what has expired. Called for every input, before anything else.
   */
  public void advance(final long eventTime) {
    if (eventTime > now) {
      now = eventTime;
    }
    if (now >= nextExpiry) {
      expire();
    }
  }

  /** Takes a definition. */
  public void onInstrument(final InstrumentDefinitionDecoder definition) {
    final int id = definition.instrumentId();
    final boolean known = instruments.defined(id);
    instruments.define(definition);
    grow(id);
    if (known || !instruments.option(id)) {
      return;
    }
    final int root = instruments.underlying(id);
    if (chains[root] == null) {
      chains[root] = new OptionChain(root, instruments);
    }
    chains[root].add(id, row);
    nextExpiry = Math.min(nextExpiry, instruments.expiry(id));
    if (now >= nextExpiry) {
      expire(); // defined after its expiry: it is never live, and it shifted those that were
    }
  }

  /** Takes a top of book; {@code NONE} = accepted. */
  public DataFault onQuote(final QuoteDecoder quote, final Outputs outputs) {
    final int id = quote.instrumentId();
    final DataFault fault =
        onTouch(
            id,
            quote.eventTime(),
            quote.bid(),
            quote.bidSize(),
            quote.ask(),
            quote.askSize(),
            outputs);
    if (fault == DataFault.NONE) {
      quoted[id] = true;
    }
    return fault;
  }

  /**
   * Takes changed levels of a book; {@code NONE} = accepted, all of them. The top of book is read
   * from the levels until the feed quotes it itself.
   */
  public DataFault onDepth(final DepthUpdateDecoder update, final Outputs outputs) {
    final int id = update.instrumentId();
    final long time = update.eventTime();
    DataFault fault = checkInstrument(id, time);
    for (final DepthUpdateDecoder.LevelsDecoder level : update.levels()) {
      if (fault == DataFault.NONE) {
        fault = checkLevel(level);
      }
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    update.sbeRewind();
    depth.begin(id, time);
    if (update.snapshot() != 0) {
      depth.clear(id);
    }
    for (final DepthUpdateDecoder.LevelsDecoder level : update.levels()) {
      depth.set(id, level.side(), level.price(), level.size());
    }
    if (!quoted[id]) {
      books.quote(
          id,
          time,
          depth.price(id, Side.BUY, 0),
          depth.size(id, Side.BUY, 0),
          depth.price(id, Side.SELL, 0),
          depth.size(id, Side.SELL, 0));
      touched(id, time);
    }
    return DataFault.NONE;
  }

  /** Whether the top of book comes from the levels, because the feed does not quote it. */
  public boolean quotedByDepth(final int id) {
    return !quoted[id];
  }

  private static DataFault checkLevel(final DepthUpdateDecoder.LevelsDecoder level) {
    if (level.side() != Side.BUY && level.side() != Side.SELL) {
      return DataFault.MALFORMED_LEVEL;
    }
    if (level.price() <= 0) {
      return level.price() == 0 ? DataFault.ZERO_PRICE : DataFault.NEGATIVE_PRICE;
    }
    return level.size() < 0 ? DataFault.NEGATIVE_SIZE : DataFault.NONE;
  }

  /** Takes the mark price of a perpetual; {@code NONE} = accepted. */
  public DataFault onMarkPrice(final MarkPriceDecoder message, final Outputs outputs) {
    final int id = message.instrumentId();
    DataFault fault = checkInstrument(id, message.eventTime());
    if (fault == DataFault.NONE) {
      fault = checkPrice(id, message.mark(), true);
    }
    if (fault == DataFault.NONE && farOff(id, message.mark())) {
      fault = DataFault.PRICE_JUMP;
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    perpetuals.mark(id, message.eventTime(), message.mark(), message.index());
    return DataFault.NONE;
  }

  /** Takes the funding rate of a perpetual; {@code NONE} = accepted. */
  public DataFault onFundingRate(final FundingRateDecoder message, final Outputs outputs) {
    final int id = message.instrumentId();
    final DataFault fault = checkInstrument(id, message.eventTime());
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    perpetuals.funding(id, message.eventTime(), message.rate(), message.nextFunding());
    return DataFault.NONE;
  }

  /** Takes a top of book of an option; {@code NONE} = accepted. */
  public DataFault onOptionQuote(final OptionQuoteDecoder quote, final Outputs outputs) {
    final int id = quote.instrumentId();
    final long time = quote.eventTime();
    final long bid = quote.bid();
    final long ask = quote.ask();
    if (instruments.defined(id) && !instruments.option(id)) {
      return refuse(id, DataFault.UNKNOWN_INSTRUMENT, outputs);
    }
    final DataFault fault = onTouch(id, time, bid, quote.bidSize(), ask, quote.askSize(), outputs);
    if (fault == DataFault.NONE) {
      chains[instruments.underlying(id)].quote(row[id], time, bid, ask);
    }
    return fault;
  }

  /** Takes a print; {@code NONE} = accepted. */
  public DataFault onTrade(final TradeDecoder trade, final Outputs outputs) {
    final int id = trade.instrumentId();
    final long time = trade.eventTime();
    final long price = trade.price();
    final long size = trade.size();
    DataFault fault = checkInstrument(id, time);
    if (fault == DataFault.NONE) {
      fault = checkPrice(id, price, true);
    }
    if (fault == DataFault.NONE && size <= 0) {
      fault = DataFault.NEGATIVE_SIZE;
    }
    if (fault == DataFault.NONE) {
      fault = checkJump(id, time, price, outputs);
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    books.trade(id, time, price, size);
    touched(id, time);
    return DataFault.NONE;
  }

  /** Takes a finished bar: its close is the last trade; {@code NONE} = accepted. */
  public DataFault onBar(final BarDecoder bar, final Outputs outputs) {
    final int id = bar.instrumentId();
    final long time = bar.eventTime();
    DataFault fault = checkInstrument(id, time);
    if (fault == DataFault.NONE) {
      fault = checkPrice(id, bar.close(), true);
    }
    if (fault == DataFault.NONE && bar.volume() < 0) {
      fault = DataFault.NEGATIVE_SIZE;
    }
    if (fault == DataFault.NONE && malformed(bar)) {
      fault = DataFault.MALFORMED_BAR;
    }
    if (fault == DataFault.NONE) {
      fault = checkJump(id, time, bar.close(), outputs);
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    books.trade(id, time, bar.close(), bar.volume());
    touched(id, time);
    return DataFault.NONE;
  }

  /** Takes the open contracts of an option; {@code NONE} = accepted. */
  public DataFault onOpenInterest(final OpenInterestDecoder message, final Outputs outputs) {
    final int id = message.instrumentId();
    DataFault fault = checkInstrument(id, message.eventTime());
    if (fault == DataFault.NONE && !instruments.option(id)) {
      fault = DataFault.UNKNOWN_INSTRUMENT;
    }
    if (fault == DataFault.NONE && message.openInterest() < 0) {
      fault = DataFault.NEGATIVE_SIZE;
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    chains[instruments.underlying(id)].openInterest(row[id], message.openInterest());
    return DataFault.NONE;
  }

  /** Takes a vendor's Greeks of an option; {@code NONE} = accepted. */
  public DataFault onVendorGreeks(final VendorGreeksDecoder message, final Outputs outputs) {
    final int id = message.instrumentId();
    DataFault fault = checkInstrument(id, message.eventTime());
    if (fault == DataFault.NONE && !instruments.option(id)) {
      fault = DataFault.UNKNOWN_INSTRUMENT;
    }
    if (fault == DataFault.NONE && !VendorColumns.sound(message)) {
      fault = DataFault.MALFORMED_GREEKS;
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    final int root = instruments.underlying(id);
    chains[root].vendor().set(row[id], message);
    evaluations.changed(root, message.eventTime());
    return DataFault.NONE;
  }

  private DataFault onTouch(
      final int id,
      final long time,
      final long bid,
      final long bidSize,
      final long ask,
      final long askSize,
      final Outputs outputs) {
    DataFault fault = checkInstrument(id, time);
    if (fault == DataFault.NONE && bid != Fixed.NONE) {
      fault = checkPrice(id, bid, false);
    }
    if (fault == DataFault.NONE && ask != Fixed.NONE) {
      fault = checkPrice(id, ask, false);
    }
    if (fault == DataFault.NONE && (bidSize < 0 || askSize < 0)) {
      fault = DataFault.NEGATIVE_SIZE;
    }
    if (fault == DataFault.NONE) {
      fault = checkJump(id, time, bid, ask, outputs);
    }
    if (fault != DataFault.NONE) {
      return refuse(id, fault, outputs);
    }
    books.quote(id, time, bid, bidSize, ask, askSize);
    touched(id, time);
    return DataFault.NONE;
  }

  private void touched(final int id, final long time) {
    final int root = instruments.underlying(id);
    if (root == 0) {
      evaluations.priceChanged(id, time, books.mark(id));
    } else {
      evaluations.changed(root, time);
    }
  }

  private DataFault checkInstrument(final int id, final long time) {
    if (!instruments.defined(id)) {
      return DataFault.UNKNOWN_INSTRUMENT;
    }
    if (now - time > limits.maxTimeBackwardsNanos()) {
      return DataFault.TIME_BACKWARDS;
    }
    final long expiry = instruments.expiry(id);
    return expiry != 0 && expiry <= time ? DataFault.EXPIRED : DataFault.NONE;
  }

  /** Options have legitimate zero bids. */
  private DataFault checkPrice(final int id, final long price, final boolean trade) {
    if (price < 0) {
      return DataFault.NEGATIVE_PRICE;
    }
    return price == 0 && (trade || !instruments.option(id)) ? DataFault.ZERO_PRICE : DataFault.NONE;
  }

  /** The mark that prices must not jump from; none where there is no bound. */
  private long boundMark(final int id) {
    // Options have no jump bound: their price may go anywhere in a day.
    return limits.maxPriceJump() == 0 || instruments.option(id) ? Fixed.NONE : books.mark(id);
  }

  /** A venue's own mark follows its trades: it neither confirms a jump nor contradicts one. */
  private boolean farOff(final int id, final long price) {
    final long mark = boundMark(id);
    return mark != Fixed.NONE && jumps.beyond(mark, price);
  }

  private DataFault checkJump(
      final int id, final long time, final long price, final Outputs outputs) {
    final long mark = boundMark(id);
    if (mark == Fixed.NONE) {
      return DataFault.NONE;
    }
    if (!jumps.beyond(mark, price)) {
      jumps.contradicted(id);
      return DataFault.NONE;
    }
    return confirm(id, time, price, outputs);
  }

  private DataFault checkJump(
      final int id, final long time, final long bid, final long ask, final Outputs outputs) {
    final long mark = boundMark(id);
    if (mark == Fixed.NONE || (bid == Fixed.NONE && ask == Fixed.NONE)) {
      return DataFault.NONE;
    }
    final boolean bidJumps = bid != Fixed.NONE && jumps.beyond(mark, bid);
    final boolean askJumps = ask != Fixed.NONE && jumps.beyond(mark, ask);
    if (bidJumps && askJumps && bid > mark == ask > mark && bid <= ask) {
      return confirm(id, time, bid + ((ask - bid) >> 1), outputs);
    }
    jumps.contradicted(id);
    return bidJumps || askJumps ? DataFault.PRICE_JUMP : DataFault.NONE;
  }

  /** A price that jumped: refused, or the new level once those before it agree. */
  private DataFault confirm(
      final int id, final long time, final long price, final Outputs outputs) {
    if (!jumps.confirmed(id, time, price)) {
      return DataFault.PRICE_JUMP;
    }
    books.forget(id); // of the old level, which would refuse what comes next
    alerted[id] &= ~(1 << DataFault.PRICE_JUMP.value());
    outputs.begin(alert);
    alert
        .severity(Severity.WARN)
        .code(AlertCode.PRICE_CONFIRMED)
        .instrumentId(id)
        .fault(DataFault.PRICE_JUMP)
        .value(price);
    outputs.end(alert);
    return DataFault.NONE;
  }

  private static boolean malformed(final BarDecoder bar) {
    final long low = bar.low();
    final long high = bar.high();
    return low <= 0
        || high < low
        || bar.open() < low
        || bar.open() > high
        || bar.close() < low
        || bar.close() > high;
  }

  private DataFault refuse(final int id, final DataFault fault, final Outputs outputs) {
    faults[fault.value()]++;
    final int bit = 1 << fault.value();
    final boolean known = instruments.defined(id);
    final int seen = known ? alerted[id] : alertedUnknown;
    if ((seen & bit) == 0) {
      if (known) {
        alerted[id] |= bit;
      } else {
        alertedUnknown |= bit;
      }
      outputs.begin(alert);
      alert
          .severity(Severity.WARN)
          .code(
              fault == DataFault.UNKNOWN_INSTRUMENT
                  ? AlertCode.UNKNOWN_INSTRUMENT
                  : AlertCode.DATA_REJECTED)
          .instrumentId(id)
          .fault(fault);
      outputs.end(alert);
    }
    return fault;
  }

  private void expire() {
    nextExpiry = Long.MAX_VALUE;
    for (final OptionChain chain : chains) {
      if (chain != null) {
        chain.expire(now);
        if (chain.from() < chain.to()) {
          nextExpiry = Math.min(nextExpiry, chain.expiries()[chain.from()]);
        }
      }
    }
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("market");
    instruments.state(codec);
    books.state(codec);
    depth.state(codec);
    perpetuals.state(codec);
    evaluations.state(codec);
    jumps.state(codec);
    codec.all(faults);
    row = codec.grown(row);
    quoted = codec.grown(quoted);
    alerted = codec.grown(alerted);
    alertedUnknown = codec.int32(alertedUnknown);
    now = codec.int64(now);
    nextExpiry = codec.int64(nextExpiry);
    if (codec.loading()) {
      chains = new OptionChain[row.length];
    }
    for (int root = 0; root < chains.length; root++) {
      if (codec.flag(chains[root] != null)) {
        if (codec.loading()) {
          chains[root] = new OptionChain(root, instruments);
        }
        chains[root].state(codec);
      }
    }
  }

  private void grow(final int id) {
    books.grow(id);
    depth.grow(id);
    perpetuals.grow(id);
    evaluations.grow(id);
    if (id >= row.length) {
      quoted = Arrays.copyOf(quoted, quoted.length * 2);
      row = Arrays.copyOf(row, row.length * 2);
      alerted = Arrays.copyOf(alerted, alerted.length * 2);
      jumps.grow(alerted.length);
      chains = Arrays.copyOf(chains, chains.length * 2);
    }
  }
}
