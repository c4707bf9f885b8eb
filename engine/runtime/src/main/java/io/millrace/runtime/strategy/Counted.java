package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Comparators and functions that the JDK joins out of others. Joined with itself sixty times, one
 * would be evaluated 2^60 times without a step of the strategy's own code; here each turn of each
 * joint burns a step and one of depth.
 */
final class Counted {
  private Counted() {}

  static <T> Comparator<T> comparator(final Comparator<T> joined, final Budget budget) {
    return (a, b) -> {
      final int before = budget.enter(1);
      final int order = joined.compare(a, b);
      budget.leave(before);
      return order;
    };
  }

  /** The natural order, charged for what it reads: two long texts may differ at their ends. */
  @SuppressWarnings("unchecked")
  static <T> Comparator<T> natural(final Budget budget) {
    return (a, b) -> {
      Guards.deep(a, budget);
      Guards.deep(b, budget);
      return ((Comparable<T>) a).compareTo(b);
    };
  }

  static <T, R> Function<T, R> function(final Function<T, R> joined, final Budget budget) {
    return argument -> {
      final int before = budget.enter(1);
      final R result = joined.apply(argument);
      budget.leave(before);
      return result;
    };
  }

  static <T> Predicate<T> predicate(final Predicate<T> joined, final Budget budget) {
    return argument -> {
      final int before = budget.enter(1);
      final boolean result = joined.test(argument);
      budget.leave(before);
      return result;
    };
  }
}
