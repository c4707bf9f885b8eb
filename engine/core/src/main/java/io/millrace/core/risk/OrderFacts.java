package io.millrace.core.risk;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.order.Legs;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.ExpiryPayoff;
import io.millrace.core.portfolio.Portfolio;

/**
 * What the checks look at, gathered once per order. A single instrument is treated as a structure
 * of one leg. Reused.
 *
 * <p>Value of one unit ({@link #unitNotional}), account currency:
 *
 * <ul>
 *   <li>non-option, or option bought: the larger of limit and reference price × multiplier
 *   <li>inverse contract: its multiplier, which is its face value
 *   <li>single option sold: the strike (put) or the larger of strike and spot (call) × multiplier
 *   <li>structure: its worst case at its first expiry by its own legs and limit price, or the worst
 *       case that the intent names if that is larger. A structure whose loss has no bound, that
 *       sells an option living longer than another, or buys a European one that does, has no worst
 *       case and is beyond every limit.
 * </ul>
 */
final class OrderFacts {
  /** Most contracts of a leg per unit. */
  static final int MAX_RATIO = 100;

  private final Instruments instruments;
  private final Books books;
  private final Portfolio portfolio;
  private final Orders orders;
  private final RiskLimits limits;
  private final ExpiryPayoff payoff = new ExpiryPayoff();
  private final WorkingFacts working;
  private final int[] ids = new int[Legs.MAX_LEGS];
  private final int[] signs = new int[Legs.MAX_LEGS];
  private final int[] ratios = new int[Legs.MAX_LEGS];

  private OrderIntent intent;
  private long now;
  private int count;
  private boolean structure;
  private boolean known;
  private boolean tradable;
  private boolean regular;
  private boolean open;
  private boolean expired;
  private boolean options;
  private int root;
  private long multiplier;
  private long lot;
  private long tick;
  private long minNotional;
  private long reference;
  private long oldestPrice;
  private long staleLimit;
  private long unitNotional;
  private long maxLoss;
  private long unitPremium;
  private long uncovered;
  private long reducible;
  private boolean mustReduce;
  private boolean reducing;
  private long quantity;
  private long opposite;

  OrderFacts(
      final Market market,
      final Portfolio portfolio,
      final Orders orders,
      final RiskLimits limits) {
    instruments = market.instruments();
    books = market.books();
    this.portfolio = portfolio;
    this.orders = orders;
    this.limits = limits;
    working = new WorkingFacts(instruments, portfolio, orders);
  }

  /** Gathers the facts about an order at {@code now}. */
  void gather(final OrderIntent asked, final long at) {
    intent = asked;
    now = at;
    quantity = asked.quantity();
    unpack();
    known = instruments.defined(asked.instrumentId());
    for (int i = 0; i < count; i++) {
      known &= instruments.defined(ids[i]);
    }
    if (known) {
      describe();
      price();
      working.gather(this);
      value();
      reduction();
    } else {
      unknown();
    }
  }

  private void unpack() {
    final Legs legs = intent.legs();
    structure = legs.count() > 0;
    count = structure ? legs.count() : 1;
    if (!structure) {
      ids[0] = intent.instrumentId();
      signs[0] = sign(intent.side());
      ratios[0] = 1;
      return;
    }
    for (int i = 0; i < count; i++) {
      ids[i] = legs.instrumentId(i);
      signs[i] = legs.sign(i);
      ratios[i] = Math.min(legs.ratio(i), MAX_RATIO + 1); // one over is not tradable
    }
  }

  static int sign(final Side side) {
    return side == Side.BUY ? 1 : -1;
  }

  private void unknown() {
    root = 0;
    tradable = false;
    regular = false;
    open = false;
    expired = false;
    options = false;
    multiplier = Fixed.ONE;
    lot = Fixed.ONE;
    tick = 0;
    minNotional = 0;
    reference = Fixed.NONE;
    oldestPrice = 0;
    staleLimit = limits.priceStaleMillis();
    unitNotional = Saturating.BEYOND;
    maxLoss = Saturating.BEYOND;
    unitPremium = Saturating.BEYOND;
    uncovered = 0;
    reducible = 0;
    mustReduce = false;
    reducing = false;
    opposite = 0;
    working.clear();
  }

