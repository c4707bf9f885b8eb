package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.codecs.CheckStatus;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Side;
import io.millrace.codecs.Tier;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.order.Legs;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.portfolio.Portfolio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The gate as one would write it with all the time in the world: exact decimals, a search for the
 * largest quantity that passes, no shared code with the gate but what it reads.
 */
final class ReferenceGate {
  /** What it says. */
  record Answer(
      Verdict verdict, Check decisive, BigDecimal approved, Map<Check, CheckStatus> status) {}

  private record Leg(int id, int sign, int ratio) {}

  private record Seen(long time, String content) {}

  private static final BigDecimal ZERO = BigDecimal.ZERO;

  private final Desk desk;
  private final RiskLimits limits;
  private final Instruments instruments;
  private final Books books;
  private final Portfolio portfolio;
  private final Map<Long, BigDecimal> keys = new HashMap<>();
  private final List<Seen> approvals = new ArrayList<>();

  private Map<Check, CheckStatus> status;
  private BigDecimal allowed;
  private OrderIntent intent;
  private List<Leg> legs;
  private BigDecimal quantity;
  private BigDecimal lot;
  private BigDecimal unit;
  private BigDecimal minimum;
  private boolean reducing;

  ReferenceGate(final Desk desk) {
    this.desk = desk;
    limits = desk.limits;
    instruments = desk.world.market.instruments();
    books = desk.world.market.books();
    portfolio = desk.portfolio;
  }

  private static BigDecimal dec(final long fixed) {
    return BigDecimal.valueOf(fixed, 8);
  }

  private static BigDecimal dec(final double value) {
    return BigDecimal.valueOf(value);
  }

  private void need(final Check check, final boolean holds) {
    status.put(check, holds ? CheckStatus.PASS : CheckStatus.DENY);
  }

  /** Passes if the order reduces, else as said. */
  private void needUnlessReducing(final Check check, final boolean holds) {
    need(check, reducing || holds);
  }

  /** Largest whole number of lots, at most the quantity, that fits; by bisection. */
  private void fit(final Check check, final Predicate<BigDecimal> fits) {
    if (reducing || fits.test(quantity)) {
      status.put(check, CheckStatus.PASS);
      return;
    }
    cut(check, fits);
  }

