package io.millrace.tools.news;

/** Counts of label against verdict, each -1, 0 or 1. */
final class Scores {
  private final int[][] counts = new int[3][3];

  void add(final int label, final int verdict) {
    counts[label + 1][verdict + 1]++;
  }

  int total() {
    int total = 0;
    for (final int[] row : counts) {
      total += row[0] + row[1] + row[2];
    }
    return total;
  }

  double accuracy() {
    return (counts[0][0] + counts[1][1] + counts[2][2]) / (double) total();
  }

  /** 2 tp / (2 tp + fp + fn) of a class. */
  double f1(final int label) {
    final int k = label + 1;
    int actual = 0;
    int said = 0;
    for (int i = 0; i < 3; i++) {
      actual += counts[k][i];
      said += counts[i][k];
    }
    return 2.0 * counts[k][k] / Math.max(1, actual + said);
  }

  /** Mean of the F1 of the three classes. */
  double macroF1() {
    return (f1(-1) + f1(0) + f1(1)) / 3;
  }
}
