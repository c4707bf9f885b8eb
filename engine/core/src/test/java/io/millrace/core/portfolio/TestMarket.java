package io.millrace.core.portfolio;

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
import io.millrace.codecs.Tier;
import io.millrace.codecs.TradeDecoder;
import io.millrace.codecs.TradeEncoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.slot.Outputs;
import org.agrona.concurrent.UnsafeBuffer;

/** A market for tests, fed by real messages. Prices and quantities are plain numbers here. */
public final class TestMarket {
  public static final long SECOND = 1_000_000_000L;

  /** 2015-12-24T15:00:00Z. */
  public static final long T0 = 1_450_969_200L * SECOND;

  private static final int BLOCK = 512;

  public final Market market =
      new Market(MarketLimits.withoutConfirmation(3_600 * SECOND, 0, SECOND, 0));
  public final Outputs outputs = new Outputs();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BLOCK]);
  private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
  private final InstrumentDefinitionDecoder definitionDecoder = new InstrumentDefinitionDecoder();
  private final QuoteEncoder quote = new QuoteEncoder();
  private final QuoteDecoder quoteDecoder = new QuoteDecoder();
  private final OptionQuoteEncoder optionQuote = new OptionQuoteEncoder();
  private final OptionQuoteDecoder optionQuoteDecoder = new OptionQuoteDecoder();
  private final TradeEncoder trade = new TradeEncoder();
  private final TradeDecoder tradeDecoder = new TradeDecoder();
  private int last;
  public long now = T0;

  /** As fixed point. */
  public static long fx(final double value) {
    return Fixed.fromDouble(value);
  }

  private InstrumentDefinitionEncoder begin(final String symbol) {
    buffer.setMemory(0, BLOCK, (byte) 0);
    return definition
        .wrap(buffer, 0)
        .eventTime(now)
        .instrumentId(++last)
        .kind(InstrumentKind.EQUITY)
        .right(OptionRight.NONE)
        .style(OptionStyle.NONE)
        .settlement(Settlement.PHYSICAL)
        .tier(Tier.CORE)
        .tickSize(fx(0.01))
        .lotSize(Fixed.ONE)
        .multiplier(Fixed.ONE)
        .strike(Fixed.NONE)
        .sessionOpen(T0 - 3_600 * SECOND)
        .sessionClose(T0 + 7_200 * SECOND)
        .currency("USD")
        .symbol(symbol);
  }

  private int commit() {
    definitionDecoder.wrap(
        buffer,
        0,
        InstrumentDefinitionEncoder.BLOCK_LENGTH,
        InstrumentDefinitionEncoder.SCHEMA_VERSION);
    market.onInstrument(definitionDecoder);
    return last;
  }

  public int stock(final String symbol) {
    begin(symbol);
    return commit();
  }

  public int stock(final String symbol, final Tier tier, final int bucket, final double least) {
    begin(symbol).tier(tier).liquidityBucket((short) bucket).minNotional(fx(least));
    return commit();
  }

  public int index(final String symbol) {
    begin(symbol).kind(InstrumentKind.INDEX);
    return commit();
  }

  /** In lots of 0.001 units, ticks of 0.5, multiplier as given; open round the clock. */
  public int coin(final String symbol, final double multiplier) {
    begin(symbol)
        .kind(InstrumentKind.PERPETUAL)
        .tickSize(fx(0.5))
        .lotSize(fx(0.001))
        .multiplier(fx(multiplier))
        .sessionOpen(0)
        .sessionClose(0);
    return commit();
  }

  /** An inverse perpetual of a face value; open round the clock. */
  public int inverse(final String symbol, final double face) {
    begin(symbol)
        .kind(InstrumentKind.PERPETUAL)
        .settlement(Settlement.COIN)
        .tickSize(fx(0.1))
        .multiplier(fx(face))
        .sessionOpen(0)
        .sessionClose(0);
    return commit();
  }

  public int option(
      final int underlying,
      final OptionRight right,
      final double strike,
      final long expiry,
      final Settlement settlement) {
    return option(underlying, right, strike, 100, expiry, settlement);
  }

  public int option(
      final int underlying,
      final OptionRight right,
      final double strike,
      final long multiplier,
      final long expiry,
      final Settlement settlement) {
    begin("OPT" + (last + 1))
        .kind(InstrumentKind.OPTION)
        .underlyingId(underlying)
        .right(right)
        .style(OptionStyle.AMERICAN)
        .settlement(settlement)
        .strike(fx(strike))
        .expiry(expiry)
        .multiplier(multiplier * Fixed.ONE);
    return commit();
  }

  /** Moves the clock on. */
  public void pass(final long nanos) {
    now += nanos;
    market.advance(now);
  }

  /** Top of book now; NaN = that side is empty. */
  public void quote(final int id, final double bid, final double ask) {
    buffer.setMemory(0, BLOCK, (byte) 0);
    market.advance(now);
    if (market.instruments().option(id)) {
      optionQuote
          .wrap(buffer, 0)
          .eventTime(now)
          .instrumentId(id)
          .bid(side(bid))
          .bidSize(Fixed.ONE)
          .ask(side(ask))
          .askSize(Fixed.ONE);
      optionQuoteDecoder.wrap(
          buffer, 0, OptionQuoteEncoder.BLOCK_LENGTH, OptionQuoteEncoder.SCHEMA_VERSION);
      market.onOptionQuote(optionQuoteDecoder, outputs);
      return;
    }
    quote
        .wrap(buffer, 0)
        .eventTime(now)
        .instrumentId(id)
        .bid(side(bid))
        .bidSize(Fixed.ONE)
        .ask(side(ask))
        .askSize(Fixed.ONE);
    quoteDecoder.wrap(buffer, 0, QuoteEncoder.BLOCK_LENGTH, QuoteEncoder.SCHEMA_VERSION);
    market.onQuote(quoteDecoder, outputs);
  }

  /** A print now. */
  public void trade(final int id, final double price) {
    buffer.setMemory(0, BLOCK, (byte) 0);
    market.advance(now);
    trade.wrap(buffer, 0).eventTime(now).instrumentId(id).price(fx(price)).size(Fixed.ONE);
    tradeDecoder.wrap(buffer, 0, TradeEncoder.BLOCK_LENGTH, TradeEncoder.SCHEMA_VERSION);
    market.onTrade(tradeDecoder, outputs);
  }

  private static long side(final double price) {
    return Double.isNaN(price) ? Fixed.NONE : fx(price);
  }
}
