package io.millrace.core.market;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.BarEncoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Speaks to a market as a feed would, in plain numbers. Every message must be accepted; the decoder
 * of the last one is at hand for the engines.
 */
public final class MarketScript {
  private static final long HOUR = 3_600_000_000_000L;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
  private final Outputs outputs = new Outputs();
  private final InstrumentDefinitionEncoder definitionEncoder = new InstrumentDefinitionEncoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final QuoteEncoder quoteEncoder = new QuoteEncoder();
  private final QuoteDecoder quote = new QuoteDecoder();
  private final OptionQuoteEncoder optionQuoteEncoder = new OptionQuoteEncoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final TradeEncoder tradeEncoder = new TradeEncoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final BarEncoder barEncoder = new BarEncoder();
  private final BarDecoder bar = new BarDecoder();
  private final Market market =
      new Market(MarketLimits.withoutConfirmation(HOUR, 0, 1_000_000_000L, 0));
  private int last;

  /** The market that listens. */
  public Market market() {
    return market;
  }

  /** Where alerts and engine outputs go. */
  public Outputs outputs() {
    return outputs;
  }

  /** Defines a share; session 0 to 0 = always open. */
  public int equity(final long open, final long close) {
    return define(0, OptionRight.NONE, 1, 0, 0, open, close);
  }

  /** Defines an option of 100 units. */
  public int option(
      final int underlyingId, final OptionRight right, final double strike, final long expiry) {
    return define(underlyingId, right, 100, strike, expiry, 0, 0);
  }

  /** Gives an instrument the session of another day. */
  public void session(final int id, final long open, final long close) {
    write(id, 0, OptionRight.NONE, 1, 0, 0, open, close);
  }

  private int define(
      final int underlyingId,
      final OptionRight right,
      final double multiplier,
      final double strike,
      final long expiry,
      final long open,
      final long close) {
    write(++last, underlyingId, right, multiplier, strike, expiry, open, close);
    return last;
  }

  private void write(
      final int id,
      final int underlyingId,
      final OptionRight right,
      final double multiplier,
      final double strike,
      final long expiry,
      final long open,
      final long close) {
    final boolean option = right != OptionRight.NONE;
    definitionEncoder
        .wrap(buffer, 0)
        .eventTime(0)
        .instrumentId(id)
        .underlyingId(underlyingId)
        .kind(option ? InstrumentKind.OPTION : InstrumentKind.EQUITY)
        .right(right)
        .style(option ? OptionStyle.AMERICAN : OptionStyle.NONE)
        .settlement(Settlement.PHYSICAL)
        .tier(Tier.CORE)
        .liquidityBucket((short) 0)
        .correlationGroup(0)
        .tickSize(Fixed.fromDouble(0.01))
        .lotSize(Fixed.ONE)
        .minNotional(0)
        .multiplier(Fixed.fromDouble(multiplier))
        .strike(option ? Fixed.fromDouble(strike) : Fixed.NONE)
        .expiry(expiry)
        .sessionOpen(open)
        .sessionClose(close)
        .currency("USD")
        .symbol("S" + id);
    definition.wrap(
        buffer, 0, InstrumentDefinitionEncoder.BLOCK_LENGTH, definitionEncoder.sbeSchemaVersion());
    market.onInstrument(definition);
  }

  /** A touch; a side of price 0 or below is missing. */
  public void quote(
      final int id,
      final long time,
      final double bid,
      final double bidSize,
      final double ask,
      final double askSize) {
    market.advance(time);
    if (market.instruments().option(id)) {
      optionQuoteEncoder
          .wrap(buffer, 0)
          .eventTime(time)
          .instrumentId(id)
          .bid(side(bid))
          .bidSize(Fixed.fromDouble(bidSize))
          .ask(side(ask))
          .askSize(Fixed.fromDouble(askSize));
      optionQuote.wrap(
          buffer, 0, OptionQuoteEncoder.BLOCK_LENGTH, optionQuoteEncoder.sbeSchemaVersion());
      accepted(market.onOptionQuote(optionQuote, outputs));
    } else {
      quoteEncoder
          .wrap(buffer, 0)
          .eventTime(time)
          .instrumentId(id)
          .bid(side(bid))
          .bidSize(Fixed.fromDouble(bidSize))
          .ask(side(ask))
          .askSize(Fixed.fromDouble(askSize));
      quote.wrap(buffer, 0, QuoteEncoder.BLOCK_LENGTH, quoteEncoder.sbeSchemaVersion());
      accepted(market.onQuote(quote, outputs));
    }
  }

  private static long side(final double price) {
    return price > 0 ? Fixed.fromDouble(price) : Fixed.NONE;
  }

  /** A print. */
  public TradeDecoder trade(
      final int id, final long time, final double price, final double size, final Side aggressor) {
    tradeEncoder
        .wrap(buffer, 0)
        .eventTime(time)
        .instrumentId(id)
        .price(Fixed.fromDouble(price))
        .size(Fixed.fromDouble(size))
        .aggressor(aggressor)
        .condition(0);
    trade.wrap(buffer, 0, TradeEncoder.BLOCK_LENGTH, tradeEncoder.sbeSchemaVersion());
    market.advance(time);
    accepted(market.onTrade(trade, outputs));
    return trade;
  }

  /** A bar that ends at {@code end}. */
  public BarDecoder bar(
      final int id,
      final long end,
      final long interval,
      final double open,
      final double high,
      final double low,
      final double close,
      final double volume) {
    barEncoder
        .wrap(buffer, 0)
        .eventTime(end)
        .instrumentId(id)
        .interval(interval)
        .open(Fixed.fromDouble(open))
        .high(Fixed.fromDouble(high))
        .low(Fixed.fromDouble(low))
        .close(Fixed.fromDouble(close))
        .volume(Fixed.fromDouble(volume));
    bar.wrap(buffer, 0, BarEncoder.BLOCK_LENGTH, barEncoder.sbeSchemaVersion());
    market.advance(end);
    accepted(market.onBar(bar, outputs));
    return bar;
  }

  private static void accepted(final DataFault fault) {
    if (fault != DataFault.NONE) {
      throw new AssertionError("the market refused the script: " + fault);
    }
  }
}
