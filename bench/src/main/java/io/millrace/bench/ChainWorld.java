package io.millrace.bench;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.core.engines.hedge.HedgeEngine;
import io.millrace.core.market.Market;
import io.millrace.core.slot.Outputs;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

/** The market and the hedge engine with the real chain as it stood at noon of the sample day. */
final class ChainWorld {
  private static final double NOON = 0.5;

  final Config config = ConfigLoader.load(null, List.of()).config();
  final Outputs out = new Outputs();
  private final SampleDay day = SampleDay.load();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final QuoteDecoder quote = new QuoteDecoder();
  private final BarDecoder bar = new BarDecoder();
  private final OpenInterestDecoder interest = new OpenInterestDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer(256);
  private final int first;
  private final int firstEnd;
  private final int second;
  private final int secondEnd;
  final Market market;
  final HedgeEngine engine;
  long now;
  int underlying;
  private final ExpandableArrayBuffer minute = new ExpandableArrayBuffer();
  private int[] minuteQuotes = {};
  private int nextQuote;
  private boolean later;
  private boolean up;

  ChainWorld() {
    first = day.minuteAt(NOON);
    firstEnd = day.endOfMinute(first);
    second = day.nextMinute(first);
    secondEnd = day.endOfMinute(second);
    market = new Market(config.market());
    engine = new HedgeEngine(config.hedge(), market);
    for (int i = 0; i < second; i++) {
      feed(i, day.eventTime(i));
    }
    now = day.eventTime(second);
    evaluate();
  }

  private void feed(final int index, final long time) {
    copy.putBytes(0, day.bytes(), day.offset(index), day.length(index));
    copy.putLong(MessageHeaderDecoder.ENCODED_LENGTH, time, ByteOrder.LITTLE_ENDIAN);
    market.advance(time);
    switch (day.templateId(index)) {
      case InstrumentDefinitionDecoder.TEMPLATE_ID -> {
        definition.wrapAndApplyHeader(copy, 0, header);
        market.onInstrument(definition);
        if (market.instruments().option(definition.instrumentId())) {
          underlying = definition.underlyingId();
        }
      }
      case OptionQuoteDecoder.TEMPLATE_ID -> {
        optionQuote.wrapAndApplyHeader(copy, 0, header);
        if (market.onOptionQuote(optionQuote, out) == DataFault.NONE) {
          engine.onOptionQuote(underlying, market.row(optionQuote.instrumentId()));
        }
      }
      case QuoteDecoder.TEMPLATE_ID ->
          market.onQuote(quote.wrapAndApplyHeader(copy, 0, header), out);
      case BarDecoder.TEMPLATE_ID -> market.onBar(bar.wrapAndApplyHeader(copy, 0, header), out);
      case OpenInterestDecoder.TEMPLATE_ID -> {
        interest.wrapAndApplyHeader(copy, 0, header);
        if (market.onOpenInterest(interest, out) == DataFault.NONE) {
          engine.onOpenInterest(underlying, market.row(interest.instrumentId()));
        }
      }
      default -> {
        return;
      }
    }
  }

  /** Quotes of one real minute, then of the next, in turns, at the event time at hand. */
  int changeQuotes() {
    int fed = 0;
    final int from = later ? second : first;
    final int to = later ? secondEnd : firstEnd;
    for (int i = from; i < to; i++) {
      feed(i, now);
      fed++;
    }
    later = !later;
    return fed;
  }

  /** Option quotes of one real minute, at the event time at hand, ready for {@link #takeQuote}. */
  void layOutQuotes() {
    final IntArrayList offsets = new IntArrayList();
    int end = 0;
    for (int i = first; i < firstEnd; i++) {
      if (day.templateId(i) == OptionQuoteDecoder.TEMPLATE_ID) {
        minute.putBytes(end, day.bytes(), day.offset(i), day.length(i));
        minute.putLong(end + MessageHeaderDecoder.ENCODED_LENGTH, now, ByteOrder.LITTLE_ENDIAN);
        offsets.addInt(end);
        end += day.length(i);
      }
    }
    minuteQuotes = offsets.toIntArray();
    if (minuteQuotes.length == 0) {
      throw new IllegalStateException("the sample day has no option quotes at its noon");
    }
    nextQuote = 0;
  }

  /** Market and hedge engine take the next of them, over and over; whether it was accepted. */
  boolean takeQuote() {
    optionQuote.wrapAndApplyHeader(minute, minuteQuotes[nextQuote], header);
    nextQuote = nextQuote + 1 == minuteQuotes.length ? 0 : nextQuote + 1;
    if (market.onOptionQuote(optionQuote, out) != DataFault.NONE) {
      return false;
    }
    engine.onOptionQuote(underlying, market.row(optionQuote.instrumentId()));
    return true;
  }

  /** Moves the touch of the underlying by 0.05 %, up and down in turns. */
  void moveSpot() {
    final long mid = market.books().mark(underlying);
    final long to = up ? mid / 10_000 * 10_005 : mid / 10_005 * 10_000;
    up = !up;
    final QuoteEncoder encoder = new QuoteEncoder();
    encoder
        .wrapAndApplyHeader(copy, 0, new io.millrace.codecs.MessageHeaderEncoder())
        .eventTime(now)
        .instrumentId(underlying)
        .bid(to - 1_000_000)
        .bidSize(100_00000000L)
        .ask(to + 1_000_000)
        .askSize(100_00000000L);
    market.onQuote(quote.wrapAndApplyHeader(copy, 0, header), out);
  }

  int evaluate() {
    out.reset(1, now);
    return engine.evaluate(underlying, now, out);
  }

  void pass(final long nanos) {
    now += nanos;
    market.advance(now);
  }
}
