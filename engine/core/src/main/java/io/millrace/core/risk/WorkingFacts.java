package io.millrace.core.risk;

import io.millrace.codecs.OrderState;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.order.Legs;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.Portfolio;

/**
 * What the working orders add to an order's exposure, gathered in one pass over them. A working
 * order that only takes risk off (every leg within the opposite position, or reduce-only at the
 * venue) adds nothing. Reused.
 *
 * <p>A strategy's market order is as good as done: what it closes counts as closed when the
 * strategy's next order is judged, so that one position can make room for another in one callback.
 */
final class WorkingFacts {
  private final Instruments instruments;
  private final Portfolio portfolio;
  private final Orders orders;
  private int open;
  private int openSymbol;
  private boolean unknownOutcome;
  private boolean selfMatch;
  private long sameUnits;
  private long otherNotional;
  private long notional;
  private long bought;
  private long sold;
  private long sameKey;
  private long closedLongs;
  private long closedShorts;

  WorkingFacts(final Instruments instruments, final Portfolio portfolio, final Orders orders) {
    this.instruments = instruments;
    this.portfolio = portfolio;
    this.orders = orders;
  }

  void clear() {
    open = orders.workingCount();
    openSymbol = 0;
    unknownOutcome = false;
    selfMatch = false;
    sameUnits = 0;
    otherNotional = 0;
    notional = 0;
    bought = 0;
    sold = 0;
    sameKey = 0;
    closedLongs = 0;
    closedShorts = 0;
  }

  void gather(final OrderFacts facts) {
    clear();
    final OrderIntent intent = facts.intent();
    for (int i = 0; i < open; i++) {
      final Order order = orders.working(i);
      final boolean symbol = instruments.root(order.instrumentId()) == facts.root();
      if (symbol) {
        openSymbol++;
        unknownOutcome |= order.state() == OrderState.UNKNOWN;
        selfMatch |= matches(facts, order);
      }
      if (order.key() == intent.key()) {
        sameKey = Saturating.add(sameKey, order.leaves());
      }
      if (facts.ofStrategy() && order.ofStrategy() && order.style() == OrderStyle.MARKET) {
        asDone(facts, order, i, symbol);
      } else if (!reduces(order)) {
        exposure(facts, order, order.leaves(), symbol);
      }
    }
  }

  private void asDone(
      final OrderFacts facts, final Order order, final int index, final boolean symbol) {
    final int id = order.instrumentId();
    final int sign = OrderFacts.sign(order.side());
    final long held = Math.max(0, -sign * portfolio.quantity(id));
    final long closing = again(order, index) ? 0 : Math.min(order.leaves(), held);
    final long worth = money(closing, order.limitPrice(), instruments.multiplier(id));
    if (sign < 0) {
      closedLongs = Saturating.add(closedLongs, worth);
    } else if (!instruments.option(id)) {
      closedShorts = Saturating.add(closedShorts, worth);
    }
    if (order.leaves() > closing) {
      exposure(facts, order, order.leaves() - closing, symbol);
    }
  }

  /** Whether an order before it closes the same position. */
  private boolean again(final Order order, final int index) {
    for (int i = 0; i < index; i++) {
      final Order before = orders.working(i);
      if (before.legs().count() == 0
          && before.instrumentId() == order.instrumentId()
          && before.side() == order.side()) {
        return true;
      }
    }
    return false;
  }

  private boolean reduces(final Order order) {
    if (order.reduceOnly()) {
      return true;
    }
    final Legs legs = order.legs();
    if (legs.count() == 0) {
      final int sign = OrderFacts.sign(order.side());
      return order.leaves() <= Math.max(0, -sign * portfolio.quantity(order.instrumentId()));
    }
    for (int i = 0; i < legs.count(); i++) {
      final long held = portfolio.quantity(legs.instrumentId(i));
      if (order.legLeaves(i) > Math.max(0, -legs.sign(i) * held)) {
        return false;
      }
    }
    return true;
  }

