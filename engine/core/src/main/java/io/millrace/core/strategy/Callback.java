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
  TIMER
}
