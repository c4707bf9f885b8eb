package io.millrace.tools.sweep;

import java.util.List;
import java.util.Map;

/**
 * What a row came to.
 *
 * @param row that was run
 * @param status how it ended
 * @param reason why it did not end well, or null
 * @param metrics every number of its report by its path with dots; empty where there is no report
 * @param returns the series that its ratios are computed from; kept for tests of folds
 * @param configDigest of the resolved config, or null
 * @param decisionsDigest of all outputs, or null
 * @param elapsedSeconds clock time
 */
public record Outcome(
    Row row,
    Status status,
    String reason,
    Map<String, Double> metrics,
    List<Return> returns,
    String configDigest,
    String decisionsDigest,
    double elapsedSeconds) {
  /** How a row ended. */
  public enum Status {
    /** It ran to its end. */
    DONE,
    /** The strategy was stopped: its result is no result. */
    STOPPED,
    /** The run halted, was refused, or its process ended before it. */
    FAILED
  }

  /**
   * A period's return.
   *
   * @param period day, hour or minute
   * @param endTime Unix seconds
   * @param value simple return
   */
  public record Return(String period, double endTime, double value) {}

  /** A row without a result. */
  static Outcome failed(final Row row, final String reason, final double elapsedSeconds) {
    return new Outcome(row, Status.FAILED, reason, Map.of(), List.of(), null, null, elapsedSeconds);
  }
}
