package io.millrace.core.simvenue;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.ExecutionReportEncoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.slot.Outputs;

/**
 * Matches orders against the recorded market.
 *
 * <p>A request arrives one order latency after its decision and meets the book as it stood then;
 * what the venue says reaches us one response latency later. Our orders do not change the recorded
 * market, so every fill is bounded by size that was displayed or traded:
 *
 * <ul>
 *   <li>crossing the touch takes displayed size at the touch, less what we took there lately;
 *   <li>a resting order trades at its own price: behind its queue when a print is at that price, at
 *       once when a print is beyond it or the opposite touch comes to it;
 *   <li>own orders share a print in the order in which they arrived;
 *   <li>a bar counts only for orders that rested through all of it, if no print of it was seen;
 *   <li>a structure trades only if all legs do at their touches, in whole units, for a net within
 *       its limit.
 * </ul>
 *
 * <p>A market order of a single instrument trades by the configured {@link FillTiming} and {@link
 * FillSize}; what it does not get at once waits for more.
 *
 * <p>GTX and DAY orders lapse with the session, every order with its instrument.
 */
public final class SimulatedVenue {
  private static final int REQUESTS_PER_ORDER = 4;
  private static final double BPS_PER_ONE = 10_000;
  private static final long NEVER = VenueOrder.NEVER;

  private final VenueConfig config;
  private final Market market;
  private final FeeSchedule fees;
  private final Touches touches;
  private final ReportQueue reports;
  private final VenueOrder[] free;
  private final VenueOrder[] arriving;
  private final VenueOrder[] resting;
  private final OrderRequestDecoder request = new OrderRequestDecoder();
  private final long participation;
  private final long slippage;
  private int freeCount;
  private int arrivingHead;
  private int arrivingCount;
  private int restingCount;
  private long earliestDeadline = NEVER;
  private long clock;
  private long newestOrderId;
  private long tradeId;

  /** An empty venue over a market that somebody else keeps up to date. */
  public SimulatedVenue(final VenueConfig config, final Market market) {
    this.config = config;
    this.market = market;
    fees = new FeeSchedule(config.fees());
    touches = new Touches(config.replenishNanos());
    reports = new ReportQueue(config.maxReports());
    participation = Fixed.fromDouble(config.barParticipation());
    slippage = Fixed.fromDouble(config.slippageBps() / BPS_PER_ONE);
    final int requests = config.maxOrders() * REQUESTS_PER_ORDER;
    arriving = new VenueOrder[requests];
    resting = new VenueOrder[config.maxOrders()];
    free = new VenueOrder[requests + config.maxOrders()];
    while (freeCount < free.length) {
      free[freeCount++] = new VenueOrder();
    }
  }

  /** Orders at rest. */
  public int restingCount() {
    return restingCount;
  }

  /** Reports and requests still on their way; 0 and no resting order = nothing can happen. */
  public int inFlight() {
    return arrivingCount + reports.count();
  }

  /**
   * Takes the OrderRequest messages among outputs {@code fromIndex} to the last one.
   *
   * @throws IllegalStateException if too many requests are on their way
   */
  public void accept(final Outputs out, final int fromIndex) {
    for (int index = fromIndex; index < out.count(); index++) {
      if (out.templateId(index) == OrderRequestDecoder.TEMPLATE_ID) {
        take(out.read(index, request));
      }
    }
    if (config.orderLatencyNanos() == 0) {
      settle(market.now());
    }
  }

  private void take(final OrderRequestDecoder message) {
    if (arrivingCount == arriving.length) {
      throw new IllegalStateException(
          "more than " + arriving.length + " requests on their way: raise venue.max_orders");
    }
    clock = Math.max(clock, market.now());
    final VenueOrder order = free[--freeCount];
    order.load(message, clock + config.orderLatencyNanos());
    arriving[(arrivingHead + arrivingCount) % arriving.length] = order;
    arrivingCount++;
    for (int part = 0; part < order.parts(); part++) {
      touches.watch(order.instrument(part), market.books());
    }
  }

  /** A top of book was accepted; option or not. */
  public void onQuote(final int instrumentId) {
    if (!touches.watched(instrumentId)) {
      return;
    }
    settle(market.now());
    touches.copy(instrumentId, market.books());
    for (int i = 0; i < restingCount; i++) {
      final VenueOrder order = resting[i];
      if (order.names(instrumentId)) {
        meetTouch(order);
        if (order.leaves == 0) {
          remove(i--);
        }
      }
    }
  }

