package io.millrace.core.portfolio;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.NavEventEncoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Severity;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;

/** NAV as last struck, its peak and day's start, and the risk mode that its losses lead to. */
final class NavBook {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long DAY_NANOS = 86_400 * NANOS_PER_SECOND;
  private static final long NO_DAY = Long.MIN_VALUE;

  private final Instruments instruments;
  private final Positions positions;
  private final Account account;
  private final Valuation valuation;
  private final MarginHeld margin;
  private final RiskModes modes = new RiskModes();
  private final long interval;
  private final long dayStart;
  private final long softDrawdown;
  private final long dailyLoss;
  private final long hardDrawdown;
  private final NavEventEncoder navEvent = new NavEventEncoder();
  private final AlertEncoder alert = new AlertEncoder();

  private boolean told;
  private long toldNav;
  private long toldCash;
  private long toldGross;
  private long toldNet;
  private RiskMode toldMode = RiskMode.NORMAL; // means nothing until told
  private long nextMark = Long.MIN_VALUE;
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

  NavBook(
      final PortfolioConfig config,
      final Instruments instruments,
      final Positions positions,
      final Account account,
      final Valuation valuation,
      final MarginHeld margin) {
    this.instruments = instruments;
    this.positions = positions;
    this.account = account;
    this.valuation = valuation;
    this.margin = margin;
    interval = config.navIntervalMillis() * NANOS_PER_MILLI;
    dayStart = config.dayStartUtcSeconds() * NANOS_PER_SECOND;
    softDrawdown = Fixed.fromDouble(config.defensiveDrawdownPct());
    dailyLoss = Fixed.fromDouble(config.reduceOnlyDailyLossPct());
    hardDrawdown = Fixed.fromDouble(config.haltDrawdownPct());
  }

  /** Money was put in: it moves peak and day's start with it. */
  void transfer(final long amount) {
    if (hasNav()) {
      peak = Math.addExact(peak, amount);
      dayStartNav = Math.addExact(dayStartNav, amount);
    }
  }

  /** Strikes a NAV if one is due; returns whether. */
  boolean mark(final long now, final Outputs outputs) {
    if (!account.cashKnown() || (now < nextMark && !account.changed())) {
      return false;
    }
    strike(now, outputs);
    return true;
  }

  private void strike(final long now, final Outputs outputs) {
    final long previous = nav;
    final boolean first = !hasNav();
    value();
    navTime = now;
    nextMark = now - Math.floorMod(now, interval) + interval;
    account.valued();
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
      final long worth = positions.mark(id, valuation.held(id));
      value = Math.addExact(value, worth);
      absolute = Math.addExact(absolute, Math.abs(worth));
      cost = Math.addExact(cost, positions.cost(id));
      if (worth < 0 && !instruments.option(id)) {
        shorts = Math.subtractExact(shorts, worth);
      }
    }
    nav = Math.addExact(account.cash(), value);
    net = value;
    gross = absolute;
    shortStock = shorts;
    unrealised = Math.subtractExact(value, cost);
    marginHeld = margin.money();
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

  /** Changes the risk mode by its table, and tells it. */
  void trigger(final RiskTrigger trigger, final Outputs outputs) {
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

  private void emitNav(final Outputs outputs) {
    if (told
        && toldNav == nav
        && toldCash == account.cash()
        && toldGross == gross
        && toldNet == net
        && toldMode == modes.mode()) {
      return;
    }
    told = true;
    toldNav = nav;
    toldCash = account.cash();
    toldGross = gross;
    toldNet = net;
    toldMode = modes.mode();
    outputs.begin(navEvent);
    navEvent
        .nav(nav)
        .cash(account.cash())
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

  void state(final StateCodec codec) {
    modes.state(codec);
    told = codec.flag(told);
    toldNav = codec.int64(toldNav);
    toldCash = codec.int64(toldCash);
    toldGross = codec.int64(toldGross);
    toldNet = codec.int64(toldNet);
    toldMode = RiskMode.get((short) codec.int32(toldMode.value()));
    nextMark = codec.int64(nextMark);
    nav = codec.int64(nav);
    navTime = codec.int64(navTime);
    peak = codec.int64(peak);
    drawdown = codec.int64(drawdown);
    day = codec.int64(day);
    dayStartNav = codec.int64(dayStartNav);
    gross = codec.int64(gross);
    net = codec.int64(net);
    shortStock = codec.int64(shortStock);
    marginHeld = codec.int64(marginHeld);
    unrealised = codec.int64(unrealised);
  }

  boolean hasNav() {
    return day != NO_DAY;
  }

  long nav() {
    return nav;
  }

  long navTime() {
    return navTime;
  }

  long peak() {
    return peak;
  }

  long drawdown() {
    return drawdown;
  }

  long dayStartNav() {
    return dayStartNav;
  }

  long dailyLoss() {
    return lossOver(dayStartNav);
  }

  long gross() {
    return gross;
  }

  long net() {
    return net;
  }

  long shortStock() {
    return shortStock;
  }

  long marginHeld() {
    return marginHeld;
  }

  long unrealised() {
    return unrealised;
  }

  RiskMode riskMode() {
    return modes.mode();
  }
}
