package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.core.market.Fixed;

/** 4xx: whether the price is sane. */
final class PriceChecks implements CheckGroup {
  private final long liquid;
  private final long other;
  private final long option;
  private final int minTicks;

  PriceChecks(final RiskLimits limits) {
    liquid = Fixed.fromDouble(limits.collarLiquidPct());
    other = Fixed.fromDouble(limits.collarOtherPct());
    option = Fixed.fromDouble(limits.collarOptionPct());
    minTicks = limits.collarMinTicks();
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    collar(facts, findings);
  }

  /**
   * Distance from the reference price, either way, in the currency of the price: a structure's net
   * may be near 0, where a share of it says nothing. No wider than the collar's share of the
   * reference, no narrower than the configured ticks.
   */
  private void collar(final OrderFacts facts, final Findings findings) {
    final long price = facts.intent().limitPrice();
    final long reference = facts.reference();
    if (price == Fixed.NONE || reference == Fixed.NONE) {
      findings.missing(Check.PRICE_COLLAR, Fixed.NONE, false);
      return;
    }
    final long share = Saturating.mulDivDown(Math.abs(reference), fraction(facts), Fixed.ONE);
    final long least = Saturating.mul(facts.tick(), minTicks * Fixed.ONE);
    final long away = Saturating.subtract(price, reference);
    findings.atMost(Check.PRICE_COLLAR, Math.abs(away), Math.max(share, least));
  }

  private long fraction(final OrderFacts facts) {
    if (facts.options()) {
      return option;
    }
    return facts.liquidityBucket() == 0 ? liquid : other;
  }
}