  /**
   * A print was accepted.
   *
   * @param price 1e-8
   * @param size units, 1e-8
   */
  public void onTrade(final int instrumentId, final long price, final long size) {
    if (!touches.watched(instrumentId)) {
      return;
    }
    settle(market.now());
    touches.traded(instrumentId, clock);
    if (config.fill() == FillTiming.BAR_CLOSE || noQuotes(instrumentId)) {
      final long most = Fixed.mul(size, participation);
      matchMarket(instrumentId, price, most, NEVER, FillReason.BAR_CLOSE);
    }
    matchPrint(instrumentId, price, price, size, NEVER);
  }

  /** A finished bar was accepted. */
  public void onBar(final BarDecoder bar) {
    final int id = bar.instrumentId();
    if (!touches.watched(id)) {
      return;
    }
    settle(market.now());
    final long start = bar.eventTime() - bar.interval();
    final long most = Fixed.mul(bar.volume(), participation);
    if (config.fill() == FillTiming.NEXT_OPEN) {
      matchMarket(id, bar.open(), most, start, FillReason.BAR_OPEN);
    } else if (config.fill() == FillTiming.BAR_CLOSE || noQuotes(id)) {
      matchMarket(id, bar.close(), most, NEVER, FillReason.BAR_CLOSE);
    }
    if (touches.tradedAfter(id, start)) {
      return; // its prints were matched one by one
    }
    matchPrint(id, bar.low(), bar.high(), most, start);
  }

  /** Moves the venue's clock: requests arrive, orders lapse. */
  public void advance(final long now) {
    settle(now);
  }

  /** Takes the next report that is due at {@code now}; {@link #report()} is then that report. */
  public boolean poll(final long now) {
    return reports.poll(now);
  }

  /** The report that {@link #poll} took, until the venue is called again. */
  public ExecutionReportDecoder report() {
    return reports.report();
  }

  // What happens at the venue before the event in hand, in order of venue time.

  private void settle(final long now) {
    while (true) {
      final long arrival = arrivingCount == 0 ? NEVER : arriving[arrivingHead].arrival;
      // Deadlines come first at the same instant: a session is over at its close.
      if (earliestDeadline <= Math.min(arrival, now)) {
        clock = Math.max(clock, earliestDeadline);
        lapse();
      } else if (arrival <= now) {
        clock = Math.max(clock, arrival);
        arrive();
      } else {
        break;
      }
    }
    clock = Math.max(clock, now);
  }

  private void arrive() {
    final VenueOrder order = arriving[arrivingHead];
    arriving[arrivingHead] = null;
    arrivingHead = arrivingHead + 1 == arriving.length ? 0 : arrivingHead + 1;
    arrivingCount--;
    if (order.action == OrderAction.NEW) {
      if (!enter(order)) {
        release(order);
      }
      return;
    }
    if (order.action == OrderAction.CANCEL) {
      cancel(order);
    } else {
      say(order, OrderEventType.REPLACE_REJECT, RejectReason.UNSUPPORTED);
    }
    release(order);
  }

  /** Returns whether the order rests now. */
  private boolean enter(final VenueOrder order) {
    final RejectReason refusal = refusal(order);
    newestOrderId = Math.max(newestOrderId, order.orderId);
    if (refusal != RejectReason.NONE) {
      say(order, OrderEventType.REJECT, refusal);
      return false;
    }
    say(order, OrderEventType.ACCEPT, RejectReason.NONE);
    if (order.market()) {
      meetMarket(order);
    } else if (marketable(order)) {
      takeTouch(order);
    }
    if (order.leaves == 0) {
      return false;
    }
    if (immediate(order)) {
      say(order, OrderEventType.CANCEL, RejectReason.NO_LIQUIDITY);
      return false;
    }
    rest(order);
    return true;
  }

