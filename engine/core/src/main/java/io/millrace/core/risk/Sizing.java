package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.codecs.RiskMode;
import io.millrace.core.market.Fixed;

/**
 * Checks whose amount grows with the quantity: amount = base + unit × max(0, quantity − free).
 * Where config allows, an order over the limis cut to the most whole lots within it.
 */
final class Sizing {
  private final boolean allowReduce;
  private final long defensive;

  Sizing(final RiskLimits limits) {
    allowReduce = limits.allowReduce();
    defensive = Fixed.fromDouble(limits.defensiveSizePct());
  }

  /** A limit on size: smaller while the mode is defensive. */
  long scaled(final OrderFacts facts, final long limit) {
    return facts.portfolio().riskMode() == RiskMode.DEFENSIVE
        ? Saturating.mulDivDown(limit, defensive, Fixed.ONE)
        : limit;
  }

  /** Amount over NAV against a fraction. */
  void overNav(
      final Check check,
      final OrderFacts facts,
      final long base,
      final long free,
      final long unit,
      final long limit,
      final Findings findings) {
    final long nav = facts.portfolio().nav();
    if (!facts.portfolio().hasNav() || nav <= 0 || unit == Saturating.BEYOND) {
      findings.missing(check, limit, facts.reducing());
      return;
    }
    final long value = Saturating.ratioUp(amount(facts, base, free, unit), nav);
    if (facts.reducing()) {
      findings.exempt(check, value, limit);
    } else if (value <= limit) {
      findings.atMost(check, value, limit);
    } else {
      final long most = Saturating.mulDivDown(nav, limit, Fixed.ONE);
      findings.over(check, value, limit, within(facts, base, free, unit, most));
    }
  }

  /** An amount over NAV that the order does not add to: it passes even beyond the limit. */
  void unchanged(
      final Check check,
      final OrderFacts facts,
      final long amount,
      final long limit,
      final Findings findings) {
    final long nav = facts.portfolio().nav();
    if (!facts.portfolio().hasNav() || nav <= 0 || facts.unitNotional() == Saturating.BEYOND) {
      findings.missing(check, limit, facts.reducing());
    } else {
      findings.exempt(check, Saturating.ratioUp(amount, nav), limit);
    }
  }

  /** Amount against money that was counted at the last NAV. */
  void money(
      final Check check,
      final OrderFacts facts,
      final long free,
      final long unit,
      final long limit,
      final Findings findings) {
    if (!facts.portfolio().hasNav() || unit == Saturating.BEYOND) {
      findings.missing(check, limit, facts.reducing());
      return;
    }
    final long value = amount(facts, 0, free, unit);
    if (facts.reducing()) {
      findings.exempt(check, value, limit);
    } else if (value <= limit) {
      findings.atMost(check, value, limit);
    } else {
      findings.over(check, value, limit, within(facts, 0, free, unit, limit));
    }
  }

  private static long amount(
      final OrderFacts facts, final long base, final long free, final long unit) {
    return Saturating.add(base, Saturating.mul(Math.max(0, facts.quantity() - free), unit));
  }

  /** Most whole lots with an amount within {@code most}; 0 when there are none. */
  private long within(
      final OrderFacts facts, final long base, final long free, final long unit, final long most) {
    final long room = Saturating.subtract(most, base);
    if (!allowReduce || room < 0 || unit <= 0) {
      return 0;
    }
    return lots(facts, Saturating.add(free, Saturating.mulDivDown(room, Fixed.ONE, unit)));
  }

  /** Whole lots of at most so many units; 0 when none, or less than the smallest order. */
  static long lots(final OrderFacts facts, final long units) {
    final long whole = Fixed.floorTo(Math.max(0, Math.min(units, facts.quantity())), facts.lot());
    return Saturating.mul(whole, facts.unitNotional()) < facts.minNotional() ? 0 : whole;
  }
}