  private void cut(final Check check, final Predicate<BigDecimal> fits) {
    long low = 0;
    long high = quantity.max(ZERO).divideToIntegralValue(lot).longValueExact();
    while (low < high) {
      final long middle = (low + high + 1) / 2;
      if (fits.test(lot.multiply(BigDecimal.valueOf(middle)))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    final BigDecimal most = lot.multiply(BigDecimal.valueOf(low));
    if (limits.allowReduce()
        && low > 0
        && fits.test(most)
        && most.multiply(unit).compareTo(minimum) >= 0) {
      status.put(check, CheckStatus.REDUCE);
      allowed = allowed.min(most);
    } else {
      status.put(check, CheckStatus.DENY);
    }
  }

  private static boolean atMost(final BigDecimal value, final BigDecimal limit) {
    return value.compareTo(limit) <= 0;
  }

  Answer judge(final OrderIntent asked, final long now) {
    intent = asked;
    status = new LinkedHashMap<>();
    final boolean structure = asked.legs().count() > 0;
    legs = new ArrayList<>();
    if (structure) {
      for (int i = 0; i < asked.legs().count(); i++) {
        legs.add(
            new Leg(asked.legs().instrumentId(i), asked.legs().sign(i), asked.legs().ratio(i)));
      }
    } else {
      legs.add(new Leg(asked.instrumentId(), asked.side() == Side.BUY ? 1 : -1, 1));
    }
    final int root = instruments.root(asked.instrumentId());
    final boolean options = structure || instruments.option(asked.instrumentId());
    final BigDecimal limitPrice = dec(asked.limitPrice());
    final BigDecimal multiplier = dec(instruments.multiplier(legs.get(0).id));

    // Reference price
    BigDecimal reference = ZERO;
    long oldest = Long.MAX_VALUE;
    boolean missing = false;
    boolean regular = true;
    for (final Leg leg : legs) {
      final long mark = books.mark(leg.id);
      missing |= mark == Fixed.NONE;
      regular &= books.regular(leg.id);
      if (!missing) {
        final long weight = structure ? (long) leg.sign * leg.ratio : 1;
        reference = reference.add(dec(mark).multiply(BigDecimal.valueOf(weight)));
        oldest = Math.min(oldest, books.markTime(leg.id));
      }
    }

    // Value of a unit, worst case
    BigDecimal maxLoss = null;
    unit = null;
    if (!missing) {
      if (structure) {
        unit = worst(limitPrice, multiplier);
        if (unit != null) {
          unit = unit.max(dec(asked.maxLossPerUnit()));
        }
        maxLoss = unit;
      } else {
        BigDecimal each = limitPrice.max(reference);
        if (options && asked.side() == Side.SELL) {
          each = dec(instruments.strike(asked.instrumentId()));
          if (instruments.right(asked.instrumentId()) == OptionRight.CALL) {
            each = each.max(dec(books.mark(root)));
          }
        }
        unit = each.multiply(multiplier);
        maxLoss = asked.maxLossPerUnit() > 0 ? dec(asked.maxLossPerUnit()) : unit;
      }
    }
    final boolean worthless = unit == null;
    if (worthless) {
      unit = dec(1e12);
      maxLoss = unit;
    }
    lot = dec(instruments.lotSize(legs.get(0).id));
    minimum = ZERO;
    for (final Leg leg : legs) {
      minimum = minimum.max(dec(instruments.minNotional(leg.id)));
    }

    // What can be reduced
    final BigDecimal reducible = reducible(root);
    quantity = dec(asked.quantity());
    final boolean must =
        asked.purpose() == Purpose.EXIT || portfolio.riskMode() == RiskMode.REDUCE_ONLY;
    final BigDecimal whole = reducible.divideToIntegralValue(lot).multiply(lot);
    if (must && limits.allowReduce() && whole.signum() > 0 && quantity.compareTo(whole) > 0) {
      quantity = whole;
    }
    reducing = quantity.signum() > 0 && atMost(quantity, reducible);
    allowed = quantity;

    // Working orders
    int open = 0;
    int openSymbol = 0;
    boolean unknown = false;
    boolean self = false;
    BigDecimal same = ZERO;
    BigDecimal otherInSymbol = ZERO;
    BigDecimal workingAll = ZERO;
    BigDecimal bought = ZERO;
    BigDecimal sold = ZERO;
    BigDecimal sameKey = ZERO;
    for (int i = 0; i < desk.orders.workingCount(); i++) {
      final Order order = desk.orders.working(i);
      final Legs others = order.legs();
      final boolean single = others.count() == 0;
      final boolean symbol = instruments.root(order.instrumentId()) == root;
      open++;
      openSymbol += symbol ? 1 : 0;
      unknown |= symbol && order.state() == OrderState.UNKNOWN;
      sameKey = order.key() == asked.key() ? sameKey.add(dec(order.leaves())) : sameKey;
      boolean leaving = true;
      if (single) {
        self |= symbol && crosses(order, structure);
        leaving = within(order.instrumentId(), order.side() == Side.BUY ? 1 : -1, order.leaves());
      } else {
        for (int l = 0; l < others.count(); l++) {
          leaving &= within(others.instrumentId(l), others.sign(l), order.legLeaves(l));
          if (!structure) {
            self |=
                others.instrumentId(l) == asked.instrumentId()
                    && others.sign(l) != legs.get(0).sign;
          }
        }
        self |= structure && mirror(order, others);
      }
      if (leaving) {
        continue;
      }
      final BigDecimal leaves = dec(order.leaves());
      final int priced = single ? order.instrumentId() : others.instrumentId(0);
      final BigDecimal cash =
          leaves
              .multiply(dec(instruments.multiplier(priced)))
              .multiply(dec(order.limitPrice()).abs());
      BigDecimal value = cash;
      if (single && instruments.option(priced) && order.side() == Side.SELL) {
        value =
            leaves
                .multiply(dec(instruments.multiplier(priced)))
                .multiply(dec(instruments.strike(priced)));
      } else if (!single && order.maxLossPerUnit() > 0) {
        value = leaves.multiply(dec(order.maxLossPerUnit()));
      }
      workingAll = workingAll.add(value);
      if (single && !structure && order.instrumentId() == asked.instrumentId()) {
        same = order.side() == asked.side() ? same.add(leaves) : same;
      } else if (symbol) {
        otherInSymbol = otherInSymbol.add(value);
      }
      if (single ? order.side() == Side.BUY : order.limitPrice() >= 0) {
        bought = bought.add(single ? value : cash);
      } else {
        sold = sold.add(single ? value : cash);
      }
    }

    // 1xx
    final boolean halted = portfolio.riskMode() == RiskMode.HALTED;
    need(Check.HALTED, !halted || (reducing && limits.exitsWhileHalted()));
    if (!must || atMost(dec(asked.quantity()), reducible)) {
      need(Check.REDUCE_ONLY_STATE, true);
    } else {
      status.put(Check.REDUCE_ONLY_STATE, reducing ? CheckStatus.REDUCE : CheckStatus.DENY);
    }
    need(Check.SHADOW, !desk.gate.shadow());
    needUnlessReducing(Check.UNKNOWN_ORDER_STATE, !unknown);
    // 2xx
    final boolean hasNav = portfolio.hasNav();
    final BigDecimal nav = dec(portfolio.nav());
    needUnlessReducing(Check.NAV_MISSING, hasNav);
    needUnlessReducing(
        Check.NAV_STALE,
        hasNav && now - portfolio.navTime() <= limits.navFreshnessSeconds() * 1_000_000_000L);
    need(Check.PRICE_MISSING, !missing);
    final long stale = options ? limits.optionPriceStaleMillis() : limits.priceStaleMillis();
    need(Check.PRICE_STALE, !missing && now - oldest <= stale * 1_000_000L);
    need(Check.BOOK_CROSSED, regular);
    // 3xx
    need(Check.INSTRUMENT_UNKNOWN, true);
    boolean expired = false;
    boolean inSession = true;
    BigDecimal tick = null;
    for (final Leg leg : legs) {
      final long expiry = instruments.expiry(leg.id);
      expired |= expiry != 0 && now >= expiry;
      inSession &= instruments.sessionOpen(leg.id, now);
      final BigDecimal step = dec(instruments.tickSize(leg.id));
      tick = tick == null ? step : tick.min(step);
    }
    need(Check.INSTRUMENT_EXPIRED, !expired);
    need(Check.SESSION_CLOSED, inSession);
    need(Check.TICK_SIZE, limitPrice.remainder(tick).signum() == 0);
    final BigDecimal wanted = dec(asked.quantity());
    need(Check.LOT_SIZE, wanted.signum() > 0 && wanted.remainder(lot).signum() == 0);
    needUnlessReducing(Check.MIN_NOTIONAL, quantity.multiply(unit).compareTo(minimum) >= 0);
    final BigDecimal most =
        BigDecimal.valueOf(options ? limits.maxContracts() : limits.maxShares());
    if (atMost(quantity, most)) {
      need(Check.MAX_QUANTITY, true);
    } else {
      cut(Check.MAX_QUANTITY, q -> atMost(q, most));
    }
    need(Check.NOT_TRADABLE, true);
    // 4xx
    final double share =
        options
            ? limits.collarOptionPct()
            : instruments.liquidityBucket(root) == 0
                ? limits.collarLiquidPct()
                : limits.collarOtherPct();
    final BigDecimal collar =
        reference
            .abs()
            .multiply(dec(share))
            .max(tick.multiply(BigDecimal.valueOf(limits.collarMinTicks())));
    need(Check.PRICE_COLLAR, !missing && atMost(limitPrice.subtract(reference).abs(), collar));
    // 5xx, 6xx
    final BigDecimal size =
        portfolio.riskMode() == RiskMode.DEFENSIVE ? dec(limits.defensiveSizePct()) : dec(1.0);
    final boolean countable = hasNav && nav.signum() > 0 && !worthless;
    final BigDecimal u = unit;
    final BigDecimal loss = maxLoss;
    share(
        Check.ORDER_NOTIONAL,
        countable,
        q -> atMost(q.multiply(u), nav.multiply(dec(limits.orderNotionalPct())).multiply(size)));
    BigDecimal base = otherInSymbol;
    for (int i = 0; i < portfolio.heldCount(); i++) {
      final int id = portfolio.held(i);
      if (instruments.root(id) == root && (structure || id != asked.instrumentId())) {
        base = base.add(value(id).abs());
      }
    }
    final Leg first = legs.get(0);
    final BigDecimal along =
        structure ? ZERO : dec(portfolio.quantity(first.id) * first.sign).add(same);
    final BigDecimal elsewhere = base;
    final BigDecimal tier = tier(instruments.tier(root));
    share(
        Check.POSITION_NOTIONAL,
        countable,
        q ->
            atMost(
                elsewhere.add(along.add(q).max(ZERO).multiply(u)),
                nav.multiply(tier).multiply(size)));
    share(
        Check.IDEA_MAX_LOSS,
        countable,
        q -> atMost(q.multiply(loss), nav.multiply(dec(limits.ideaMaxLossPct())).multiply(size)));
    BigDecimal gross = workingAll;
    BigDecimal net = ZERO;
    for (int i = 0; i < portfolio.heldCount(); i++) {
      gross = gross.add(value(portfolio.held(i)).abs());
      net = net.add(value(portfolio.held(i)));
    }
    final BigDecimal grossBase = gross;
    final BigDecimal position = structure ? ZERO : dec(portfolio.quantity(first.id) * first.sign);
    share(
        Check.GROSS_EXPOSURE,
        countable,
        q ->
            (position.signum() < 0 && atMost(position.add(quantity).abs(), position.abs()))
                || atMost(
                    grossBase.add(
                        position.add(q).abs().subtract(position.abs()).max(ZERO).multiply(u)),
                    nav.multiply(dec(limits.grossExposureMultiple()))));
    final boolean buys = structure ? limitPrice.signum() >= 0 : asked.side() == Side.BUY;
    final BigDecimal netBase = (buys ? net : net.negate()).add(buys ? bought : sold);
    final BigDecimal netUnit = structure ? limitPrice.abs().multiply(multiplier) : u;
    share(
        Check.NET_EXPOSURE,
        hasNav && nav.signum() > 0 && (structure || !worthless),
        q ->
            atMost(
                netBase.add(q.multiply(netUnit)), nav.multiply(dec(limits.netExposureMultiple()))));
    needUnlessReducing(Check.OPEN_ORDERS_SYMBOL, openSymbol + 1 <= limits.openOrdersSymbol());
    needUnlessReducing(Check.OPEN_ORDERS_TOTAL, open + 1 <= limits.openOrdersTotal());
    final BigDecimal margin = dec(limits.shortMarginPct());
    BigDecimal cash = dec(portfolio.cash()).subtract(dec(portfolio.marginHeld()));
    for (int i = 0; i < portfolio.heldCount(); i++) {
      final int id = portfolio.held(i);
      if (portfolio.quantity(id) < 0 && !instruments.option(id)) {
        cash = cash.add(value(id).multiply(margin.add(dec(1.0))));
      }
    }
    final BigDecimal need = !options && asked.side() == Side.SELL ? u.multiply(margin) : u;
    final BigDecimal closing = position.negate().max(ZERO);
    final BigDecimal backed = asked.side() == Side.SELL ? dec(1.0) : margin;
    final BigDecimal freed =
        options ? ZERO : closing.min(quantity.max(ZERO)).multiply(u).multiply(backed);
    final BigDecimal power =
        cash.add(nav.max(ZERO).multiply(dec(limits.buyingPowerMultiple() - 1)))
            .add(freed)
            .subtract(workingAll);
    share(
        Check.BUYING_POWER,
        hasNav && !worthless,
        q -> atMost(q.subtract(closing).max(ZERO).multiply(need), power));
    // 7xx
    needUnlessReducing(
        Check.DAILY_LOSS, hasNav && lost(portfolio.dayStartNav(), limits.dailyLossPct()));
    needUnlessReducing(Check.DRAWDOWN, hasNav && lost(portfolio.peak(), limits.drawdownPct()));
    // 8xx
    final boolean child =
        asked.purpose() == Purpose.REPRICE
            || asked.purpose() == Purpose.FALLBACK
            || asked.purpose() == Purpose.SLICE;
    need(
        Check.DUPLICATE_KEY,
        child
            || (asked.key() != 0
                && !keys.containsKey(asked.key())
                && keys.size() < limits.keyCapacity()));
    final String content = content();
    boolean again = false;
    int recent = 0;
    for (final Seen seen : approvals) {
      again |=
          seen.content.equals(content)
              && now - seen.time < limits.duplicateContentMillis() * 1_000_000L;
      recent += now - seen.time < limits.messageWindowMillis() * 1_000_000L ? 1 : 0;
    }
    need(Check.DUPLICATE_CONTENT, !again);
    need(Check.MESSAGE_RATE, recent + 1 <= limits.messagesPerWindow());
    final BigDecimal left =
        dec(asked.parentQuantity())
            .min(keys.getOrDefault(asked.key(), ZERO).subtract(sameKey))
            .max(ZERO);
    if (!child || atMost(quantity, left)) {
      need(Check.CHILD_EXCEEDS_PARENT, true);
    } else {
      cut(Check.CHILD_EXCEEDS_PARENT, q -> atMost(q, left));
    }
    need(Check.SELF_MATCH, !self);
    // 9xx
    final boolean naked = structure && callsSold() > 0;
    final boolean permitted =
        (naked || (options && !structure)) ? limits.allowNakedOptions() : limits.allowShortStock();
    final boolean shortens =
        naked
            || (!structure
                && asked.side() == Side.SELL
                && quantity.add(same).compareTo(dec(portfolio.quantity(first.id))) > 0);
    needUnlessReducing(Check.SHORT_NOT_ALLOWED, permitted || !shortens);

    return answer(asked, now, child, content);
  }

  private Answer answer(
      final OrderIntent asked, final long now, final boolean child, final String content) {
    Check decisive = Check.NONE;
    Verdict verdict = Verdict.APPROVE;
    for (final Map.Entry<Check, CheckStatus> row : status.entrySet()) {
      if (row.getValue() == CheckStatus.DENY && verdict != Verdict.DENY) {
        verdict = Verdict.DENY;
        decisive = row.getKey();
      } else if (row.getValue() == CheckStatus.REDUCE && verdict == Verdict.APPROVE) {
        verdict = Verdict.REDUCE;
        decisive = row.getKey();
      }
    }
    if (verdict != Verdict.DENY) {
      if (!child) {
        keys.put(asked.key(), allowed);
      }
      approvals.add(new Seen(now, content));
      approvals.removeIf(seen -> now - seen.time > 120_000_000_000L);
    }
    return new Answer(verdict, decisive, verdict == Verdict.DENY ? ZERO : allowed, status);
  }

  private void share(final Check check, final boolean countable, final Predicate<BigDecimal> fits) {
    if (countable) {
      fit(check, fits);
    } else {
      needUnlessReducing(check, false);
    }
  }

  private BigDecimal value(final int id) {
    return dec(portfolio.quantity(id))
        .multiply(dec(instruments.multiplier(id)))
        .multiply(dec(portfolio.markPrice(id)));
  }

  private boolean lost(final long before, final double limit) {
    return atMost(dec(before).subtract(dec(portfolio.nav())), dec(before).multiply(dec(limit)));
  }

  private BigDecimal tier(final Tier tier) {
    return switch (tier) {
      case CORE -> dec(limits.positionCorePct());
      case SATELLITE -> dec(limits.positionSatellitePct());
      case TACTICAL -> dec(limits.positionTacticalPct());
      default -> dec(limits.positionAltExtPct());
    };
  }

  /** Steps through the underlying's prices where the payoff has its kinks. */
  private BigDecimal worst(final BigDecimal net, final BigDecimal multiplier) {
    final List<BigDecimal> spots = new ArrayList<>(List.of(ZERO));
    BigDecimal highest = dec(Math.max(0, books.mark(instruments.root(legs.get(0).id))));
    for (final Leg leg : legs) {
      for (final Leg other : legs) {
        final boolean livesOn = instruments.expiry(leg.id) > instruments.expiry(other.id);
        if (livesOn && (leg.sign < 0 || instruments.style(leg.id) != OptionStyle.AMERICAN)) {
          return null;
        }
      }
      spots.add(dec(instruments.strike(leg.id)));
      highest = highest.max(dec(instruments.strike(leg.id)));
    }
    final BigDecimal naked = multiplier.multiply(BigDecimal.valueOf(Math.max(0, callsSold())));
    if (naked.signum() > 0 && !limits.allowNakedOptions()) {
      return null;
    }
    BigDecimal worst = null;
    for (final BigDecimal spot : spots) {
      BigDecimal paid = ZERO;
      for (final Leg leg : legs) {
        final BigDecimal strike = dec(instruments.strike(leg.id));
        final boolean call = instruments.right(leg.id) == OptionRight.CALL;
        final BigDecimal intrinsic =
            (call ? spot.subtract(strike) : strike.subtract(spot)).max(ZERO);
        paid =
            paid.add(
                intrinsic
                    .multiply(multiplier)
                    .multiply(BigDecimal.valueOf((long) leg.sign * leg.ratio)));
      }
      final BigDecimal loss = net.multiply(multiplier).subtract(paid);
      worst = worst == null ? loss : worst.max(loss);
    }
    return worst.max(ZERO).add(naked.multiply(highest));
  }

  private int callsSold() {
    int sold = 0;
    for (final Leg leg : legs) {
      sold -= instruments.right(leg.id) == OptionRight.CALL ? leg.sign * leg.ratio : 0;
    }
    return sold;
  }

  private BigDecimal reducible(final int root) {
    BigDecimal least = dec(1e9);
    for (final Leg leg : legs) {
      BigDecimal against = dec(-leg.sign * portfolio.quantity(leg.id)).max(ZERO);
      for (int i = 0; i < desk.orders.workingCount(); i++) {
        final Order order = desk.orders.working(i);
        if (order.legs().count() == 0) {
          if (order.instrumentId() == leg.id && (order.side() == Side.BUY ? 1 : -1) == leg.sign) {
            against = against.subtract(dec(order.leaves()));
          }
        } else {
          for (int l = 0; l < order.legs().count(); l++) {
            if (order.legs().instrumentId(l) == leg.id && order.legs().sign(l) == leg.sign) {
              against = against.subtract(dec(order.legLeaves(l)));
            }
          }
        }
      }
      least =
          least.min(against.max(ZERO).divide(BigDecimal.valueOf(leg.ratio), 8, RoundingMode.DOWN));
    }
    for (final OptionRight right : new OptionRight[] {OptionRight.CALL, OptionRight.PUT}) {
      int change = 0;
      for (final Leg leg : legs) {
        change += instruments.right(leg.id) == right ? leg.sign * leg.ratio : 0;
      }
      BigDecimal held = ZERO;
      boolean shorts = false;
      for (int i = 0; i < portfolio.heldCount(); i++) {
        final int id = portfolio.held(i);
        if (instruments.root(id) == root && instruments.right(id) == right) {
          held = held.add(dec(portfolio.quantity(id)));
          shorts |= portfolio.quantity(id) < 0;
        }
      }
      if (change < 0 && shorts) {
        least = least.min(held.max(ZERO).divide(BigDecimal.valueOf(-change), 8, RoundingMode.DOWN));
      }
    }
    return least;
  }

  private boolean within(final int id, final int sign, final long units) {
    return units <= Math.max(0, -sign * portfolio.quantity(id));
  }

  private boolean crosses(final Order order, final boolean structure) {
    for (final Leg leg : legs) {
      final int sign = order.side() == Side.BUY ? 1 : -1;
      if (leg.id == order.instrumentId() && leg.sign != sign) {
        final long ours = intent.limitPrice();
        if (structure || (leg.sign > 0 ? ours >= order.limitPrice() : ours <= order.limitPrice())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mirror(final Order order, final Legs others) {
    if (others.count() != legs.size() || intent.limitPrice() + order.limitPrice() < 0) {
      return false;
    }
    for (int l = 0; l < others.count(); l++) {
      final int at = l;
      if (legs.stream()
          .noneMatch(leg -> leg.id == others.instrumentId(at) && leg.sign != others.sign(at))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return content() + " unit " + unit + " judged " + quantity + " reducing " + reducing;
  }

  private String content() {
    return intent.purpose()
        + "/"
        + intent.side()
        + "/"
        + intent.instrumentId()
        + "/"
        + intent.quantity()
        + "/"
        + intent.limitPrice()
        + "/"
        + legs;
  }
}
