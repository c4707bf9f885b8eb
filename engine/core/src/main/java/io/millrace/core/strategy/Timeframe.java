package io.millrace.core.strategy;

import io.millrace.core.market.BarBuilder;

/** Lengths of bars as people write them. */
final class Timeframe {
  private static final int MAX_DIGITS = 4;

  private Timeframe() {}

  /**
   * Reads a length.
   *
   * @param text a whole number above 0 and s, m, h or d
   * @return nanoseconds
   */
  static long parse(final String text) {
    long count = 0;
    final int digits = text == null ? 0 : text.length() - 1;
    for (int i = 0; i < digits && digits <= MAX_DIGITS; i++) {
      final char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw wrong(text);
      }
      count = count * 10 + (c - '0');
    }
    if (count <= 0) {
      throw wrong(text);
    }
    return switch (text.charAt(digits)) {
      case 's' -> count * BarBuilder.SECOND;
      case 'm' -> count * BarBuilder.MINUTE;
      case 'h' -> count * BarBuilder.HOUR;
      case 'd' -> count * BarBuilder.DAY;
      default -> throw wrong(text);
    };
  }

  private static IllegalArgumentException wrong(final String text) {
    return new IllegalArgumentException(
        "a timeframe is a whole number and s, m, h or d, such as 5m; not '" + text + "'");
  }
}
