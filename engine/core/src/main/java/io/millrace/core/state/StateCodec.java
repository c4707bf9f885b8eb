package io.millrace.core.state;

/**
 * One call for each field, in one order: {@code taken = codec.int64(taken)}. When saving, the value
 * given is written and comes back; when loading, the value that was saved comes back.
 *
 * <p>All calls throw {@link StateException} when what is loaded was saved by something else.
 */
public interface StateCodec {
  /** Whether values come from a checkpoint; false = they go into one. */
  boolean loading();

  /**
   * Begins a named part, so that a fault names its place.
   *
   * @param name the same when saving and loading
   */
  void part(String name);

  /** Yes or no. */
  boolean flag(boolean value);

  /** A whole number of 8 bits. */
  byte int8(byte value);

  /** A whole number of 32 bits. */
  int int32(int value);

  /** A whole number of 64 bits. */
  long int64(long value);

  /** A number, bit by bit. */
  double float64(double value);

  /**
   * A text, or null.
   *
   * @param value at most 1 MiB of UTF-8
   */
  String text(String value);

  /** The content of an array whose length the settings fix. */
  void all(boolean[] values);

  /** The content of an array whose length the settings fix. */
  void all(byte[] values);

  /** The content of an array whose length the settings fix. */
  void all(int[] values);

  /** The content of an array whose length the settings fix. */
  void all(long[] values);

  /** The content of an array whose length the settings fix. */
  void all(double[] values);

  /**
   * An array that grows: when loading, the one given if it has the length saved, else a new one.
   */
  boolean[] grown(boolean[] values);

  /**
   * An array that grows: when loading, the one given if it has the length saved, else a new one.
   */
  byte[] grown(byte[] values);

  /**
   * An array that grows: when loading, the one given if it has the length saved, else a new one.
   */
  int[] grown(int[] values);

  /**
   * An array that grows: when loading, the one given if it has the length saved, else a new one.
   */
  long[] grown(long[] values);

  /**
   * An array that grows: when loading, the one given if it has the length saved, else a new one.
   */
  double[] grown(double[] values);

  /** The first values of an array whose length the settings fix; the rest means nothing. */
  default void first(final long[] values, final int count) {
    for (int i = 0; i < count; i++) {
      values[i] = int64(values[i]);
    }
  }

  /**
   * Demands that a number is the same as when it was saved: one that the settings decide.
   *
   * @throws StateException if it is not
   */
  default void same(final String what, final long value) {
    final long saved = int64(value);
    if (saved != value) {
      throw new StateException(
          "a checkpoint was made with " + what + " " + saved + ", not " + value);
    }
  }

  /** A part that knows its own fields. */
  default void of(final Stateful part) {
    part.state(this);
  }
}
