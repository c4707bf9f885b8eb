package io.millrace.core.simvenue;

/** How long a message is on its way, told from its configured latency. */
public enum LatencyModel {
  /** The latency. */
  CONSTANT,

  /** Evenly between the latency × (1 − spread) and the latency × (1 + spread). */
  UNIFORM,

  /** The latency is the median; its logarithm is normal with deviation {@code sigma}. */
  LOGNORMAL,

  /** The latency × a multiple, by the configured quantiles, straight lines between them. */
  QUANTILES
}
