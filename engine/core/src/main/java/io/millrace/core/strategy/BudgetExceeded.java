package io.millrace.core.strategy;

/** A callback went over its {@link Budget}. A strategy cannot catch it. */
public final class BudgetExceeded extends Error {
  private static final long serialVersionUID = 1L;

  BudgetExceeded(final String message) {
    super(message);
  }
}