  /** Static data of all legs: the strictest rules. */
  private void describe() {
    root = instruments.root(intent.instrumentId());
    tradable = intent.side() == Side.BUY || (intent.side() == Side.SELL && !structure);
    open = true;
    expired = false;
    options = structure;
    lot = 0;
    tick = Long.MAX_VALUE;
    minNotional = 0;
    multiplier = 0;
    for (int i = 0; i < count; i++) {
      final int id = ids[i];
      tradable &=
          instruments.kind(id) != InstrumentKind.INDEX
              && instruments.root(id) == root
              && !(structure && instruments.inverse(id))
              && ratios[i] <= MAX_RATIO
              && (signs[i] == 1 || signs[i] == -1);
      open &= open(id);
      expired |= instruments.expiry(id) != 0 && now >= instruments.expiry(id);
      options |= instruments.option(id);
      lot = Math.max(lot, instruments.lotSize(id));
      tick = Math.min(tick, instruments.tickSize(id));
      minNotional = Math.max(minNotional, instruments.minNotional(id));
      multiplier = Math.max(multiplier, instruments.multiplier(id));
    }
  }

  /**
   * A strategy that acts on the bar that ends with the session is still in it; a market order for
   * the next open, and a stop with it, may be given at any time. A limit order given then is for
   * the next session.
   */
  private boolean open(final int id) {
    if (instruments.sessionOpen(id, now)) {
      return true;
    }
    return (intent.style() == OrderStyle.MARKET
            || intent.style() == OrderStyle.LIMIT
            || intent.stop())
        && (limits.queueForOpen() || now == instruments.sessionClose(id));
  }

  /**
   * Reference: of a structure the net of its legs', of a stop its trigger, since it sleeps until
   * then; the market must be sound and fresh for it too.
   */
  private void price() {
    reference = 0;
    oldestPrice = Long.MAX_VALUE;
    regular = true;
    staleLimit = options ? limits.optionPriceStaleMillis() : limits.priceStaleMillis();
    final Reference by =
        intent.ofStrategy() && (structure || intent.style() == OrderStyle.MARKET || intent.stop())
            ? limits.strategyReference()
            : Reference.MID;
    for (int i = 0; i < count; i++) {
      final int id = ids[i];
      final long own = price(i, by);
      if (own == Fixed.NONE || reference == Fixed.NONE) {
        reference = Fixed.NONE;
        continue;
      }
      if (structure) {
        // Weights by multiplier, so that a leg of stock beside options counts right.
        final long each = instruments.multiplier(id);
        final long weighted = each == multiplier ? own : Fixed.mulDiv(own, each, multiplier);
        final long part = Saturating.mul(weighted, ratios[i] * Fixed.ONE);
        reference = Saturating.add(reference, signs[i] * part);
      } else {
        reference = own;
      }
    }
    if (intent.stop() && reference != Fixed.NONE) {
      reference = intent.triggerPrice();
    }
  }

  /** Price of a leg; notes its age, and whether the book will do. */
  private long price(final int leg, final Reference by) {
    final int id = ids[leg];
    final boolean unquoted = intent.ofStrategy() && books.quoteTime(id) == 0;
    if (by == Reference.LAST && books.last(id) != Fixed.NONE) {
      oldestPrice = Math.min(oldestPrice, books.lastTime(id));
      return books.last(id);
    }
    if (by == Reference.TOUCH && !unquoted) {
      final long touch = signs[leg] > 0 ? books.ask(id) : books.bid(id);
      if (touch > 0) {
        oldestPrice = Math.min(oldestPrice, books.quoteTime(id));
        return touch;
      }
    }
    regular &= books.regular(id) || unquoted;
    final long mark = books.mark(id);
    if (mark != Fixed.NONE) {
      oldestPrice = Math.min(oldestPrice, books.markTime(id));
    }
    return mark;
  }

