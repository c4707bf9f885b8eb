package io.millrace.core.router;

import io.millrace.codecs.OrderState;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Role;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.order.Approval;
import io.millrace.core.order.Gate;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * Works each approved wish with one order at a time.
 *
 * <ol>
 *   <li>Maker: post-only at the near touch. A would-cross reject is placed again a bounded number
 *       of times; a structure is improved in steps from its net near touch to its net mid.
 *   <li>Unfilled in time or after an adverse move: cancel.
 *   <li>Once the cancel is confirmed, taker: IOC for what is left, at worst at the slippage cap
 *       from the arrival mid (and never beyond the worst price wanted). Beyond that the wish ends,
 *       and a DENY event on its last order says why.
 * </ol>
 *
 * <p>A strategy may ask for one plain order instead (market, limit, post-only, stop): it is sent as
 * it is, rests until it ends or is cancelled, and has no further child.
 *
 * <p>Every child after the first asks the gate. While the outcome of a child is unknown nothing
 * follows it. All in event time; a call costs O(active wishes).
 */
public final class Router implements Stateful {
  /** So many times the active wishes must fit the order store, lest a child be forgotten. */
  private static final int STORE_PER_ACTIVE = 2;

  private final RouterConfig config;
  private final Orders orders;
  private final Gate gate;
  private final Pricing pricing;
  private final OrderIntent childIntent = new OrderIntent();
  private final Wish[] free;
  private final Wish[] active;
  private int freeCount;
  private int activeCount;

  /**
   * A router without work.
   *
   * @throws IllegalArgumentException if the order store is too small for {@code max_active}
   */
  public Router(
      final RouterConfig config, final Market market, final Orders orders, final Gate gate) {
    if (orders.capacity() < STORE_PER_ACTIVE * config.maxActive()) {
      throw new IllegalArgumentException(
          "orders.capacity is "
              + orders.capacity()
              + "; it must be at least "
              + STORE_PER_ACTIVE
              + " times router.max_active, "
              + config.maxActive());
    }
    this.config = config;
    this.orders = orders;
    this.gate = gate;
    pricing = new Pricing(market);
    free = new Wish[config.maxActive()];
    active = new Wish[config.maxActive()];
    while (freeCount < free.length) {
      free[freeCount++] = new Wish(config.maxChildren());
    }
  }

  /** Wishes being worked. */
  public int activeCount() {
    return activeCount;
  }

  /** The orders must be loaded before: wishes find their children there. */
  @Override
  public void state(final StateCodec codec) {
    codec.part("router");
    codec.same("router.max_active", active.length);
    codec.same("most children of a wish", config.maxChildren());
    while (codec.loading() && activeCount > 0) {
      free[freeCount++] = active[--activeCount];
      active[activeCount] = null;
    }
    final int count = codec.int32(activeCount);
    for (int i = 0; i < count; i++) {
      if (codec.loading()) {
        active[i] = free[--freeCount];
      }
      active[i].state(codec, orders);
    }
    activeCount = count;
  }

  /** Starts to work a wish; uses the approval up. */
  public void accept(final Approval approval, final long now, final Outputs out) {
    final Order order = orders.open(approval, out);
    if (order == null) {
      return; // the store said so
    }
    if (freeCount == 0) {
      orders.deny(order, RejectReason.CAPACITY, now, out);
      return;
    }
    final Wish wish = free[--freeCount];
    wish.start(order);
    if (wish.style() != OrderStyle.ROUTED) {
      direct(wish, order, now, out);
      active[activeCount++] = wish;
      return;
    }
    final RejectReason refusal = arrive(wish);
    if (refusal == RejectReason.NONE && first(wish, order, now, out)) {
      active[activeCount++] = wish;
      return;
    }
    if (refusal != RejectReason.NONE) {
      orders.deny(order, refusal, now, out);
    }
    free[freeCount++] = wish;
  }

