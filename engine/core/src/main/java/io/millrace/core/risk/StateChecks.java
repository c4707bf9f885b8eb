package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.codecs.RiskMode;
import io.millrace.core.market.Fixed;
import io.millrace.core.state.StateCodec;

/** 1xx: whether anything may trade. */
final class StateChecks implements CheckGroup {
  private final RiskLimits limits;
  private boolean shadow;

  StateChecks(final RiskLimits limits) {
    this.limits = limits;
  }

  void shadow(final boolean on) {
    shadow = on;
  }

  void state(final StateCodec codec) {
    shadow = codec.flag(shadow);
  }

  boolean shadow() {
    return shadow;
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    halted(facts, findings);
    reduceOnly(facts, findings);
    findings.mustNot(Check.SHADOW, shadow);
    unknownOrder(facts, findings);
  }

  private void halted(final OrderFacts facts, final Findings findings) {
    final boolean halted = facts.portfolio().riskMode() == RiskMode.HALTED;
    if (halted && facts.reducing() && limits.exitsWhileHalted()) {
      findings.exempt(Check.HALTED, Fixed.ONE, 0);
    } else {
      findings.mustNot(Check.HALTED, halted);
    }
  }

  /** Value: units asked; limit: units that take risk off. For exits whatever the mode. */
  private void reduceOnly(final OrderFacts facts, final Findings findings) {
    final long asked = facts.intent().quantity();
    if (!facts.mustReduce()) {
      findings.inapplicable(Check.REDUCE_ONLY_STATE, asked);
    } else if (asked <= facts.reducible()) {
      findings.atMost(Check.REDUCE_ONLY_STATE, asked, facts.reducible());
    } else {
      final long cut = facts.reducing() ? facts.quantity() : 0;
      findings.over(Check.REDUCE_ONLY_STATE, asked, facts.reducible(), cut);
    }
  }

  private static void unknownOrder(final OrderFacts facts, final Findings findings) {
    final boolean unknown = facts.working().unknownOutcome();
    if (facts.reducing()) {
      // What the unknown order may still do is taken off what can be reduced.
      findings.exempt(Check.UNKNOWN_ORDER_STATE, unknown ? Fixed.ONE : 0, 0);
    } else {
      findings.mustNot(Check.UNKNOWN_ORDER_STATE, unknown);
    }
  }
}
