package io.millrace.core.strategy;

import io.millrace.codecs.IntentDecoder;
import io.millrace.codecs.IntentEncoder;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Side;
import io.millrace.codecs.StrategyCallback;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.market.Sessions;
import io.millrace.core.order.OrderId;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.slot.Outputs;

/**
 * The execution port: turns calls into Intent messages at once, and hands them to the pipeline
 * after the callback, with the cancels in between in the order of the calls.
 */
final class HostExecution implements Execution {
  /** Most orders and cancels of one callback. */
  static final int MAX_CALLS = 64;

  private static final double BPS_PER_ONE = 10_000;
  private static final double DAYS_A_YEAR = 365;
  private static final double SESSIONS_A_YEAR = 252;
  private static final long CANCEL_ALL = -1;
  // An odd constant from the fraction of the golden ratio: keys that are never 0 and well spread.
  private static final long KEY_MIX = 0x9E37_79B9_7F4A_7C15L;

  private final Roster roster;
  private final Instruments instruments;
  private final Books books;
  private final Portfolio portfolio;
  private final HostData data;
  private final BarHistory history;
  private final StrategySettings settings;
  private final long timeframe;
  private final long slippage;
  private final IntentEncoder encoder = new IntentEncoder();
  private final IntentDecoder decoder = new IntentDecoder();
  // Index of an intent among the outputs, or -1 minus the place of a cancel.
  private final int[] call = new int[MAX_CALLS];
  private final long[] cancelled = new long[MAX_CALLS];
  private int calls;
  private int taken;
  private boolean quiet;
  private Outputs out;
  private StrategyCallback where = StrategyCallback.START;

  HostExecution(
      final Roster roster,
      final Market market,
      final Portfolio portfolio,
      final HostData data,
      final BarHistory history,
      final StrategySettings settings,
      final long timeframe) {
    this.roster = roster;
    this.portfolio = portfolio;
    this.data = data;
    this.history = history;
    this.settings = settings;
    this.timeframe = timeframe;
    instruments = market.instruments();
    books = market.books();
    slippage = Fixed.fromDouble(settings.slippageBps() / BPS_PER_ONE);
  }

  /** Event time of what is called back for. */
  void now(final long now) {
    quiet = now <= settings.tradeAfter();
  }

  /** A callback begins: what it asks for goes into these outputs; null = it may ask for nothing. */
  void begin(final StrategyCallback callback, final Outputs outputs) {
    where = callback;
    out = outputs;
  }

  /** Nothing that was asked for counts. */
  void drop() {
    calls = 0;
    taken = 0;
  }

  @Override
  public long market(final Instrument instrument, final double quantity) {
    final int id = roster.check(instrument);
    return single(OrderStyle.MARKET, id, units(id, quantity), Fixed.NONE);
  }

  @Override
  public long limit(final Instrument instrument, final double quantity, final double price) {
    final int id = roster.check(instrument);
    return single(OrderStyle.LIMIT, id, units(id, quantity), price(price));
  }

  @Override
  public long postOnly(final Instrument instrument, final double quantity, final double price) {
    final int id = roster.check(instrument);
    return single(OrderStyle.POST_ONLY, id, units(id, quantity), price(price));
  }

  @Override
  public long immediate(final Instrument instrument, final double quantity, final double price) {
    final int id = roster.check(instrument);
    return single(OrderStyle.IMMEDIATE, id, units(id, quantity), price(price));
  }

  @Override
  public long fillOrKill(final Instrument instrument, final double quantity, final double price) {
    final int id = roster.check(instrument);
    return single(OrderStyle.FILL_OR_KILL, id, units(id, quantity), price(price));
  }

  @Override
  public long stop(final Instrument instrument, final double quantity, final double trigger) {
    final int id = roster.check(instrument);
    return stop(OrderStyle.STOP, id, units(id, quantity), price(trigger, "trigger"), Fixed.NONE);
  }

  @Override
  public long stopLimit(
      final Instrument instrument,
      final double quantity,
      final double trigger,
      final double price) {
    final int id = roster.check(instrument);
    final long at = price(trigger, "trigger");
    return stop(OrderStyle.STOP_LIMIT, id, units(id, quantity), at, price(price));
  }

  /**
   * The trigger lies on the tick, away from the market; without a limit it stands for the price.
   */
  private long stop(
      final OrderStyle style,
      final int id,
      final long units,
      final long trigger,
      final long limitPrice) {
    if (units == 0) {
      return 0;
    }
    final boolean buys = units > 0;
    final long tick = instruments.tickSize(id);
    final long at =
        buys ? Fixed.ceilTo(trigger, tick) : Math.max(tick, Fixed.floorTo(trigger, tick));
    final long held = portfolio.quantity(id);
    final boolean reduces = buys ? units <= -held : -units <= held;
    final long price = limitPrice == Fixed.NONE ? at : onTick(id, buys, limitPrice);
    final Side side = buys ? Side.BUY : Side.SELL;
    return write(style, id, side, Math.abs(units), price, at, reduces, null);
  }

