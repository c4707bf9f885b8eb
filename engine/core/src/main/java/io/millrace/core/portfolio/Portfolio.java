package io.millrace.core.portfolio;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.ExceptionRaisedEncoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FillEncoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.NavEventEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.PositionEventEncoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Severity;
import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.slot.Outputs;

/**
 * What the account holds and is worth: cash, positions, NAV, peak, day's start, risk mode. Money is
 * exact; see {@link Positions} for the ledger's identity.
 *
 * <p>Marks. A non-option is valued at {@link Books#mark}. An option is valued at the mid of a book
 * with a bid above 0 and an ask above the bid. An option that is offered but has no bid (or a bid
 * of 0) is worth nothing if held long and the ask if held short. With no such quote it keeps its
 * last mark, which is the price of the trade that opened it until there is a better one.
 *
 * <p>Expiry. At the first input at or after a held contract's expiry it is settled by the mark of
 * its underlying. Cash: the intrinsic value is paid. Physical: from the exercise threshold on, a
 * long contract is exercised and a short one assigned: the contract leaves at 0 and the stock comes
 * or goes at the strike; below it the contract leaves at 0. While the underlying has no price, the
 * contract stays and is tried again at each NAV interval. Each part is a Fill with reason SETTLED,
 * no fee and order id 0.
 */
public final class Portfolio {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long DAY_NANOS = 86_400 * NANOS_PER_SECOND;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long NO_DAY = Long.MIN_VALUE;

  private final Instruments instruments;
  private final Books books;
  private final Positions positions;
  private final MarginHeld margin;
  private final Funding funding;
  private final RiskModes modes = new RiskModes();
  private final long interval;
  private final MarkRule rule;
  private final long dayStart;
  private final long exerciseThreshold;
  private final long softDrawdown;
  private final long dailyLoss;
  private final long hardDrawdown;
  private final PositionEventEncoder positionEvent = new PositionEventEncoder();
  private final NavEventEncoder navEvent = new NavEventEncoder();
  private final FillEncoder fillEncoder = new FillEncoder();
  private final AlertEncoder alert = new AlertEncoder();
  private final ExceptionRaisedEncoder exception = new ExceptionRaisedEncoder();

  private boolean cashKnown;
  private boolean changed;
  private boolean told;
  private long toldNav;
  private long toldCash;
  private long toldGross;
  private long toldNet;
  private RiskMode toldMode;
  private long cash;
  private long invested;
  private long nextMark = Long.MIN_VALUE;
  private long nextExpiry = NEVER;
  private long nav;
  private long navTime;
  private long peak;
  private long drawdown;
  private long day = NO_DAY;
  private long dayStartNav;
  private long gross;
  private long net;
  private long shortStock;
  private long marginHeld;
  private long unrealised;
  private long settlements;

  /** An empty account; it has no NAV until {@link #onAccount} tells the cash. */
  public Portfolio(final PortfolioConfig config, final Market market) {
    instruments = market.instruments();
    books = market.books();
    positions = new Positions(instruments);
    margin = new MarginHeld(instruments, books, positions);
    funding = new Funding(instruments, market.perpetuals());
    interval = config.navIntervalMillis() * NANOS_PER_MILLI;
    rule = config.mark();
    dayStart = config.dayStartUtcSeconds() * NANOS_PER_SECOND;
    exerciseThreshold = Fixed.fromDouble(config.exerciseThreshold());
    softDrawdown = Fixed.fromDouble(config.defensiveDrawdownPct());
    dailyLoss = Fixed.fromDouble(config.reduceOnlyDailyLossPct());
    hardDrawdown = Fixed.fromDouble(config.haltDrawdownPct());
  }

  /**
   * Takes the account's cash as the venue, or the session header, tells it. A difference to our own
   * is money put in or taken out: it moves peak and day's start with it, so it is neither gain nor
   * loss.
   */
  public void onAccount(final long newCash) {
    transfer(Math.subtractExact(newCash, cash));
    cash = newCash;
    cashKnown = true;
    changed = true;
  }

