package io.millrace.core.router;

import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Legs;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/** One approved wish and the children, one after another, that work it. Pooled. */
final class Wish {
  private final Legs legs = new Legs();
  private final long[] legArrivalMid = new long[Legs.MAX_LEGS];
  // A child that was forgotten before a checkpoint is null after it.
  private final Order[] children;
  private final long[] childIds;
  private final long[] childFilled;
  private int childCount;
  private long ideaCause;
  private int ideaOrdinal;
  private long key;
  private int instrumentId;
  private Side side = Side.NONE;
  private long maxLossPerUnit;
  private boolean ofStrategy;
  private OrderStyle style = OrderStyle.ROUTED;

  /** Units still meant to trade in all; the gate may cut it. */
  long target;

  /** Worst price wanted; NONE = any. */
  long worstPrice;

  long arrivalMid;

  /** Worst price a taker may pay: the cap or the worst price wanted, on the tick. */
  long capPrice;

  /** Mid beyond which the maker phase ends. */
  long adverseMid;

  long tick;
  int step;
  int reprices;
  int takes;
  long cancelAskedAt;

  /** Not NONE once the wish shall end as soon as its child has. */
  RejectReason stopping = RejectReason.NONE;

  Wish(final int maxChildren) {
    children = new Order[maxChildren];
    childIds = new long[maxChildren];
    childFilled = new long[maxChildren];
  }

  /** Takes over what an opened order says it is for; nothing of what it was before is left. */
  void start(final Order order) {
    legs.copy(order.legs());
    childCount = 0;
    ideaCause = order.ideaCause();
    ideaOrdinal = order.ideaOrdinal();
    key = order.key();
    instrumentId = order.instrumentId();
    side = order.side();
    maxLossPerUnit = order.maxLossPerUnit();
    ofStrategy = order.ofStrategy();
    style = order.style();
    target = order.quantity();
    worstPrice = order.limitPrice();
    arrivalMid = 0;
    Arrays.fill(legArrivalMid, 0);
    capPrice = 0;
    adverseMid = 0;
    tick = 0;
    cancelAskedAt = Long.MIN_VALUE;
    step = 0;
    reprices = 0;
    takes = 0;
    stopping = RejectReason.NONE;
  }

  /**
   * @param orders already loaded: the children are found there
   */
  void state(final StateCodec codec, final Orders orders) {
    legs.state(codec);
    codec.all(legArrivalMid);
    childCount = codec.int32(childCount);
    codec.first(childIds, childCount);
    codec.first(childFilled, childCount);
    if (codec.loading()) {
      for (int i = 0; i < childCount; i++) {
        children[i] = orders.get(childIds[i]);
      }
    }
    ideaCause = codec.int64(ideaCause);
    ideaOrdinal = codec.int32(ideaOrdinal);
    key = codec.int64(key);
    instrumentId = codec.int32(instrumentId);
    side = Side.get((short) codec.int32(side.value()));
    maxLossPerUnit = codec.int64(maxLossPerUnit);
    ofStrategy = codec.flag(ofStrategy);
    style = OrderStyle.get((short) codec.int32(style.value()));
    target = codec.int64(target);
    worstPrice = codec.int64(worstPrice);
    arrivalMid = codec.int64(arrivalMid);
    capPrice = codec.int64(capPrice);
    adverseMid = codec.int64(adverseMid);
    tick = codec.int64(tick);
    step = codec.int32(step);
    reprices = codec.int32(reprices);
    takes = codec.int32(takes);
    cancelAskedAt = codec.int64(cancelAskedAt);
    stopping = RejectReason.get(codec.int32(stopping.value()));
  }

  Legs legs() {
    return legs;
  }

  OrderStyle style() {
    return style;
  }

  boolean of(final long cause, final int ordinal) {
    return ideaCause == cause && ideaOrdinal == ordinal;
  }

  int instrumentId() {
    return instrumentId;
  }

  boolean buys() {
    return side == Side.BUY;
  }

  void legArrivalMid(final int leg, final long mid) {
    legArrivalMid[leg] = mid;
  }

  /** Marks an order, before it is sent, with what its slippage is measured from. */
  void mark(final Order order) {
    order.arrivalMid(arrivalMid);
    for (int leg = 0; leg < legs.count(); leg++) {
      order.legArrivalMid(leg, legArrivalMid[leg]);
    }
  }

  /** Adds a child that was sent. */
  void add(final Order order) {
    children[childCount] = order;
    childIds[childCount] = order.orderId();
    childFilled[childCount] = 0;
    childCount++;
    cancelAskedAt = Long.MIN_VALUE;
  }

  /** The newest child. */
  Order child() {
    return children[childCount - 1];
  }

  /** Whether the newest child's place in the store has gone to another order. */
  boolean forgotten() {
    return !kept(childCount - 1);
  }

  private boolean kept(final int i) {
    return children[i] != null && children[i].orderId() == childIds[i];
  }

  /** Units still to trade: late fills of earlier children count too. */
  long left() {
    long left = target;
    for (int i = 0; i < childCount; i++) {
      if (kept(i)) {
        childFilled[i] = children[i].filled();
      }
      left -= childFilled[i];
    }
    return left;
  }

  /** Whether {@code price} is worse than {@code bound} for this wish. */
  boolean worse(final long price, final long bound) {
    return buys() ? price > bound : price < bound;
  }

  /** The better of two prices for this wish; a bound of NONE does not bind. */
  long within(final long price, final long bound) {
    return bound == Fixed.NONE || !worse(price, bound) ? price : bound;
  }

  /** A price on the tick, not worse than the one given. */
  long onTick(final long price) {
    return buys() ? Fixed.floorTo(price, tick) : Fixed.ceilTo(price, tick);
  }

  /** A price worse by an amount. */
  long worseBy(final long price, final long amount) {
    return buys() ? Math.addExact(price, amount) : Math.subtractExact(price, amount);
  }

  void fill(
      final OrderIntent intent, final Purpose purpose, final long quantity, final long price) {
    intent
        .set(purpose, key, instrumentId, side, quantity, price)
        .idea(ideaCause, ideaOrdinal)
        .maxLossPerUnit(maxLossPerUnit)
        .parentQuantity(quantity);
    if (ofStrategy) {
      intent.ofStrategy(style);
    }
    intent.legs().copy(legs);
  }
}
