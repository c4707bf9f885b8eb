package io.millrace.core.engines.hedge;

import io.millrace.codecs.DataFault;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OpenInterestEncoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.OptionQuoteEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Tier;
import io.millrace.codecs.VendorGreeksDecoder;
import io.millrace.codecs.VendorGreeksEncoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.VolFlag;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A market with one underlying and a hedge engine, fed the way the pipeline feeds them. */
final class Desk {
  static final int UNDERLYING = 1;
  static final long START = 1_450_967_400_000_000_000L;
  static final long DAY = 86_400_000_000_000L;
  static final double RATE = 0.005;

  final Market market = new Market(MarketLimits.withoutConfirmation(DAY, 0.0, 1_000_000_000L, 0.0));
  final HedgeEngine engine;
  final Outputs out = new Outputs();
  final FeatureTable features = new FeatureTable();
  long now = START;
  Regime regime;
  double confidence;
  final EngineOutputDecoder output = new EngineOutputDecoder();

  private final double rate;
  private final Kernels kernels = Kernels.select();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
  private final InstrumentDefinitionDecoder definitionIn = new InstrumentDefinitionDecoder();
  private final QuoteEncoder quote = new QuoteEncoder();
  private final QuoteDecoder quoteIn = new QuoteDecoder();
  private final OptionQuoteEncoder optionQuote = new OptionQuoteEncoder();
  private final OptionQuoteDecoder optionQuoteIn = new OptionQuoteDecoder();
  private final OpenInterestEncoder interest = new OpenInterestEncoder();
  private final OpenInterestDecoder interestIn = new OpenInterestDecoder();
  private final VendorGreeksEncoder vendorGreeks = new VendorGreeksEncoder();
  private final VendorGreeksDecoder vendorGreeksIn = new VendorGreeksDecoder();
  private int defined;

  Desk(final HedgeConfig config) {
    this(config, Kernels.select());
  }

  Desk(final HedgeConfig config, final Kernels engineKernels) {
    engine = new HedgeEngine(config, market, engineKernels);
    rate = config.rate();
    underlying("I1", InstrumentKind.EQUITY);
  }

  /** Another desk in the same state, market and engine, as a checkpoint would bring it back. */
  Desk restored(final HedgeConfig config) {
    final StateWriter saved = new StateWriter();
    saved.of(market);
    saved.of(engine);
    final Desk other = new Desk(config);
    final StateReader reader = new StateReader(saved.buffer(), 0, saved.length());
    reader.of(other.market);
    reader.of(other.engine);
    reader.end();
    other.now = now;
    other.defined = defined;
    return other;
  }

  /** An underlying; returns its id. The first one is {@link #UNDERLYING}. */
  int underlying(final String symbol, final InstrumentKind kind) {
    return define(0, 0.0, 0L, OptionRight.NONE, OptionStyle.NONE, symbol, kind);
  }

  /** An option on an underlying with a multiplier of 100. */
  int optionOn(
      final int underlying,
      final double strike,
      final long expiry,
      final boolean call,
      final OptionStyle style) {
    return define(
        underlying,
        strike,
        expiry,
        call ? OptionRight.CALL : OptionRight.PUT,
        style,
        "I" + (defined + 1),
        InstrumentKind.OPTION);
  }

  /** The thresholds of the shipped defaults, but for the few contracts that a test needs. */
  static HedgeConfig config() {
    return config(DealerConvention.LONG_CALLS_SHORT_PUTS);
  }

  static HedgeConfig config(final GreeksSource source) {
    return config(DealerConvention.LONG_CALLS_SHORT_PUTS, RATE, 20, source, List.of(), List.of());
  }

  static HedgeConfig config(final DealerConvention convention) {
    return config(convention, RATE, 20, GreeksSource.COMPUTED, List.of(), List.of());
  }

  static HedgeConfig config(
      final DealerConvention convention,
      final double rate,
      final int zeroGammaSteps,
      final GreeksSource source,
      final List<DealerBucket> buckets,
      final List<RelatedUnderlying> related) {
    return new HedgeConfig(
        convention,
        rate,
        0.0,
        1.0,
        7,
        0.05,
        900,
        300,
        4,
        0.75,
        0.5,
        0.15,
        0.7,
        0.25,
        0.5,
        0.01,
        0.1,
        2.0,
        0.3,
        0.3,
        0.6,
        0.01,
        0.35,
        0.1,
        zeroGammaSteps,
        60,
        source,
        0.01,
        buckets,
        "VIX",
        related);
  }

  /** An option; returns its id. */
  int option(final double strike, final double days, final boolean call, final OptionStyle style) {
    return optionOn(UNDERLYING, strike, START + (long) (days * DAY), call, style);
  }

  int optionAt(final double strike, final long expiry, final boolean call) {
    return optionOn(UNDERLYING, strike, expiry, call, OptionStyle.AMERICAN);
  }

  private int define(
      final int underlying,
      final double strike,
      final long expiry,
      final OptionRight right,
      final OptionStyle style,
      final String symbol,
      final InstrumentKind kind) {
    final int id = ++defined;
    definition
        .wrapAndApplyHeader(buffer, 0, headerEncoder)
        .eventTime(now)
        .instrumentId(id)
        .underlyingId(underlying)
        .kind(kind)
        .right(right)
        .style(style)
        .settlement(Settlement.CASH)
        .tier(Tier.CORE)
        .correlationGroup((short) 0)
        .liquidityBucket((short) 0)
        .tickSize(Fixed.ONE / 100)
        .lotSize(Fixed.ONE)
        .minNotional(0)
        .multiplier(underlying == 0 ? Fixed.ONE : 100 * Fixed.ONE)
        .strike(underlying == 0 ? Fixed.NONE : Fixed.fromDouble(strike))
        .expiry(expiry)
        .sessionOpen(0)
        .sessionClose(0)
        .currency("USD")
        .symbol(symbol);
    market.advance(now);
    market.onInstrument(definitionIn.wrapAndApplyHeader(buffer, 0, header));
    return id;
  }

