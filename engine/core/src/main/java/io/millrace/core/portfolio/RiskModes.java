package io.millrace.core.portfolio;

import io.millrace.codecs.RiskMode;
import io.millrace.core.state.StateCodec;

/**
 * The table of the risk mode: which trigger leads from where to where. A pair without a row changes
 * nothing. Losses only ever tighten within a day; a halt ends by the operator alone, and a resume
 * forgives nothing: a loss that is still over its limit stops trading again at the next NAV.
 */
final class RiskModes {
  private static final int MODES = 4;

  private static final RiskMode[] TABLE = new RiskMode[MODES * RiskTrigger.COUNT];

  static {
    row(RiskMode.NORMAL, RiskTrigger.SOFT_DRAWDOWN, RiskMode.DEFENSIVE);
    row(RiskMode.NORMAL, RiskTrigger.DAILY_LOSS, RiskMode.REDUCE_ONLY);
    row(RiskMode.NORMAL, RiskTrigger.HARD_DRAWDOWN, RiskMode.HALTED);
    row(RiskMode.NORMAL, RiskTrigger.OPERATOR_REDUCE_ONLY, RiskMode.REDUCE_ONLY);
    row(RiskMode.NORMAL, RiskTrigger.OPERATOR_HALT, RiskMode.HALTED);

    row(RiskMode.DEFENSIVE, RiskTrigger.RECOVERED, RiskMode.NORMAL);
    row(RiskMode.DEFENSIVE, RiskTrigger.DAILY_LOSS, RiskMode.REDUCE_ONLY);
    row(RiskMode.DEFENSIVE, RiskTrigger.HARD_DRAWDOWN, RiskMode.HALTED);
    row(RiskMode.DEFENSIVE, RiskTrigger.OPERATOR_REDUCE_ONLY, RiskMode.REDUCE_ONLY);
    row(RiskMode.DEFENSIVE, RiskTrigger.OPERATOR_HALT, RiskMode.HALTED);

    row(RiskMode.REDUCE_ONLY, RiskTrigger.NEW_DAY, RiskMode.NORMAL);
    row(RiskMode.REDUCE_ONLY, RiskTrigger.HARD_DRAWDOWN, RiskMode.HALTED);
    row(RiskMode.REDUCE_ONLY, RiskTrigger.OPERATOR_HALT, RiskMode.HALTED);
    row(RiskMode.REDUCE_ONLY, RiskTrigger.OPERATOR_RESUME, RiskMode.NORMAL);

    row(RiskMode.HALTED, RiskTrigger.OPERATOR_RESUME, RiskMode.NORMAL);
  }

  private RiskMode mode = RiskMode.NORMAL;
  private boolean byOperator;

  private static void row(final RiskMode from, final RiskTrigger trigger, final RiskMode to) {
    TABLE[from.value() * RiskTrigger.COUNT + trigger.code()] = to;
  }

  /** Where the table leads, or null when it has no such row. */
  static RiskMode next(final RiskMode from, final RiskTrigger trigger) {
    return TABLE[from.value() * RiskTrigger.COUNT + trigger.code()];
  }

  /**
   * Takes the trigger's row, if there is one.
   *
   * @return whether the mode changed
   */
  boolean on(final RiskTrigger trigger) {
    if (trigger == RiskTrigger.NEW_DAY && byOperator) {
      return false; // a new day ends what a loss did, never what a human said
    }
    if (trigger == RiskTrigger.OPERATOR_REDUCE_ONLY || trigger == RiskTrigger.OPERATOR_HALT) {
      byOperator = true;
    } else if (trigger == RiskTrigger.OPERATOR_RESUME) {
      byOperator = false;
    }
    final RiskMode to = next(mode, trigger);
    if (to == null) {
      return false;
    }
    mode = to;
    return true;
  }

  void state(final StateCodec codec) {
    mode = RiskMode.get((short) codec.int32(mode.value()));
    byOperator = codec.flag(byOperator);
  }

  RiskMode mode() {
    return mode;
  }
}
