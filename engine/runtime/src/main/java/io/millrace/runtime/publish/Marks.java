package io.millrace.runtime.publish;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * What positions are worth at an input: the market stage once more over the input journal of a run
 * (and of the runs it goes on from), no further than asked. Prices follow the portfolio's rule: an
 * option without a bid is worth 0 when held and its ask when owed.
 */
final class Marks implements AutoCloseable {
  private final List<JournalReader> readers = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final Market market;
  private final Slot slot = new Slot();
  private final QuoteDecoder quote = new QuoteDecoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final BarDecoder bar = new BarDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private int at;
  private boolean ahead;

  Marks(final RunDirectory run, final MarketLimits limits) {
    market = new Market(limits);
    RunDirectory from = run;
    long end = Long.MAX_VALUE;
    while (true) {
      readers.add(0, JournalReader.open(from.input()));
      ends.add(0, end);
      final Manifest.Previous previous = Manifest.read(from).previous();
      if (previous == null) {
        return;
      }
      end = previous.inputs();
      from = RunDirectory.open(from.path().toAbsolutePath().resolveSibling(previous.runId()));
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
    final Books books = market.books();
    if (!market.instruments().option(id)) {
      return books.mark(id);
    }
    final long bid = books.bid(id);
    final long ask = books.ask(id);
    if (ask == Fixed.NONE || ask <= 0) {
      return Fixed.NONE;
    }
    if (bid == Fixed.NONE || bid <= 0) {
      return quantity > 0 ? 0 : ask;
    }
    return books.regular(id) ? books.mid(id) : Fixed.NONE;
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
