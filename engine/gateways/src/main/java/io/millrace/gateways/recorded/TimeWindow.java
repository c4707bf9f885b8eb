package io.millrace.gateways.recorded;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * Only what happens after one instant and up to another, that one included: windows that follow one
 * another have each event once. Definitions from before pass, since what comes later needs them;
 * nothing at all passes from beyond the end.
 */
public final class TimeWindow implements EventSource {
  private final EventSource source;
  private final long after;
  private final long until;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  /**
   * @param source closed with this
   * @param after event time, nanoseconds; excluded
   * @param until event time, nanoseconds; included
   */
  public TimeWindow(final EventSource source, final long after, final long until) {
    this.source = source;
    this.after = after;
    this.until = until;
  }

  @Override
  public boolean next() {
    while (source.next()) {
      if (source.eventTime() > until) {
        return false; // times never go back
      }
      if (source.eventTime() > after
          || header.wrap(source.buffer(), source.offset()).templateId()
              == InstrumentDefinitionDecoder.TEMPLATE_ID) {
        return true;
      }
    }
    return false;
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
