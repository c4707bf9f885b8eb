package io.millrace.core.strategy;

/** The callbacks of {@link Strategy} that a strategy may override, by method name in lower case. */
public enum Callback {
  QUOTE,
  TRADE,
  BAR,
  CHAIN,
  SNAPSHOT,
  FILL,
  ORDER,
  TIMER,

  /** Also of one that has nothing to save: whether a checkpoint of it can be made. */
  STATE
}