  /**
   * Takes a position as the venue reports it: the venue is right. A difference in quantity is
   * raised as an exception; the difference in cost counts as put in or taken out.
   *
   * @param signed quantity
   * @param averagePrice of the entry; without meaning when flat
   */
  public void onPositionReport(
      final int instrumentId, final long signed, final long averagePrice, final Outputs outputs) {
    requireDefined(instrumentId);
    final long before = positions.quantity(instrumentId);
    if (before == signed && positions.averagePrice(instrumentId) == averagePrice) {
      return;
    }
    transfer(positions.replace(instrumentId, signed, averagePrice));
    positionChanged(instrumentId);
    if (before != signed) {
      outputs.begin(exception);
      exception
          .instrumentId(instrumentId)
          .severity(Severity.WARN)
          .value(Math.subtractExact(signed, before));
      outputs.end(exception);
    }
    emitPosition(instrumentId, outputs);
  }

  /** Books a fill and tells the position. */
  public void onFill(final FillDecoder fill, final Outputs outputs) {
    onFill(fill.instrumentId(), fill.side(), fill.quantity(), fill.price(), fill.fee(), outputs);
  }

  /**
   * Books a fill and tells the position.
   *
   * @param quantity above 0
   * @param price per unit, 0 or more
   * @param fee above 0 = paid, below = rebate
   * @throws IllegalArgumentException if the fill cannot be one; nothing changed
   * @throws ArithmeticException on overflow; nothing changed
   */
  public void onFill(
      final int instrumentId,
      final Side side,
      final long quantity,
      final long price,
      final long fee,
      final Outputs outputs) {
    requireDefined(instrumentId);
    if ((side != Side.BUY && side != Side.SELL) || quantity <= 0 || price < 0) {
      throw new IllegalArgumentException(
          "fill of "
              + instruments.symbol(instrumentId)
              + " needs a side, a quantity above 0 and a price: "
              + side
              + " "
              + quantity
              + " at "
              + price);
    }
    book(instrumentId, side == Side.BUY ? quantity : -quantity, price, fee);
    emitPosition(instrumentId, outputs);
  }

  /** A funding rate was accepted; what it says is due is paid by whoever holds the perpetual. */
  public void onFundingRate(final int instrumentId, final long now, final Outputs outputs) {
    funding.known(instrumentId);
    payFunding(now, outputs);
  }

  /** Counts among the fees: it is a cost of holding. */
  private void payFunding(final long now, final Outputs outputs) {
    while (funding.anyDue(now)) {
      final int id = funding.take(now);
      final long quantity = id == 0 ? 0 : positions.quantity(id);
      if (quantity != 0) {
        final long payment = funding.payment(id, quantity, markOf(id));
        positions.charge(id, payment);
        cash = Math.subtractExact(cash, payment);
        changed = true;
        emitPosition(id, outputs);
      }
    }
  }

  /**
   * Settles what expired, pays funding and strikes a NAV when one is due: at each whole interval,
   * and at once after anything changed.
   *
   * @param now event time, nanoseconds
   * @return whether a NAV was struck; a NavEvent tells it where a figure differs from the last one
   *     told
   */
  public boolean mark(final long now, final Outputs outputs) {
    if (now >= nextExpiry) {
      settle(now, outputs);
    }
    payFunding(now, outputs);
    if (!cashKnown || (now < nextMark && !changed)) {
      return false;
    }
    strike(now, outputs);
    return true;
  }

  /** As {@link #mark}, but strikes a NAV whether due or not (if the cash is known). */
  public boolean markNow(final long now, final Outputs outputs) {
    changed = true;
    return mark(now, outputs);
  }

  /** The operator stops all trading. */
  public void halt(final Outputs outputs) {
    trigger(RiskTrigger.OPERATOR_HALT, outputs);
  }

  /** The operator lets only reductions through. */
  public void reduceOnly(final Outputs outputs) {
    trigger(RiskTrigger.OPERATOR_REDUCE_ONLY, outputs);
  }

  /** The operator ends a halt or reduce-only; a loss that is still over its limit stops again. */
  public void resume(final Outputs outputs) {
    trigger(RiskTrigger.OPERATOR_RESUME, outputs);
  }

  private void book(final int id, final long signed, final long price, final long fee) {
    final long newCash = Math.subtractExact(cash, positions.book(id, signed, price, fee));
    cash = newCash;
    positionChanged(id);
  }