  void at(final long time) {
    now = time;
    market.advance(time);
  }

  void spot(final double bid, final double ask) {
    spotOf(UNDERLYING, bid, ask);
  }

  void spotOf(final int underlying, final double bid, final double ask) {
    quote
        .wrapAndApplyHeader(buffer, 0, headerEncoder)
        .eventTime(now)
        .instrumentId(underlying)
        .bid(Fixed.fromDouble(bid))
        .bidSize(Fixed.ONE)
        .ask(Fixed.fromDouble(ask))
        .askSize(Fixed.ONE);
    market.advance(now);
    require(market.onQuote(quoteIn.wrapAndApplyHeader(buffer, 0, header), out));
  }

  void spot(final double price) {
    spot(price - 0.01, price + 0.01);
  }

  /** A quote; NaN = that side is missing. */
  void quote(final int option, final double bid, final double ask) {
    quoteFixed(
        option,
        Double.isNaN(bid) ? Fixed.NONE : Fixed.fromDouble(bid),
        Double.isNaN(ask) ? Fixed.NONE : Fixed.fromDouble(ask));
  }

  void quoteFixed(final int option, final long bid, final long ask) {
    optionQuote
        .wrapAndApplyHeader(buffer, 0, headerEncoder)
        .eventTime(now)
        .instrumentId(option)
        .bid(bid)
        .bidSize(Fixed.ONE)
        .ask(ask)
        .askSize(Fixed.ONE);
    market.advance(now);
    require(market.onOptionQuote(optionQuoteIn.wrapAndApplyHeader(buffer, 0, header), out));
    engine.onOptionQuote(market.instruments().underlying(option), market.row(option));
  }

  void openInterest(final int option, final long contracts) {
    interest
        .wrapAndApplyHeader(buffer, 0, headerEncoder)
        .eventTime(now)
        .instrumentId(option)
        .openInterest(contracts);
    market.advance(now);
    require(market.onOpenInterest(interestIn.wrapAndApplyHeader(buffer, 0, header), out));
    engine.onOpenInterest(market.instruments().underlying(option), market.row(option));
  }

  /** Greeks of a vendor: iv, delta, gamma, vega, theta, vanna, charm; NaN = not given. */
  void vendor(final int option, final double... given) {
    require(offerVendor(option, given));
    engine.onVendorGreeks(market.instruments().underlying(option), market.row(option));
  }

  DataFault offerVendor(final int option, final double... given) {
    vendorGreeks
        .wrapAndApplyHeader(buffer, 0, headerEncoder)
        .eventTime(now)
        .instrumentId(option)
        .iv(given[0])
        .delta(given[1])
        .gamma(given[2])
        .vega(given[3])
        .theta(given[4])
        .vanna(given[5])
        .charm(given[6]);
    market.advance(now);
    return market.onVendorGreeks(vendorGreeksIn.wrapAndApplyHeader(buffer, 0, header), out);
  }

  private static void require(final DataFault fault) {
    if (fault != DataFault.NONE) {
      throw new IllegalStateException("refused: " + fault);
    }
  }

  /** Quotes an option a cent or so around its European value at a volatility. */
  void quoteAtVol(final int option, final double forward, final double vol, final double spread) {
    final double price = price(option, forward, vol);
    quote(option, Math.max(0.0, price - spread / 2), Math.max(0.0, price - spread / 2) + spread);
  }

  /** European value by the kernels, discounted at the configured rate. */
  double price(final int option, final double forward, final double vol) {
    final int row = market.row(option);
    final var chain = market.chain(market.instruments().underlying(option));
    final double tau = (chain.expiries()[row] - now) / (365.0 * DAY);
    final double[] price = new double[1];
    kernels.blackPrice(
        new double[] {forward},
        new double[] {chain.strikes()[row]},
        new double[] {tau},
        new double[] {vol},
        new double[] {StrictMath.exp(-rate * tau)},
        new double[] {chain.calls()[row] ? 1.0 : -1.0},
        price,
        new byte[] {VolFlag.OK},
        0,
        1);
    return price[0];
  }

  /** Evaluates now; results are in the fields. */
  Desk evaluate() {
    return evaluate(UNDERLYING);
  }

  /** Evaluates an underlying now. */
  Desk evaluate(final int underlying) {
    market.advance(now);
    out.reset(1, now);
    final int index = engine.evaluate(underlying, now, out);
    out.read(index, output);
    regime = output.regime();
    confidence = output.confidence();
    features.clear();
    features.load(output);
    return this;
  }

  double feature(final Feature feature) {
    if (!features.has(feature)) {
      throw new AssertionError(feature + " is not there");
    }
    return features.get(feature);
  }

  boolean has(final Feature feature) {
    return features.has(feature);
  }

  io.millrace.codecs.QualityDecoder quality() {
    return output.quality();
  }

  /** The bytes of the last output. */
  byte[] bytes() {
    final byte[] bytes = new byte[out.length()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }
}
