package io.millrace.tools.report;

/**
 * What is asked of a report.
 *
 * @param lookAheadPoints places at which the inputs are cut off and re-executed; 0 = the test is
 *     left out
 * @param tries how many variants were tried before this one was kept, for the deflated Sharpe, 1
 *     and up
 * @param parameters free parameters of the strategy; -1 = count the settings that were changed
 * @param riskFree interest per year that needs no risk, simple, such as 0.02
 * @param seed of everything random
 */
public record ReportOptions(
    int lookAheadPoints, int tries, int parameters, double riskFree, long seed) {
  /** Seed unless another is given. */
  public static final long DEFAULT_SEED = 20_261_121;

  /** Most points of the look-ahead test: each re-executes the run up to it. */
  public static final int MOST_POINTS = 100;

  /**
   * @throws IllegalArgumentException naming the field that is out of range
   */
  public ReportOptions {
    if (lookAheadPoints < 0 || lookAheadPoints > MOST_POINTS) {
      throw new IllegalArgumentException(
          lookAheadPoints + " points of the look-ahead test; allowed are 0 to " + MOST_POINTS);
    }
    if (tries < 1) {
      throw new IllegalArgumentException(tries + " tries; at least this one was made");
    }
    if (parameters < -1) {
      throw new IllegalArgumentException(parameters + " parameters; 0 and up");
    }
    if (!(Math.abs(riskFree) <= 1)) {
      throw new IllegalArgumentException("a riskless rate of " + riskFree + "; -1 to 1 a year");
    }
  }

  /** What a backtest writes at its end. */
  public static ReportOptions defaults() {
    return new ReportOptions(0, 1, -1, 0, DEFAULT_SEED);
  }
}
