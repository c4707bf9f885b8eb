package io.millrace.core.strategy;

import io.millrace.core.state.StateCodec;

/** Closes of the last bars of each instrument of the universe. */
final class BarHistory {
  /** Bars kept, a power of two. */
  static final int KEPT = 256;

  private static final int MIN_RETURNS = 20;
  private static final int MAX_RETURNS = 63;

  private final double[][] closes;
  private final int[] count;

  BarHistory(final int instruments) {
    closes = new double[instruments][KEPT];
    count = new int[instruments];
  }

  void add(final int place, final double close) {
    closes[place][count[place]++ & (KEPT - 1)] = close;
  }

  void state(final StateCodec codec) {
    codec.all(count);
    for (final double[] each : closes) {
      codec.all(each);
    }
  }

  double close(final int place, final int back) {
    if (place < 0 || back < 0 || back >= KEPT || back >= count[place]) {
      return Double.NaN;
    }
    return closes[place][(count[place] - 1 - back) & (KEPT - 1)];
  }

  /** Standard deviation of the log returns of the last 20 to 63 bars; NaN while there are fewer. */
  double deviation(final int place) {
    final int returns = place < 0 ? 0 : Math.min(MAX_RETURNS, count[place] - 1);
    if (returns < MIN_RETURNS) {
      return Double.NaN;
    }
    double sum = 0;
    double squares = 0;
    for (int back = 0; back < returns; back++) {
      final double r = StrictMath.log(close(place, back) / close(place, back + 1));
      sum += r;
      squares += r * r;
    }
    final double mean = sum / returns;
    return Math.sqrt(Math.max(0, (squares - returns * mean * mean) / (returns - 1)));
  }
}
