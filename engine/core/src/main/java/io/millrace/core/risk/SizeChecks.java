package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.codecs.Tier;
import io.millrace.core.market.Fixed;
import io.millrace.core.portfolio.Portfolio;

/** 5xx: whether the order and its position are small enough. Shares of NAV. */
final class SizeChecks implements CheckGroup {
  private final Sizing sizing;
  private final long order;
  private final long maxLoss;
  private final long leverage;
  private final long positionMoney;
  private final long tradeRisk;
  private final long[] position = new long[4];

  SizeChecks(final RiskLimits limits, final Sizing sizing) {
    this.sizing = sizing;
    order = Fixed.fromDouble(limits.orderNotionalPct());
    maxLoss = Fixed.fromDouble(limits.ideaMaxLossPct());
    leverage = Fixed.fromDouble(limits.strategyLeverage());
    positionMoney = Fixed.fromDouble(limits.strategyPositionNotional());
    tradeRisk = Fixed.fromDouble(limits.strategyTradeRisk());
    position[Tier.CORE.value()] = Fixed.fromDouble(limits.positionCorePct());
    position[Tier.SATELLITE.value()] = Fixed.fromDouble(limits.positionSatellitePct());
    position[Tier.TACTICAL.value()] = Fixed.fromDouble(limits.positionTacticalPct());
    position[Tier.ALT_EXT.value()] = Fixed.fromDouble(limits.positionAltExtPct());
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    orderNotional(facts, findings);
    positionNotional(facts, findings);
    ideaMaxLoss(facts, findings);
  }

  private void orderNotional(final OrderFacts facts, final Findings findings) {
    final long most = facts.ofStrategy() ? Saturating.mul(leverage, 2 * Fixed.ONE) : order;
    final long limit = sizing.scaled(facts, most);
    sizing.overNav(Check.ORDER_NOTIONAL, facts, 0, 0, facts.unitNotional(), limit, findings);
  }

  /**
   * What would be held of the symbol, derivatives included, if this and all working orders filled:
   * |market value| of its positions, value of its working orders, value of this one. What closes an
   * opposite position of the same instrument counts nothing.
   */
  private void positionNotional(final OrderFacts facts, final Findings findings) {
    if (!facts.known()) {
      findings.missing(Check.POSITION_NOTIONAL, Fixed.NONE, false);
      return;
    }
    final Portfolio portfolio = facts.portfolio();
    final int single = facts.structure() ? 0 : facts.id(0);
    long base = facts.working().otherNotional();
    for (int i = 0; i < portfolio.heldCount(); i++) {
      final int id = portfolio.held(i);
      if (id != single && facts.instruments().root(id) == facts.root()) {
        base = Saturating.add(base, Math.abs(portfolio.marketValue(id)));
      }
    }
    long free = 0;
    if (single != 0) {
      final long along =
          Saturating.add(facts.sign(0) * portfolio.quantity(single), facts.working().sameUnits());
      base = Saturating.add(base, Saturating.mul(Math.max(0, along), facts.unitNotional()));
      free = Math.max(0, -along);
    }
    final long most = facts.ofStrategy() ? strategyPosition(facts) : position[facts.tierCode()];
    final long limit = sizing.scaled(facts, most);
    sizing.overNav(
        Check.POSITION_NOTIONAL, facts, base, free, facts.unitNotional(), limit, findings);
  }

  private void ideaMaxLoss(final OrderFacts facts, final Findings findings) {
    final long limit = sizing.scaled(facts, facts.ofStrategy() ? strategyLoss(facts) : maxLoss);
    sizing.overNav(Check.IDEA_MAX_LOSS, facts, 0, 0, facts.maxLoss(), limit, findings);
  }

  /** An outright's worst case is its value, which the position bounds; a structure's is its own. */
  private long strategyLoss(final OrderFacts facts) {
    return facts.structure() ? tradeRisk : Saturating.mul(leverage, 2 * Fixed.ONE);
  }

  /** Multiple of NAV; where money bounds it, as what that is of the last NAV. */
  private long strategyPosition(final OrderFacts facts) {
    final long nav = facts.portfolio().nav();
    if (positionMoney == 0 || !facts.portfolio().hasNav() || nav <= 0) {
      return leverage;
    }
    return Math.min(leverage, Saturating.mulDivDown(positionMoney, Fixed.ONE, nav));
  }
}