  /** Notes the prices that all later ones are measured by. */
  private RejectReason arrive(final Wish wish) {
    final long mid = pricing.mid(wish);
    if (mid == Fixed.NONE) {
      return RejectReason.NO_PRICE;
    }
    final boolean options = pricing.options(wish);
    final long premium = pricing.premium(wish);
    final double cap = options ? config.optionSlippageCapBps() : config.slippageCapBps();
    final double adverse = options ? config.optionAdverseMoveBps() : config.adverseMoveBps();
    wish.tick = pricing.tick(wish);
    wish.arrivalMid = mid;
    for (int leg = 0; leg < wish.legs().count(); leg++) {
      wish.legArrivalMid(leg, pricing.legMid(wish, leg));
    }
    final long capped = wish.worseBy(mid, Pricing.bps(premium, cap));
    wish.capPrice = wish.onTick(wish.within(capped, wish.worstPrice));
    wish.adverseMid = wish.worseBy(mid, Pricing.bps(premium, adverse));
    return RejectReason.NONE;
  }

  /** The first child rests on the approval in hand; returns whether it was sent. */
  private boolean first(final Wish wish, final Order order, final long now, final Outputs out) {
    final long maker = makerPrice(wish);
    if (maker != Fixed.NONE) {
      send(wish, order, Role.MAKER, maker, now, out);
      return true;
    }
    final RejectReason refusal = takeRefusal(wish);
    if (refusal != RejectReason.NONE) {
      orders.deny(order, refusal, now, out);
      return false;
    }
    wish.takes++;
    send(wish, order, Role.TAKER, wish.capPrice, now, out);
    return true;
  }

  /** One plain order, on the approval in hand. */
  private void direct(final Wish wish, final Order order, final long now, final Outputs out) {
    // What a stop slips is counted from where it wakes, not from where it was given.
    wish.arrivalMid = order.stop() ? order.triggerPrice() : pricing.arrival(wish);
    for (int leg = 0; leg < wish.legs().count(); leg++) {
      wish.legArrivalMid(leg, pricing.legMid(wish, leg));
    }
    wish.mark(order);
    orders.submit(
        order, Role.DIRECT, type(wish.style()), life(wish.style()), wish.worstPrice, now, out);
    wish.add(order);
  }

  private static OrderType type(final OrderStyle style) {
    return switch (style) {
      case MARKET -> OrderType.MARKET;
      case STOP -> OrderType.STOP;
      case STOP_LIMIT -> OrderType.STOP_LIMIT;
      default -> OrderType.LIMIT;
    };
  }

  /** A stop guards a position for as long as it is held, over nights too. */
  private static TimeInForce life(final OrderStyle style) {
    return switch (style) {
      case POST_ONLY -> TimeInForce.GTX;
      case STOP, STOP_LIMIT -> TimeInForce.GTC;
      case IMMEDIATE -> TimeInForce.IOC;
      case FILL_OR_KILL -> TimeInForce.FOK;
      default -> TimeInForce.DAY;
    };
  }

  private void send(
      final Wish wish,
      final Order order,
      final Role role,
      final long price,
      final long now,
      final Outputs out) {
    wish.mark(order);
    final TimeInForce timeInForce = role == Role.MAKER ? TimeInForce.GTX : TimeInForce.IOC;
    orders.submit(order, role, OrderType.LIMIT, timeInForce, price, now, out);
    wish.add(order);
  }

  /** Drives all wishes: time-outs, re-pricing, fallback. Called for every input. */
  public void work(final long now, final Outputs out) {
    int kept = 0;
    for (int i = 0; i < activeCount; i++) {
      final Wish wish = active[i];
      if (drive(wish, now, out)) {
        active[kept++] = wish;
      } else {
        free[freeCount++] = wish;
      }
    }
    for (int i = kept; i < activeCount; i++) {
      active[i] = null;
    }
    activeCount = kept;
  }

  /** Cancels all working orders; no child follows any. */
  public void cancelAll(final RejectReason reason, final long now, final Outputs out) {
    for (int i = 0; i < activeCount; i++) {
      stop(active[i], reason, now, out);
    }
  }

  /** Cancels the wish of an idea or intent, if it is still worked. */
  public void cancel(
      final long ideaCause,
      final int ideaOrdinal,
      final RejectReason reason,
      final long now,
      final Outputs out) {
    for (int i = 0; i < activeCount; i++) {
      if (active[i].of(ideaCause, ideaOrdinal)) {
        stop(active[i], reason, now, out);
      }
    }
  }

