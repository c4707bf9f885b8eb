package io.millrace.core.strategy;

/**
 * Words of a strategy: they go into the decision log, and from there into {@code strategy.jsonl}.
 */
public interface StrategyLog {
  /**
   * Says something.
   *
   * @param text cut at 512 characters; more than 1,000 lines a run are counted, not kept
   */
  void info(String text);
}
