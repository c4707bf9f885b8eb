package io.millrace.runtime.publish;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What positions are worth at an input: the market stage once more over the input journal of a run
 * (and of the runs it goes on from), no further than asked. Prices follow the portfolio's rule.
 */
final class Marks implements AutoCloseable {
  private final List<JournalReader> readers = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final Market market;
  private final MarkRule rule;
  private final Slot slot = new Slot();
  private final QuoteDecoder quote = new QuoteDecoder();
  private final DepthUpdateDecoder depth = new DepthUpdateDecoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final BarDecoder bar = new BarDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private int at;
  private boolean ahead;

  /**
   * @param runs a run, and before it those that it goes on from, the first one first
   * @param limits of the market stage
   * @param rule of the portfolio
   */
  Marks(final List<RunDirectory> runs, final MarketLimits limits, final MarkRule rule) {
    market = new Market(limits);
    this.rule = rule;
    for (int generation = 0; generation < runs.size(); generation++) {
      readers.add(JournalReader.open(runs.get(generation).input()));
      ends.add(
          generation == runs.size() - 1
              ? Long.MAX_VALUE
              : Manifest.read(runs.get(generation + 1)).previous().inputs());
    }
  }

  /** Takes the inputs of the run up to and with a sequence. */
  void advance(final long sequence) {
    while (at < readers.size()) {
      final boolean last = at == readers.size() - 1;
      final JournalReader reader = readers.get(at);
      if (!ahead && !reader.next()) {
        if (last) {
          return;
        }
        at++;
        continue;
      }
      ahead = reader.sequence() > (last ? sequence : ends.get(at));
      if (!ahead) {
        take(reader);
      } else if (last) {
        return;
      } else {
        ahead = false;
        at++;
      }
    }
  }

  private void take(final JournalReader reader) {
    slot.wrap(reader.sequence(), 0, reader.buffer(), reader.offset(), reader.length());
    market.advance(slot.eventTime());
    switch (slot.templateId()) {
      case InstrumentDefinitionDecoder.TEMPLATE_ID ->
          market.onInstrument(definition.wrapAndApplyHeader(slot.input(), 0, slot.header()));
      case QuoteDecoder.TEMPLATE_ID ->
          market.onQuote(quote.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
      case DepthUpdateDecoder.TEMPLATE_ID ->
          market.onDepth(depth.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
      case OptionQuoteDecoder.TEMPLATE_ID ->
          market.onOptionQuote(
              optionQuote.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
      case TradeDecoder.TEMPLATE_ID ->
          market.onTrade(trade.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
      case BarDecoder.TEMPLATE_ID ->
          market.onBar(bar.wrapAndApplyHeader(slot.input(), 0, slot.header()), slot.outputs());
      default -> {}
    }
  }

  /** Price that a position is valued by, 1e-8; {@link Fixed#NONE} where there is none now. */
  long mark(final int id, final long quantity) {
    return rule.price(market.instruments(), market.books(), id, quantity, Fixed.NONE);
  }

  /** What a position has gained at a mark since it was entered at an average price, 1e-8. */
  long gain(final int id, final long quantity, final long averagePrice, final long mark) {
    final long units = Fixed.mul(quantity, market.instruments().multiplier(id));
    final long change = Math.subtractExact(mark, averagePrice);
    return market.instruments().inverse(id)
        ? Fixed.mulDiv(units, change, averagePrice)
        : Fixed.mul(units, change);
  }

  @Override
  public void close() {
    readers.forEach(JournalReader::close);
  }
}
