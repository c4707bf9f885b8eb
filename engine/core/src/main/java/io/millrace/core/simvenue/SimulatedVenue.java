package io.millrace.core.simvenue;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.portfolio.Margin;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * Matches orders against the recorded market.
 *
 * <p>A request arrives one order latency after its decision and meets the book as it stood then;
 * what the venue says reaches us one response latency later ({@link Latency}). Our orders do not
 * change the recorded market, so every fill is bounded by size that was displayed or traded:
 *
 * <ul>
 *   <li>crossing the touch takes displayed size at the touch, less what we took there lately;
 *   <li>a resting order trades at its own price: behind its queue ({@link QueueModel}) when a print
 *       is at that price, at once when a print is beyond it or the opposite touch comes to it;
 *   <li>own orders share a print in the order in which they arrived;
 *   <li>a bar counts only for orders that rested through all of it, if no print of it was seen;
 *   <li>a stop sleeps until its trigger has traded ({@link Stops});
 *   <li>a structure trades only if all legs do at their touches, in whole units, for a net within
 *       its limit.
 * </ul>
 *
 * <p>A market order of a single instrument trades by the configured {@link FillTiming} and {@link
 * FillSize}; what it does not get at once waits for more.
 *
 * <p>GTX and DAY orders lapse with the session, every order with its instrument.
 */
public final class SimulatedVenue implements Stateful {
  private static final int REQUESTS_PER_ORDER = 4;
  private static final long NEVER = VenueOrder.NEVER;

  private final Market market;
  private final Touches touches;
  private final Latency latency;
  private final Reports reports;
  private final RestingOrders resting;
  private final Admission admission;
  private final Queues queues;
  private final MarketOrders marketOrders;
  private final LimitOrders limitOrders;
  private final Stops stops;
  private final VenueOrder[] arriving;
  private final OrderRequestDecoder request = new OrderRequestDecoder();
  private final long participation;
  private int arrivingHead;
  private int arrivingCount;
  private long earliestDeadline = NEVER;
  private long clock;

  /** As below, with no margin demanded. */
  public SimulatedVenue(final VenueConfig config, final Market market) {
    this(config, market, null);
  }

  /**
   * An empty venue over a market that somebody else keeps up to date.
   *
   * @param margin of the account whose orders come; null = none is demanded
   */
  public SimulatedVenue(final VenueConfig config, final Market market, final Margin margin) {
    this.market = market;
    final Instruments instruments = market.instruments();
    touches = new Touches(config.replenishNanos());
    latency = new Latency(config);
    reports = new Reports(config, instruments, latency);
    arriving = new VenueOrder[config.maxOrders() * REQUESTS_PER_ORDER];
    resting = new RestingOrders(config.maxOrders(), arriving.length, touches);
    final TakerPrices prices = new TakerPrices(touches, instruments, config.optionSpreadShare());
    final MarginCheck check = new MarginCheck(margin, market.books(), prices, resting);
    admission = new Admission(config.fill(), instruments, touches, prices, resting, check);
    queues = new Queues(config.queueModel(), config.queuePower(), touches, market.depth());
    marketOrders = new MarketOrders(config, market, touches, prices, resting, reports);
    limitOrders =
        new LimitOrders(instruments, touches, prices, queues, resting, reports, config.size());
    stops = new Stops(market, margin, touches, resting, reports, queues, marketOrders, limitOrders);
    participation = Fixed.fromDouble(config.barParticipation());
  }

  /** Orders at rest. */
  public int restingCount() {
    return resting.count();
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
    if (latency.none()) {
      settle(market.now());
    }
  }

  private void take(final OrderRequestDecoder message) {
    if (arrivingCount == arriving.length) {
      throw new IllegalStateException(
          "more than " + arriving.length + " requests on their way: raise venue.max_orders");
    }
    clock = Math.max(clock, market.now());
    final VenueOrder order = resting.take();
    order.load(message, latency.arrival(clock, message.orderId(), message.action().value()));
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
    stops.shrink(instrumentId, clock);
    final boolean trading = trading(instrumentId);
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (order.names(instrumentId)) {
        if (order.sleeps()) {
          stops.onQuote(order, clock);
        } else if (order.market()) {
          marketOrders.onQuote(order, clock);
        } else if (trading) {
          limitOrders.onQuote(order, clock);
        }
        if (order.leaves == 0) {
          resting.remove(i--);
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
    stops.shrink(instrumentId, clock);
    marketOrders.onTrade(instrumentId, price, size, clock);
    if (trading(instrumentId)) {
      limitOrders.onPrint(instrumentId, price, price, size, NEVER, clock);
    }
    stops.onTrade(instrumentId, price, Fixed.mul(size, participation), clock);
  }

  /** A finished bar was accepted. */
  public void onBar(final BarDecoder bar) {
    final int id = bar.instrumentId();
    if (!touches.watched(id)) {
      return;
    }
    settle(market.now());
    final long start = start(bar);
    final long most = Fixed.mul(bar.volume(), participation);
    stops.shrink(id, clock);
    marketOrders.onBar(id, bar.open(), bar.close(), start, most, clock);
    if (!touches.tradedAfter(id, start) && trading(id)) { // else its prints were matched already
      final long left =
          start == market.instruments().sessionOpen(id)
              ? limitOrders.onOpen(id, bar.open(), most, start, clock)
              : most;
      limitOrders.onPrint(id, bar.low(), bar.high(), left, start, clock);
      stops.onBar(id, bar.open(), bar.high(), bar.low(), bar.close(), start, most, clock);
    }
    if (clock == market.instruments().sessionClose(id)) {
      endSession(id);
    }
  }

  /** The bar that ends with a session is its last event: whoever was of it is told so now. */
  private void endSession(final int id) {
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (order.names(id) && order.deadline == clock + 1) {
        order.deadline = clock;
      }
    }
    lapse();
  }

  /**
   * Whether limit orders trade: in the session, what ends with it included. Those that waited for
   * this session are of it from now on.
   */
  private boolean trading(final int id) {
    final Instruments instruments = market.instruments();
    final long close = instruments.sessionClose(id);
    if (close == 0) {
      return true;
    }
    if (!instruments.sessionOpen(id, clock) && clock != close) {
      return false;
    }
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (order.names(id) && ofSession(order) && order.arrival < close && close < order.deadline) {
        order.deadline = close + 1;
        earliestDeadline = Math.min(earliestDeadline, order.deadline);
      }
    }
    return true;
  }

