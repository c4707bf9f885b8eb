package io.millrace.core.portfolio;

/** What can change the risk mode. Codes are stable: they index {@link RiskModes}' table. */
enum RiskTrigger {
  /** Drawdown went over the defensive limit. */
  SOFT_DRAWDOWN(0),
  /** Drawdown came back to half the defensive limit. */
  RECOVERED(1),
  /** Loss since the day's start went over its limit. */
  DAILY_LOSS(2),
  /** Drawdown went over the halting limit. */
  HARD_DRAWDOWN(3),
  /** A trading day began. */
  NEW_DAY(4),
  /** The operator lets only reductions through. */
  OPERATOR_REDUCE_ONLY(5),
  /** The operator stops trading. */
  OPERATOR_HALT(6),
  /** The operator ends what was stopped. */
  OPERATOR_RESUME(7);

  /** How many there are. */
  static final int COUNT = 8;

  private final int code;

  RiskTrigger(final int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
