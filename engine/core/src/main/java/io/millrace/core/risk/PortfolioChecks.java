package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.core.market.Fixed;
import io.millrace.core.portfolio.Portfolio;

/** 6xx: whether the account can carry it. */
final class PortfolioChecks implements CheckGroup {
  private final Sizing sizing;
  private final long gross;
  private final long net;
  private final int openSymbol;
  private final int openTotal;
  private final long buyingPower;
  private final long shortMargin;

  PortfolioChecks(final RiskLimits limits, final Sizing sizing) {
    this.sizing = sizing;
    gross = Fixed.fromDouble(limits.grossExposureMultiple());
    net = Fixed.fromDouble(limits.netExposureMultiple());
    openSymbol = limits.openOrdersSymbol();
    openTotal = limits.openOrdersTotal();
    buyingPower = Fixed.fromDouble(limits.buyingPowerMultiple());
    shortMargin = Fixed.fromDouble(limits.shortMarginPct());
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    grossExposure(facts, findings);
    netExposure(facts, findings);
    open(Check.OPEN_ORDERS_SYMBOL, facts.working().openSymbol(), openSymbol, facts, findings);
    open(Check.OPEN_ORDERS_TOTAL, facts.working().open(), openTotal, facts, findings);
    buyingPower(facts, findings);
  }

  /** Multiple of NAV; a position that is turned round counts only by what it grows. */
  private void grossExposure(final OrderFacts facts, final Findings findings) {
    final long closed =
        Saturating.add(facts.working().closedLongs(), facts.working().closedShorts());
    final long base =
        Saturating.subtract(
            Saturating.add(facts.portfolio().gross(), facts.working().notional()), closed);
    final long free = Saturating.mul(facts.opposite(), 2 * Fixed.ONE);
    if (facts.opposite() > 0 && facts.quantity() <= free) {
      sizing.unchanged(Check.GROSS_EXPOSURE, facts, base, gross, findings);
      return;
    }
    sizing.overNav(Check.GROSS_EXPOSURE, facts, base, free, facts.unitNotional(), gross, findings);
  }

  /** Multiple of NAV, in the direction of this order; below 0 = it leans the other way. */
  private void netExposure(final OrderFacts facts, final Findings findings) {
    final Portfolio portfolio = facts.portfolio();
    final boolean buys = facts.structure() ? facts.intent().limitPrice() >= 0 : facts.sign(0) > 0;
    final long held = buys ? portfolio.net() : -portfolio.net();
    final long added =
        buys
            ? Saturating.subtract(facts.working().bought(), facts.working().closedLongs())
            : Saturating.subtract(facts.working().sold(), facts.working().closedShorts());
    final long base = Saturating.add(held, added);
    final long unit = facts.structure() ? facts.unitPremium() : facts.unitNotional();
    sizing.overNav(Check.NET_EXPOSURE, facts, base, 0, unit, net, findings);
  }

  private static void open(
      final Check check,
      final int others,
      final int most,
      final OrderFacts facts,
      final Findings findings) {
    final long value = (others + 1L) * Fixed.ONE;
    if (facts.reducing()) {
      findings.exempt(check, value, most * Fixed.ONE);
    } else {
      findings.atMost(check, value, most * Fixed.ONE);
    }
  }

  /**
   * Cash this needs (price of what is bought; margin of what is sold short; worst case of a
   * structure or of an option sold) against cash that is free: cash, less what held options may
   * still cost, less short stock with its margin, plus NAV for each multiple above one, plus what
   * closing the opposite position, here or by a market order before, sets free, less what the
   * working orders need. Fees are not in it.
   */
  private void buyingPower(final OrderFacts facts, final Findings findings) {
    final Portfolio portfolio = facts.portfolio();
    final long shorts = Saturating.mul(portfolio.shortStock(), Fixed.ONE + shortMargin);
    final long cash =
        Saturating.subtract(Saturating.subtract(portfolio.cash(), portfolio.marginHeld()), shorts);
    final long lent = Saturating.mul(Math.max(0, portfolio.nav()), buyingPower - Fixed.ONE);
    final long closed =
        Saturating.add(
            facts.working().closedLongs(),
            Saturating.mul(facts.working().closedShorts(), shortMargin));
    final long power =
        Saturating.add(Saturating.add(cash, lent), Saturating.add(closed, setFree(facts)));
    final long limit = Saturating.subtract(power, facts.working().notional());
    long unit = facts.unitNotional();
    if (unit != Saturating.BEYOND && !facts.options() && facts.sign(0) < 0) {
      unit = Saturating.mul(unit, shortMargin);
    }
    sizing.money(Check.BUYING_POWER, facts, facts.opposite(), unit, limit, findings);
  }

  /** Proceeds of a long position that is turned round, or the margin of a short one. */
  private long setFree(final OrderFacts facts) {
    if (facts.options() || facts.unitNotional() == Saturating.BEYOND) {
      return 0;
    }
    final long closed = Math.min(Math.max(0, facts.quantity()), facts.opposite());
    final long worth = Saturating.mul(closed, facts.unitNotional());
    return facts.sign(0) < 0 ? worth : Saturating.mul(worth, shortMargin);
  }
}
