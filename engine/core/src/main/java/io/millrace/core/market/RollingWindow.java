package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * The newest rows of some columns of numbers, with the sum of each column always at hand.
 *
 * <p>A row leaves when it is as old as the span, or when the window is full and a new one comes
 * (oldest first). With a span of {@link #COUNT_ONLY} only the second rule holds.
 *
 * <p>The sums do not drift: each is a double-double (the rounding error of every addition and
 * subtraction is caught by Knuth's two-sum and kept in a second double), so that what is left after
 * millions of rows is what a fresh summation of the rows in the window gives, to about 1e-30 of the
 * largest magnitude that went through.
 */
public final class RollingWindow implements Stateful {
  /** Span of a window that is bounded by its number of rows alone. */
  public static final long COUNT_ONLY = Long.MAX_VALUE;

  private final int capacity;
  private final int columns;
  private final long span;
  private final long[] times;
  private final double[] values;
  private final double[] sums;
  private final double[] residues;
  private int head;
  private int size;

  /**
   * An empty window.
   *
   * @param capacity most rows, above 0
   * @param columns numbers per row, above 0
   * @param spanNanos rows of {@code now - span} and before are out; above 0
   */
  public RollingWindow(final int capacity, final int columns, final long spanNanos) {
    if (capacity < 1 || columns < 1 || spanNanos < 1) {
      throw new IllegalArgumentException(
          "window of " + capacity + " rows, " + columns + " columns and " + spanNanos + " ns");
    }
    this.capacity = capacity;
    this.columns = columns;
    span = spanNanos;
    times = new long[capacity];
    values = new double[capacity * columns];
    sums = new double[columns];
    residues = new double[columns];
  }

  /** Opens a new row of zeros at {@code time} (not before the last row's), dropping what is out. */
  public void push(final long time) {
    expire(time);
    if (size == capacity) {
      drop();
    }
    times[physical(size)] = time;
    size++;
  }

  /**
   * Adds to a column of the newest row.
   *
   * @throws IllegalArgumentException if the value is not finite: it would poison the sum for good
   * @throws IllegalStateException if there is no row
   */
  public void add(final int column, final double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("window value is not finite: " + value);
    }
    if (size == 0) {
      throw new IllegalStateException("window has no row");
    }
    values[physical(size - 1) * columns + column] += value;
    accumulate(column, value);
  }

  /** Drops the rows that are out at {@code now}. */
  public void expire(final long now) {
    if (span != COUNT_ONLY) {
      while (size > 0 && times[head] <= now - span) {
        drop();
      }
    }
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(values, 0.0);
    Arrays.fill(sums, 0.0);
    Arrays.fill(residues, 0.0);
    head = 0;
    size = 0;
  }

  /** Sum of a column over the rows in the window; 0 when there are none. */
  public double sum(final int column) {
    return sums[column];
  }

  /** Rows in the window. */
  public int size() {
    return size;
  }

  /** Whether every row is taken. */
  public boolean full() {
    return size == capacity;
  }

  /** A number of the row {@code index}, 0 = oldest, below {@link #size()}. */
  public double value(final int index, final int column) {
    return values[physical(index) * columns + column];
  }

  /** Time of the row {@code index}, 0 = oldest, below {@link #size()}. */
  public long time(final int index) {
    return times[physical(index)];
  }

  @Override
  public void state(final StateCodec codec) {
    codec.all(times);
    codec.all(values);
    codec.all(sums);
    codec.all(residues);
    head = codec.int32(head);
    size = codec.int32(size);
  }

  private int physical(final int index) {
    final int place = head + index;
    return place < capacity ? place : place - capacity;
  }

  private void drop() {
    final int row = head * columns;
    for (int column = 0; column < columns; column++) {
      accumulate(column, -values[row + column]);
      values[row + column] = 0.0;
    }
    head = head + 1 == capacity ? 0 : head + 1;
    size--;
    if (size == 0) {
      Arrays.fill(sums, 0.0);
      Arrays.fill(residues, 0.0);
    }
  }

  /** Two-sum: {@code sum + value} is exactly {@code rounded + error}. */
  private void accumulate(final int column, final double value) {
    final double sum = sums[column];
    final double rounded = sum + value;
    final double part = rounded - sum;
    final double error = (sum - (rounded - part)) + (value - part);
    final double residue = residues[column] + error;
    final double result = rounded + residue;
    sums[column] = result;
    residues[column] = residue - (result - rounded);
  }
}
