package io.millrace.tools.data;

import io.millrace.tools.data.Selection.DatedFiles;
import java.sql.SQLException;
import org.agrona.DirectBuffer;

/** Rows of one kind of one symbol, each of which is one message. */
final class MarketRows extends EventRows {
  private final CuratedKind kind;
  private final RowCursor rows;
  private final RowEncoder encoder;

  /**
   * @param rank place among rows of the same instant, unique
   * @param rows not yet begun
   */
  MarketRows(
      final DatedFiles dated, final int rank, final RowCursor rows, final InstrumentIds ids) {
    super(rank);
    this.kind = dated.kind();
    this.rows = rows;
    this.encoder = new RowEncoder(kind, dated.symbolIndex(), ids);
  }

  @Override
  CuratedKind kind() {
    return kind;
  }

  @Override
  boolean advance() {
    if (!rows.next()) {
      return false;
    }
    time = rows.time();
    return true;
  }

  @Override
  int encode() {
    final int id = encoder.encode(rows.values(), rows.row());
    if (id == 0) {
      throw rows.undefined();
    }
    return id;
  }

  @Override
  DirectBuffer buffer() {
    return encoder.buffer();
  }

  @Override
  int length() {
    return encoder.buffer().capacity();
  }

  @Override
  void close() throws SQLException {
    rows.close();
  }
}