  private void positionChanged(final int id) {
    changed = true;
    margin.changed();
    if (positions.quantity(id) != 0 && instruments.expiry(id) != 0) {
      nextExpiry = Math.min(nextExpiry, instruments.expiry(id));
    }
  }

  private void transfer(final long amount) {
    invested = Math.addExact(invested, amount);
    if (hasNav()) {
      peak = Math.addExact(peak, amount);
      dayStartNav = Math.addExact(dayStartNav, amount);
    }
  }

  private void requireDefined(final int id) {
    if (!instruments.defined(id)) {
      throw new IllegalArgumentException("position in instrument " + id + ", which is not defined");
    }
  }

  // ---- Expiry

  private void settle(final long now, final Outputs outputs) {
    nextExpiry = NEVER;
    int i = 0;
    while (i < positions.heldCount()) {
      final int id = positions.held(i);
      final long expiry = instruments.expiry(id);
      if (expiry != 0 && now >= expiry && settled(id, outputs)) {
        i = 0; // the list changed: stock may have come or gone before this place
        continue;
      }
      if (expiry != 0) {
        nextExpiry = Math.min(nextExpiry, Math.max(expiry, nextInterval(now, expiry)));
      }
      i++;
    }
  }

  /** An unsettled contract is tried again at the next interval, not at every input. */
  private long nextInterval(final long now, final long expiry) {
    return now >= expiry ? now - Math.floorMod(now, interval) + interval : expiry;
  }

  private boolean settled(final int id, final Outputs outputs) {
    if (!instruments.option(id)) {
      return settleFuture(id, outputs);
    }
    final int root = instruments.underlying(id);
    final long spot = books.mark(root);
    if (spot == Fixed.NONE) {
      return false;
    }
    final boolean call = instruments.right(id) == OptionRight.CALL;
    final long strike = instruments.strike(id);
    final long intrinsic = Math.max(0, call ? spot - strike : strike - spot);
    expired(id, intrinsic, outputs);
    final long quantity = positions.quantity(id);
    if (instruments.settlement(id) == Settlement.CASH) {
      settlement(id, -quantity, intrinsic, outputs);
      return true;
    }
    settlement(id, -quantity, 0, outputs);
    if (intrinsic > 0 && intrinsic >= exerciseThreshold) {
      final long shares = Fixed.mul(quantity, instruments.multiplier(id));
      settlement(root, call ? shares : -shares, strike, outputs);
    }
    return true;
  }

  /** A dated future is paid out at its own last mark, or at its underlying's when it has none. */
  private boolean settleFuture(final int id, final Outputs outputs) {
    final long own = books.mark(id);
    final int root = instruments.root(id);
    final long price = own == Fixed.NONE ? books.mark(root) : own;
    if (price == Fixed.NONE) {
      return false;
    }
    expired(id, price, outputs);
    settlement(id, -positions.quantity(id), price, outputs);
    return true;
  }

  private void expired(final int id, final long value, final Outputs outputs) {
    outputs.begin(alert);
    alert.severity(Severity.INFO).code(AlertCode.CONTRACT_EXPIRED).instrumentId(id).value(value);
    outputs.end(alert);
  }

  private void settlement(
      final int id, final long signed, final long price, final Outputs outputs) {
    book(id, signed, price, 0);
    settlements++;
    outputs.begin(fillEncoder);
    fillEncoder
        .instrumentId(id)
        .side(signed > 0 ? Side.BUY : Side.SELL)
        .quantity(Math.abs(signed))
        .price(price)
        .liquidity(Liquidity.NONE)
        .venueTradeId(-settlements) // below 0: never a venue's
        .reason(FillReason.SETTLED)
        .arrivalMid(Fixed.NONE);
    outputs.end(fillEncoder);
    emitPosition(id, outputs);
  }

  // ---- NAV

  private void strike(final long now, final Outputs outputs) {
    final long previous = nav;
    final boolean first = !hasNav();
    value();
    navTime = now;
    nextMark = now - Math.floorMod(now, interval) + interval;
    changed = false;
    final long today = Math.floorDiv(now - dayStart, DAY_NANOS);
    final boolean newDay = today > day;
    if (newDay) {
      day = today;
      // The close before counts: a gap over night is part of the day's loss.
      dayStartNav = first ? nav : previous;
    }
    peak = first ? nav : Math.max(peak, nav);
    drawdown = lossOver(peak);
    judgeLoss(newDay, outputs);
    emitNav(outputs);
  }