  /** Whether it ends with a session: with the next one if it is a limit order given after this. */
  private boolean ofSession(final VenueOrder order) {
    return order.timeInForce != TimeInForce.GTC && !marketOrders.waitsForOpen(order);
  }

  /**
   * When a bar began: a daily one with its session, which may be shorter than the day before it was
   * long.
   */
  private long start(final BarDecoder bar) {
    final long start = bar.eventTime() - bar.interval();
    final long open = market.instruments().sessionOpen(bar.instrumentId());
    return open < bar.eventTime() ? Math.max(start, open) : start;
  }

  /**
   * Moves the venue's clock: requests arrive, orders lapse. Called before the market takes an event
   * too, so that a request which arrived before it meets the market it would have met.
   */
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
      // Deadlines come first at the same instant: a contract is gone at its expiry.
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
        resting.release(order);
      }
      return;
    }
    if (order.action == OrderAction.CANCEL) {
      cancel(order);
    } else {
      say(order, OrderEventType.REPLACE_REJECT, RejectReason.UNSUPPORTED);
    }
    resting.release(order);
  }

  /** Returns whether the order rests now. */
  private boolean enter(final VenueOrder order) {
    RejectReason refusal = admission.judge(order, clock);
    if (order.reduceOnly && !stops.knowsPositions()) {
      refusal = RejectReason.UNSUPPORTED;
    }
    if (refusal != RejectReason.NONE) {
      say(order, OrderEventType.REJECT, refusal);
      return false;
    }
    say(order, OrderEventType.ACCEPT, RejectReason.NONE);
    if (order.sleeps()) {
      stops.arrive(order, clock);
    } else if (order.market()) {
      marketOrders.meet(order, clock);
    } else if (trading(order.instrument(0))) {
      limitOrders.arrive(order, clock);
    }
    if (order.leaves == 0) {
      return false;
    }
    if (order.immediate()) {
      say(order, OrderEventType.CANCEL, RejectReason.NO_LIQUIDITY);
      return false;
    }
    rest(order);
    return true;
  }

  private void rest(final VenueOrder order) {
    long deadline = NEVER;
    final Instruments instruments = market.instruments();
    for (int part = 0; part < order.parts(); part++) {
      final int id = order.instrument(part);
      final long expiry = instruments.expiry(id);
      final long close = instruments.sessionClose(id);
      deadline = expiry == 0 ? deadline : Math.min(deadline, expiry);
      if (close != 0 && ofSession(order) && (order.market() || clock < close)) {
        deadline = Math.min(deadline, close + 1); // what ends with the session is still of it
      }
    }
    order.deadline = deadline;
    earliestDeadline = Math.min(earliestDeadline, deadline);
    if (order.singleLimit()) {
      queues.join(order);
    }
    resting.add(order);
  }

  private void cancel(final VenueOrder request) {
    final int index = resting.find(request.orderId);
    if (index < 0) {
      say(request, OrderEventType.CANCEL_REJECT, RejectReason.UNKNOWN_ORDER);
    } else {
      say(request, OrderEventType.CANCEL, RejectReason.NONE);
      resting.remove(index);
    }
  }

  private void lapse() {
    earliestDeadline = NEVER;
    for (int i = 0; i < resting.count(); i++) {
      final VenueOrder order = resting.get(i);
      if (order.deadline <= clock) {
        say(order, OrderEventType.EXPIRE, lapseReason(order));
        resting.remove(i--);
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

  private void say(final VenueOrder order, final OrderEventType event, final RejectReason reason) {
    reports.say(order, event, reason, clock);
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("simvenue");
    clock = codec.int64(clock);
    earliestDeadline = codec.int64(earliestDeadline);
    final int onTheirWay = codec.int32(arrivingCount);
    if (codec.loading()) {
      emptyArriving();
    }
    for (int i = 0; i < onTheirWay; i++) {
      if (codec.loading()) {
        arriving[i] = resting.take();
        arrivingCount++;
      }
      codec.of(arriving[(arrivingHead + i) % arriving.length]);
    }
    codec.of(resting);
    codec.of(touches);
    codec.of(latency);
    codec.of(reports);
    codec.of(admission);
  }

  private void emptyArriving() {
    while (arrivingCount > 0) {
      resting.release(arriving[(arrivingHead + --arrivingCount) % arriving.length]);
    }
    arrivingHead = 0;
  }
}
