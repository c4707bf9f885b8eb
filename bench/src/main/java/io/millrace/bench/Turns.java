package io.millrace.bench;

import java.util.List;
import java.util.function.DoubleSupplier;

/** Measures several things in turns, round by round, so that the machine's moods hit all alike. */
final class Turns {
  private Turns() {}

  /**
   * @param warmUps rounds that are not kept
   * @param rounds rounds that are
   * @param subjects each does its work once and returns its figure
   * @return figures by subject and round
   */
  static double[][] take(final int warmUps, final int rounds, final List<DoubleSupplier> subjects) {
    final double[][] figures = new double[subjects.size()][rounds];
    for (int round = -warmUps; round < rounds; round++) {
      for (int i = 0; i < subjects.size(); i++) {
        final double figure = subjects.get(i).getAsDouble();
        if (round >= 0) {
          figures[i][round] = figure;
        }
      }
    }
    return figures;
  }
}
