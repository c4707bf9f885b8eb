package io.millrace.core.order;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.FillEncoder;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventEncoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestEncoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Role;
import io.millrace.codecs.Severity;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All orders of a run and the only place that changes one: each change takes a row of {@link
 * OrderTable} and is told as an OrderEvent; each fill also as a Fill.
 *
 * <p>A report that breaks a rule (no such row, unknown order, more than was ordered, a trade told
 * twice) changes nothing and is recorded as an OrderEvent whose states before and after are the
 * same and whose reason says what was wrong.
 */
public final class Orders implements Stateful {
  /** {@link #apply}: the report caused no Fill message. */
  public static final int NO_FILL = -1;

  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final long NO_DAY = Long.MIN_VALUE;
  private static final float LOAD = 0.55f;

  private final Order[] free;
  private final Order[] working;
  private final Order[] ended;
  private final Long2ObjectHashMap<Order> byId;
  private final Long2LongHashMap dayOfTrade;
  private final long[] tradeIds;
  private final long[] tradeDays;
  private final OrderRequestEncoder request = new OrderRequestEncoder();
  private final OrderEventEncoder orderEvent = new OrderEventEncoder();
  private final FillEncoder fill = new FillEncoder();
  private final AlertEncoder alert = new AlertEncoder();
  private int freeCount;
  private int workingCount;
  private int endedHead;
  private int endedCount;
  private int tradeCount;
  private int tradeNext;

  /** An empty store that remembers as many trade ids as orders. */
  public Orders(final int capacity) {
    this(new OrdersConfig(capacity, capacity));
  }

  /** An empty store; everything it will ever need is allocated here. */
  public Orders(final OrdersConfig config) {
    final int capacity = config.capacity();
    free = new Order[capacity];
    working = new Order[capacity];
    ended = new Order[capacity];
    for (int i = capacity - 1; i >= 0; i--) {
      free[freeCount++] = new Order();
    }
    byId = new Long2ObjectHashMap<>(tableSize(capacity), LOAD);
    dayOfTrade = new Long2LongHashMap(tableSize(config.tradeIds()), LOAD, NO_DAY);
    tradeIds = new long[config.tradeIds()];
    tradeDays = new long[config.tradeIds()];
  }

  /** Twice the entries and more, so that a full store never makes a table grow. */
  private static int tableSize(final int entries) {
    return Math.max(8, Integer.highestOneBit(entries) << 2);
  }

  /** Most orders kept, working and ended together. */
  public int capacity() {
    return working.length;
  }

  /** Order with this id; null when there is none or it has been forgotten. */
  public Order get(final long orderId) {
    return byId.get(orderId);
  }

  /** Orders that can still trade, those of unknown outcome included. */
  public int workingCount() {
    return workingCount;
  }

  /** Working order {@code i}, oldest first, 0 to {@link #workingCount()}. */
  public Order working(final int i) {
    return working[i];
  }

  /** Working orders that name the instrument, as their own or as a leg. */
  public int workingCount(final int instrumentId) {
    int count = 0;
    for (int i = 0; i < workingCount; i++) {
      if (names(working[i], instrumentId)) {
        count++;
      }
    }
    return count;
  }

  /**
   * Units of the instrument that working orders can still buy or sell, legs included, 1e-8. Orders
   * that may only reduce do not count: they never add to what is held.
   */
  public long workingQuantity(final int instrumentId, final Side side) {
    long sum = 0;
    for (int i = 0; i < workingCount; i++) {
      final Order order = working[i];
      final Legs legs = order.legs;
      if (legs.count() == 0) {
        if (order.instrumentId == instrumentId && order.side == side && !order.reduceOnly) {
          sum = Math.addExact(sum, order.leaves());
        }
      } else {
        for (int leg = 0; leg < legs.count(); leg++) {
          if (legs.instrumentId(leg) == instrumentId && legSide(order, leg) == side) {
            sum = Math.addExact(sum, order.legLeaves(leg));
          }
        }
      }
    }
    return sum;
  }

