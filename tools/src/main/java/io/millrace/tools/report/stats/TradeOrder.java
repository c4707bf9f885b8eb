package io.millrace.tools.report.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether the order in which trades came flatters a result: the same profits in random orders, and
 * where the deepest fall of the real order lies among theirs. Profits are summed, not compounded,
 * so every order ends the same. Bounded: beyond {@link #MOST} trades neighbours are taken together.
 */
public final class TradeOrder {
  /** Most blocks of trades that are kept. */
  public static final int MOST = 1 << 14;

  /** Work of all shuffles together, blocks moved. */
  private static final long WORK = 1L << 24;

  private double[] profits = new double[256];
  private int count;
  private int block = 1;
  private int inBlock;

  /**
   * What came of it.
   *
   * @param shuffles orders tried
   * @param actual deepest fall of the sum of profits, account currency
   * @param percentile share of the orders whose deepest fall is less than the real one, ties half:
   *     0.5 = nothing special, near 0 = the real order was lucky
   * @param median deepest fall of the middle order
   * @param worst5 deepest fall that one order in 20 exceeds
   * @param tradesInBlock trades that stay together
   */
  public record Result(
      int shuffles,
      double actual,
      double percentile,
      double median,
      double worst5,
      int tradesInBlock) {}

  /** Takes the profit of the next trade. */
  public void on(final double profit) {
    if (inBlock == 0) {
      if (count == MOST) {
        halve();
      }
      if (count == profits.length) {
        profits = Arrays.copyOf(profits, count * 2);
      }
      profits[count++] = 0;
    }
    profits[count - 1] += profit;
    inBlock = (inBlock + 1) % block;
  }

  private void halve() {
    for (int i = 0; i < count / 2; i++) {
      profits[i] = profits[2 * i] + profits[2 * i + 1];
    }
    count /= 2;
    block *= 2;
  }

  /**
   * Shuffles.
   *
   * @param most shuffles wanted; fewer are made of very many trades
   * @return null with fewer than three trades: their order says nothing
   */
  public Result shuffle(final long seed, final int most) {
    if (count < 3) {
      return null;
    }
    final double actual = deepest(profits, count);
    final int shuffles = (int) Math.max(100, Math.min(most, WORK / count));
    final SplittableRandom random = new SplittableRandom(seed);
    final double[] order = Arrays.copyOf(profits, count);
    final double[] deepest = new double[shuffles];
    double below = 0;
    for (int i = 0; i < shuffles; i++) {
      for (int j = count - 1; j > 0; j--) {
        final int other = random.nextInt(j + 1);
        final double swap = order[j];
        order[j] = order[other];
        order[other] = swap;
      }
      deepest[i] = deepest(order, count);
      final double tolerance = 1e-9 * Math.max(1, actual);
      below += deepest[i] < actual - tolerance ? 1 : deepest[i] <= actual + tolerance ? 0.5 : 0;
    }
    Arrays.sort(deepest);
    return new Result(
        shuffles,
        actual,
        below / shuffles,
        Returns.valueAtRisk(deepest, 0.5),
        Returns.valueAtRisk(deepest, 0.95),
        block);
  }

  private static double deepest(final double[] profits, final int count) {
    double sum = 0;
    double peak = 0;
    double worst = 0;
    for (int i = 0; i < count; i++) {
      sum += profits[i];
      peak = Math.max(peak, sum);
      worst = Math.max(worst, peak - sum);
    }
    return worst;
  }
}
