package io.millrace.core.market;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.BarEncoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OpenInterestEncoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.OptionQuoteEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.codecs.Tier;
import io.millrace.codecs.TradeDecoder;
import io.millrace.codecs.TradeEncoder;
import io.millrace.core.slot.Outputs;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A feed that may say anything, wrong things too, and hears what the market makes of it. */
final class Wire {
  static final long SECOND = 1_000_000_000L;
  static final long OPEN = 1_450_967_400L * SECOND;

  final Market market;
  final Outputs outputs = new Outputs();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
  private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
  private long time = OPEN;

  Wire(final MarketLimits limits) {
    market = new Market(limits);
    outputs.reset(1, time);
  }

  /** A market that refuses what is over a minute old and moves of ten times. */
  static Wire usual() {
    return new Wire(MarketLimits.withoutConfirmation(60 * SECOND, 10, SECOND, 0));
  }

  /** Event time of what follows. */
  Wire at(final long newTime) {
    time = newTime;
    market.advance(time);
    return this;
  }

  /** A definition to be changed before {@link #define}. */
  InstrumentDefinitionEncoder stock(final int id, final String symbol) {
    return definition
        .wrap(buffer, 0)
        .eventTime(time)
        .instrumentId(id)
        .underlyingId(0)
        .kind(InstrumentKind.EQUITY)
        .right(OptionRight.NONE)
        .style(OptionStyle.NONE)
        .settlement(Settlement.PHYSICAL)
        .tier(Tier.CORE)
        .liquidityBucket((short) 0)
        .correlationGroup(0)
        .tickSize(Fixed.ONE / 100)
        .lotSize(Fixed.ONE)
        .minNotional(0)
        .multiplier(Fixed.ONE)
        .strike(Fixed.NONE)
        .expiry(0)
        .sessionOpen(0)
        .sessionClose(0)
        .currency("USD")
        .symbol(symbol);
  }

  InstrumentDefinitionEncoder option(
      final int id,
      final int underlying,
      final OptionRight right,
      final long strike,
      final long expiry) {
    return stock(id, "O" + id)
        .underlyingId(underlying)
        .kind(InstrumentKind.OPTION)
        .right(right)
        .style(OptionStyle.AMERICAN)
        .multiplier(100 * Fixed.ONE)
        .strike(strike)
        .expiry(expiry);
  }

  /** Sends the definition at hand. */
  void define() {
    final InstrumentDefinitionDecoder decoder = new InstrumentDefinitionDecoder();
    decoder.wrap(
        buffer, 0, InstrumentDefinitionEncoder.BLOCK_LENGTH, definition.sbeSchemaVersion());
    market.onInstrument(decoder);
  }

  DataFault quote(
      final int id, final long bid, final long bidSize, final long ask, final long askSize) {
    final QuoteEncoder encoder = new QuoteEncoder();
    encoder.wrap(buffer, 0).eventTime(time).instrumentId(id);
    encoder.bid(bid).bidSize(bidSize).ask(ask).askSize(askSize);
    final QuoteDecoder decoder = new QuoteDecoder();
    return market.onQuote(
        decoder.wrap(buffer, 0, QuoteEncoder.BLOCK_LENGTH, encoder.sbeSchemaVersion()), outputs);
  }

  DataFault optionQuote(final int id, final long bid, final long ask) {
    final OptionQuoteEncoder encoder = new OptionQuoteEncoder();
    encoder.wrap(buffer, 0).eventTime(time).instrumentId(id);
    encoder.bid(bid).bidSize(Fixed.ONE).ask(ask).askSize(Fixed.ONE);
    final OptionQuoteDecoder decoder = new OptionQuoteDecoder();
    return market.onOptionQuote(
        decoder.wrap(buffer, 0, OptionQuoteEncoder.BLOCK_LENGTH, encoder.sbeSchemaVersion()),
        outputs);
  }

  DataFault trade(final int id, final long price, final long size) {
    final TradeEncoder encoder = new TradeEncoder();
    encoder.wrap(buffer, 0).eventTime(time).instrumentId(id);
    encoder.price(price).size(size).aggressor(Side.NONE).condition(0);
    final TradeDecoder decoder = new TradeDecoder();
    return market.onTrade(
        decoder.wrap(buffer, 0, TradeEncoder.BLOCK_LENGTH, encoder.sbeSchemaVersion()), outputs);
  }

  DataFault bar(final int id, final long open, final long high, final long low, final long close) {
    return bar(id, open, high, low, close, Fixed.ONE);
  }

  DataFault bar(
      final int id,
      final long open,
      final long high,
      final long low,
      final long close,
      final long volume) {
    final BarEncoder encoder = new BarEncoder();
    encoder.wrap(buffer, 0).eventTime(time).instrumentId(id).interval(60 * SECOND);
    encoder.open(open).high(high).low(low).close(close).volume(volume);
    final BarDecoder decoder = new BarDecoder();
    return market.onBar(
        decoder.wrap(buffer, 0, BarEncoder.BLOCK_LENGTH, encoder.sbeSchemaVersion()), outputs);
  }

  DataFault openInterest(final int id, final long contracts) {
    final OpenInterestEncoder encoder = new OpenInterestEncoder();
    encoder.wrap(buffer, 0).eventTime(time).instrumentId(id).openInterest(contracts);
    final OpenInterestDecoder decoder = new OpenInterestDecoder();
    return market.onOpenInterest(
        decoder.wrap(buffer, 0, OpenInterestEncoder.BLOCK_LENGTH, encoder.sbeSchemaVersion()),
        outputs);
  }

  /** Alerts so far: {@code CODE instrument FAULT}. */
  List<String> alerts() {
    final List<String> alerts = new ArrayList<>();
    final AlertDecoder alert = new AlertDecoder();
    for (int i = 0; i < outputs.count(); i++) {
      outputs.read(i, alert);
      final AlertCode code = alert.code();
      alerts.add(code + " " + alert.instrumentId() + " " + alert.fault());
    }
    return alerts;
  }

  static long price(final double value) {
    return Fixed.fromDouble(value);
  }
}
