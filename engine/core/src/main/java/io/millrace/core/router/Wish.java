package io.millrace.core.router;

import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Legs;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;

/** One approved wish and the children, one after another, that work it. Pooled. */
final class Wish {
  private final Legs legs = new Legs();
  private final long[] legArrivalMid = new long[Legs.MAX_LEGS];
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

  /** Takes over what an opened order says it is for. */
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
    step = 0;
    reprices = 0;
    takes = 0;
    stopping = RejectReason.NONE;
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
    return child().orderId() != childIds[childCount - 1];
  }

  /** Units still to trade: late fills of earlier children count too. */
  long left() {
    long left = target;
    for (int i = 0; i < childCount; i++) {
      if (children[i].orderId() == childIds[i]) {
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
