package io.millrace.tools.data;

import io.millrace.codecs.BarEncoder;
import io.millrace.codecs.FundingRateEncoder;
import io.millrace.codecs.MarkPriceEncoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.OpenInterestEncoder;
import io.millrace.codecs.OptionQuoteEncoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeEncoder;
import io.millrace.codecs.VendorGreeksEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns rows of longs into input messages: one buffer, its header written once. */
final class RowEncoder {
  /**
   * What a kind's rows are read as: first the time, then, for contracts, three columns that name
   * one.
   *
   * @param folder upper-case symbol of the folder
   */
  static String projection(final CuratedKind kind, final String folder) {
    final String contract =
        "ts, expiry_date - DATE '1970-01-01', strike,"
            + " CASE WHEN \"right\" = 'put' THEN 1::BIGINT ELSE 0::BIGINT END"
            + secondRoot(folder)
            + ", ";
    final String bar = "\"interval\", open, high, low, close, volume";
    final String touch = "bid, bid_size, ask, ask_size";
    return switch (kind) {
      case OPEN_INTEREST -> contract + "open_interest";
      case FUNDING -> "ts, rate, next_funding";
      case MARK_PRICE -> "ts, mark, index";
      case DEPTH -> "ts, update_id, snapshot::BIGINT, side::BIGINT, price, size";
      case VENDOR_GREEKS -> contract + "iv, delta, gamma, vega, theta, vanna, charm";
      case QUOTE -> "ts, " + touch;
      case OPTION_QUOTE -> contract + touch;
      case TRADE -> "ts, price, size, aggressor::BIGINT, condition";
      case BAR -> "ts, " + bar;
      case OPTION_TRADE -> contract + bar;
      case INSTRUMENT, FACTOR, SESSION, MAP ->
          throw new IllegalArgumentException(kind + " is not read as longs");
    };
  }

  /** What is added where an index has options of two roots; others are spared the column. */
  private static String secondRoot(final String folder) {
    return ListedOptions.isIndex(folder)
        ? " + CASE WHEN trim(left(symbol, "
            + OptionSymbol.ROOT_LENGTH
            + ")) = '"
            + folder
            + "' THEN 0::BIGINT ELSE "
            + ContractIds.SECOND_ROOT
            + "::BIGINT END"
        : "";
  }

  /** Columns of {@link #projection}. */
  static int width(final CuratedKind kind) {
    return switch (kind) {
      case FUNDING, MARK_PRICE -> 3;
      case OPEN_INTEREST, QUOTE, TRADE -> 5;
      case DEPTH -> 6;
      case OPTION_QUOTE -> 8;
      case VENDOR_GREEKS -> 11;
      case BAR -> 7;
      case OPTION_TRADE -> 10;
      case INSTRUMENT, FACTOR, SESSION, MAP ->
          throw new IllegalArgumentException(kind + " is not read as longs");
    };
  }

  /** Whether a column of {@link #projection} is a double, kept as its bits. */
  static boolean isDouble(final CuratedKind kind, final int column) {
    return kind == CuratedKind.VENDOR_GREEKS && column >= AFTER_CONTRACT;
  }

  /** Position of the first column after those that name a contract. */
  private static final int AFTER_CONTRACT = 4;

  private static final int EXPIRY = 1;
  private static final int STRIKE = 2;
  private static final int PUT = 3;

  /** A trade made in the ordinary way, in LEAN's flags. */
  private static final long REGULAR = 0x1;

  /**
   * Flags beyond 16 bits that leave a print's price an ordinary one: automatic execution, exempt,
   * unknown, odd lot.
   */
  private static final long ORDINARY = 0xF000_0000L;

  private final CuratedKind kind;
  private final int rootIndex;
  private final InstrumentIds ids;
  private final UnsafeBuffer buffer;
  private final OpenInterestEncoder openInterest = new OpenInterestEncoder();
  private final QuoteEncoder quote = new QuoteEncoder();
  private final OptionQuoteEncoder optionQuote = new OptionQuoteEncoder();
  private final TradeEncoder trade = new TradeEncoder();
  private final BarEncoder bar = new BarEncoder();
  private final FundingRateEncoder funding = new FundingRateEncoder();
  private final MarkPriceEncoder mark = new MarkPriceEncoder();
  private final VendorGreeksEncoder greeks = new VendorGreeksEncoder();
  private int lastId;

