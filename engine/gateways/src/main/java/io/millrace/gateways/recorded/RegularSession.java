package io.millrace.gateways.recorded;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.TradeDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Only what happens in the regular session of its instrument: quotes and prints from the open to
 * the close, both included (sampled data is stamped at the end of its interval), and bars that
 * reach into it. Everything that is no market data passes, and so do instruments that are always
 * open.
 */
public final class RegularSession implements EventSource {
  private static final int INITIAL = 1024;

  private final EventSource source;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final QuoteDecoder quote = new QuoteDecoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final BarDecoder bar = new BarDecoder();
  private long[] open = new long[INITIAL];
  private long[] close = new long[INITIAL];

  /**
   * @param source closed with this
   */
  public RegularSession(final EventSource source) {
    this.source = source;
  }

  @Override
  public boolean next() {
    while (source.next()) {
      if (regular()) {
        return true;
      }
    }
    return false;
  }

  private boolean regular() {
    final DirectBuffer buffer = source.buffer();
    final int at = source.offset();
    switch (header.wrap(buffer, at).templateId()) {
      case QuoteDecoder.TEMPLATE_ID -> {
        quote.wrapAndApplyHeader(buffer, at, header);
        return within(quote.instrumentId(), quote.eventTime());
      }
      case OptionQuoteDecoder.TEMPLATE_ID -> {
        optionQuote.wrapAndApplyHeader(buffer, at, header);
        return within(optionQuote.instrumentId(), optionQuote.eventTime());
      }
      case TradeDecoder.TEMPLATE_ID -> {
        trade.wrapAndApplyHeader(buffer, at, header);
        return within(trade.instrumentId(), trade.eventTime());
      }
      case BarDecoder.TEMPLATE_ID -> {
        bar.wrapAndApplyHeader(buffer, at, header);
        final int id = bar.instrumentId();
        return id >= close.length
            || close[id] == 0
            || (bar.eventTime() - bar.interval() < close[id] && bar.eventTime() > open[id]);
      }
      case InstrumentDefinitionDecoder.TEMPLATE_ID -> {
        definition.wrapAndApplyHeader(buffer, at, header);
        define();
        return true;
      }
      default -> {
        return true;
      }
    }
  }

  private boolean within(final int id, final long time) {
    return id >= close.length || close[id] == 0 || (time >= open[id] && time <= close[id]);
  }

  private void define() {
    final int id = definition.instrumentId();
    if (id >= close.length) {
      final int size = Math.max(id + 1, close.length * 2);
      open = Arrays.copyOf(open, size);
      close = Arrays.copyOf(close, size);
    }
    if (id >= 0) {
      open[id] = definition.sessionOpen();
      close[id] = definition.sessionClose();
    }
  }

  @Override
  public long eventTime() {
    return source.eventTime();
  }

  @Override
  public DirectBuffer buffer() {
    return source.buffer();
  }

  @Override
  public int offset() {
    return source.offset();
  }

  @Override
  public int length() {
    return source.length();
  }

  @Override
  public void close() {
    source.close();
  }
}
