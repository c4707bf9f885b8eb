package io.millrace.core.strategy;

/** Where a strategy writes its state for a checkpoint. */
public interface StateWriter {
  /** A whole number. */
  void put(long value);

  /** A number, bit by bit. */
  void put(double value);

  /** Yes or no. */
  void put(boolean value);

  /** Length and content. */
  void put(double[] values);

  /** At most 4,096 characters. */
  void put(String value);
}
