package io.millrace.core.simvenue;

import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.ExecutionReportEncoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.RejectReason;
import io.millrace.core.market.Instruments;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/** What the venue says, with the fee of each fill, and when it reaches us. */
final class Reports implements Stateful {
  private final Instruments instruments;
  private final FeeSchedule fees;
  private final Latency latency;
  private final ReportQueue queue;
  private long said;
  private long tradeId;

  Reports(final VenueConfig config, final Instruments instruments, final Latency latency) {
    this.instruments = instruments;
    this.latency = latency;
    fees = new FeeSchedule(config.fees());
    queue = new ReportQueue(config.maxReports());
  }

  void say(
      final VenueOrder order,
      final OrderEventType event,
      final RejectReason reason,
      final long clock) {
    begin(order, event, clock).reason(reason).instrumentId(order.instrumentId);
  }

  /** A taker's fill, or one for which no queue counts. */
  void fill(
      final VenueOrder order,
      final int part,
      final long quantity,
      final long price,
      final Liquidity liquidity,
      final FillReason reason,
      final long clock) {
    fill(order, part, quantity, price, liquidity, reason, 0, 0, clock);
  }

  /**
   * A part of an order traded; its {@code leaves} are what is left after it. A reduce-only order
   * that has traded all it may is cancelled for the rest.
   *
   * @param part leg, 0 for a single
   */
  void fill(
      final VenueOrder order,
      final int part,
      final long quantity,
      final long price,
      final Liquidity liquidity,
      final FillReason reason,
      final long queueBefore,
      final long queueAfter,
      final long clock) {
    final int id = order.instrument(part);
    final boolean done = order.leaves == 0 && part + 1 == order.parts();
    final boolean last = done && order.surplus == 0;
    final long fee = fees.charge(order, part, instruments, id, quantity, price, liquidity);
    begin(order, last ? OrderEventType.FILL : OrderEventType.PARTIAL_FILL, clock)
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
    queue.moves(order.buys(part) ? quantity : -quantity);
    if (done && !last) {
      say(order, OrderEventType.CANCEL, RejectReason.NO_POSITION, clock);
    }
  }

  /** Units of an instrument that fills on their way to us add to what we hold, signed. */
  long underWay(final int id) {
    return queue.underWay(id);
  }

  private ExecutionReportEncoder begin(
      final VenueOrder order, final OrderEventType event, final long clock) {
    return queue
        .add(latency.due(clock, order.orderId, ++said))
        .eventTime(clock)
        .orderId(order.orderId)
        .event(event);
  }

  boolean poll(final long now) {
    return queue.poll(now);
  }

  ExecutionReportDecoder report() {
    return queue.report();
  }

  int count() {
    return queue.count();
  }

  @Override
  public void state(final StateCodec codec) {
    said = codec.int64(said);
    tradeId = codec.int64(tradeId);
    codec.of(queue);
  }
}
