package io.millrace.core.strategy.indicator;

/** What an indicator takes: checked at its door. */
final class Inputs {
  /** Most values that an indicator looks back on. */
  static final int MAX_LENGTH = 1_000_000;

  private Inputs() {}

  /**
   * A length as it came.
   *
   * @throws IllegalArgumentException if it is below {@code least} or above {@link #MAX_LENGTH}
   */
  static int length(final int length, final int least) {
    if (length < least || length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "indicator length is " + length + ", allowed is " + least + " to " + MAX_LENGTH);
    }
    return length;
  }

  /**
   * A width of bands as it came.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  static double width(final double width) {
    if (!(width > 0) || width == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("band width is " + width + ", allowed is above 0");
    }
    return width;
  }

  /**
   * A value as it came.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  static double finite(final double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("indicator value is not finite: " + value);
    }
    return value;
  }

  /**
   * A volume as it came.
   *
   * @throws IllegalArgumentException if it is not finite, or below 0
   */
  static double volume(final double volume) {
    if (!(volume >= 0)) {
      throw new IllegalArgumentException("volume is " + volume + ", allowed is 0 and above");
    }
    return finite(volume);
  }
}