  private void value() {
    long value = 0;
    long absolute = 0;
    long shorts = 0;
    long cost = 0;
    for (int i = 0; i < positions.heldCount(); i++) {
      final int id = positions.held(i);
      final long worth = positions.mark(id, markOf(id));
      value = Math.addExact(value, worth);
      absolute = Math.addExact(absolute, Math.abs(worth));
      cost = Math.addExact(cost, positions.cost(id));
      if (worth < 0 && !instruments.option(id)) {
        shorts = Math.subtractExact(shorts, worth);
      }
    }
    nav = Math.addExact(cash, value);
    net = value;
    gross = absolute;
    shortStock = shorts;
    unrealised = Math.subtractExact(value, cost);
    marginHeld = margin.money();
  }

  /**
   * Cash plus what is held at its marks as they stand now, 1e-8; {@link #nav} is the same as last
   * struck.
   */
  public long equity() {
    long worth = cash;
    for (int i = 0; i < positions.heldCount(); i++) {
      final int id = positions.held(i);
      worth = Math.addExact(worth, positions.worth(id, markOf(id)));
    }
    return worth;
  }

  /** The price that a unit would be valued by now, 1e-8; {@link Fixed#NONE} = none. */
  public long valuation(final int instrumentId) {
    if (positions.quantity(instrumentId) != 0) {
      return markOf(instrumentId);
    }
    final long last = books.last(instrumentId);
    return rule == MarkRule.LAST && last != Fixed.NONE ? last : books.mark(instrumentId);
  }

  private long markOf(final int id) {
    final long last = positions.markPrice(id);
    if (rule == MarkRule.LAST && books.last(id) != Fixed.NONE) {
      return books.last(id);
    }
    if (rule == MarkRule.TOUCH) {
      final long touch = positions.quantity(id) > 0 ? books.bid(id) : books.ask(id);
      if (touch > 0) {
        return touch;
      }
    }
    if (!instruments.option(id)) {
      final long mark = books.mark(id);
      return mark == Fixed.NONE ? last : mark;
    }
    final long bid = books.bid(id);
    final long ask = books.ask(id);
    if (ask == Fixed.NONE || ask <= 0) {
      return last;
    }
    if (bid == Fixed.NONE || bid <= 0) {
      return positions.quantity(id) > 0 ? 0 : ask;
    }
    return books.regular(id) ? books.mid(id) : last;
  }

  /**
   * Fraction lost of {@code base}, rounded up; 0 when nothing is lost, 1 when nothing was there.
   */
  private long lossOver(final long base) {
    final long loss = Math.subtractExact(base, nav);
    if (loss <= 0) {
      return 0;
    }
    return base <= 0 ? Fixed.ONE : Fixed.divUp(loss, base);
  }

  private void judgeLoss(final boolean newDay, final Outputs outputs) {
    if (newDay) {
      trigger(RiskTrigger.NEW_DAY, outputs);
    }
    if (drawdown > hardDrawdown) {
      trigger(RiskTrigger.HARD_DRAWDOWN, outputs);
    }
    if (dailyLoss() > dailyLoss) {
      trigger(RiskTrigger.DAILY_LOSS, outputs);
    }
    if (drawdown > softDrawdown) {
      trigger(RiskTrigger.SOFT_DRAWDOWN, outputs);
    } else if (drawdown <= softDrawdown / 2) {
      trigger(RiskTrigger.RECOVERED, outputs);
    }
  }

  private void trigger(final RiskTrigger trigger, final Outputs outputs) {
    if (!modes.on(trigger)) {
      return;
    }
    outputs.begin(alert);
    alert
        .severity(severity(modes.mode()))
        .code(AlertCode.RISK_MODE)
        .value(modes.mode().value() * Fixed.ONE);
    outputs.end(alert);
  }

  private static Severity severity(final RiskMode mode) {
    if (mode == RiskMode.HALTED) {
      return Severity.CRITICAL;
    }
    return mode == RiskMode.NORMAL ? Severity.INFO : Severity.WARN;
  }

