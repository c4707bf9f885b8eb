package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.core.market.Fixed;

/** 2xx: whether what we know is there and fresh. */
final class DataChecks implements CheckGroup {
  /** Nanoseconds in 1e-8 seconds. */
  private static final long NANOS_PER_UNIT = 10;

  private static final long UNITS_PER_MILLI = Fixed.ONE / 1_000;

  private final long navFreshness;

  DataChecks(final RiskLimits limits) {
    navFreshness = limits.navFreshnessSeconds() * Fixed.ONE;
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    navMissing(facts, findings);
    navStale(facts, findings);
    findings.mustNot(Check.PRICE_MISSING, facts.reference() == Fixed.NONE);
    priceStale(facts, findings);
    findings.mustNot(Check.BOOK_CROSSED, !facts.regular());
  }

  private static void navMissing(final OrderFacts facts, final Findings findings) {
    final boolean missing = !facts.portfolio().hasNav();
    if (facts.reducing()) {
      findings.exempt(Check.NAV_MISSING, missing ? Fixed.ONE : 0, 0);
    } else {
      findings.mustNot(Check.NAV_MISSING, missing);
    }
  }

  /** Seconds. */
  private void navStale(final OrderFacts facts, final Findings findings) {
    if (!facts.portfolio().hasNav()) {
      findings.missing(Check.NAV_STALE, navFreshness, facts.reducing());
      return;
    }
    final long age = seconds(facts.now() - facts.portfolio().navTime());
    if (facts.reducing()) {
      findings.exempt(Check.NAV_STALE, age, navFreshness);
    } else {
      findings.atMost(Check.NAV_STALE, age, navFreshness);
    }
  }

  /** Seconds; of the oldest leg. */
  private static void priceStale(final OrderFacts facts, final Findings findings) {
    final long limit = facts.staleLimit() * UNITS_PER_MILLI;
    if (facts.reference() == Fixed.NONE) {
      findings.missing(Check.PRICE_STALE, limit, false);
    } else {
      findings.atMost(Check.PRICE_STALE, seconds(facts.now() - facts.oldestPrice()), limit);
    }
  }

  /** Nanoseconds as seconds, rounded up. */
  private static long seconds(final long nanos) {
    return -Math.floorDiv(-nanos, NANOS_PER_UNIT);
  }
}
