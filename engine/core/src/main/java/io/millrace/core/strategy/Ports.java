package io.millrace.core.strategy;

/** All that a strategy may look at and do. */
public interface Ports {
  /** Market, account and history, to read. */
  MarketData data();

  /** Orders. */
  Execution execution();

  /** Event time. */
  EventClock clock();

  /** Words for the run's log. */
  StrategyLog log();
}
