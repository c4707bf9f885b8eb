package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;

/**
 * What a strategy may use in one callback.
 *
 * @param budgetSteps calls and turns of loops, above 0
 * @param budgetBytes allocated bytes by the sandbox's measure, above 0
 * @param budgetDepth calls within calls, above 0
 */
public record StrategyConfig(long budgetSteps, long budgetBytes, int budgetDepth) {
  /** As in the shipped defaults; a test holds the two together. */
  public static final StrategyConfig DEFAULT = new StrategyConfig(20_000_000, 67_108_864, 256);

  /** A new budget of these sizes. */
  Budget budget() {
    return new Budget(budgetSteps, budgetBytes, budgetDepth);
  }
}
