package io.millrace.core.risk;

import io.millrace.codecs.Check;

/** 9xx: what the account may do at all. */
final class RegimeChecks implements CheckGroup {
  private final boolean shortStock;
  private final boolean nakedOptions;

  RegimeChecks(final RiskLimits limits) {
    shortStock = limits.allowShortStock();
    nakedOptions = limits.allowNakedOptions();
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    shortSale(facts, findings);
  }

  /**
   * Units that the order, after all working sales, would leave short. Of a structure: calls sold
   * without cover, else stock sold short.
   */
  private void shortSale(final OrderFacts facts, final Findings findings) {
    if (!facts.known()) {
      findings.missing(Check.SHORT_NOT_ALLOWED, 0, false);
      return;
    }
    final boolean uncovered = facts.uncovered() > 0;
    final long after = uncovered ? facts.uncovered() : shortAfter(facts);
    final boolean naked = uncovered || (facts.options() && !facts.structure());
    final boolean allowed = naked ? nakedOptions : shortStock;
    if (facts.reducing()) {
      findings.exempt(Check.SHORT_NOT_ALLOWED, after, 0);
    } else if (allowed) {
      findings.inapplicable(Check.SHORT_NOT_ALLOWED, after);
    } else {
      findings.atMost(Check.SHORT_NOT_ALLOWED, after, 0);
    }
  }

  private static long shortAfter(final OrderFacts facts) {
    long most = 0;
    for (int i = 0; i < facts.legs(); i++) {
      final int id = facts.id(i);
      final boolean covered = facts.structure() && facts.instruments().option(id);
      if (facts.sign(i) < 0 && !covered) {
        final long sold = Saturating.add(facts.units(i), facts.working().sameUnits());
        most = Math.max(most, Saturating.subtract(sold, facts.portfolio().quantity(id)));
      }
    }
    return most;
  }
}
