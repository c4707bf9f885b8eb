package io.millrace.core.risk;

/** Checks whose codes share their hundreds; each writes one finding per code, ascending. */
interface CheckGroup {
  /** Runs all of them. */
  void judge(OrderFacts facts, Findings findings);
}
