package io.millrace.core.strategy;

/**
 * Where a strategy reads its state back, in the order in which it was written.
 *
 * <p>Every method throws {@link IllegalStateException} where something else was written.
 */
public interface StateReader {
  /** A whole number. */
  long getLong();

  /** A number. */
  double getDouble();

  /** Yes or no. */
  boolean getBoolean();

  /** An array. */
  double[] getDoubles();

  /** A text. */
  String getString();
}