  RowEncoder(final CuratedKind kind, final int rootIndex, final InstrumentIds ids) {
    this.kind = kind;
    this.rootIndex = rootIndex;
    this.ids = ids;
    this.buffer =
        new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength(kind)]);
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    switch (kind) {
      case OPEN_INTEREST -> openInterest.wrapAndApplyHeader(buffer, 0, header);
      case QUOTE -> quote.wrapAndApplyHeader(buffer, 0, header);
      case OPTION_QUOTE -> optionQuote.wrapAndApplyHeader(buffer, 0, header);
      case TRADE -> trade.wrapAndApplyHeader(buffer, 0, header);
      case FUNDING -> funding.wrapAndApplyHeader(buffer, 0, header);
      case MARK_PRICE -> mark.wrapAndApplyHeader(buffer, 0, header);
      case VENDOR_GREEKS -> greeks.wrapAndApplyHeader(buffer, 0, header);
      default -> bar.wrapAndApplyHeader(buffer, 0, header);
    }
  }

  private static int blockLength(final CuratedKind kind) {
    return switch (kind) {
      case OPEN_INTEREST -> OpenInterestEncoder.BLOCK_LENGTH;
      case QUOTE -> QuoteEncoder.BLOCK_LENGTH;
      case OPTION_QUOTE -> OptionQuoteEncoder.BLOCK_LENGTH;
      case TRADE -> TradeEncoder.BLOCK_LENGTH;
      case FUNDING -> FundingRateEncoder.BLOCK_LENGTH;
      case MARK_PRICE -> MarkPriceEncoder.BLOCK_LENGTH;
      case VENDOR_GREEKS -> VendorGreeksEncoder.BLOCK_LENGTH;
      default -> BarEncoder.BLOCK_LENGTH;
    };
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  /**
   * Encodes a row.
   *
   * @return its instrument's id, or 0 when that is not defined; then nothing was encoded
   */
  int encode(final long[][] values, final int row) {
    final int id =
        kind.isContracts()
            ? ids.contracts()
                .find(
                    lastId + 1,
                    values[STRIKE][row],
                    ContractIds.terms(rootIndex, values[EXPIRY][row], values[PUT][row]))
            : ids.ofRoot(rootIndex);
    if (id == 0) {
      return 0;
    }
    lastId = id;
    final long time = values[0][row];
    switch (kind) {
      case OPTION_QUOTE -> optionQuote(values, row, time, id);
      case QUOTE ->
          quote
              .eventTime(time)
              .instrumentId(id)
              .bid(values[1][row])
              .bidSize(values[2][row])
              .ask(values[3][row])
              .askSize(values[4][row]);
      case TRADE ->
          trade
              .eventTime(time)
              .instrumentId(id)
              .price(values[1][row])
              .size(values[2][row])
              .aggressor(Side.get((short) values[3][row]))
              .condition(condition(values[4][row]));
      case OPEN_INTEREST ->
          openInterest.eventTime(time).instrumentId(id).openInterest(values[AFTER_CONTRACT][row]);
      case BAR -> bar(values, row, 1, time, id);
      case FUNDING ->
          funding.eventTime(time).instrumentId(id).rate(values[1][row]).nextFunding(values[2][row]);
      case MARK_PRICE ->
          mark.eventTime(time).instrumentId(id).mark(values[1][row]).index(values[2][row]);
      case VENDOR_GREEKS -> greeks(values, row, time, id);
      default -> bar(values, row, AFTER_CONTRACT, time, id);
    }
    return id;
  }

  private void optionQuote(final long[][] values, final int row, final long time, final int id) {
    optionQuote
        .eventTime(time)
        .instrumentId(id)
        .bid(values[AFTER_CONTRACT][row])
        .bidSize(values[AFTER_CONTRACT + 1][row])
        .ask(values[AFTER_CONTRACT + 2][row])
        .askSize(values[AFTER_CONTRACT + 3][row]);
  }

  private void greeks(final long[][] values, final int row, final long time, final int id) {
    greeks
        .eventTime(time)
        .instrumentId(id)
        .iv(number(values, 0, row))
        .delta(number(values, 1, row))
        .gamma(number(values, 2, row))
        .vega(number(values, 3, row))
        .theta(number(values, 4, row))
        .vanna(number(values, 5, row))
        .charm(number(values, 6, row));
  }

  private static double number(final long[][] values, final int column, final int row) {
    return Double.longBitsToDouble(values[AFTER_CONTRACT + column][row]);
  }

  private void bar(
      final long[][] values, final int row, final int first, final long time, final int id) {
    bar.eventTime(time)
        .instrumentId(id)
        .interval(values[first][row])
        .open(values[first + 1][row])
        .high(values[first + 2][row])
        .low(values[first + 3][row])
        .close(values[first + 4][row])
        .volume(values[first + 5][row]);
  }

  /**
   * A print's flags in the 16 bits that a message has: 0 for a regular one, else the low flags as
   * they are, with bit 0 (which says "regular" in the source) set when a higher flag makes the
   * print special.
   */
  static int condition(final long flags) {
    final long special = flags & 0xFFFF & ~REGULAR;
    final boolean higher = (flags & ~0xFFFFL & ~ORDINARY) != 0;
    return (int) (higher ? special | 1 : special);
  }
}