  private void value() {
    unitPremium = Saturating.mul(multiplier, Math.abs(price(intent.limitPrice())));
    final long worst = structure ? worstCase() : 0;
    uncovered = structure ? payoff.uncoveredCalls() : 0;
    if (reference == Fixed.NONE || intent.limitPrice() == Fixed.NONE || !tradable) {
      unitNotional = Saturating.BEYOND;
      maxLoss = Saturating.BEYOND;
      return;
    }
    if (structure) {
      unitNotional = Math.max(worst, intent.maxLossPerUnit());
      maxLoss = unitNotional;
      return;
    }
    final int id = ids[0];
    final boolean sold = signs[0] < 0;
    long each = Math.max(price(intent.limitPrice()), reference);
    if (sold && options) {
      each = instruments.strike(id);
      if (instruments.right(id) == OptionRight.CALL) {
        each = Math.max(each, price(books.mark(root)));
      }
    }
    unitNotional =
        instruments.inverse(id) ? multiplier : Saturating.mul(Math.max(0, each), multiplier);
    maxLoss = intent.maxLossPerUnit() > 0 ? intent.maxLossPerUnit() : unitNotional;
  }

  /** A missing price counts 0 here; the checks of missing data deny it. */
  private static long price(final long price) {
    return price == Fixed.NONE ? 0 : price;
  }

  /**
   * What a unit costs less the least it pays when its first options expire; stock pays as a call
   * struck at 0, an American option that lives on is worth what exercising it pays. Calls sold
   * without cover, where they are allowed, pay the highest of strikes and spot.
   */
  private long worstCase() {
    payoff.clear();
    final long first = firstExpiry();
    long highest = price(books.mark(root));
    boolean bounded = true;
    for (int i = 0; i < count; i++) {
      final int id = ids[i];
      final boolean option = instruments.option(id);
      if (option) {
        highest = Math.max(highest, instruments.strike(id));
        bounded &=
            instruments.expiry(id) == first
                || (signs[i] > 0 && instruments.style(id) == OptionStyle.AMERICAN);
      }
      final long units =
          Math.multiplyExact(instruments.multiplier(id), (long) signs[i] * ratios[i]);
      payoff.add(
          option ? instruments.right(id) : OptionRight.CALL,
          option ? instruments.strike(id) : 0,
          units);
    }
    final long open = payoff.uncoveredCalls();
    if (!bounded || (open > 0 && !limits.allowNakedOptions())) {
      return Saturating.BEYOND;
    }
    final long paid = intent.limitPrice() < 0 ? -unitPremium : unitPremium;
    final long worst = Math.max(0, Saturating.subtract(paid, payoff.least()));
    return Saturating.add(worst, Saturating.mul(open, highest));
  }