  @Override
  public long work(final Instrument instrument, final double quantity) {
    final int id = roster.check(instrument);
    return single(OrderStyle.ROUTED, id, units(id, quantity), Fixed.NONE);
  }

  @Override
  public long target(final Instrument instrument, final double quantity) {
    final int id = roster.check(instrument);
    return towards(id, fixed(quantity, "quantity"));
  }

  @Override
  public long targetPercent(final Instrument instrument, final double fraction) {
    final int id = roster.check(instrument);
    if (!Double.isFinite(fraction)) {
      throw new IllegalArgumentException("fraction of equity is " + fraction);
    }
    final long price = far(id, fraction >= 0);
    if (price == Fixed.NONE || price <= 0) {
      return 0;
    }
    double share = Math.min(settings.maxGrossExposure(), Math.abs(fraction) * scale(id));
    share *= 1 - settings.cashBuffer();
    final long worth = Fixed.mul(Math.max(0, portfolio.equity()), Fixed.fromDouble(share));
    final long multiplier = instruments.multiplier(id);
    final long each = instruments.inverse(id) ? multiplier : Fixed.mul(price, multiplier);
    final long units = each <= 0 ? 0 : floorDiv(worth, each);
    final long whole = Fixed.floorTo(units, instruments.lotSize(id));
    return towards(id, fraction < 0 ? -whole : whole);
  }

  /** Units that money buys, 1e-8, rounded down. */
  private static long floorDiv(final long money, final long each) {
    final long near = Fixed.div(money, each);
    return Fixed.mul(near, each) > money ? near - 1 : near;
  }

  /** What brings the instrument's volatility to the target; 1 while it is not known. */
  private double scale(final int id) {
    final double deviation = history.deviation(roster.place(id));
    if (settings.targetVol() == 0 || !(deviation > 0)) {
      return 1;
    }
    final boolean always = instruments.sessionClose(id) == 0;
    final double days = always ? DAYS_A_YEAR : SESSIONS_A_YEAR;
    final long session =
        always ? Sessions.DAY : instruments.sessionClose(id) - instruments.sessionOpen(id);
    final double bars =
        timeframe >= BarBuilder.DAY
            ? days * Sessions.DAY / timeframe
            : days * session / (double) timeframe;
    return settings.targetVol() / (deviation * Math.sqrt(bars));
  }

  private long towards(final int id, final long wanted) {
    final long units = Math.subtractExact(wanted, data.exposure(id));
    final long lot = instruments.lotSize(id);
    final long whole = units < 0 ? -Fixed.floorTo(-units, lot) : Fixed.floorTo(units, lot);
    return single(OrderStyle.MARKET, id, whole, Fixed.NONE);
  }

  @Override
  public long close(final Instrument instrument) {
    final int id = roster.check(instrument);
    return single(OrderStyle.MARKET, id, -portfolio.quantity(id), Fixed.NONE);
  }

  @Override
  public long structure(final Structure legs, final double units) {
    if (legs == null || legs.count() < 2 || !(units > 0)) {
      throw new IllegalArgumentException(
          "a structure has two to four legs and above 0 units; a single one is an order by itself");
    }
    long natural = 0;
    int first = 0;
    for (int leg = 0; leg < legs.count(); leg++) {
      final int id = roster.check(legs.instrument(leg));
      first = leg == 0 ? instruments.root(id) : first;
      final long touch = legs.ratio(leg) > 0 ? books.ask(id) : books.bid(id);
      natural =
          natural == Fixed.NONE || touch == Fixed.NONE
              ? Fixed.NONE
              : Math.addExact(natural, Math.multiplyExact(touch, (long) legs.ratio(leg)));
    }
    final long quantity = Fixed.floorTo(fixed(units, "units"), Fixed.ONE);
    if (quantity == 0) {
      return 0;
    }
    return write(OrderStyle.LIMIT, first, Side.BUY, quantity, natural, Fixed.NONE, false, legs);
  }

  @Override
  public void cancel(final long ticket) {
    if (ticket <= 0) {
      throw new IllegalArgumentException("ticket " + ticket + " names no order");
    }
    addCancel(ticket);
  }

  @Override
  public void cancelAll() {
    addCancel(CANCEL_ALL);
  }

  private void addCancel(final long ticket) {
    room();
    cancelled[calls] = ticket;
    call[calls] = -1 - calls;
    calls++;
  }

