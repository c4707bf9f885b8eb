package io.millrace.core.market;

/**
 * Bounds of the data checks and of evaluation.
 *
 * @param maxTimeBackwardsNanos how far an input's event time may lie behind the newest one; more is
 *     refused
 * @param maxPriceJump a price more than this factor above or below the last mark is refused, above
 *     1; 0 switches the check off
 * @param evaluationIntervalNanos an underlying that changed is due at the next whole multiple of
 *     this, above 0
 * @param evaluationMove fraction by which a move of the mark since the last evaluation makes the
 *     underlying due at once; 0 switches it off
 */
public record MarketLimits(
    long maxTimeBackwardsNanos,
    double maxPriceJump,
    long evaluationIntervalNanos,
    double evaluationMove) {}