  private long firstExpiry() {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      first = instruments.option(ids[i]) ? Math.min(first, instruments.expiry(ids[i])) : first;
    }
    return first;
  }

  /**
   * How much of the order only takes risk off: every leg trades against a position, no more than is
   * held less what working orders already take off it, and no short option loses its cover (the
   * options of a right held on the underlying, net, stay 0 or more while any is short). Of a
   * reduce-only order the venue sees to it that nothing else takes the same.
   */
  private void reduction() {
    reducible = tradable ? Long.MAX_VALUE : 0;
    for (int i = 0; i < count; i++) {
      final int id = ids[i];
      final long against = Math.max(0, -signs[i] * portfolio.quantity(id));
      final Side side = signs[i] > 0 ? Side.BUY : Side.SELL;
      final long pending = intent.reduceOnly() ? 0 : orders.workingQuantity(id, side);
      reducible = Math.min(reducible, Math.max(0, against - pending) / ratios[i]);
    }
    if (reducible > 0 && options) {
      reducible = Math.min(reducible, coverRoom(OptionRight.CALL));
      reducible = Math.min(reducible, coverRoom(OptionRight.PUT));
    }
    opposite = structure ? 0 : Math.max(0, -signs[0] * portfolio.quantity(ids[0]));
    mustReduce =
        intent.purpose() == Purpose.EXIT
            || intent.reduceOnly()
            || portfolio.riskMode() == RiskMode.REDUCE_ONLY;
    final long whole = Fixed.floorTo(reducible, lot);
    if (mustReduce && limits.allowReduce() && whole > 0 && quantity > whole) {
      quantity = whole; // the other checks judge what may be left of it
    }
    reducing = quantity > 0 && quantity <= reducible;
  }

  /** Units after which the net of a right held on the underlying would fall below 0. */
  private long coverRoom(final OptionRight right) {
    long change = 0;
    for (int i = 0; i < count; i++) {
      if (instruments.right(ids[i]) == right) {
        change += (long) signs[i] * ratios[i];
      }
    }
    if (change >= 0) {
      return Long.MAX_VALUE;
    }
    long net = 0;
    boolean shorts = false;
    for (int i = 0; i < portfolio.heldCount(); i++) {
      final int id = portfolio.held(i);
      if (instruments.right(id) == right && instruments.underlying(id) == root) {
        net = Math.addExact(net, portfolio.quantity(id));
        shorts |= portfolio.quantity(id) < 0;
      }
    }
    return shorts ? Math.max(0, net) / -change : Long.MAX_VALUE;
  }

  // ---- What the checks read

  OrderIntent intent() {
    return intent;
  }

  /** Whether the limits of a strategy's policy hold. */
  boolean ofStrategy() {
    return intent.ofStrategy();
  }

  Portfolio portfolio() {
    return portfolio;
  }

  WorkingFacts working() {
    return working;
  }

  long now() {
    return now;
  }

  /** All instruments are defined; if not, most of what follows is missing. */
  boolean known() {
    return known;
  }

  boolean structure() {
    return structure;
  }

  int legs() {
    return count;
  }

  int id(final int leg) {
    return ids[leg];
  }

  int sign(final int leg) {
    return signs[leg];
  }

  /** Units of a leg's instrument. */
  long units(final int leg) {
    return Saturating.mul(Math.max(0, quantity), ratios[leg] * Fixed.ONE);
  }

  /** Underlying, or the instrument itself; 0 = unknown. */
  int root() {
    return root;
  }

  Instruments instruments() {
    return instruments;
  }

  /** Kinds, sides, ratios and underlying of all legs are such as can be traded. */
  boolean tradable() {
    return tradable;
  }

  /** Every leg has a bid below its ask. */
  boolean regular() {
    return regular;
  }

  boolean open() {
    return open;
  }

  boolean expired() {
    return expired;
  }

  /** An option or a structure. */
  boolean options() {
    return options;
  }

  int liquidityBucket() {
    return instruments.liquidityBucket(root);
  }

  int tierCode() {
    return instruments.tier(root).value();
  }

  long lot() {
    return lot;
  }

  /** Finest tick of the legs; 0 = unknown. */
  long tick() {
    return tick;
  }

  long minNotional() {
    return minNotional;
  }

  /** Price it is judged by, net for a structure; {@link Fixed#NONE} = missing. */
  long reference() {
    return reference;
  }

  /** Event time of the oldest price in the reference, nanoseconds. */
  long oldestPrice() {
    return oldestPrice;
  }

  /** Oldest age allowed, milliseconds. */
  long staleLimit() {
    return staleLimit;
  }

  /** Value of one unit; beyond when it cannot be told. */
  long unitNotional() {
    return unitNotional;
  }

  /** Worst case of one unit. */
  long maxLoss() {
    return maxLoss;
  }

  /** |limit price| × multiplier: what a unit moves in cash. */
  long unitPremium() {
    return unitPremium;
  }

  /** Units of calls that a structure sells without cover. */
  long uncovered() {
    return uncovered;
  }

  /** Units of this order that would only take risk off. */
  long reducible() {
    return reducible;
  }

  /** The order may do nothing but take risk off: an exit, or the mode says so. */
  boolean mustReduce() {
    return mustReduce;
  }

  /** The order, at {@link #quantity}, only takes risk off. */
  boolean reducing() {
    return reducing;
  }

  /** Units judged: those asked, or what is left when an exit is cut to the position. */
  long quantity() {
    return quantity;
  }

  /** Units of the opposite position that a single order would close first. */
  long opposite() {
    return opposite;
  }
}
