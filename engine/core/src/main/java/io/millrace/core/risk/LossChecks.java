package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.core.market.Fixed;

/** 7xx: whether too much is lost already to add risk. */
final class LossChecks implements CheckGroup {
  private final long daily;
  private final long drawdown;

  LossChecks(final RiskLimits limits) {
    daily = Fixed.fromDouble(limits.dailyLossPct());
    drawdown = Fixed.fromDouble(limits.drawdownPct());
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    loss(Check.DAILY_LOSS, facts.portfolio().dailyLoss(), daily, facts, findings);
    loss(Check.DRAWDOWN, facts.portfolio().drawdown(), drawdown, facts, findings);
  }

  private static void loss(
      final Check check,
      final long lost,
      final long limit,
      final OrderFacts facts,
      final Findings findings) {
    if (!facts.portfolio().hasNav()) {
      findings.missing(check, limit, facts.reducing());
    } else if (facts.reducing()) {
      findings.exempt(check, lost, limit);
    } else {
      findings.atMost(check, lost, limit);
    }
  }
}
