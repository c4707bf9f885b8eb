package io.millrace.core.strategy.indicator;

import java.util.Arrays;

/** The numbers that an indicator is made of, written and read in one order. */
final class State {
  private static final int INITIAL = 16;

  private double[] values;
  private int at;

  /** To be written. */
  State() {
    values = new double[INITIAL];
  }

  /** To be read. */
  State(final double[] values) {
    this.values = values;
  }

  void put(final double value) {
    if (at == values.length) {
      values = Arrays.copyOf(values, 2 * at);
    }
    values[at] = value;
    at++;
  }

  void put(final boolean value) {
    put(value ? 1.0 : 0.0);
  }

  void put(final double[] array) {
    put((double) array.length);
    for (final double each : array) {
      put(each);
    }
  }

  double[] written() {
    return Arrays.copyOf(values, at);
  }

  double next() {
    if (at == values.length) {
      throw new IllegalArgumentException("indicator state ends after " + at + " numbers");
    }
    final double value = values[at];
    at++;
    return value;
  }

  boolean yes() {
    return next() != 0;
  }

  int nextInt() {
    return (int) next();
  }

  /** A whole number, exact below 2^53. */
  long nextLong() {
    return (long) next();
  }

  void next(final double[] array) {
    final double length = next();
    if (length != array.length) {
      throw new IllegalArgumentException(
          "indicator state is of length " + (long) length + ", not " + array.length);
    }
    for (int i = 0; i < array.length; i++) {
      array[i] = next();
    }
  }

  void end() {
    if (at != values.length) {
      throw new IllegalArgumentException(
          "indicator state has " + values.length + " numbers, not " + at);
    }
  }
}
