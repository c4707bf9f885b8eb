package io.millrace.core.order;

import io.millrace.codecs.OrderState;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * One order at the venue, single or multi-leg. Mutable and pooled: {@link Orders} alone changes it,
 * and after the order has ended the object may become another order, so whoever keeps a reference
 * compares {@link #orderId()}.
 *
 * <p>Quantities are units (of structure, for multi-leg), 1e-8. A structure counts as filled only as
 * far as all of its legs are.
 */
public final class Order {
  final long[] legFilled = new long[Legs.MAX_LEGS];
  final long[] legArrivalMid = new long[Legs.MAX_LEGS];
  final Legs legs = new Legs();
  long orderId;
  long ideaCause;
  int ideaOrdinal;
  long decisionCause;
  int decisionOrdinal;
  long key;
  int instrumentId;
  Side side = Side.NONE;
  OrderType orderType = OrderType.LIMIT;
  TimeInForce timeInForce = TimeInForce.GTC;
  Role role = Role.MAKER;
  OrderStyle style = OrderStyle.ROUTED;
  boolean ofStrategy;
  Purpose purpose = Purpose.OPEN;
  long quantity;
  long filled;
  long limitPrice;
  long triggerPrice = Fixed.NONE;
  boolean reduceOnly;
  long maxLossPerUnit;
  long arrivalMid;
  long sentTime;
  long changedTime;
  OrderState state = OrderState.INITIALISED;
  RejectReason reason = RejectReason.NONE;
  boolean retired;

  Order() {
    Arrays.fill(legArrivalMid, Fixed.NONE);
  }

  void clear() {
    Arrays.fill(legFilled, 0);
    Arrays.fill(legArrivalMid, Fixed.NONE);
    legs.clear();
    orderId = 0;
    filled = 0;
    arrivalMid = Fixed.NONE;
    sentTime = 0;
    changedTime = 0;
    state = OrderState.INITIALISED;
    reason = RejectReason.NONE;
    retired = false;
  }

  void state(final StateCodec codec) {
    codec.all(legFilled);
    codec.all(legArrivalMid);
    legs.state(codec);
    orderId = codec.int64(orderId);
    ideaCause = codec.int64(ideaCause);
    ideaOrdinal = codec.int32(ideaOrdinal);
    decisionCause = codec.int64(decisionCause);
    decisionOrdinal = codec.int32(decisionOrdinal);
    key = codec.int64(key);
    instrumentId = codec.int32(instrumentId);
    side = Side.get((short) codec.int32(side.value()));
    orderType = OrderType.get((short) codec.int32(orderType.value()));
    timeInForce = TimeInForce.get((short) codec.int32(timeInForce.value()));
    role = Role.get((short) codec.int32(role.value()));
    style = OrderStyle.get((short) codec.int32(style.value()));
    ofStrategy = codec.flag(ofStrategy);
    purpose = Purpose.get((short) codec.int32(purpose.value()));
    quantity = codec.int64(quantity);
    filled = codec.int64(filled);
    limitPrice = codec.int64(limitPrice);
    triggerPrice = codec.int64(triggerPrice);
    reduceOnly = codec.flag(reduceOnly);
    maxLossPerUnit = codec.int64(maxLossPerUnit);
    arrivalMid = codec.int64(arrivalMid);
    sentTime = codec.int64(sentTime);
    changedTime = codec.int64(changedTime);
    state = OrderState.get((short) codec.int32(state.value()));
    reason = RejectReason.get(codec.int32(reason.value()));
    retired = codec.flag(retired);
  }

  /** Its name, see {@link OrderId}; 0 before it is sent. */
  public long orderId() {
    return orderId;
  }

  /** Cause of the idea it works; 0 = none. */
  public long ideaCause() {
    return ideaCause;
  }

  /** Ordinal of the idea it works. */
  public int ideaOrdinal() {
    return ideaOrdinal;
  }

  /** Cause of the approval it rests on. */
  public long decisionCause() {
    return decisionCause;
  }

  /** Ordinal of the approval it rests on. */
  public int decisionOrdinal() {
    return decisionOrdinal;
  }

  /** Idempotency key, the same for all children of one wish. */
  public long key() {
    return key;
  }

  /** Instrument, or underlying of a structure. */
  public int instrumentId() {
    return instrumentId;
  }

  /** Direction; BUY for a structure. */
  public Side side() {
    return side;
  }

  /** Legs; none for a single instrument. */
  public Legs legs() {
    return legs;
  }

  /** How it is priced. */
  public OrderType orderType() {
    return orderType;
  }

  /** How long it lives. */
  public TimeInForce timeInForce() {
    return timeInForce;
  }

  /** Maker or taker. */
  public Role role() {
    return role;
  }

  /** How it was asked to be worked. */
  public OrderStyle style() {
    return style;
  }

  /** Whether a strategy asked for it. */
  public boolean ofStrategy() {
    return ofStrategy;
  }

  /** What it is for. */
  public Purpose purpose() {
    return purpose;
  }

  /** Units ordered. */
  public long quantity() {
    return quantity;
  }

  /** Units filled; of a structure: whole in all legs. */
  public long filled() {
    return filled;
  }

  /** Units that can still trade; 0 once the order has ended. */
  public long leaves() {
    return OrderTable.terminal(state) ? 0 : quantity - filled;
  }

  /** Units ordered and not filled, also after the end. */
  public long unfilled() {
    return quantity - filled;
  }

  /** Contracts of leg {@code i} that have traded, 1e-8. */
  public long legFilled(final int i) {
    return legFilled[i];
  }

  /** Contracts of leg {@code i} that can still trade, 1e-8. */
  public long legLeaves(final int i) {
    return OrderTable.terminal(state) ? 0 : quantity * legs.ratio(i) - legFilled[i];
  }

  /** Worst price, 1e-8; net of a structure. */
  public long limitPrice() {
    return limitPrice;
  }

  /** Price at which a stop comes alive, 1e-8; {@link Fixed#NONE} = it is none. */
  public long triggerPrice() {
    return triggerPrice;
  }

  /** Whether it is, or was before its trigger traded, a stop. */
  public boolean stop() {
    return triggerPrice != Fixed.NONE;
  }

  /** Whether the venue lets it do nothing but reduce a position. */
  public boolean reduceOnly() {
    return reduceOnly;
  }

  /** Worst case of one unit, account currency, 1e-8; 0 = unknown. */
  public long maxLossPerUnit() {
    return maxLossPerUnit;
  }

  /** Mid (net, for a structure) when the idea arrived, 1e-8; {@link Fixed#NONE} = none. */
  public long arrivalMid() {
    return arrivalMid;
  }

  /** Mid of leg {@code i} when the idea arrived, 1e-8; {@link Fixed#NONE} = none. */
  public long legArrivalMid(final int i) {
    return legArrivalMid[i];
  }

  /** Sets what slippage is measured from; before the order is sent. */
  public Order arrivalMid(final long mid) {
    arrivalMid = mid;
    return this;
  }

  /** Sets what slippage of a leg is measured from; before the order is sent. */
  public Order legArrivalMid(final int i, final long mid) {
    legArrivalMid[i] = mid;
    return this;
  }

  /** Event time at which it was sent, nanoseconds. */
  public long sentTime() {
    return sentTime;
  }

  /** Event time of its last event, nanoseconds. */
  public long changedTime() {
    return changedTime;
  }

  /** Where it stands. */
  public OrderState state() {
    return state;
  }

  /** Why it was refused or cancelled; NONE while neither. */
  public RejectReason reason() {
    return reason;
  }

  /** Whether it has ended. */
  public boolean terminal() {
    return OrderTable.terminal(state);
  }
}
