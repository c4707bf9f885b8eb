package io.millrace.core.order;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.BarEncoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.ExecutionReportEncoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OrderEventDecoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeDecoder;
import io.millrace.codecs.TradeEncoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.slot.Outputs;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A market, an order store and a gate for tests: one {@link #at} per input event. */
public final class Desk implements Gate {
  /** One second. */
  public static final long SECOND = 1_000_000_000L;

  /** One millisecond. */
  public static final long MILLI = 1_000_000L;

  /** A Thursday noon in New York. */
  public static final long NOON = 1_450_976_400L * SECOND;

  /** The stock of most tests. */
  public static final int STOCK = 1;

  /** Everything judged, as text. */
  public final List<String> judged = new ArrayList<>();

  /** The market. */
  public final Market market =
      new Market(MarketLimits.withoutConfirmation(60 * SECOND, 0, SECOND, 0));

  /** Outputs of the event in hand. */
  public final Outputs out = new Outputs();

  /** The order store. */
  public final Orders orders;

  /** What the gate lets through of what is asked; 0 = it denies. */
  public long gateAllows = Long.MAX_VALUE;

  private final Approval approval = new Approval();
  private final Approval.Issuer issuer = approval.issuer();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
  private final OrderIntent intent = new OrderIntent();
  private final ExecutionReportEncoder reportEncoder = new ExecutionReportEncoder();
  private final ExecutionReportDecoder report = new ExecutionReportDecoder();
  private final QuoteEncoder quoteEncoder = new QuoteEncoder();
  private final QuoteDecoder quoteDecoder = new QuoteDecoder();
  private final TradeEncoder tradeEncoder = new TradeEncoder();
  private final TradeDecoder tradeDecoder = new TradeDecoder();
  private final BarEncoder barEncoder = new BarEncoder();
  private final BarDecoder barDecoder = new BarDecoder();
  private boolean quiet;
  private long sequence;
  private long now;
  private long tradeId;

  /** A desk whose store has this capacity, with one stock. */
  public Desk(final int capacity) {
    orders = new Orders(capacity);
    at(NOON);
    stock(STOCK);
  }

  /** A price or quantity. */
  public static long fixed(final double value) {
    return Fixed.fromDouble(value);
  }

  /** Stops keeping texts of what is judged, for tests that count allocated bytes. */
  public Desk quiet() {
    quiet = true;
    return this;
  }

  /** The next input event happens. */
  public Desk at(final long time) {
    now = time;
    out.reset(++sequence, time);
    market.advance(time);
    return this;
  }

  /** Event time. */
  public long now() {
    return now;
  }

  /** Defines a stock with a tick of 0.01 and a session from 09:30 to 13:00 that day. */
  public void stock(final int id) {
    define(id, 0, InstrumentKind.EQUITY, 1, 0, 1);
  }

  /** The same stock with the session of another date. */
  public void session(final int id, final long open, final long close) {
    define(id, 0, InstrumentKind.EQUITY, 1, 0, 1, open, close);
  }

  /** Defines a call on {@link #STOCK}. */
  public void call(final int id, final double strike, final long expiry) {
    define(id, STOCK, InstrumentKind.OPTION, 100, expiry, strike);
  }

  /** Defines a coin that trades round the clock, in hundredths. */
  public void coin(final int id) {
    define(id, 0, InstrumentKind.CRYPTO_SPOT, 1, 0, 1);
  }

  private void define(
      final int id,
      final int underlying,
      final InstrumentKind kind,
      final int multiplier,
      final long expiry,
      final double strike) {
    final boolean coin = kind == InstrumentKind.CRYPTO_SPOT;
    final long open = coin ? 0 : NOON - 9000 * SECOND;
    final long close = coin ? 0 : NOON + 3600 * SECOND;
    define(id, underlying, kind, multiplier, expiry, strike, open, close);
  }

  private void define(
      final int id,
      final int underlying,
      final InstrumentKind kind,
      final int multiplier,
      final long expiry,
      final double strike,
      final long open,
      final long close) {
    final boolean coin = kind == InstrumentKind.CRYPTO_SPOT;
    final InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
    encoder
        .wrap(buffer, 0)
        .eventTime(now)
        .instrumentId(id)
        .underlyingId(underlying)
        .kind(kind)
        .right(kind == InstrumentKind.OPTION ? OptionRight.CALL : OptionRight.NONE)
        .tickSize(fixed(0.01))
        .lotSize(fixed(coin ? 0.01 : 1))
        .multiplier(fixed(multiplier))
        .strike(fixed(strike))
        .expiry(expiry)
        .sessionOpen(open)
        .sessionClose(close)
        .symbol("I" + id);
    market.onInstrument(
        new InstrumentDefinitionDecoder()
            .wrap(
                buffer,
                0,
                InstrumentDefinitionDecoder.BLOCK_LENGTH,
                InstrumentDefinitionDecoder.SCHEMA_VERSION));
  }

  /** A top of book, fixed point. */
  public void touch(
      final int id, final long bid, final long bidSize, final long ask, final long askSize) {
    quoteEncoder
        .wrap(buffer, 0)
        .eventTime(now)
        .instrumentId(id)
        .bid(bid)
        .bidSize(bidSize)
        .ask(ask)
        .askSize(askSize);
    final DataFault fault =
        market.onQuote(
            quoteDecoder.wrap(buffer, 0, QuoteDecoder.BLOCK_LENGTH, QuoteDecoder.SCHEMA_VERSION),
            out);
    if (fault != DataFault.NONE) {
      throw new AssertionError("quote refused: " + fault);
    }
  }

  /** A top of book. */
  public void quote(
      final int id,
      final double bid,
      final double bidSize,
      final double ask,
      final double askSize) {
    touch(id, fixed(bid), fixed(bidSize), fixed(ask), fixed(askSize));
  }

  /** A print, fixed point. */
  public void print(final int id, final long price, final long size) {
    tradeEncoder.wrap(buffer, 0).eventTime(now).instrumentId(id).price(price).size(size);
    final DataFault fault =
        market.onTrade(
            tradeDecoder.wrap(buffer, 0, TradeDecoder.BLOCK_LENGTH, TradeDecoder.SCHEMA_VERSION),
            out);
    if (fault != DataFault.NONE) {
      throw new AssertionError("trade refused: " + fault);
    }
  }

  /** A finished one-minute bar; the caller hands it to the venue. */
  public BarDecoder bar(final int id, final double low, final double high, final double volume) {
    return bar(id, 60 * SECOND, low, high, volume);
  }

  /** A finished bar that opens at its low and closes at its high. */
  public BarDecoder bar(
      final int id, final long interval, final double low, final double high, final double volume) {
    return bar(id, interval, low, high, low, high, volume);
  }

  /** A finished bar. */
  public BarDecoder bar(
      final int id,
      final long interval,
      final double open,
      final double high,
      final double low,
      final double close,
      final double volume) {
    barEncoder
        .wrap(buffer, 0)
        .eventTime(now)
        .instrumentId(id)
        .interval(interval)
        .open(fixed(open))
        .high(fixed(high))
        .low(fixed(low))
        .close(fixed(close))
        .volume(fixed(volume));
    return barDecoder.wrap(buffer, 0, BarDecoder.BLOCK_LENGTH, BarDecoder.SCHEMA_VERSION);
  }

  /** A wish for a single instrument. */
  public OrderIntent wish(
      final int id, final Side side, final double quantity, final double worstPrice) {
    return intent
        .set(Purpose.OPEN, 77, id, side, fixed(quantity), fixed(worstPrice))
        .idea(sequence, 3);
  }

  /** Leave for a wish, without asking. */
  public Approval grant(final OrderIntent wish) {
    return issuer.grant(wish, wish.quantity(), sequence, 1);
  }

  @Override
  public Approval judge(final OrderIntent asked, final long time, final Outputs outputs) {
    if (!quiet) {
      judged.add(
          asked.purpose()
              + " "
              + asked.key()
              + " "
              + Fixed.format(asked.quantity())
              + " of "
              + Fixed.format(asked.parentQuantity())
              + " at "
              + Fixed.format(asked.limitPrice()));
    }
    final long allowed = Math.min(asked.quantity(), gateAllows);
    return allowed <= 0 ? null : issuer.grant(asked, allowed, sequence, 1);
  }

  /** The venue says something that is not a fill. */
  public int says(final long orderId, final OrderEventType event, final RejectReason reason) {
    begin(orderId, event).instrumentId(STOCK).reason(reason);
    return apply();
  }

  /** The venue tells a fill of {@link #STOCK}, with a fresh trade id. */
  public int fills(final long orderId, final double quantity, final double price) {
    return fills(orderId, 0, STOCK, fixed(quantity), fixed(price), ++tradeId, now);
  }

  /** The venue tells a fill. */
  public int fills(
      final long orderId,
      final int leg,
      final int instrumentId,
      final long quantity,
      final long price,
      final long venueTradeId,
      final long time) {
    begin(orderId, OrderEventType.PARTIAL_FILL)
        .eventTime(time)
        .instrumentId(instrumentId)
        .legIndex((short) leg)
        .quantity(quantity)
        .price(price)
        .liquidity(Liquidity.MAKER)
        .venueTradeId(venueTradeId);
    return apply();
  }

  private ExecutionReportEncoder begin(final long orderId, final OrderEventType event) {
    buffer.setMemory(0, ExecutionReportEncoder.BLOCK_LENGTH, (byte) 0);
    return reportEncoder.wrap(buffer, 0).eventTime(now).orderId(orderId).event(event);
  }

  private int apply() {
    report.wrap(
        buffer, 0, ExecutionReportDecoder.BLOCK_LENGTH, ExecutionReportDecoder.SCHEMA_VERSION);
    return orders.apply(report, now, out);
  }

  /** The only working order. */
  public Order only() {
    if (orders.workingCount() != 1) {
      throw new AssertionError(orders.workingCount() + " working orders");
    }
    return orders.working(0);
  }

  /** Order events and requests of the event in hand, as text. */
  public List<String> told() {
    final List<String> told = new ArrayList<>();
    final OrderEventDecoder event = new OrderEventDecoder();
    final OrderRequestDecoder request = new OrderRequestDecoder();
    for (int i = 0; i < out.count(); i++) {
      if (out.templateId(i) == OrderEventDecoder.TEMPLATE_ID) {
        out.read(i, event);
        final String reason = event.reason() == RejectReason.NONE ? "" : " " + event.reason();
        told.add(event.event() + " " + event.from() + ">" + event.to() + reason);
      } else if (out.templateId(i) == OrderRequestDecoder.TEMPLATE_ID) {
        out.read(i, request);
        told.add(
            "request "
                + request.action()
                + " "
                + request.timeInForce()
                + " "
                + request.side()
                + " "
                + Fixed.format(request.quantity())
                + " at "
                + Fixed.format(request.limitPrice()));
      }
    }
    return told;
  }
}
