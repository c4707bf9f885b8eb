package io.millrace.core.simvenue;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/** Orders at rest, in the order in which they came, and the pool that all orders come from. */
final class RestingOrders implements Stateful {
  private final Touches touches;
  private final VenueOrder[] free;
  private final VenueOrder[] resting;
  private int freeCount;
  private int count;

  /**
   * Empty.
   *
   * @param most orders at rest
   * @param more orders that may be anywhere else
   */
  RestingOrders(final int most, final int more, final Touches touches) {
    this.touches = touches;
    resting = new VenueOrder[most];
    free = new VenueOrder[most + more];
    while (freeCount < free.length) {
      free[freeCount++] = new VenueOrder();
    }
  }

  /** An order of the pool, to be given back by {@link #release} or {@link #remove}. */
  VenueOrder take() {
    return free[--freeCount];
  }

  void release(final VenueOrder order) {
    for (int part = 0; part < order.parts(); part++) {
      touches.release(order.instrument(part));
    }
    free[freeCount++] = order;
  }

  void add(final VenueOrder order) {
    resting[count++] = order;
  }

  boolean full() {
    return count == resting.length;
  }

  int count() {
    return count;
  }

  VenueOrder get(final int index) {
    return resting[index];
  }

  /** Index of the order with this id; -1 = it does not rest. */
  int find(final long orderId) {
    for (int i = 0; i < count; i++) {
      if (resting[i].orderId == orderId) {
        return i;
      }
    }
    return -1;
  }

  void remove(final int index) {
    final VenueOrder order = resting[index];
    System.arraycopy(resting, index + 1, resting, index, count - index - 1);
    resting[--count] = null;
    release(order);
  }

  @Override
  public void state(final StateCodec codec) {
    final int rest = codec.int32(count);
    if (codec.loading()) {
      clear();
    }
    for (int i = 0; i < rest; i++) {
      if (codec.loading()) {
        add(take());
      }
      codec.of(resting[i]);
    }
  }

  /** Gives all back, without a word to {@link Touches}, which has its own state. */
  private void clear() {
    while (count > 0) {
      free[freeCount++] = resting[--count];
      resting[count] = null;
    }
  }
}
