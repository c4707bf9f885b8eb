package io.millrace.core.simvenue;

import io.millrace.codecs.Side;
import io.millrace.core.market.DepthBooks;
import io.millrace.core.market.Fixed;

/**
 * Where resting orders stand in their queues. What is displayed at an order's price is told by the
 * touch while it is there; behind it by the levels, where the feed gives them, down to the last one
 * it gives.
 */
final class Queues {
  private final QueueModel model;
  private final double power;
  private final Touches touches;
  private final DepthBooks depth;

  Queues(
      final QueueModel model, final double power, final Touches touches, final DepthBooks depth) {
    this.model = model;
    this.power = power;
    this.touches = touches;
    this.depth = depth;
  }

  /** An order comes to rest: all displayed size at its price is ahead of it. */
  void join(final VenueOrder order) {
    order.seen = displayed(order);
    order.queueAhead = order.seen;
    order.traded = 0;
  }

  /** The book changed. */
  void onBook(final VenueOrder order) {
    if (order.queueAhead == VenueOrder.QUEUE_NOT_KNOWN) {
      join(order);
      return;
    }
    if (model == QueueModel.CONSERVATIVE) {
      return;
    }
    final long displayed = displayed(order);
    if (displayed != VenueOrder.QUEUE_NOT_KNOWN) {
      if (order.seen != VenueOrder.QUEUE_NOT_KNOWN) {
        cancelled(order, displayed);
      }
      order.queueAhead = Math.min(order.queueAhead, displayed);
    }
    order.seen = displayed;
    order.traded = 0;
  }

  /** A print at the order's price: what will be gone from the display for it was no cancel. */
  void onPrint(final VenueOrder order, final long size) {
    order.traded = Math.addExact(order.traded, size);
  }

  /** Size that is gone although nothing of it traded was behind, or ahead, by the model. */
  private void cancelled(final VenueOrder order, final long displayed) {
    final long before = Math.max(0, order.seen - order.traded);
    final long gone = before - displayed;
    if (gone <= 0) {
      return; // what came joined behind
    }
    final long ahead = Math.min(order.queueAhead, before);
    final long behind = before - ahead;
    final long fromBehind =
        switch (model) {
          case CONSERVATIVE, CANCELS_BEHIND -> Math.min(behind, gone);
          case CANCELS_AHEAD -> gone - Math.min(ahead, gone);
          case POWER, LOG -> Math.min(behind, Fixed.mul(gone, shareBehind(ahead, behind)));
        };
    order.queueAhead = Math.max(0, ahead - (gone - fromBehind));
  }

  private long shareBehind(final long ahead, final long behind) {
    final double before = weight(ahead);
    final double after = weight(behind);
    return Fixed.fromDouble(after / (before + after)); // gone > 0, so one of them is
  }

  private double weight(final long size) {
    final double units = Fixed.toDouble(size);
    return model == QueueModel.LOG ? StrictMath.log1p(units) : StrictMath.pow(units, power);
  }

  /** Size displayed at the order's price; not known behind what the feed shows. */
  private long displayed(final VenueOrder order) {
    final int id = order.instrumentId;
    final long near = touches.price(id, !order.buy);
    if (near == Fixed.NONE || (order.buy ? near < order.price : near > order.price)) {
      return 0; // the order is the best of its side
    }
    if (near == order.price) {
      return touches.size(id, !order.buy);
    }
    final Side side = order.buy ? Side.BUY : Side.SELL;
    final int levels = depth.levels(id, side);
    if (levels == 0) {
      return VenueOrder.QUEUE_NOT_KNOWN;
    }
    final long last = depth.price(id, side, levels - 1);
    final boolean shown = order.buy ? order.price >= last : order.price <= last;
    return shown ? depth.sizeAt(id, side, order.price) : VenueOrder.QUEUE_NOT_KNOWN;
  }
}
