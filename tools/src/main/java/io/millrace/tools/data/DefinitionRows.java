package io.millrace.tools.data;

import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Tier;
import io.millrace.tools.data.Selection.DatedFiles;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.duckdb.DuckDBConnection;

/** Definitions of one symbol and its contracts, date by date; ids are given as they go out. */
final class DefinitionRows extends EventRows {
  private static final String COLUMNS =
      ", symbol, kind, underlying, \"right\", style, settlement, strike, expiry_date,"
          + " expiry, multiplier, tick_size, lot_size, min_notional, currency, session_open,"
          + " session_close FROM read_parquet(";

  private final DuckDBConnection database;
  private final int rootIndex;
  private final InstrumentIds ids;
  private final Iterator<Path> files;
  private final TimeBounds bounds;
  private final UnsafeBuffer buffer =
      new UnsafeBuffer(
          new byte[MessageHeaderEncoder.ENCODED_LENGTH + InstrumentDefinitionEncoder.BLOCK_LENGTH]);
  private final InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
  private Path file;
  private Statement statement;
  private ResultSet rows;

  DefinitionRows(
      final DuckDBConnection database,
      final DatedFiles dated,
      final int rank,
      final InstrumentIds ids,
      final TimeBounds bounds) {
    super(rank);
    this.bounds = bounds;
    this.database = database;
    this.rootIndex = dated.symbolIndex();
    this.ids = ids;
    this.files = dated.byName().values().iterator();
    encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
  }

  @Override
  boolean advance() {
    try {
      while (true) {
        if (rows == null) {
          if (!files.hasNext()) {
            return false;
          }
          file = files.next();
          statement = database.createStatement();
          rows = statement.executeQuery(query());
        }
        if (rows.next()) {
          time = rows.getLong(1);
          return true;
        }
        close();
      }
    } catch (final SQLException e) {
      throw new DataException(
          file, "", "cannot be decoded (" + e.getMessage() + ")", "import the date again", e);
    }
  }

  /** All definitions, or the one that holds when the bounds begin and those after it. */
  private String query() {
    final String from = COLUMNS + DuckDb.quoted(file) + ")";
    if (bounds.equals(TimeBounds.NONE)) {
      return "SELECT ts" + from;
    }
    final long after = bounds.after();
    return "SELECT greatest(ts, "
        + after
        + "::BIGINT)"
        + from
        + " WHERE ts < "
        + bounds.until()
        + " AND ts >= (SELECT coalesce(max(ts), "
        + after
        + "::BIGINT) FROM read_parquet("
        + DuckDb.quoted(file)
        + ") WHERE ts <= "
        + after
        + ")";
  }

  @Override
  int encode() {
    try {
      final String symbol = rows.getString(2);
      final boolean option = rows.getString(3).equals("option");
      final boolean put = option && rows.getString(5).equals("put");
      final String underlying = rows.getString(4);
      final long strike = option ? rows.getLong(8) : Decimal.NONE;
      final int id =
          option
              ? ids.define(
                  rootIndex,
                  symbol,
                  strike,
                  rows.getObject(9, LocalDate.class).toEpochDay(),
                  (put ? 1 : 0)
                      + (ListedOptions.isSecondRoot(ListedOptions.root(symbol), underlying)
                          ? ContractIds.SECOND_ROOT
                          : 0))
              : ids.define(rootIndex, symbol);
      encoder
          .eventTime(time)
          .instrumentId(id)
          .underlyingId(underlying == null ? 0 : underlyingId(symbol, underlying))
          .kind(InstrumentKind.valueOf(rows.getString(3).toUpperCase(Locale.ROOT)))
          .right(!option ? OptionRight.NONE : put ? OptionRight.PUT : OptionRight.CALL)
          .style(
              option
                  ? OptionStyle.valueOf(rows.getString(6).toUpperCase(Locale.ROOT))
                  : OptionStyle.NONE)
          .settlement(Settlement.valueOf(rows.getString(7).toUpperCase(Locale.ROOT)))
          .tier(Tier.CORE)
          .liquidityBucket((short) 0)
          .correlationGroup(0)
          .tickSize(rows.getLong(12))
          .lotSize(rows.getLong(13))
          .minNotional(rows.getLong(14))
          .multiplier(rows.getLong(11))
          .strike(strike)
          .expiry(rows.getLong(10))
          .sessionOpen(rows.getLong(16))
          .sessionClose(rows.getLong(17))
          .currency(rows.getString(15))
          .symbol(symbol);
      return id;
    } catch (final SQLException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new DataException(
          file,
          "a row",
          "does not define an instrument (" + e.getMessage() + ")",
          "import the date again",
          e);
    }
  }

  private int underlyingId(final String symbol, final String underlying) {
    final int id = ids.of(underlying);
    if (id == 0) {
      throw new DataException(
          file,
          "symbol " + symbol,
          "is on " + underlying + ", which is not defined before it",
          "read " + underlying + " too, before this symbol");
    }
    return id;
  }

  @Override
  CuratedKind kind() {
    return CuratedKind.INSTRUMENT;
  }

  @Override
  DirectBuffer buffer() {
    return buffer;
  }

  @Override
  int length() {
    return buffer.capacity();
  }

  @Override
  void close() throws SQLException {
    if (rows != null) {
      rows.close();
      statement.close();
      rows = null;
    }
  }
}
