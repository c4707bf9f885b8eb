package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * The highest of the newest values, in amortised O(1): values that a later and higher one has
 * overtaken are forgotten, so what is kept falls from oldest to newest and the highest is first.
 * The lowest of some values is minus the highest of their negatives.
 */
final class Extreme {
  private final double[] values;
  private final long[] numbers;
  private final int length;
  private int first;
  private int kept;
  private long taken;

  Extreme(final int length) {
    this.length = Inputs.length(length, 1);
    values = new double[length];
    numbers = new long[length];
  }

  void push(final double value) {
    Inputs.finite(value);
    if (kept > 0 && numbers[first] <= taken - length) {
      first = place(1);
      kept--;
    }
    while (kept > 0 && values[place(kept - 1)] <= value) {
      kept--;
    }
    final int place = place(kept);
    values[place] = value;
    numbers[place] = taken;
    kept++;
    taken++;
  }

  private int place(final int index) {
    final int place = first + index;
    return place < length ? place : place - length;
  }

  boolean full() {
    return taken >= length;
  }

  double highest() {
    return values[first];
  }

  void state(final StateCodec codec) {
    codec.all(values);
    codec.all(numbers);
    first = codec.int32(first);
    kept = codec.int32(kept);
    taken = codec.int64(taken);
  }
}
