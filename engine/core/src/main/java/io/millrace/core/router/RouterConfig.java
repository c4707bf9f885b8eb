package io.millrace.core.router;

/**
 * How wishes are worked. Times are event time; prices in basis points (bps) are of the arrival mid,
 * for options and structures of the premium of all legs (the sum of ratio times mid), since a net
 * price may be near 0.
 *
 * @param makerTimeoutNanos how long a single-instrument maker order may stay unfilled, above 0
 * @param comboStepNanos how long each price of a structure's maker order may stay unfilled, above 0
 * @param comboSteps prices a structure is tried at, from the net near touch to the net mid, 1 to
 *     16; after the last follows the taker at the natural price
 * @param improveTicks ticks by which a maker order betters the near touch when the spread leaves
 *     room for it, 0 (join) to 100
 * @param maxReprices how often a wish may be placed again after a would-cross reject, 0 to 16
 * @param adverseMoveBps a move of the mid against the wish since arrival that ends the maker phase,
 *     above 0
 * @param optionAdverseMoveBps as {@code adverseMoveBps}, for options and structures
 * @param slippageCapBps most that a taker pays beyond the arrival mid, above 0
 * @param optionSlippageCapBps as {@code slippageCapBps}, for options and structures
 * @param maxTakes how often a wish may take, since each time only displayed size is there, 1 to 16
 * @param takeRetryNanos how long to wait between two takes, for the book to fill up again, 0 or
 *     more
 * @param ackTimeoutNanos how long the venue may be silent on a request before the outcome counts as
 *     unknown, above 0
 * @param maxActive most wishes worked at once, 1 to 65,536; one more is denied with CAPACITY
 */
public record RouterConfig(
    long makerTimeoutNanos,
    long comboStepNanos,
    int comboSteps,
    int improveTicks,
    int maxReprices,
    double adverseMoveBps,
    double optionAdverseMoveBps,
    double slippageCapBps,
    double optionSlippageCapBps,
    int maxTakes,
    long takeRetryNanos,
    long ackTimeoutNanos,
    int maxActive) {
  private static final long MAX_NANOS = 86_400_000_000_000L;
  private static final double MAX_BPS = 10_000;
  private static final double LEAST_BPS = 0.01;
  private static final int MAX_STEPS = 16;
  private static final int MAX_TICKS = 100;
  private static final int MAX_ACTIVE = 1 << 16;

  /** Checks the ranges. */
  public RouterConfig {
    check("router.maker_timeout_nanos", makerTimeoutNanos, 1, MAX_NANOS);
    check("router.combo_step_nanos", comboStepNanos, 1, MAX_NANOS);
    check("router.combo_steps", comboSteps, 1, MAX_STEPS);
    check("router.improve_ticks", improveTicks, 0, MAX_TICKS);
    check("router.max_reprices", maxReprices, 0, MAX_STEPS);
    check("router.adverse_move_bps", adverseMoveBps, LEAST_BPS, MAX_BPS);
    check("router.option_adverse_move_bps", optionAdverseMoveBps, LEAST_BPS, MAX_BPS);
    check("router.slippage_cap_bps", slippageCapBps, LEAST_BPS, MAX_BPS);
    check("router.option_slippage_cap_bps", optionSlippageCapBps, LEAST_BPS, MAX_BPS);
    check("router.max_takes", maxTakes, 1, MAX_STEPS);
    check("router.take_retry_nanos", takeRetryNanos, 0, MAX_NANOS);
    check("router.ack_timeout_nanos", ackTimeoutNanos, 1, MAX_NANOS);
    check("router.max_active", maxActive, 1, MAX_ACTIVE);
  }

  /** Most children that one wish can have. */
  int maxChildren() {
    return comboSteps + maxReprices + maxTakes;
  }

  private static void check(
      final String field, final long value, final long least, final long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          field + " is " + value + "; allowed: " + least + " to " + most);
    }
  }

  private static void check(
      final String field, final double value, final double least, final double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          field + " is " + value + "; allowed: " + least + " to " + most);
    }
  }
}
