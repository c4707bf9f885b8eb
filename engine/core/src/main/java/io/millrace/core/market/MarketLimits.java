package io.millrace.core.market;

/**
 * Bounds of the data checks and of evaluation.
 *
 * @param maxTimeBackwardsNanos how far an input's event time may lie behind the newest one; more is
 *     refused
 * @param maxPriceJump a price more than this factor above or below the last mark is refused, above
 *     1; 0 switches the check off
 * @param jumpConfirmations so many prices in a row that were refused so and agree let the next one
 *     in, see {@link PriceJumps}; 0 = none ever does
 * @param jumpAgreement fraction by which they may lie off the first of them, 0 to 1
 * @param jumpSpanNanos event time from the first of them to the one that is let in, at least
 * @param evaluationIntervalNanos an underlying that changed is due at the next whole multiple of
 *     this, above 0
 * @param evaluationMove fraction by which a move of the mark since the last evaluation makes the
 *     underlying due at once; 0 switches it off
 */
public record MarketLimits(
    long maxTimeBackwardsNanos,
    double maxPriceJump,
    int jumpConfirmations,
    double jumpAgreement,
    long jumpSpanNanos,
    long evaluationIntervalNanos,
    double evaluationMove) {

  /** Limits under which a price beyond the factor is refused for good. */
  public static MarketLimits withoutConfirmation(
      final long maxTimeBackwardsNanos,
      final double maxPriceJump,
      final long evaluationIntervalNanos,
      final double evaluationMove) {
    return new MarketLimits(
        maxTimeBackwardsNanos, maxPriceJump, 0, 0, 0, evaluationIntervalNanos, evaluationMove);
  }
}
