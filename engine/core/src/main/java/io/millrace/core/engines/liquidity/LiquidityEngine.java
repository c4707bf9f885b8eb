package io.millrace.core.engines.liquidity;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.Engine;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.LeeReady;
import io.millrace.core.market.Market;
import io.millrace.core.market.Sessions;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * Measures liquidity of every underlying: O(1) per quote, trade and bar, features on evaluation.
 * Quotes and trades of options are ignored.
 *
 * <p>Trades and feed bars both report volume; for each instrument the kind that comes first is the
 * one that counts (for bars, of the interval that comes first), so nothing is counted twice. A bar
 * counts as a trade of its volume at its close. The profile starts anew with each session (each UTC
 * day where there are none), the windows with each session that has an open and a close.
 *
 * <p>{@code dark_share} is absent: no feed so far tells the venue of a print.
 *
 * <p>Confidence: 0.6 × (cells with a return / the minimum for full confidence, at most 1) + 0.4 if
 * a fresh, regular book is there.
 */
public final class LiquidityEngine implements Stateful {
  private static final int INITIAL = 64;
  private static final long UNDECIDED = 0;
  private static final long TRADES = -1;
  private static final double TRADE_WEIGHT = 0.6;
  private static final double BOOK_WEIGHT = 0.4;

  /** Any of these, and the book says little. */
  private static final int UNSOUND_BOOK =
      QualityEncoder.noBook(
          QualityEncoder.crossedBook(QualityEncoder.staleQuotes(0, true), true), true);

  private final LiquidityConfig config;
  private final Instruments instruments;
  private final Books books;
  private final LeeReady leeReady;
  private final EngineOutputEncoder output = new EngineOutputEncoder();
  private final FeatureTable features = new FeatureTable();
  private TradeFlow[] trades = new TradeFlow[INITIAL];
  private TouchFlow[] touches = new TouchFlow[INITIAL];
  private VolumeProfile[] profiles = new VolumeProfile[INITIAL];
  // Currency of one unit at price 1.
  private double[] unitCurrency = new double[INITIAL];
  private long[] session = new long[INITIAL];
  // UNDECIDED, TRADES, or the interval of the bars that count.
  private long[] source = new long[INITIAL];

  /** An engine that has seen nothing. */
  public LiquidityEngine(final LiquidityConfig config, final Market market) {
    this.config = config;
    instruments = market.instruments();
    books = market.books();
    leeReady = new LeeReady(books);
  }

  /** Makes room for a defined instrument, off the hot path; without it, its first event does. */
  public void onInstrument(final int id) {
    final int old = trades.length;
    if (id >= old) {
      final int size = Math.max(id + 1, old * 2);
      trades = Arrays.copyOf(trades, size);
      touches = Arrays.copyOf(touches, size);
      profiles = Arrays.copyOf(profiles, size);
      unitCurrency = Arrays.copyOf(unitCurrency, size);
      session = Arrays.copyOf(session, size);
      source = Arrays.copyOf(source, size);
    }
    if (!instruments.option(id) && trades[id] == null) {
      leeReady.grow(id);
      trades[id] = new TradeFlow(config);
      touches[id] = new TouchFlow(config);
      profiles[id] = new VolumeProfile(config);
      unitCurrency[id] = Fixed.toDouble(instruments.multiplier(id));
      session[id] = Long.MIN_VALUE;
    }
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("liquidity");
    leeReady.state(codec);
    unitCurrency = codec.grown(unitCurrency);
    session = codec.grown(session);
    source = codec.grown(source);
    if (codec.loading()) {
      trades = new TradeFlow[source.length];
      touches = new TouchFlow[source.length];
      profiles = new VolumeProfile[source.length];
    }
    for (int id = 0; id < trades.length; id++) {
      if (codec.flag(trades[id] != null)) {
        if (codec.loading()) {
          trades[id] = new TradeFlow(config);
          touches[id] = new TouchFlow(config);
          profiles[id] = new VolumeProfile(config);
        }
        trades[id].state(codec);
        touches[id].state(codec);
        profiles[id].state(codec);
      }
    }
  }

  /** The touch of an instrument has changed: reads it from the books. */
  public void onQuote(final int id, final long time) {
    if (!follow(id, time)) {
      return;
    }
    touches[id].quote(
        time,
        books.twoSided(id),
        books.bid(id),
        Fixed.toDouble(books.bidSize(id)),
        books.ask(id),
        Fixed.toDouble(books.askSize(id)));
  }

  /**
   * A print.
   *
   * @param price 1e-8, above 0
   * @param size 1e-8, 0 or more
   * @param aggressor NONE = unknown
   */
  public void onTrade(
      final int id, final long time, final long price, final long size, final Side aggressor) {
    if (!follow(id, time)) {
      return;
    }
    if (source[id] == UNDECIDED) {
      source[id] = TRADES;
    }
    if (source[id] == TRADES) {
      traded(id, time, price, size, aggressor);
    }
  }

  /** A finished bar of the feed. */
  public void onBar(final BarDecoder bar) {
    final int id = bar.instrumentId();
    final long time = bar.eventTime();
    // The last nanosecond of a bar lies in the session and the cell that it tells of.
    if (!follow(id, time - 1)) {
      return;
    }
    if (source[id] == UNDECIDED) {
      source[id] = bar.interval();
    }
    if (source[id] == bar.interval()) {
      traded(id, time - 1, bar.close(), bar.volume(), Side.NONE);
    }
  }

  private void traded(
      final int id, final long time, final long price, final long size, final Side aggressor) {
    final int sign = leeReady.sign(id, price, aggressor);
    if (size > 0) {
      final double units = Fixed.toDouble(size);
      final double at = Fixed.toDouble(price);
      trades[id].trade(time, at, units, sign, unitCurrency[id]);
      profiles[id].trade(at, units);
    }
  }