  private void room() {
    StrategyState.demand(out != null);
    if (calls == MAX_CALLS) {
      throw new IllegalStateException("more than " + MAX_CALLS + " orders in one callback");
    }
  }

  /** Whole lots, signed. */
  private long units(final int id, final double quantity) {
    final long wanted = fixed(quantity, "quantity");
    final long lot = instruments.lotSize(id);
    return wanted < 0 ? -Fixed.floorTo(-wanted, lot) : Fixed.floorTo(wanted, lot);
  }

  private static long fixed(final double value, final String what) {
    if (!Double.isFinite(value) || Math.abs(value) > 1e10) {
      throw new IllegalArgumentException(what + " is " + value + "; at most ten billion");
    }
    return Fixed.fromDouble(value);
  }

  private static long price(final double price) {
    return price(price, "price");
  }

  private static long price(final double price, final String what) {
    if (!(price > 0)) {
      throw new IllegalArgumentException(what + " is " + price + ", not above 0");
    }
    return fixed(price, what);
  }

  private long single(
      final OrderStyle style, final int id, final long units, final long limitPrice) {
    if (units == 0) {
      return 0;
    }
    final boolean buys = units > 0;
    final long price = limitPrice == Fixed.NONE ? worst(id, buys) : onTick(id, buys, limitPrice);
    final Side side = buys ? Side.BUY : Side.SELL;
    return write(style, id, side, Math.abs(units), price, Fixed.NONE, false, null);
  }

  private long onTick(final int id, final boolean buys, final long price) {
    final long tick = instruments.tickSize(id);
    return buys ? Math.max(tick, Fixed.floorTo(price, tick)) : Fixed.ceilTo(price, tick);
  }

  /** Far touch, or the last price where market orders trade at it or there is no touch. */
  private long far(final int id, final boolean buys) {
    final long touch = buys ? books.ask(id) : books.bid(id);
    return settings.atTouch() && touch > 0 ? touch : books.last(id);
  }

  /** What it will cost as far as one can tell, on the tick: the gate judges by it. */
  private long worst(final int id, final boolean buys) {
    final long far = far(id, buys);
    if (far == Fixed.NONE) {
      return Fixed.NONE;
    }
    final long worse = Fixed.mul(far, slippage);
    final long tick = instruments.tickSize(id);
    return buys
        ? Fixed.ceilTo(Math.addExact(far, worse), tick)
        : Math.max(tick, Fixed.floorTo(Math.subtractExact(far, worse), tick));
  }

  private long write(
      final OrderStyle style,
      final int id,
      final Side side,
      final long quantity,
      final long limitPrice,
      final long triggerPrice,
      final boolean reduceOnly,
      final Structure legs) {
    if (quiet) {
      return 0;
    }
    room();
    out.begin(encoder);
    final long ticket = OrderId.of(out.generation(), out.cause(), out.count());
    encoder
        .instrumentId(id)
        .callback(where)
        .style(style)
        .side(side)
        .quantity(quantity)
        .limitPrice(limitPrice)
        .key(ticket * KEY_MIX)
        .triggerPrice(triggerPrice)
        .reduceOnly((short) (reduceOnly ? 1 : 0));
    final int count = legs == null ? 0 : legs.count();
    final IntentEncoder.LegsEncoder rows = encoder.legsCount(count);
    for (int leg = 0; leg < count; leg++) {
      final int ratio = legs.ratio(leg);
      rows.next()
          .instrumentId(legs.instrument(leg).id())
          .side(ratio > 0 ? Side.BUY : Side.SELL)
          .ratio(Math.abs(ratio));
    }
    call[calls++] = out.end(encoder);
    return ticket;
  }

  boolean pending() {
    return taken < calls;
  }

  /**
   * The next call: an intent, which is read into {@code into}, or a cancel.
   *
   * @return 0 for an intent, a ticket for a cancel, -1 to cancel all
   */
  long next(final OrderIntent into) {
    final int what = call[taken++];
    final long answer = what < 0 ? cancelled[-1 - what] : read(what, into);
    if (taken == calls) {
      drop();
    }
    return answer;
  }

  private long read(final int index, final OrderIntent into) {
    out.read(index, decoder);
    into.set(
            Purpose.OPEN,
            decoder.key(),
            decoder.instrumentId(),
            decoder.side(),
            decoder.quantity(),
            decoder.limitPrice())
        .idea(decoder.cause(), decoder.ordinal())
        .ofStrategy(decoder.style())
        .stop(decoder.triggerPrice(), decoder.reduceOnly() != 0);
    final IntentDecoder.LegsDecoder rows = decoder.legs();
    while (rows.hasNext()) {
      rows.next();
      into.legs().add(rows.instrumentId(), rows.side(), rows.ratio());
    }
    return 0;
  }
}