  private void emitPosition(final int id, final Outputs outputs) {
    outputs.begin(positionEvent);
    positionEvent
        .instrumentId(id)
        .quantity(positions.quantity(id))
        .averagePrice(positions.averagePrice(id))
        .realised(positions.realised(id))
        .fees(positions.fees(id));
    outputs.end(positionEvent);
  }

  private void emitNav(final Outputs outputs) {
    if (told
        && toldNav == nav
        && toldCash == cash
        && toldGross == gross
        && toldNet == net
        && toldMode == modes.mode()) {
      return;
    }
    told = true;
    toldNav = nav;
    toldCash = cash;
    toldGross = gross;
    toldNet = net;
    toldMode = modes.mode();
    outputs.begin(navEvent);
    navEvent
        .nav(nav)
        .cash(cash)
        .realised(positions.totalRealised())
        .unrealised(unrealised)
        .fees(positions.totalFees())
        .peak(peak)
        .drawdown(drawdown)
        .gross(gross)
        .net(net)
        .riskMode(modes.mode());
    outputs.end(navEvent);
  }

  // ---- What others read

  /** Whether a NAV was ever struck. */
  public boolean hasNav() {
    return day != NO_DAY;
  }

  /** Cash and market value at the last mark, 1e-8; without meaning before {@link #hasNav}. */
  public long nav() {
    return nav;
  }

  /** Event time of the last mark, nanoseconds; 0 = none yet. */
  public long navTime() {
    return navTime;
  }

  /** Cash now, 1e-8. */
  public long cash() {
    return cash;
  }

  /** Money put in, less what was taken out, 1e-8. */
  public long invested() {
    return invested;
  }

  /** Highest NAV, 1e-8. */
  public long peak() {
    return peak;
  }

  /** Fraction of the peak that is lost, 1e-8, rounded up. */
  public long drawdown() {
    return drawdown;
  }

  /** NAV at the end of the day before (of the first mark on the first day), 1e-8. */
  public long dayStartNav() {
    return dayStartNav;
  }

  /** Fraction of the day's first NAV that is lost, 1e-8, rounded up; 0 when nothing is. */
  public long dailyLoss() {
    return lossOver(dayStartNav);
  }

  /** Sum of |market value| at the last mark, 1e-8. */
  public long gross() {
    return gross;
  }

  /** Sum of market value at the last mark, 1e-8. */
  public long net() {
    return net;
  }

  /** Sum of |market value| of what is held short and is no option, at the last mark, 1e-8. */
  public long shortStock() {
    return shortStock;
  }

  /** Cash that held options may still cost at expiry, at the last mark, 1e-8. */
  public long marginHeld() {
    return marginHeld;
  }

  /** Realised profit before fees, all instruments, 1e-8. */
  public long realised() {
    return positions.totalRealised();
  }

  /** Profit not yet realised at the last mark, 1e-8. */
  public long unrealised() {
    return unrealised;
  }

  /** Fees paid, all instruments, 1e-8. */
  public long fees() {
    return positions.totalFees();
  }

  /** What risk may be taken. */
  public RiskMode riskMode() {
    return modes.mode();
  }

  /** How many instruments are held. */
  public int heldCount() {
    return positions.heldCount();
  }

  /** Instrument id of the held position at {@code index}, ascending. */
  public int held(final int index) {
    return positions.held(index);
  }

  /** Signed quantity held, 1e-8; 0 = flat. */
  public long quantity(final int instrumentId) {
    return positions.quantity(instrumentId);
  }

  /** Average entry price, 1e-8; 0 when flat. */
  public long averagePrice(final int instrumentId) {
    return positions.averagePrice(instrumentId);
  }

  /** Signed cost of the position, 1e-8. */
  public long cost(final int instrumentId) {
    return positions.cost(instrumentId);
  }

  /** Realised profit before fees, 1e-8. */
  public long realised(final int instrumentId) {
    return positions.realised(instrumentId);
  }

  /** Fees paid, 1e-8. */
  public long fees(final int instrumentId) {
    return positions.fees(instrumentId);
  }

  /** Price it was last valued at, 1e-8; {@link Fixed#NONE} when flat. */
  public long markPrice(final int instrumentId) {
    return positions.markPrice(instrumentId);
  }

  /** Market value at the last mark price, signed, 1e-8. */
  public long marketValue(final int instrumentId) {
    return positions.marketValue(instrumentId);
  }
}
