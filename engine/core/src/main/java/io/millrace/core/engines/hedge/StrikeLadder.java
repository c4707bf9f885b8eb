package io.millrace.core.engines.hedge;

import io.millrace.core.market.OptionChain;
import io.millrace.core.state.StateCodec;
import io.millrace.kernels.Kernels;
import java.util.Arrays;

/**
 * Gamma by strike over all expiries: walls, concentration, and how much call gamma lies above spot.
 * Equal gamma at two strikes: the lower one counts as the wall.
 */
final class StrikeLadder {
  private final Kernels kernels;
  private double[] strikes = {};
  private double[] callGamma = {};
  private double[] putGamma = {};
  private double[] allGamma = {};
  private int[] rungOfRow = {};
  private int size;

  StrikeLadder(final Kernels kernels) {
    this.kernels = kernels;
  }

  /** Lays the ladder out anew over all strikes of the chain. */
  void layOut(final OptionChain chain) {
    final int rows = chain.to();
    final double[] sorted = Arrays.copyOf(chain.strikes(), rows);
    Arrays.sort(sorted);
    size = 0;
    for (int i = 0; i < rows; i++) {
      if (size == 0 || sorted[i] != sorted[size - 1]) {
        sorted[size++] = sorted[i];
      }
    }
    strikes = Arrays.copyOf(sorted, size);
    callGamma = new double[size];
    putGamma = new double[size];
    allGamma = new double[size];
    rungOfRow = new int[rows];
    for (int row = 0; row < rows; row++) {
      rungOfRow[row] = Arrays.binarySearch(strikes, chain.strikes()[row]);
    }
  }

  /** Where the rungs lie; what stands on them is added anew before it is read. */
  void state(final StateCodec codec) {
    size = codec.int32(size);
    strikes = codec.grown(strikes);
    rungOfRow = codec.grown(rungOfRow);
    if (codec.loading()) {
      callGamma = new double[size];
      putGamma = new double[size];
      allGamma = new double[size];
    }
  }

  /** Empties the rungs. */
  void clear() {
    Arrays.fill(callGamma, 0.0);
    Arrays.fill(putGamma, 0.0);
  }

  /** Adds the gamma of a contract, γ·OI·multiplier; called in the order of rows. */
  void add(final int row, final boolean call, final double gamma) {
    final int rung = rungOfRow[row];
    if (call) {
      callGamma[rung] += gamma;
    } else {
      putGamma[rung] += gamma;
    }
  }

  /** Adds calls and puts up; after the last {@link #add}. */
  void close() {
    for (int i = 0; i < size; i++) {
      allGamma[i] = callGamma[i] + putGamma[i];
    }
  }

  /** Strike with the most call gamma; 0 when there is none. */
  double callWall() {
    return heaviest(callGamma);
  }

  /** Strike with the most put gamma; 0 when there is none. */
  double putWall() {
    return heaviest(putGamma);
  }

  /** Strike with the most gamma; 0 when there is none. */
  double gammaPeak() {
    return heaviest(allGamma);
  }

  /** Herfindahl index of gamma by strike: Σ g² / (Σ g)², 1/strikes to 1; 0 without gamma. */
  double concentration() {
    final double sum = kernels.sum(allGamma, 0, size);
    if (!(sum > 0.0)) {
      return 0.0;
    }
    double squares = 0.0;
    for (int i = 0; i < size; i++) {
      final double share = allGamma[i] / sum;
      squares += share * share;
    }
    return Math.min(1.0, squares);
  }

  /** Call less put gamma struck above spot over all gamma, -1 to 1; 0 without gamma. */
  double squeezeRatio(final double spot) {
    final double all = kernels.sum(allGamma, 0, size);
    if (!(all > 0.0)) {
      return 0.0;
    }
    int first = 0;
    while (first < size && strikes[first] <= spot) {
      first++;
    }
    final double calls = kernels.sum(callGamma, first, size - first);
    final double puts = kernels.sum(putGamma, first, size - first);
    return Math.max(-1.0, Math.min(1.0, (calls - puts) / all));
  }

  /**
   * How far calls outweigh puts near spot: max(0, C − P) / (C + P) of the gamma struck within a
   * fraction of spot, 0 to 1; 0 without gamma there.
   */
  double callExcess(final double spot, final double near) {
    int first = 0;
    while (first < size && strikes[first] < spot * (1.0 - near)) {
      first++;
    }
    int end = first;
    while (end < size && strikes[end] <= spot * (1.0 + near)) {
      end++;
    }
    final double calls = kernels.sum(callGamma, first, end - first);
    final double puts = kernels.sum(putGamma, first, end - first);
    final double all = calls + puts;
    return all > 0.0 ? Math.max(0.0, Math.min(1.0, (calls - puts) / all)) : 0.0;
  }

  private double heaviest(final double[] gamma) {
    double most = 0.0;
    double strike = 0.0;
    for (int i = 0; i < size; i++) {
      if (gamma[i] > most) {
        most = gamma[i];
        strike = strikes[i];
      }
    }
    return strike;
  }
}