  private void stop(final Wish wish, final RejectReason reason, final long now, final Outputs out) {
    wish.stopping = reason;
    final Order child = wish.child();
    if (!wish.forgotten() && !child.terminal() && child.state() != OrderState.PENDING_CANCEL) {
      cancel(wish, reason, now, out);
    }
  }

  /** Returns whether the wish goes on. */
  private boolean drive(final Wish wish, final long now, final Outputs out) {
    if (wish.forgotten()) {
      return false;
    }
    final Order child = wish.child();
    switch (child.state()) {
      case SUBMITTED, PENDING_CANCEL, PENDING_REPLACE -> expectWord(child, now, out);
      case ACCEPTED, PARTIALLY_FILLED -> {
        if (child.role() != Role.TAKER) {
          watch(wish, now, out);
        } else {
          expectWord(child, now, out);
        }
      }
      case UNKNOWN -> {
        // Only the venue's word ends this: a blind resend could trade twice.
      }
      default -> {
        return follow(wish, now, out);
      }
    }
    return true;
  }

  private void expectWord(final Order child, final long now, final Outputs out) {
    if (now - child.changedTime() >= config.ackTimeoutNanos()) {
      orders.timeout(child, now, out);
    }
  }

  /** A maker order rests: cancel it when its time is up or the market runs away. */
  private void watch(final Wish wish, final long now, final Outputs out) {
    final RejectReason reason = cancelReason(wish, now);
    // A refused cancel is asked again, but not faster than the venue may be silent.
    if (reason != RejectReason.NONE
        && (wish.cancelAskedAt == Long.MIN_VALUE
            || now - wish.cancelAskedAt >= config.ackTimeoutNanos())) {
      cancel(wish, reason, now, out);
    }
  }

  private RejectReason cancelReason(final Wish wish, final long now) {
    if (wish.stopping != RejectReason.NONE) {
      return wish.stopping;
    }
    if (wish.style() != OrderStyle.ROUTED) {
      return RejectReason.NONE; // it rests for as long as it was asked to
    }
    final long mid = pricing.mid(wish);
    if (mid != Fixed.NONE && wish.worse(mid, wish.adverseMid)) {
      return RejectReason.ADVERSE_MOVE;
    }
    final boolean single = wish.legs().count() == 0;
    final long patience = single ? config.makerTimeoutNanos() : config.comboStepNanos();
    if (now - wish.child().sentTime() < patience) {
      return RejectReason.NONE;
    }
    return !single && wish.step + 1 < config.comboSteps()
        ? RejectReason.REPRICE
        : RejectReason.TIMEOUT;
  }

  private void cancel(
      final Wish wish, final RejectReason reason, final long now, final Outputs out) {
    wish.cancelAskedAt = now;
    orders.cancel(wish.child(), reason, now, out);
  }

  /** The child has ended: what comes next. Returns whether the wish goes on. */
  private boolean follow(final Wish wish, final long now, final Outputs out) {
    final Order child = wish.child();
    if (wish.left() <= 0 || child.state() == OrderState.FILLED || child.role() == Role.DIRECT) {
      return false;
    }
    if (wish.stopping != RejectReason.NONE) {
      return end(wish, wish.stopping, now, out);
    }
    if (child.state() == OrderState.REJECTED) {
      return afterReject(wish, now, out);
    }
    if (child.state() != OrderState.CANCELLED) {
      return false; // expired: its event says why
    }
    return child.role() == Role.MAKER
        ? afterMakerCancel(wish, now, out)
        : afterTake(wish, now, out);
  }

  private boolean afterReject(final Wish wish, final long now, final Outputs out) {
    final Order child = wish.child();
    if (child.role() != Role.MAKER || child.reason() != RejectReason.WOULD_CROSS) {
      return false; // the venue's event says why
    }
    if (wish.reprices == config.maxReprices()) {
      return take(wish, now, out);
    }
    wish.reprices++;
    return make(wish, makerPrice(wish), now, out);
  }

