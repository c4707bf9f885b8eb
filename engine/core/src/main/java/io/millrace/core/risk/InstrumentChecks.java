package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.core.market.Fixed;

/** 3xx: whether this can be traded, in this price and quantity. */
final class InstrumentChecks implements CheckGroup {
  private final long maxShares;
  private final long maxContracts;
  private final boolean allowReduce;

  InstrumentChecks(final RiskLimits limits) {
    maxShares = limits.maxShares() * Fixed.ONE;
    maxContracts = limits.maxContracts() * Fixed.ONE;
    allowReduce = limits.allowReduce();
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    findings.mustNot(Check.INSTRUMENT_UNKNOWN, !facts.known());
    findings.mustNot(Check.INSTRUMENT_EXPIRED, facts.expired());
    findings.mustNot(Check.SESSION_CLOSED, !facts.open());
    tickSize(facts, findings);
    lotSize(facts, findings);
    minNotional(facts, findings);
    maxQuantity(facts, findings);
    findings.mustNot(Check.NOT_TRADABLE, !facts.tradable());
  }

  /** What the price is off the tick. */
  private static void tickSize(final OrderFacts facts, final Findings findings) {
    final long price = facts.intent().limitPrice();
    if (facts.tick() == 0 || price == Fixed.NONE) {
      findings.missing(Check.TICK_SIZE, 0, false);
    } else {
      findings.atMost(Check.TICK_SIZE, Math.floorMod(price, facts.tick()), 0);
    }
  }

  /** What the quantity is off the lot. */
  private static void lotSize(final OrderFacts facts, final Findings findings) {
    if (facts.intent().quantity() <= 0) {
      findings.missing(Check.LOT_SIZE, 0, false);
    } else {
      findings.atMost(Check.LOT_SIZE, Math.floorMod(facts.intent().quantity(), facts.lot()), 0);
    }
  }

  private static void minNotional(final OrderFacts facts, final Findings findings) {
    final long value = Saturating.mul(Math.max(0, facts.quantity()), facts.unitNotional());
    if (facts.reducing()) {
      findings.exemptFromLeast(Check.MIN_NOTIONAL, value, facts.minNotional());
    } else {
      findings.atLeast(Check.MIN_NOTIONAL, value, facts.minNotional());
    }
  }

  /** Units. */
  private void maxQuantity(final OrderFacts facts, final Findings findings) {
    final long limit = facts.options() ? maxContracts : maxShares;
    final long asked = facts.quantity();
    if (asked <= limit) {
      findings.atMost(Check.MAX_QUANTITY, asked, limit);
    } else {
      findings.over(Check.MAX_QUANTITY, asked, limit, allowReduce ? Sizing.lots(facts, limit) : 0);
    }
  }
}