  private RejectReason refusal(final VenueOrder order) {
    if (order.orderId <= newestOrderId) {
      return RejectReason.DUPLICATE_ORDER_ID; // ids ascend: they derive from the input sequence
    }
    if (!supported(order)) {
      return RejectReason.UNSUPPORTED;
    }
    final Instruments instruments = market.instruments();
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      if (instruments.expiry(id) != 0 && instruments.expiry(id) <= clock) {
        return RejectReason.EXPIRED_INSTRUMENT;
      }
      if (!open(order, id)) {
        return RejectReason.SESSION_CLOSED;
      }
    }
    if (order.timeInForce == TimeInForce.GTX && marketable(order)) {
      return RejectReason.WOULD_CROSS;
    }
    if (selfMatch(order)) {
      return RejectReason.SELF_MATCH;
    }
    return !immediate(order) && restingCount == resting.length
        ? RejectReason.CAPACITY
        : RejectReason.NONE;
  }

  /**
   * The instant of the close still trades at the close; who waits for the open may come at any
   * time.
   */
  private boolean open(final VenueOrder order, final int id) {
    final Instruments instruments = market.instruments();
    if (order.market() && config.fill() == FillTiming.NEXT_OPEN) {
      return true;
    }
    return instruments.sessionOpen(id, clock)
        || (order.market() && clock == instruments.sessionClose(id));
  }

  private static boolean supported(final VenueOrder order) {
    if (order.market()) {
      return order.leaves > 0 && !order.combo() && order.timeInForce == TimeInForce.DAY;
    }
    return order.orderType == OrderType.LIMIT
        && order.leaves > 0
        && order.timeInForce != TimeInForce.GTD
        && (order.combo() ? distinctLegs(order) : order.price > 0);
  }

  /** Legs of one instrument would count its displayed size twice. */
  private static boolean distinctLegs(final VenueOrder order) {
    for (int part = 1; part < order.parts(); part++) {
      for (int other = 0; other < part; other++) {
        if (order.instrument(part) == order.instrument(other)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean immediate(final VenueOrder order) {
    return order.timeInForce == TimeInForce.IOC || order.timeInForce == TimeInForce.FOK;
  }

  // Market orders.

  /** The recording has no quotes of it at all: the last price stands for the touch. */
  private boolean noQuotes(final int id) {
    return config.fill() == FillTiming.TOUCH && market.books().quoteTime(id) == 0;
  }

  /** A market order and the market as it stands. */
  private void meetMarket(final VenueOrder order) {
    final int id = order.instrumentId;
    if (config.fill() == FillTiming.NEXT_OPEN) {
      return;
    }
    if (config.fill() == FillTiming.BAR_CLOSE || noQuotes(id)) {
      final long last = market.books().last(id);
      if (last != Fixed.NONE) {
        final long most = Fixed.mul(market.books().lastSize(id), participation);
        tradeMarket(order, last, most, FillReason.BAR_CLOSE);
      }
      return;
    }
    final long touch = touches.price(id, order.buy);
    if (touch == Fixed.NONE) {
      return;
    }
    final long before = order.leaves;
    tradeMarket(order, touch, touches.available(id, order.buy, clock), FillReason.TOOK_TOUCH);
    if (before > order.leaves && config.size() == FillSize.DISPLAYED) {
      touches.take(id, order.buy, before - order.leaves, clock);
    }
  }

  /**
   * Waiting market orders and a price.
   *
   * @param size what they may have of it together, units
   * @param arrivedBy only orders that arrived at or before this take part
   */
  private void matchMarket(
      final int id,
      final long price,
      final long size,
      final long arrivedBy,
      final FillReason reason) {
    long left = size;
    for (int i = 0; i < restingCount; i++) {
      final VenueOrder order = resting[i];
      if (!order.market() || order.instrumentId != id || order.arrival > arrivedBy) {
        continue;
      }
      final long before = order.leaves;
      tradeMarket(order, price, left, reason);
      left -= before - order.leaves;
      if (order.leaves == 0) {
        remove(i--);
      }
    }
  }

  private void tradeMarket(
      final VenueOrder order, final long price, final long most, final FillReason reason) {
    final long quantity =
        config.size() == FillSize.UNLIMITED ? order.leaves : wholeLots(order, Math.max(0, most));
    if (quantity <= 0) {
      return;
    }
    final long worse = Fixed.mul(price, slippage);
    order.leaves -= quantity;
    fill(
        order,
        0,
        quantity,
        order.buy ? Math.addExact(price, worse) : Math.subtractExact(price, worse),
        Liquidity.TAKER,
        reason,
        0,
        0);
  }

  /** Whether it would trade with an order of our own before anybody else's. */
  private boolean selfMatch(final VenueOrder order) {
    for (int part = 0; part < order.parts(); part++) {
      final boolean buys = order.buys(part);
      final long reach =
          order.combo() || order.market()
              ? touches.price(order.instrument(part), buys)
              : order.price;
      for (int i = 0; i < restingCount && reach != Fixed.NONE; i++) {
        final VenueOrder own = resting[i];
        if (!own.combo()
            && !own.market()
            && own.instrumentId == order.instrument(part)
            && own.buy != buys
            && within(own.price, buys, reach)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether {@code price} is no worse than {@code limit} for one who buys (or sells). */
  private static boolean within(final long price, final boolean buys, final long limit) {
    return buys ? price <= limit : price >= limit;
  }

  /** Whether the touches would let it trade at its limit, whatever their size. */
  private boolean marketable(final VenueOrder order) {
    if (order.combo()) {
      final long net = net(order);
      return net != Fixed.NONE && within(net, true, order.buy ? order.price : -order.price);
    }
    final long touch = touches.price(order.instrumentId, order.buy);
    return touch != Fixed.NONE && within(touch, order.buy, order.price);
  }

  /** What a unit of the structure costs at the touches; NONE if a leg has none. */
  private long net(final VenueOrder order) {
    long net = 0;
    for (int part = 0; part < order.parts(); part++) {
      final boolean buys = order.buys(part);
      final long touch = touches.price(order.instrument(part), buys);
      if (touch == Fixed.NONE) {
        return Fixed.NONE;
      }
      final long cost = Math.multiplyExact(touch, order.ratio(part));
      net = buys ? Math.addExact(net, cost) : Math.subtractExact(net, cost);
    }
    return net;
  }

  private void takeTouch(final VenueOrder order) {
    final long quantity = tradable(order);
    if (quantity > 0 && (order.timeInForce != TimeInForce.FOK || quantity == order.leaves)) {
      trade(order, quantity, Liquidity.TAKER, FillReason.TOOK_TOUCH);
    }
  }

  /** Units that the touches can fill now, in whole lots. */
  private long tradable(final VenueOrder order) {
    long units = order.leaves;
    long lot = 1;
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final long available = touches.available(id, order.buys(part), clock);
      units = Math.min(units, available / order.ratio(part));
      lot = Math.max(lot, market.instruments().lotSize(id));
    }
    return units == order.leaves ? units : Fixed.floorTo(units, lot);
  }

  /** Trades against the touches: a taker and a structure at theirs, a resting single at its own. */
  private void trade(
      final VenueOrder order,
      final long units,
      final Liquidity liquidity,
      final FillReason reason) {
    final boolean atLimit = liquidity == Liquidity.MAKER && !order.combo();
    final long queue = Math.max(0, order.queueAhead);
    order.leaves -= units;
    order.queueAhead = atLimit ? 0 : order.queueAhead;
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final boolean buys = order.buys(part);
      final long quantity = Math.multiplyExact(units, order.ratio(part));
      final long price = atLimit ? order.price : touches.price(id, buys);
      touches.take(id, buys, quantity, clock);
      fill(order, part, quantity, price, liquidity, reason, atLimit ? queue : 0, 0);
    }
  }

  private void rest(final VenueOrder order) {
    long deadline = NEVER;
    final Instruments instruments = market.instruments();
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final long expiry = instruments.expiry(id);
      final long close = instruments.sessionClose(id);
      deadline = expiry == 0 ? deadline : Math.min(deadline, expiry);
      if (close != 0 && order.timeInForce != TimeInForce.GTC && !waitsForOpen(order)) {
        deadline = Math.min(deadline, close);
      }
    }
    order.deadline = deadline;
    earliestDeadline = Math.min(earliestDeadline, deadline);
    if (!order.combo() && !order.market()) {
      order.queueAhead = queueAt(order);
    }
    resting[restingCount++] = order;
  }

  private boolean waitsForOpen(final VenueOrder order) {
    return order.market() && config.fill() == FillTiming.NEXT_OPEN;
  }

  /** Conservative: all displayed size at the price is ahead; behind the touch nobody can tell. */
  private long queueAt(final VenueOrder order) {
    final int id = order.instrumentId;
    final long near = touches.price(id, !order.buy);
    if (near != Fixed.NONE && near == order.price) {
      return touches.size(id, !order.buy);
    }
    return near == Fixed.NONE || within(near, order.buy, order.price)
        ? 0
        : VenueOrder.QUEUE_NOT_KNOWN;
  }

  private void cancel(final VenueOrder request) {
    for (int i = 0; i < restingCount; i++) {
      if (resting[i].orderId == request.orderId) {
        say(request, OrderEventType.CANCEL, RejectReason.NONE);
        remove(i);
        return;
      }
    }
    say(request, OrderEventType.CANCEL_REJECT, RejectReason.UNKNOWN_ORDER);
  }

  private void lapse() {
    earliestDeadline = NEVER;
    for (int i = 0; i < restingCount; i++) {
      final VenueOrder order = resting[i];
      if (order.deadline <= clock) {
        say(order, OrderEventType.EXPIRE, lapseReason(order));
        remove(i--);
      } else {
        earliestDeadline = Math.min(earliestDeadline, order.deadline);
      }
    }
  }

  private RejectReason lapseReason(final VenueOrder order) {
    for (int part = 0; part < order.parts(); part++) {
      final long expiry = market.instruments().expiry(order.instrument(part));
      if (expiry != 0 && expiry <= clock) {
        return RejectReason.EXPIRED_INSTRUMENT;
      }
    }
    return RejectReason.SESSION_END;
  }

  // What the event in hand does to resting orders.

  private void meetTouch(final VenueOrder order) {
    if (order.market()) {
      if (config.fill() == FillTiming.TOUCH) {
        meetMarket(order);
      }
      return;
    }
    if (!order.combo() && order.queueAhead == VenueOrder.QUEUE_NOT_KNOWN) {
      order.queueAhead = queueAt(order);
    }
    if (marketable(order)) {
      final long units = tradable(order);
      if (units > 0) {
        trade(order, units, Liquidity.MAKER, FillReason.QUOTE_CROSSED);
      }
    }
  }

  /**
   * Prints from {@code low} to {@code high}.
   *
   * @param size what our orders may have of it, units
   * @param restedSince only orders that arrived at or before this take part
   */
  private void matchPrint(
      final int id, final long low, final long high, final long size, final long restedSince) {
    long left = size;
    for (int i = 0; i < restingCount && left > 0; i++) {
      final VenueOrder order = resting[i];
      if (order.combo()
          || order.market()
          || order.instrumentId != id
          || order.arrival > restedSince) {
        continue;
      }
      left -= meetPrint(order, order.buy ? low : high, left);
      if (order.leaves == 0) {
        remove(i--);
      }
    }
  }

  /** Returns how much of the print the order got. */
  private long meetPrint(final VenueOrder order, final long price, final long size) {
    final boolean through = order.buy ? price < order.price : price > order.price;
    final long before = Math.max(0, order.queueAhead);
    if (!through && (price != order.price || order.queueAhead == VenueOrder.QUEUE_NOT_KNOWN)) {
      return 0;
    }
    final long ahead = through ? 0 : Math.min(before, size);
    order.queueAhead = through ? 0 : before - ahead;
    final long quantity = wholeLots(order, size - ahead);
    if (quantity > 0) {
      order.leaves -= quantity;
      fill(
          order,
          0,
          quantity,
          order.price,
          Liquidity.MAKER,
          through ? FillReason.TRADED_THROUGH : FillReason.QUEUE_REACHED,
          before,
          order.queueAhead);
    }
    return quantity;
  }

  private long wholeLots(final VenueOrder order, final long size) {
    return size >= order.leaves
        ? order.leaves
        : Fixed.floorTo(size, market.instruments().lotSize(order.instrumentId));
  }

  private void remove(final int index) {
    final VenueOrder order = resting[index];
    System.arraycopy(resting, index + 1, resting, index, restingCount - index - 1);
    resting[--restingCount] = null;
    release(order);
  }

  private void release(final VenueOrder order) {
    for (int part = 0; part < order.parts(); part++) {
      touches.release(order.instrument(part));
    }
    free[freeCount++] = order;
  }

  // What the venue says.

  private void say(final VenueOrder order, final OrderEventType event, final RejectReason reason) {
    begin(order, event).reason(reason).instrumentId(order.instrumentId);
  }

  private ExecutionReportEncoder begin(final VenueOrder order, final OrderEventType event) {
    return reports
        .add(clock + config.responseLatencyNanos())
        .eventTime(clock)
        .orderId(order.orderId)
        .event(event);
  }

  private void fill(
      final VenueOrder order,
      final int part,
      final long quantity,
      final long price,
      final Liquidity liquidity,
      final FillReason reason,
      final long queueBefore,
      final long queueAfter) {
    final int id = order.instrument(part);
    final boolean last = order.leaves == 0 && part + 1 == order.parts();
    final long fee = fees.charge(order, part, market.instruments(), id, quantity, price, liquidity);
    begin(order, last ? OrderEventType.FILL : OrderEventType.PARTIAL_FILL)
        .reason(RejectReason.NONE)
        .instrumentId(id)
        .legIndex((short) part)
        .quantity(quantity)
        .price(price)
        .fee(fee)
        .liquidity(liquidity)
        .venueTradeId(++tradeId)
        .fillReason(reason)
        .queueBefore(queueBefore)
        .queueAfter(queueAfter);
  }
}
