package io.millrace.core.order;

import io.millrace.core.slot.Outputs;

/** Where every order is judged: the router asks here again for a re-priced or fallback child. */
public interface Gate {
  /**
   * Runs every check on the intent and appends the RiskDecision.
   *
   * @param now event time, nanoseconds
   * @return leave to trade (perhaps less than asked), or null when denied
   */
  Approval judge(OrderIntent intent, long now, Outputs outputs);
}