  /** Whether the instrument is an underlying; starts its new session when it is time. */
  private boolean follow(final int id, final long time) {
    if (id >= trades.length || trades[id] == null) {
      if (instruments.option(id)) {
        return false;
      }
      onInstrument(id);
    }
    final long start = Sessions.start(instruments, id, time);
    // After the close the day goes on: its last evaluation comes at or after that instant.
    if (start > session[id] && start != instruments.sessionClose(id)) {
      session[id] = start;
      profiles[id].clear();
      if (instruments.sessionClose(id) != 0) {
        trades[id].clear();
        touches[id].clear(start);
      }
    }
    return true;
  }

  /**
   * Writes the features of an underlying.
   *
   * @return index of the EngineOutput
   */
  public int evaluate(final int underlyingId, final long now, final Outputs out) {
    final int id = underlyingId;
    features.clear();
    int quality = 0;
    double confidence = 0;
    Regime regime = Regime.DEGRADED;
    if (follow(id, now)) {
      trades[id].roll(now);
      touches[id].roll(now);
      quality = trading(id) | book(id, now);
      final boolean sound = (quality & UNSOUND_BOOK) == 0;
      confidence =
          TRADE_WEIGHT * Math.min(1.0, (double) trades[id].moves() / config.minCells())
              + (sound ? BOOK_WEIGHT : 0.0);
      regime = regime(id);
    }
    out.begin(output);
    output.instrumentId(id).engine(Engine.LIQUIDITY).regime(regime).confidence(confidence);
    Outputs.putBits(
        output.buffer(), output.offset() + EngineOutputEncoder.qualityEncodingOffset(), quality);
    features.store(output);
    return out.end(output);
  }

  private int trading(final int id) {
    final TradeFlow flow = trades[id];
    int quality = 0;
    final int moves = flow.moves();
    if (flow.currency() <= 0) {
      quality = QualityEncoder.noTrades(quality, true);
    } else {
      features.put(Feature.DOLLAR_VOLUME, flow.currency());
    }
    if (flow.sidedVolume() > 0) {
      features.put(Feature.OFI, flow.imbalance());
    }
    if (moves > 0) {
      features.put(Feature.AMIHUD_ILLIQUIDITY, flow.amihud());
      features.put(
          Feature.REALIZED_VOL,
          flow.realizedVolatility(Sessions.year(instruments, id, config.sessionYearNanos())));
    }
    if (moves >= config.minCells() && flow.regressable()) {
      features.put(Feature.KYLE_LAMBDA, flow.kyleLambda());
      features.put(Feature.KYLE_R2, flow.kyleR2());
    }
    if (moves < config.minCells()) {
      quality = QualityEncoder.warmingUp(quality, true);
    }
    final long mark = books.mark(id);
    if (mark == Fixed.NONE || mark <= 0) {
      return QualityEncoder.noSpot(quality, true);
    }
    final VolumeProfile profile = profiles[id];
    if (profile.look(Fixed.toDouble(mark))) {
      features.put(Feature.VOLUME_MAGNET_SCORE, profile.magnetScore());
      features.put(Feature.VOLUME_MAGNET_PRICE, profile.magnetPrice());
      features.put(Feature.LIQUIDITY_VOID_SCORE, profile.voidScore());
      if (profile.hasVoid()) {
        features.put(Feature.LIQUIDITY_VOID_PRICE, profile.voidPrice());
      }
    }
    return quality;
  }

  private int book(final int id, final long now) {
    final TouchFlow touch = touches[id];
    int quality = 0;
    if (touch.hasSpread()) {
      features.put(Feature.AVG_SPREAD_BPS, touch.averageSpreadBps());
    }
    if (!books.twoSided(id)) {
      return QualityEncoder.noBook(quality, true);
    }
    features.put(Feature.BOOK_OFI, touch.bookImbalance());
    final double bidSize = Fixed.toDouble(books.bidSize(id));
    final double askSize = Fixed.toDouble(books.askSize(id));
    if (bidSize + askSize > 0) {
      features.put(Feature.DEPTH_IMBALANCE, (bidSize - askSize) / (bidSize + askSize));
    }
    if (!books.regular(id)) {
      quality = QualityEncoder.crossedBook(quality, true);
    }
    if (now - books.quoteTime(id) > config.staleQuoteNanos()) {
      quality = QualityEncoder.staleQuotes(quality, true);
    }
    return quality;
  }

  /**
   * The first that holds: nothing to judge by: degraded; Amihud or spread from the thin threshold:
   * thin; |ofi| from its threshold: one-sided; Amihud and spread (each where there is one) within
   * the liquid thresholds: liquid; else normal.
   */
  private Regime regime(final int id) {
    final boolean impact = trades[id].moves() >= config.minCellsRegime();
    final boolean spread = features.has(Feature.AVG_SPREAD_BPS);
    if (!impact && !spread && !features.has(Feature.OFI)) {
      return Regime.DEGRADED;
    }
    final double amihud = impact ? features.get(Feature.AMIHUD_ILLIQUIDITY) : 0.0;
    final double bps = features.get(Feature.AVG_SPREAD_BPS);
    if ((impact && amihud >= config.thinAmihud()) || (spread && bps >= config.thinSpreadBps())) {
      return Regime.THIN_LIQUIDITY;
    }
    if (Math.abs(features.get(Feature.OFI)) >= config.oneSidedOfi()) {
      return Regime.ONE_SIDED_FLOW;
    }
    return impact && amihud <= config.liquidAmihud() && bps <= config.liquidSpreadBps()
        ? Regime.HIGH_LIQUIDITY
        : Regime.NORMAL;
  }
}
