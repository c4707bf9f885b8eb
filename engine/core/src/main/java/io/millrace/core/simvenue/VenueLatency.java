package io.millrace.core.simvenue;

/**
 * How latencies are sampled. A sample is a pure function of the seed, the order's id and the
 * message: the same in every replay, and no matter what else trades.
 *
 * @param model of the distribution
 * @param seed any
 * @param spread of {@link LatencyModel#UNIFORM}, share of the latency, 0 to 1
 * @param sigma of {@link LatencyModel#LOGNORMAL}, 0 to 3
 * @param p0 of {@link LatencyModel#QUANTILES}: the least, as a multiple of the latency; multiples
 *     are 0 to 10,000 and ascend
 * @param p50 the median
 * @param p90 90 % are at or below
 * @param p99 99 % are at or below
 * @param p999 99.9 % are at or below
 * @param p100 the most
 */
public record VenueLatency(
    LatencyModel model,
    long seed,
    double spread,
    double sigma,
    double p0,
    double p50,
    double p90,
    double p99,
    double p999,
    double p100) {
  private static final double MAX_SIGMA = 3;
  private static final double MAX_MULTIPLE = 10_000;

  /** Checks the ranges and how they relate. */
  public VenueLatency {
    if (model == null) {
      throw new IllegalArgumentException("venue.latency.model must be set");
    }
    VenueConfig.check("venue.latency.spread", spread, 0, 1);
    VenueConfig.check("venue.latency.sigma", sigma, 0, MAX_SIGMA);
    VenueConfig.check("venue.latency.p0", p0, 0, MAX_MULTIPLE);
    VenueConfig.check("venue.latency.p50", p50, p0, MAX_MULTIPLE);
    VenueConfig.check("venue.latency.p90", p90, p50, MAX_MULTIPLE);
    VenueConfig.check("venue.latency.p99", p99, p90, MAX_MULTIPLE);
    VenueConfig.check("venue.latency.p999", p999, p99, MAX_MULTIPLE);
    VenueConfig.check("venue.latency.p100", p100, p999, MAX_MULTIPLE);
  }

  /** What the shipped config says: constant. */
  public static VenueLatency constant() {
    return new VenueLatency(LatencyModel.CONSTANT, 0, 0.5, 0.5, 0.5, 1, 2, 5, 20, 50);
  }
}
