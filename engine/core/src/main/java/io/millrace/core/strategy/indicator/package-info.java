/**
 * Technical indicators: one small class each, fed value by value or bar by bar.
 *
 * <p>In: prices and volumes as doubles, oldest first, by {@code update}. Out: {@code value()} and
 * kin once {@code ready()}, NaN before (a comparison with it is false, so a rule that forgets to
 * ask does not fire). Owner: whoever made the indicator; instances share nothing.
 *
 * <p>An update is O(1), amortised where a window's sums are taken afresh once a turn (so nothing
 * drifts), and allocates nothing. A value that is not finite is refused: it would poison all that
 * follow. Averages start as the plain mean of their first values, as the published reference series
 * do that the tests compare with; {@link io.millrace.core.strategy.indicator.Ema#fromFirst} has the
 * other usual seed. A checkpoint keeps their state ({@link
 * io.millrace.core.strategy.indicator.Indicator}).
 */
package io.millrace.core.strategy.indicator;
