package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * The newest values with their sum. The sum is carried from value to value and taken afresh, in the
 * order of the ring, each time the ring comes round, so rounding cannot pile up over more than one
 * turn; and when little is left of what it was ({@link #LOST}), so that a giant that has left the
 * window does not leave its rounding.
 */
final class Window {
  /** A sum below this share of its largest since it was taken afresh has lost too many digits. */
  static final double LOST = 1e-4;

  private final double[] values;
  private int next;
  private int size;
  private double sum;
  private double largest;
  private double dropped;
  private double last;
  private int same;

  Window(final int length) {
    values = new double[Inputs.length(length, 1)];
  }

  /** Takes the newest value; the oldest leaves when the window is full. */
  void push(final double value) {
    Inputs.finite(value);
    if (full()) {
      dropped = values[next];
      sum -= dropped;
    } else {
      size++;
    }
    values[next] = value;
    sum += value;
    same = value == last ? Math.min(same + 1, values.length) : 1;
    last = value;
    next++;
    if (next == values.length) {
      next = 0;
    }
    largest = Math.max(largest, Math.abs(sum));
    if (turned() || Math.abs(sum) < LOST * largest) {
      afresh();
    }
  }

  private void afresh() {
    sum = 0;
    for (int i = 0; i < size; i++) {
      sum += values[i];
    }
    largest = Math.abs(sum);
  }

  boolean full() {
    return size == values.length;
  }

  int size() {
    return size;
  }

  double sum() {
    return sum;
  }

  /** Mean of the values, exactly the value when all are the same. */
  double mean() {
    return flat() ? last : sum / size;
  }

  /** Whether the window is full of one value: sums kept beside are then known without rounding. */
  boolean flat() {
    return same == values.length;
  }

  /** The newest value; 0 when there is none. */
  double last() {
    return last;
  }

  /** The value that the last push drove out; 0 when none has been yet. */
  double dropped() {
    return dropped;
  }

  /** Whether the ring has just come round, and sums that are kept beside are due afresh. */
  boolean turned() {
    return next == 0;
  }

  /** A value by its place in the ring, 0 to below {@link #size()}; not in the order of time. */
  double at(final int place) {
    return values[place];
  }

  void state(final StateCodec codec) {
    codec.all(values);
    next = codec.int32(next);
    size = codec.int32(size);
    sum = codec.float64(sum);
    largest = codec.float64(largest);
    dropped = codec.float64(dropped);
    last = codec.float64(last);
    same = codec.int32(same);
  }
}
