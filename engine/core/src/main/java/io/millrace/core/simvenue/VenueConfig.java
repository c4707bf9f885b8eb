package io.millrace.core.simvenue;

/**
 * How the simulated venue behaves.
 *
 * @param orderLatencyNanos from decision to arrival at the venue, event time, 0 or more; 0 only
 *     with {@code allowZeroLatency}
 * @param responseLatencyNanos from the venue to us, event time, 0 or more; 0 only with {@code
 *     allowZeroLatency}
 * @param feedLatencyNanos by which market data reach us after their event time, 0 or more; added to
 *     the way of an order and taken off the way back, see {@link Latency}
 * @param allowZeroLatency whether a latency may be 0; with an order latency of 0 an order may trade
 *     on the very event that caused it
 * @param latency how latencies vary
 * @param fill when and at what price market orders trade
 * @param size how much a market order or a structure gets at once
 * @param slippageBps by which what a market order gets is priced worse, basis points, 0 to 1,000
 * @param impactBps by which what a market order of size UNLIMITED gets beyond the size that is
 *     there is priced worse, times √(beyond ÷ there), basis points, 0 to 1,000
 * @param optionSpreadShare where between the near touch (0) and the far one (1) takers of options
 *     and structures trade, 0 to 1
 * @param queueModel how resting orders queue
 * @param queuePower exponent of {@link QueueModel#POWER}, 0.1 to 10
 * @param replenishNanos how long displayed size that we took stays gone at its price although the
 *     recorded book, which never knew us, still shows it; 0 or more
 * @param barParticipation most of a bar's volume that our orders may have been, fraction 0 to 1
 * @param maxOrders most orders resting at once, 1 to 65,536; one more is rejected with CAPACITY.
 *     Four times as many requests may be on their way; more is a fault that halts
 * @param maxReports most reports on their way to us at once, 16 to 1,048,576; more is a fault that
 *     halts
 * @param fees what trading costs
 */
public record VenueConfig(
    long orderLatencyNanos,
    long responseLatencyNanos,
    long feedLatencyNanos,
    boolean allowZeroLatency,
    VenueLatency latency,
    FillTiming fill,
    FillSize size,
    double slippageBps,
    double impactBps,
    double optionSpreadShare,
    QueueModel queueModel,
    double queuePower,
    long replenishNanos,
    double barParticipation,
    int maxOrders,
    int maxReports,
    VenueFees fees) {
  /** Longest latency, and longest sample of one. */
  static final long MAX_LATENCY = 60_000_000_000L;

  private static final long MAX_REPLENISH = 86_400_000_000_000L;
  private static final int MAX_ORDERS = 1 << 16;
  private static final double MAX_SLIPPAGE_BPS = 1_000;
  private static final double MIN_POWER = 0.1;
  private static final double MAX_POWER = 10;
  private static final int MIN_REPORTS = 16;
  private static final int MAX_REPORTS = 1 << 20;

  /** Checks the ranges and how they relate. */
  public VenueConfig {
    final long least = allowZeroLatency ? 0 : 1;
    check("venue.order_latency_nanos", orderLatencyNanos, least, MAX_LATENCY);
    check("venue.response_latency_nanos", responseLatencyNanos, least, MAX_LATENCY);
    check("venue.feed_latency_nanos", feedLatencyNanos, 0, MAX_LATENCY);
    check("venue.slippage_bps", slippageBps, 0.0, MAX_SLIPPAGE_BPS);
    check("venue.impact_bps", impactBps, 0.0, MAX_SLIPPAGE_BPS);
    check("venue.option_spread_share", optionSpreadShare, 0.0, 1.0);
    check("venue.queue_power", queuePower, MIN_POWER, MAX_POWER);
    check("venue.replenish_nanos", replenishNanos, 0, MAX_REPLENISH);
    check("venue.bar_participation", barParticipation, 0.0, 1.0);
    check("venue.max_orders", maxOrders, 1, MAX_ORDERS);
    check("venue.max_reports", maxReports, MIN_REPORTS, MAX_REPORTS);
    if (queueModel == null || fees == null || fill == null || size == null || latency == null) {
      throw new IllegalArgumentException(
          "venue.fill, venue.size, venue.queue_model, venue.latency and venue.fees must be set");
    }
  }

  private static void check(
      final String field, final long value, final long least, final long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          field + " is " + value + "; allowed: " + least + " to " + most);
    }
  }

  static void check(final String field, final double value, final double least, final double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          field + " is " + value + "; allowed: " + least + " to " + most);
    }
  }
}
