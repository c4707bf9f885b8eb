package io.millrace.tools.report;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalReader;
import java.util.Arrays;

/**
 * The market as the run saw it: the market stage once more over its inputs, with the volume that
 * traded beside. What the stage refuses is left out here too.
 */
final class Tape {
  private final Market market;
  private final MarkRule rule;
  private final Slot slot = new Slot();
  private final QuoteDecoder quote = new QuoteDecoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final DepthUpdateDecoder depth = new DepthUpdateDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final BarDecoder bar = new BarDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();

  private double[] printed = new double[64];
  private double[] inBars = new double[64];
  private long[] barInterval = new long[64];
  private int touched;
  private long inputs;
  private long marketInputs;

  /**
   * @param limits of the run's data checks
   * @param rule by which the run valued what it held
   */
  Tape(final MarketLimits limits, final MarkRule rule) {
    market = new Market(limits);
    this.rule = rule;
  }

  /**
   * Takes an input.
   *
   * @return whether it was market data that the market stage accepted: {@link #touched} says of
   *     what
   */
  boolean take(final JournalReader reader) {
    slot.wrap(reader.sequence(), 0, reader.buffer(), reader.offset(), reader.length());
    market.advance(slot.eventTime());
    inputs++;
    touched = 0;
    DataFault fault = DataFault.NONE;
    switch (slot.templateId()) {
      case InstrumentDefinitionDecoder.TEMPLATE_ID ->
          market.onInstrument(definition.wrapAndApplyHeader(slot.input(), 0, slot.header()));
      case QuoteDecoder.TEMPLATE_ID -> {
        fault =
            market.onQuote(
                quote.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
        touched = quote.instrumentId();
      }
      case OptionQuoteDecoder.TEMPLATE_ID -> {
        fault =
            market.onOptionQuote(
                optionQuote.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
        touched = optionQuote.instrumentId();
      }
      case DepthUpdateDecoder.TEMPLATE_ID -> {
        fault =
            market.onDepth(
                depth.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
        touched = depth.instrumentId();
      }
      case TradeDecoder.TEMPLATE_ID -> {
        fault =
            market.onTrade(
                trade.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
        touched = trade.instrumentId();
      }
      case BarDecoder.TEMPLATE_ID -> {
        fault =
            market.onBar(bar.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
        touched = bar.instrumentId();
      }
      default -> {}
    }
    if (fault != DataFault.NONE) {
      touched = 0;
    }
    if (touched == 0) {
      return false;
    }
    marketInputs++;
    volume();
    return true;
  }

  /** Bars of the shortest length count; longer ones tell the same volume again. */
  private void volume() {
    if (slot.templateId() == TradeDecoder.TEMPLATE_ID) {
      grow(touched);
      printed[touched] += Fixed.toDouble(trade.size());
    } else if (slot.templateId() == BarDecoder.TEMPLATE_ID) {
      grow(touched);
      if (barInterval[touched] == 0 || bar.interval() <= barInterval[touched]) {
        barInterval[touched] = bar.interval();
        inBars[touched] += Fixed.toDouble(bar.volume());
      }
    }
  }

  private void grow(final int id) {
    if (id >= printed.length) {
      final int size = Math.max(id + 1, printed.length * 2);
      printed = Arrays.copyOf(printed, size);
      inBars = Arrays.copyOf(inBars, size);
      barInterval = Arrays.copyOf(barInterval, size);
    }
  }

  /** Instrument of the last market data. */
  int touched() {
    return touched;
  }

  /** Inputs taken. */
  long inputs() {
    return inputs;
  }

  /** Market data accepted. */
  long marketInputs() {
    return marketInputs;
  }

  /** Event time of the last input, nanoseconds. */
  long time() {
    return slot.eventTime();
  }

  /** Names and terms. */
  Instruments instruments() {
    return market.instruments();
  }

  /** Books and last trades. */
  Books books() {
    return market.books();
  }

  /** Symbol, or the id where there is none. */
  String symbol(final int id) {
    return instruments().defined(id) ? instruments().symbol(id) : "#" + id;
  }

  /** Units of the underlying in one contract, 1e-8. */
  long multiplier(final int id) {
    return instruments().defined(id) ? instruments().multiplier(id) : Fixed.ONE;
  }

  /** Whether it is an inverse contract, whose multiplier is its face value. */
  boolean inverse(final int id) {
    return instruments().defined(id) && instruments().inverse(id);
  }

  /** Units of the underlying that a contract is at a price: of an inverse one, coins. */
  double units(final int id, final double price) {
    final double multiplier = Fixed.toDouble(multiplier(id));
    return inverse(id) ? multiplier / price : multiplier;
  }

  /** The underlying at the root of an instrument, or itself. */
  int root(final int id) {
    return instruments().defined(id) ? instruments().root(id) : id;
  }

  /**
   * Price by which the portfolio values a position now, 1e-8, by its own rule: with marks at the
   * mid an option without a bid is worth its ask when owed, and no more than that when held.
   *
   * @param last mark so far, which it keeps where nothing says better
   */
  long mark(final int id, final long quantity, final long last) {
    if (!instruments().defined(id)) {
      return last;
    }
    final Books books = market.books();
    if (rule == MarkRule.LAST && books.last(id) != Fixed.NONE) {
      return books.last(id);
    }
    if (rule == MarkRule.TOUCH) {
      final long touch = quantity > 0 ? books.bid(id) : books.ask(id);
      if (touch > 0) {
        return touch;
      }
    }
    if (!instruments().option(id)) {
      final long mark = books.mark(id);
      return mark == Fixed.NONE ? last : mark;
    }
    final long ask = books.ask(id);
    if (ask == Fixed.NONE || ask <= 0) {
      return last;
    }
    final long bid = books.bid(id);
    if (bid == Fixed.NONE || bid <= 0) {
      return quantity > 0 && last != Fixed.NONE ? Math.min(last, ask) : ask;
    }
    return books.regular(id) ? books.mid(id) : last;
  }

  /** Middle of a regular book, or the last trade; {@link Fixed#NONE} = neither. */
  long mid(final int id) {
    return instruments().defined(id) ? market.books().mark(id) : Fixed.NONE;
  }

  /** Event time of the newest quote or trade of an instrument, nanoseconds; 0 = none yet. */
  long priceTime(final int id) {
    return instruments().defined(id)
        ? Math.max(market.books().quoteTime(id), market.books().lastTime(id))
        : 0;
  }

  /** Units that traded in the market so far: prints, or bars where there are more in those. */
  double volume(final int id) {
    return id < printed.length ? Math.max(printed[id], inBars[id]) : 0;
  }
}
