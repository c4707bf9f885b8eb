package io.millrace.core.snapshot;

/**
 * How the snapshot fuses.
 *
 * @param minRegimeConfidence confidence from which an engine's regime counts in the fusion, in [0,
 *     1]
 * @param ivRankMaxAgeNanos an IV rank older than this is no longer used, above 0
 */
public record SnapshotConfig(double minRegimeConfidence, long ivRankMaxAgeNanos) {

  /** Checks the ranges that the fields name. */
  public SnapshotConfig {
    if (!(minRegimeConfidence >= 0 && minRegimeConfidence <= 1)) {
      throw new IllegalArgumentException("snapshot.min_regime_confidence must be in [0, 1]");
    }
    if (ivRankMaxAgeNanos <= 0) {
      throw new IllegalArgumentException("snapshot.iv_rank_max_age_nanos must be above 0");
    }
  }
}