  private boolean afterMakerCancel(final Wish wish, final long now, final Outputs out) {
    return switch (wish.child().reason()) {
      case REPRICE -> improve(wish, now, out);
      case TIMEOUT, ADVERSE_MOVE -> take(wish, now, out);
      default -> false; // not our wish: the venue's event says why
    };
  }

  /** The next step whose price differs from the last one; after the last step, take. */
  private boolean improve(final Wish wish, final long now, final Outputs out) {
    while (++wish.step < config.comboSteps()) {
      final long price = makerPrice(wish);
      if (price != wish.child().limitPrice()) {
        return make(wish, price, now, out);
      }
    }
    return take(wish, now, out);
  }

  private boolean afterTake(final Wish wish, final long now, final Outputs out) {
    if (wish.takes == config.maxTakes()) {
      return end(wish, RejectReason.NO_LIQUIDITY, now, out);
    }
    final boolean early = now - wish.child().changedTime() < config.takeRetryNanos();
    return early || take(wish, now, out);
  }

  private boolean make(final Wish wish, final long price, final long now, final Outputs out) {
    return price == Fixed.NONE
        ? take(wish, now, out)
        : child(wish, Role.MAKER, Purpose.REPRICE, price, now, out);
  }

  private boolean take(final Wish wish, final long now, final Outputs out) {
    final RejectReason refusal = takeRefusal(wish);
    if (refusal != RejectReason.NONE) {
      return end(wish, refusal, now, out);
    }
    wish.takes++;
    return child(wish, Role.TAKER, Purpose.FALLBACK, wish.capPrice, now, out);
  }

  /** Sends the next child if the gate lets it. */
  private boolean child(
      final Wish wish,
      final Role role,
      final Purpose purpose,
      final long price,
      final long now,
      final Outputs out) {
    final long left = wish.left();
    wish.fill(childIntent, purpose, left, price);
    final Approval approval = gate.judge(childIntent, now, out);
    if (approval == null) {
      return end(wish, RejectReason.GATE, now, out);
    }
    final Order order = orders.open(approval, out);
    if (order == null) {
      return false; // the store said so
    }
    wish.target -= left - order.quantity(); // what the gate cut is given up
    send(wish, order, role, price, now, out);
    return true;
  }

  private boolean end(
      final Wish wish, final RejectReason reason, final long now, final Outputs out) {
    orders.abandon(wish.child(), reason, now, out);
    return false;
  }

  /** Why nothing can be taken now; NONE = it can. */
  private RejectReason takeRefusal(final Wish wish) {
    final long natural = pricing.natural(wish);
    if (natural == Fixed.NONE) {
      return RejectReason.NO_PRICE;
    }
    return wish.worse(natural, wish.capPrice) ? RejectReason.SLIPPAGE_CAP : RejectReason.NONE;
  }

  /** Where a maker order goes now; NONE when it cannot rest without crossing. */
  private long makerPrice(final Wish wish) {
    final long near = pricing.near(wish);
    if (near == Fixed.NONE) {
      return Fixed.NONE;
    }
    final long natural = pricing.natural(wish);
    final boolean single = wish.legs().count() == 0;
    final long wanted = single ? improved(wish, near, natural) : stepped(wish, near);
    if (wanted == Fixed.NONE) {
      return Fixed.NONE;
    }
    long price = wish.onTick(wish.within(wanted, wish.worstPrice));
    if (single && price == 0) {
      price = wish.tick; // an empty bid: the lowest price there is
    }
    final boolean crosses = natural != Fixed.NONE && !wish.worse(natural, price);
    return crosses ? Fixed.NONE : price;
  }

  /** The near touch, bettered if that leaves the order behind the other side. */
  private long improved(final Wish wish, final long near, final long natural) {
    final long better = wish.worseBy(near, Math.multiplyExact(wish.tick, config.improveTicks()));
    return natural != Fixed.NONE && wish.worse(natural, better) ? better : near;
  }

  /** The step's share of the way from the net near touch to the net mid. */
  private long stepped(final Wish wish, final long near) {
    final long mid = pricing.mid(wish);
    if (mid == Fixed.NONE) {
      return Fixed.NONE;
    }
    final int last = config.comboSteps() - 1;
    return last == 0 ? near : near + Fixed.mulDiv(mid - near, wish.step, last);
  }
}
