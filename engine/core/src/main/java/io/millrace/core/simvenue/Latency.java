package io.millrace.core.simvenue;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * When messages arrive. Messages of one direction travel one wire: none overtakes another, so one
 * that was quick waits for a slow one before it.
 *
 * <p>Our event time is that of the data at its source. With a feed latency f we decide f later than
 * our event time says, so an order is f longer on its way; and what the venue says at t is known
 * when data of t + response − f is, at t at the earliest.
 */
final class Latency implements Stateful {
  private static final double LONGEST = VenueConfig.MAX_LATENCY;
  private static final double U53 = 0x1p-53;
  private static final int MANTISSA_SHIFT = 11;
  private static final int ACTIONS = 8;
  // Odd constants that keep the two directions' samples apart.
  private static final long ORDER_SALT = 0xD1B5_4A32_D192_ED03L;
  private static final long REPORT_SALT = 0xABC9_8388_FB8F_AC03L;
  private static final double[] QUANTILES = {0, 0.5, 0.9, 0.99, 0.999, 1};

  private final VenueLatency config;
  private final long order;
  private final long response;
  private final long feed;
  private final double[] multiples;
  private long lastArrival = Long.MIN_VALUE;
  private long lastDue = Long.MIN_VALUE;

  Latency(final VenueConfig venue) {
    config = venue.latency();
    order = venue.orderLatencyNanos();
    response = venue.responseLatencyNanos();
    feed = venue.feedLatencyNanos();
    multiples =
        new double[] {
          config.p0(), config.p50(), config.p90(), config.p99(), config.p999(), config.p100()
        };
  }

  /** Whether a request arrives at the very event that caused it. */
  boolean none() {
    return order + feed == 0;
  }

  /** Venue time at which a request of {@code now} arrives. */
  long arrival(final long now, final long orderId, final int action) {
    final long way = feed + sample(order, orderId * ACTIONS + action, ORDER_SALT);
    lastArrival = Math.max(lastArrival, now + way);
    return lastArrival;
  }

  /**
   * Event time at which we know what the venue says at {@code now}.
   *
   * @param number of the report in the run
   */
  long due(final long now, final long orderId, final long number) {
    final long way = sample(response, orderId ^ mix(number), REPORT_SALT) - feed;
    lastDue = Math.max(lastDue, now + Math.max(0, way));
    return lastDue;
  }

  private long sample(final long latency, final long key, final long salt) {
    if (config.model() == LatencyModel.CONSTANT || latency == 0) {
      return latency;
    }
    final long hash = mix(mix(key ^ salt) + config.seed());
    final double u = uniform(hash);
    final double multiple =
        switch (config.model()) {
          case CONSTANT -> 1;
          case UNIFORM -> 1 - config.spread() + 2 * config.spread() * u;
          case LOGNORMAL -> StrictMath.exp(config.sigma() * normal(u, uniform(mix(hash))));
          case QUANTILES -> quantile(u);
        };
    // Not at once where that was not asked for.
    return Math.max(1, (long) Math.min(LONGEST, multiple * latency));
  }

  /** From 0 to below 1. */
  private static double uniform(final long hash) {
    return (hash >>> MANTISSA_SHIFT) * U53;
  }

  /** G. E. P. Box and M. E. Muller (1958): two even numbers make a normal one. */
  private static double normal(final double u, final double v) {
    return StrictMath.sqrt(-2 * StrictMath.log(1 - u)) * StrictMath.cos(2 * Math.PI * v);
  }

  private double quantile(final double u) {
    int above = 1;
    while (u > QUANTILES[above]) {
      above++;
    }
    final double from = QUANTILES[above - 1];
    final double share = (u - from) / (QUANTILES[above] - from);
    return multiples[above - 1] + share * (multiples[above] - multiples[above - 1]);
  }

  /** Finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014). */
  private static long mix(final long key) {
    long z = key + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public void state(final StateCodec codec) {
    lastArrival = codec.int64(lastArrival);
    lastDue = codec.int64(lastDue);
  }
}
