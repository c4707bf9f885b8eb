package io.millrace.tools.sweep;

import java.util.Map;

/**
 * A run of a sweep as its database keeps it.
 *
 * @param row number of the row
 * @param stage full, train or test
 * @param fold of a walk-forward, 0 = none
 * @param combination of parameters
 * @param status done, stopped or failed
 * @param reason why it did not end well, or null
 * @param command that runs it alone
 * @param decisionsDigest of all outputs, or null
 * @param metrics every number of its report by its path
 */
public record KeptRun(
    long row,
    String stage,
    int fold,
    int combination,
    String status,
    String reason,
    String command,
    String decisionsDigest,
    Map<String, Double> metrics) {
  /** Whether its numbers count. */
  public boolean done() {
    return status.equals("done");
  }
}
