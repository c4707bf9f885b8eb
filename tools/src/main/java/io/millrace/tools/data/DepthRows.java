package io.millrace.tools.data;

import io.millrace.codecs.DepthUpdateEncoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.Side;
import io.millrace.tools.data.Selection.DatedFiles;
import java.sql.SQLException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Levels of one symbol's book, gathered into messages: rows of one update are one message, or
 * several when there are more levels than a message holds, of which only the first replaces the
 * book.
 */
final class DepthRows extends EventRows {
  /** Levels of one message, bids and asks together; well below what a journal record holds. */
  static final int MAX_LEVELS = 2_048;

  private static final int UPDATE = 1;
  private static final int SNAPSHOT = 2;
  private static final int SIDE = 3;
  private static final int PRICE = 4;
  private static final int SIZE = 5;
  private static final int BUFFER_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH
          + DepthUpdateEncoder.BLOCK_LENGTH
          + DepthUpdateEncoder.LevelsEncoder.sbeHeaderSize()
          + MAX_LEVELS * DepthUpdateEncoder.LevelsEncoder.sbeBlockLength();

  private final RowCursor rows;
  private final InstrumentIds ids;
  private final int rootIndex;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_BYTES]);
  private final DepthUpdateEncoder encoder = new DepthUpdateEncoder();
  private final Side[] sides = new Side[MAX_LEVELS];
  private final long[] prices = new long[MAX_LEVELS];
  private final long[] sizes = new long[MAX_LEVELS];
  private int levels;
  private long update;
  private boolean snapshot;
  private boolean begun;
  private boolean more;
  private boolean goesOn;

  /**
   * @param rank place among rows of the same instant, unique
   * @param rows not yet begun
   */
  DepthRows(final DatedFiles dated, final int rank, final RowCursor rows, final InstrumentIds ids) {
    super(rank);
    this.rows = rows;
    this.ids = ids;
    this.rootIndex = dated.symbolIndex();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
  }

  @Override
  CuratedKind kind() {
    return CuratedKind.DEPTH;
  }

  @Override
  boolean advance() {
    if (!begun) {
      begun = true;
      more = rows.next();
    }
    if (!more) {
      return false;
    }
    time = rows.time();
    update = rows.value(UPDATE);
    snapshot = rows.value(SNAPSHOT) != 0 && !goesOn;
    levels = 0;
    do {
      sides[levels] = Side.get((short) rows.value(SIDE));
      prices[levels] = rows.value(PRICE);
      sizes[levels] = rows.value(SIZE);
      levels++;
      more = rows.next();
      goesOn = more && rows.time() == time && rows.value(UPDATE) == update;
    } while (goesOn && levels < MAX_LEVELS);
    return true;
  }

  @Override
  int encode() {
    final int id = ids.ofRoot(rootIndex);
    if (id == 0) {
      throw rows.undefined();
    }
    encoder.limit(MessageHeaderEncoder.ENCODED_LENGTH + DepthUpdateEncoder.BLOCK_LENGTH);
    encoder.eventTime(time).instrumentId(id).snapshot((short) (snapshot ? 1 : 0));
    final DepthUpdateEncoder.LevelsEncoder group = encoder.levelsCount(levels);
    for (int i = 0; i < levels; i++) {
      group.next().side(sides[i]).price(prices[i]).size(sizes[i]);
    }
    return id;
  }

  @Override
  DirectBuffer buffer() {
    return buffer;
  }

  @Override
  int length() {
    return encoder.limit();
  }

  @Override
  void close() throws SQLException {
    rows.close();
  }
}
