package io.millrace.bench;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.gateways.recorded.EventSource;
import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.Selection;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The days of a selection over and over, each time from the files, opened and checked anew, and
 * each time later by as many days: as many events as wanted from few files.
 */
final class RepeatedDays implements EventSource {
  private final Selection selection;
  private final long span;
  private final UnsafeBuffer copy = new UnsafeBuffer(new byte[256]);
  private CuratedReader reader;
  private long shift;
  private long left;

  /**
   * @param span event time of all days, nanoseconds
   * @param events to give
   */
  RepeatedDays(final Selection selection, final long span, final long events) {
    this.selection = selection;
    this.span = span;
    left = events;
    reader = CuratedReader.open(selection);
  }

  @Override
  public boolean next() {
    if (left-- == 0) {
      return false;
    }
    if (!reader.next()) {
      reader.close();
      reader = CuratedReader.open(selection);
      shift += span;
      reader.next();
    }
    copy.putBytes(0, reader.buffer(), reader.offset(), reader.length());
    copy.putLong(MessageHeaderDecoder.ENCODED_LENGTH, eventTime(), ByteOrder.LITTLE_ENDIAN);
    return true;
  }

  @Override
  public long eventTime() {
    return reader.eventTime() + shift;
  }

  @Override
  public DirectBuffer buffer() {
    return copy;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return reader.length();
  }

  @Override
  public void close() {
    reader.close();
  }
}