  /** Whether an order of the instrument has an unknown outcome: no new risk there until it ends. */
  public boolean unknownOutcome(final int instrumentId) {
    for (int i = 0; i < workingCount; i++) {
      if (working[i].state == OrderState.UNKNOWN && names(working[i], instrumentId)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(final Order order, final int instrumentId) {
    if (order.instrumentId == instrumentId) {
      return true;
    }
    for (int leg = 0; leg < order.legs.count(); leg++) {
      if (order.legs.instrumentId(leg) == instrumentId) {
        return true;
      }
    }
    return false;
  }

  /**
   * Uses an approval up for an order, which {@link #submit} then sends or {@link #deny} gives up.
   * There is no other way to make one.
   *
   * @return null when the store is full of working orders: that is told as a DENY event
   */
  public Order open(final Approval approval, final Outputs out) {
    final OrderIntent intent = approval.use();
    for (int leg = 0; leg < intent.legs().count(); leg++) {
      Math.multiplyExact(approval.quantity(), intent.legs().ratio(leg)); // contracts must fit
    }
    final Order order = take();
    if (order == null) {
      tell(
          intent.instrumentId(),
          nextId(out),
          OrderEventType.DENY,
          OrderState.INITIALISED,
          OrderState.DENIED,
          RejectReason.CAPACITY,
          0,
          0,
          out);
      return null;
    }
    order.clear();
    order.ideaCause = intent.ideaCause();
    order.ideaOrdinal = intent.ideaOrdinal();
    order.decisionCause = approval.decisionCause();
    order.decisionOrdinal = approval.decisionOrdinal();
    order.key = intent.key();
    order.instrumentId = intent.instrumentId();
    order.side = intent.side();
    order.legs.copy(intent.legs());
    order.purpose = intent.purpose();
    order.quantity = approval.quantity();
    order.limitPrice = intent.limitPrice();
    order.triggerPrice = intent.triggerPrice();
    order.reduceOnly = intent.reduceOnly();
    order.maxLossPerUnit = intent.maxLossPerUnit();
    order.style = intent.style();
    order.ofStrategy = intent.ofStrategy();
    working[workingCount++] = order;
    return order;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("orders");
    codec.same("orders.capacity", capacity());
    if (codec.loading()) {
      forgetAll();
    }
    final int openCount = codec.int32(workingCount);
    for (int i = 0; i < openCount; i++) {
      working[i] = kept(working[i], codec);
    }
    workingCount = openCount;
    endedHead = codec.int32(endedHead);
    final int doneCount = codec.int32(endedCount);
    for (int i = 0; i < doneCount; i++) {
      final int at = (endedHead + i) % ended.length;
      ended[at] = kept(ended[at], codec);
    }
    endedCount = doneCount;
    trades(codec);
  }

  /** All places are free, as in a new store. */
  private void forgetAll() {
    Arrays.fill(working, null);
    Arrays.fill(ended, null);
    for (int i = freeCount; i < free.length; i++) {
      free[i] = new Order();
    }
    freeCount = free.length;
    byId.clear();
  }

  private Order kept(final Order saved, final StateCodec codec) {
    final Order order = codec.loading() ? free[--freeCount] : saved;
    order.state(codec);
    if (codec.loading()) {
      byId.put(order.orderId, order);
    }
    return order;
  }

  /** The map by its keys: their order in it depends on how it came to be. */
  private void trades(final StateCodec codec) {
    codec.same("orders.trade_ids", tradeIds.length);
    tradeCount = codec.int32(tradeCount);
    tradeNext = codec.int32(tradeNext);
    codec.first(tradeIds, tradeCount);
    codec.first(tradeDays, tradeCount);
    long[] known = new long[dayOfTrade.size()];
    if (!codec.loading()) {
      final Long2LongHashMap.KeyIterator keys = dayOfTrade.keySet().iterator();
      for (int i = 0; i < known.length; i++) {
        known[i] = keys.nextValue();
      }
      Arrays.sort(known);
    }
    known = codec.grown(known);
    if (codec.loading()) {
      dayOfTrade.clear();
    }
    for (final long tradeId : known) {
      dayOfTrade.put(tradeId, codec.int64(dayOfTrade.get(tradeId)));
    }
  }

  private Order take() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    if (endedCount == 0) {
      return null;
    }
    final Order oldest = ended[endedHead];
    ended[endedHead] = null;
    endedHead = endedHead + 1 == ended.length ? 0 : endedHead + 1;
    endedCount--;
    byId.remove(oldest.orderId);
    return oldest;
  }

  /**
   * Sends an opened order: OrderRequest NEW, which gives it its id, and the SUBMIT event.
   *
   * @param limitPrice worst price, 1e-8; net of a structure
   */
  public void submit(
      final Order order,
      final Role role,
      final OrderType orderType,
      final TimeInForce timeInForce,
      final long limitPrice,
      final long now,
      final Outputs out) {
    order.orderType = orderType;
    order.role = role;
    order.timeInForce = timeInForce;
    order.limitPrice = limitPrice;
    order.sentTime = now;
    name(order, out);
    request(order, OrderAction.NEW, RejectReason.NONE, out);
    own(order, OrderEventType.SUBMIT, RejectReason.NONE, now, out);
  }

  /** Gives an opened order up before it is sent, and says why. The event names the order. */
  public void deny(
      final Order order, final RejectReason reason, final long now, final Outputs out) {
    name(order, out);
    own(order, OrderEventType.DENY, reason, now, out);
  }

  private void name(final Order order, final Outputs out) {
    order.orderId = nextId(out);
    byId.put(order.orderId, order);
  }

  /**
   * Asks the venue to cancel: OrderRequest CANCEL and the CANCEL_REQUEST event.
   *
   * @throws IllegalStateException if the table has no such row for the order's state
   */
  public void cancel(
      final Order order, final RejectReason reason, final long now, final Outputs out) {
    request(order, OrderAction.CANCEL, reason, out);
    own(order, OrderEventType.CANCEL_REQUEST, reason, now, out);
  }

  /** No word from the venue in time: the outcome is unknown until it speaks. */
  public void timeout(final Order order, final long now, final Outputs out) {
    own(order, OrderEventType.TIMEOUT, RejectReason.TIMEOUT, now, out);
  }

  /** Says on an order that has ended that no child will follow it, and why. */
  public void abandon(
      final Order order, final RejectReason reason, final long now, final Outputs out) {
    own(order, OrderEventType.DENY, reason, now, out);
  }

  private static long nextId(final Outputs out) {
    return OrderId.of(out.generation(), out.cause(), out.count());
  }

  private void request(
      final Order order, final OrderAction action, final RejectReason reason, final Outputs out) {
    out.begin(request);
    request
        .instrumentId(order.instrumentId)
        .orderId(order.orderId)
        .ideaCause(order.ideaCause)
        .ideaOrdinal(order.ideaOrdinal)
        .decisionCause(order.decisionCause)
        .decisionOrdinal(order.decisionOrdinal)
        .action(action)
        .orderType(order.orderType)
        .timeInForce(order.timeInForce)
        .role(order.role)
        .purpose(order.purpose)
        .side(order.side)
        .quantity(order.quantity)
        .limitPrice(order.limitPrice)
        .reason(reason)
        .triggerPrice(order.triggerPrice)
        .reduceOnly((short) (order.reduceOnly ? 1 : 0));
    final Legs legs = order.legs;
    final OrderRequestEncoder.LegsEncoder rows = request.legsCount(legs.count());
    for (int i = 0; i < legs.count(); i++) {
      rows.next().instrumentId(legs.instrumentId(i)).side(legs.side(i)).ratio(legs.ratio(i));
    }
    out.end(request);
  }

  /** An event of our own making: the pair has a row, or the caller is wrong. */
  private void own(
      final Order order,
      final OrderEventType event,
      final RejectReason reason,
      final long now,
      final Outputs out) {
    final OrderState from = order.state;
    final OrderState to = OrderTable.next(from, event, traded(order));
    if (to == null) {
      throw new IllegalStateException(
          "order " + order.orderId + " is " + from + ": " + event + " is not legal");
    }
    enter(order, to, reason, now);
    tell(order, event, from, to, reason, out);
  }

  /**
   * Takes a venue's word on an order.
   *
   * @param now event time, nanoseconds
   * @return index of the Fill message, or {@link #NO_FILL}
   */
  public int apply(final ExecutionReportDecoder report, final long now, final Outputs out) {
    final Order order = byId.get(report.orderId());
    if (order == null) {
      return refuseUnknown(report, out);
    }
    final OrderEventType event = report.event();
    if (event == OrderEventType.PARTIAL_FILL || event == OrderEventType.FILL) {
      return applyFill(order, report, event, now, out);
    }
    final OrderState from = order.state;
    final OrderState to =
        OrderTable.fromVenue(event) ? OrderTable.next(from, event, traded(order)) : null;
    if (to == null) {
      refuse(order, event, RejectReason.ILLEGAL_EVENT, out);
      return NO_FILL;
    }
    final RejectReason reason = reason(order, event, report.reason());
    enter(order, to, kept(order, event, reason), now);
    tell(order, event, from, to, reason, out);
    return NO_FILL;
  }

  /** A cancel that we asked for has our reason; else the venue's counts. */
  private static RejectReason reason(
      final Order order, final OrderEventType event, final RejectReason said) {
    return event == OrderEventType.CANCEL && said == RejectReason.NONE ? order.reason : said;
  }

  /** An ack leaves the reason of a cancel under way; a refused cancel voids it. */
  private static RejectReason kept(
      final Order order, final OrderEventType event, final RejectReason reason) {
    return switch (event) {
      case ACCEPT, REPLACE, REPLACE_REJECT -> order.reason;
      case CANCEL_REJECT -> order.terminal() ? order.reason : RejectReason.NONE;
      default -> reason;
    };
  }

  private int applyFill(
      final Order order,
      final ExecutionReportDecoder report,
      final OrderEventType said,
      final long now,
      final Outputs out) {
    final RejectReason wrong = check(order, report);
    if (wrong != RejectReason.NONE) {
      refuse(order, said, wrong, out);
      return NO_FILL;
    }
    final int leg = report.legIndex();
    final long legFilled = order.legFilled[leg] + report.quantity();
    final long filled = filledWith(order, leg, legFilled);
    // What is filled decides whether this was the last part, not what the venue calls it.
    final OrderEventType event =
        filled == order.quantity ? OrderEventType.FILL : OrderEventType.PARTIAL_FILL;
    final OrderState from = order.state;
    final OrderState to = OrderTable.next(from, event, true);
    if (to == null) {
      refuse(order, said, RejectReason.ILLEGAL_EVENT, out);
      return NO_FILL;
    }
    remember(report.venueTradeId(), day(report));
    order.legFilled[leg] = legFilled;
    order.filled = filled;
    enter(order, to, order.reason, now);
    tell(order, event, from, to, RejectReason.NONE, out);
    return tellFill(order, leg, report, out);
  }

  private RejectReason check(final Order order, final ExecutionReportDecoder report) {
    final int leg = report.legIndex();
    final Legs legs = order.legs;
    final boolean single = legs.count() == 0;
    if (single ? leg != 0 : leg >= legs.count()) {
      return RejectReason.ILLEGAL_EVENT;
    }
    final int expected = single ? order.instrumentId : legs.instrumentId(leg);
    if (report.instrumentId() != expected
        || report.quantity() <= 0
        || report.price() == Fixed.NONE) {
      return RejectReason.ILLEGAL_EVENT;
    }
    if (dayOfTrade.get(report.venueTradeId()) == day(report)) {
      return RejectReason.DUPLICATE_TRADE;
    }
    final long ordered =
        single ? order.quantity : Math.multiplyExact(order.quantity, legs.ratio(leg));
    return report.quantity() > ordered - order.legFilled[leg]
        ? RejectReason.OVERFILL
        : RejectReason.NONE;
  }

  /** Whole units once {@code leg} has traded {@code legFilled}: the leg that is least far rules. */
  private static long filledWith(final Order order, final int leg, final long legFilled) {
    if (order.legs.count() == 0) {
      return legFilled;
    }
    long filled = order.quantity;
    for (int i = 0; i < order.legs.count(); i++) {
      final long done = i == leg ? legFilled : order.legFilled[i];
      filled = Math.min(filled, done / order.legs.ratio(i));
    }
    return filled;
  }

  private static boolean traded(final Order order) {
    for (final long done : order.legFilled) {
      if (done != 0) {
        return true;
      }
    }
    return false;
  }

  private static long day(final ExecutionReportDecoder report) {
    return Math.floorDiv(report.eventTime(), DAY_NANOS);
  }

  /** A ring of the newest trade ids; the map holds the day of each, for one look-up per fill. */
  private void remember(final long tradeId, final long day) {
    if (tradeCount == tradeIds.length) {
      if (dayOfTrade.get(tradeIds[tradeNext]) == tradeDays[tradeNext]) {
        dayOfTrade.remove(tradeIds[tradeNext]);
      }
    } else {
      tradeCount++;
    }
    tradeIds[tradeNext] = tradeId;
    tradeDays[tradeNext] = day;
    tradeNext = tradeNext + 1 == tradeIds.length ? 0 : tradeNext + 1;
    dayOfTrade.put(tradeId, day);
  }

  /** Every change of state goes through here. */
  private void enter(
      final Order order, final OrderState to, final RejectReason reason, final long now) {
    order.state = to;
    order.reason = reason;
    order.changedTime = now;
    if (OrderTable.terminal(to) && !order.retired) {
      retire(order);
    }
  }

  private void retire(final Order order) {
    int at = 0;
    while (working[at] != order) {
      at++;
    }
    System.arraycopy(working, at + 1, working, at, workingCount - at - 1);
    working[--workingCount] = null;
    order.retired = true;
    int tail = endedHead + endedCount;
    if (tail >= ended.length) {
      tail -= ended.length;
    }
    ended[tail] = order;
    endedCount++;
  }

  private int refuseUnknown(final ExecutionReportDecoder report, final Outputs out) {
    tell(
        report.instrumentId(),
        report.orderId(),
        report.event(),
        OrderState.UNKNOWN,
        OrderState.UNKNOWN,
        RejectReason.UNKNOWN_ORDER,
        0,
        0,
        out);
    alarm(report.instrumentId(), out);
    return NO_FILL;
  }

  private void refuse(
      final Order order, final OrderEventType event, final RejectReason reason, final Outputs out) {
    tell(order, event, order.state, order.state, reason, out);
    // Fills told twice are how venues make sure after a reconnect: recorded, but no alarm.
    if (reason != RejectReason.DUPLICATE_TRADE) {
      alarm(order.instrumentId, out);
    }
  }

  private void alarm(final int instrumentId, final Outputs out) {
    out.begin(alert);
    alert
        .severity(Severity.CRITICAL)
        .code(AlertCode.ILLEGAL_ORDER_EVENT)
        .instrumentId(instrumentId);
    out.end(alert);
  }

  private void tell(
      final Order order,
      final OrderEventType event,
      final OrderState from,
      final OrderState to,
      final RejectReason reason,
      final Outputs out) {
    tell(
        order.instrumentId,
        order.orderId,
        event,
        from,
        to,
        reason,
        order.filled,
        order.leaves(),
        out);
  }

  private void tell(
      final int instrumentId,
      final long orderId,
      final OrderEventType event,
      final OrderState from,
      final OrderState to,
      final RejectReason reason,
      final long filled,
      final long leaves,
      final Outputs out) {
    out.begin(orderEvent);
    orderEvent
        .instrumentId(instrumentId)
        .orderId(orderId)
        .event(event)
        .from(from)
        .to(to)
        .reason(reason)
        .filled(filled)
        .leaves(leaves);
    out.end(orderEvent);
  }

  private int tellFill(
      final Order order, final int leg, final ExecutionReportDecoder report, final Outputs out) {
    final boolean single = order.legs.count() == 0;
    out.begin(fill);
    fill.instrumentId(report.instrumentId())
        .orderId(order.orderId)
        .ideaCause(order.ideaCause)
        .ideaOrdinal(order.ideaOrdinal)
        .legIndex((short) leg)
        .side(single ? order.side : legSide(order, leg))
        .quantity(report.quantity())
        .price(report.price())
        .fee(report.fee())
        .liquidity(report.liquidity())
        .venueTradeId(report.venueTradeId())
        .reason(report.fillReason())
        .queueBefore(report.queueBefore())
        .queueAfter(report.queueAfter())
        .arrivalMid(single ? order.arrivalMid : order.legArrivalMid[leg]);
    return out.end(fill);
  }

  private static Side legSide(final Order order, final int leg) {
    final Side listed = order.legs.side(leg);
    if (order.side == Side.BUY) {
      return listed;
    }
    return listed == Side.BUY ? Side.SELL : Side.BUY;
  }
}
