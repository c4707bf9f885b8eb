package io.millrace.tools.data;

import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.NewsEncoder;
import io.millrace.gateways.recorded.EventSource;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Market data with headlines between its events, after those of the same instant. A headline goes
 * out once its instrument is defined and while there is market data; others are left out and
 * counted.
 */
public final class WithNews implements EventSource {
  private static final int BUFFER_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH
          + NewsEncoder.BLOCK_LENGTH
          + NewsEncoder.headlineHeaderLength()
          + NewsFile.MAX_HEADLINE_BYTES;

  private final CuratedReader market;
  private final List<NewsFile.Row> rows;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_BYTES]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final NewsEncoder news = new NewsEncoder();
  private int nextRow;
  private int defined;
  private int given;
  private boolean begun;
  private boolean more;
  private boolean atNews;
  private int length;

  /**
   * @param market closed with this
   * @param rows in order of time
   */
  public WithNews(final CuratedReader market, final List<NewsFile.Row> rows) {
    this.market = market;
    this.rows = List.copyOf(rows);
  }

  @Override
  public boolean next() {
    // The market's event at hand is the one that the headlines before it wait for.
    if (!begun || !atNews) {
      defined = market.instruments();
      more = market.next();
      begun = true;
    }
    atNews = more && headline();
    return more;
  }

  /** Encodes the next headline that is due before the market's event at hand, if there is one. */
  private boolean headline() {
    while (nextRow < rows.size() && rows.get(nextRow).time() < market.eventTime()) {
      final NewsFile.Row row = rows.get(nextRow++);
      final int id = market.id(row.symbol());
      if (id != 0 && id <= defined) {
        news.wrapAndApplyHeader(buffer, 0, header)
            .eventTime(row.time())
            .instrumentId(id)
            .source(row.source())
            .headline(row.headline());
        length = MessageHeaderEncoder.ENCODED_LENGTH + news.encodedLength();
        given++;
        return true;
      }
    }
    return false;
  }

  /** Headlines that went out so far. */
  public int given() {
    return given;
  }

  @Override
  public long eventTime() {
    return atNews ? rows.get(nextRow - 1).time() : market.eventTime();
  }

  @Override
  public DirectBuffer buffer() {
    return atNews ? buffer : market.buffer();
  }

  @Override
  public int offset() {
    return atNews ? 0 : market.offset();
  }

  @Override
  public int length() {
    return atNews ? length : market.length();
  }

  @Override
  public void close() {
    market.close();
  }
}