  private void exposure(
      final OrderFacts facts, final Order order, final long leaves, final boolean symbol) {
    final long value = value(order, leaves);
    notional = Saturating.add(notional, value);
    final boolean single = order.legs().count() == 0;
    if (single && !facts.structure() && order.instrumentId() == facts.id(0)) {
      if (order.side() == facts.intent().side()) {
        sameUnits = Saturating.add(sameUnits, leaves);
      }
    } else if (symbol) {
      otherNotional = Saturating.add(otherNotional, value);
    }
    final long cash = single ? value : premium(order);
    if (single ? order.side() == Side.BUY : order.limitPrice() >= 0) {
      bought = Saturating.add(bought, cash);
    } else {
      sold = Saturating.add(sold, cash);
    }
  }

  /**
   * Value of what can still trade: at the limit price; of a structure its worst case; of an option
   * sold its strike.
   */
  private long value(final Order order, final long leaves) {
    if (order.legs().count() > 0) {
      return order.maxLossPerUnit() > 0
          ? Saturating.mul(leaves, order.maxLossPerUnit())
          : premium(order);
    }
    final int id = order.instrumentId();
    if (instruments.inverse(id)) {
      return Saturating.mul(order.leaves(), instruments.multiplier(id));
    }
    final boolean strike = instruments.option(id) && order.side() == Side.SELL;
    final long price = strike ? instruments.strike(id) : order.limitPrice();
    return money(leaves, price, instruments.multiplier(id));
  }

  private long premium(final Order order) {
    final long multiplier = instruments.multiplier(order.legs().instrumentId(0));
    return money(order.leaves(), order.limitPrice(), multiplier);
  }

  private static long money(final long units, final long price, final long multiplier) {
    final long each = price == Fixed.NONE ? 0 : Math.abs(price);
    return Saturating.mul(Saturating.mul(units, multiplier), each);
  }

  /**
   * Whether the two would trade with one another: single orders on opposite sides whose prices
   * cross; a structure and a single order on the opposite side of a leg, whatever the prices, since
   * the leg's own price is not fixed; structures that are one another's reverse whose net prices
   * cross. A stop sleeps: it trades with nobody yet.
   */
  private static boolean matches(final OrderFacts facts, final Order order) {
    if (facts.intent().stop() || order.stop()) {
      return false;
    }
    final Legs legs = order.legs();
    if (legs.count() > 0 && facts.structure()) {
      return reversed(facts, legs)
          && Saturating.add(facts.intent().limitPrice(), order.limitPrice()) >= 0;
    }
    if (legs.count() > 0) {
      for (int i = 0; i < legs.count(); i++) {
        if (legs.instrumentId(i) == facts.id(0) && legs.sign(i) != facts.sign(0)) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0; i < facts.legs(); i++) {
      if (facts.id(i) == order.instrumentId()
          && facts.sign(i) != OrderFacts.sign(order.side())
          && (facts.structure() || cross(facts, order))) {
        return true;
      }
    }
    return false;
  }

  private static boolean cross(final OrderFacts facts, final Order order) {
    final long ours = facts.intent().limitPrice();
    return facts.sign(0) > 0 ? ours >= order.limitPrice() : ours <= order.limitPrice();
  }

  private static boolean reversed(final OrderFacts facts, final Legs legs) {
    if (legs.count() != facts.legs()) {
      return false;
    }
    for (int i = 0; i < legs.count(); i++) {
      boolean found = false;
      for (int j = 0; j < facts.legs(); j++) {
        found |= legs.instrumentId(i) == facts.id(j) && legs.sign(i) != facts.sign(j);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /** Open orders in all. */
  int open() {
    return open;
  }

  /** Open orders of the symbol, those of its derivatives included. */
  int openSymbol() {
    return openSymbol;
  }

  /** An order of the symbol has an unknown outcome. */
  boolean unknownOutcome() {
    return unknownOutcome;
  }

  boolean selfMatch() {
    return selfMatch;
  }

  /** Units working in the same instrument and direction as single orders. */
  long sameUnits() {
    return sameUnits;
  }

  /** Value working in the symbol otherwise. */
  long otherNotional() {
    return otherNotional;
  }

  /** Value working in all. */
  long notional() {
    return notional;
  }

  /** Value working to buy. */
  long bought() {
    return bought;
  }

  /** Value working to sell. */
  long sold() {
    return sold;
  }

  /** Value of long positions that working market orders of the strategy sell. */
  long closedLongs() {
    return closedLongs;
  }

  /** Value of short positions, but of options, that working market orders of the strategy cover. */
  long closedShorts() {
    return closedShorts;
  }

  /** Units working under the same key. */
  long sameKey() {
    return sameKey;
  }
}
