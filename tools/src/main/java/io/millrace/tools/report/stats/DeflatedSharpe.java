package io.millrace.tools.report.stats;

/**
 * How likely a Sharpe ratio is above what luck alone gives the best of many tries (Bailey and López
 * de Prado, The Deflated Sharpe Ratio, 2014). All ratios are of one period, not of a year. Not for
 * several threads.
 *
 * <pre>
 *   SR0 = √V · ((1 - γ)·Z⁻¹(1 - 1/N) + γ·Z⁻¹(1 - 1/(N·e)))       expected best of N tries without skill
 *   DSR = Z((SR - SR0)·√(n - 1) / √(1 - g·SR + (k - 1)/4·SR²))
 * </pre>
 *
 * γ is Euler's constant, V the variance of the tries' ratios, g skewness, k kurtosis, n returns.
 */
public final class DeflatedSharpe {
  private static final double EULER = 0.5772156649015329;

  private final Normal normal = new Normal();

  /** Variance of an estimated ratio (Mertens 2002). */
  static double variance(
      final double sharpe, final int returns, final double skewness, final double kurtosis) {
    return returns < 2
        ? Double.NaN
        : (1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe) / (returns - 1);
  }

  /**
   * Ratio to expect of the best of N tries without skill; 0 for one.
   *
   * @param variance of the tries' ratios
   */
  public double expectedBest(final int tries, final double variance) {
    if (tries < 1) {
      throw new IllegalArgumentException(tries + " tries; at least one was made");
    }
    return tries == 1
        ? 0
        : Math.sqrt(variance)
            * ((1 - EULER) * normal.inverse(1 - 1.0 / tries)
                + EULER * normal.inverse(1 - 1 / (tries * Math.E)));
  }

  /**
   * Probability that the true ratio is above one given (for 0 the probabilistic Sharpe ratio).
   *
   * @param above the ratio to beat
   */
  public double probability(
      final double sharpe,
      final double above,
      final int returns,
      final double skewness,
      final double kurtosis) {
    return normal.cdf((sharpe - above) / Math.sqrt(variance(sharpe, returns, skewness, kurtosis)));
  }

  /**
   * Deflated ratio of the best of N tries; the tries' ratios are taken to vary as the estimate
   * itself does.
   */
  public double deflated(final double[] r, final int tries) {
    final double sharpe = Returns.sharpe(r, 0, 1);
    if (Double.isNaN(sharpe)) {
      return Double.NaN;
    }
    final double skewness = Returns.skewness(r);
    final double kurtosis = Returns.kurtosis(r);
    final double best = expectedBest(tries, variance(sharpe, r.length, skewness, kurtosis));
    return probability(sharpe, best, r.length, skewness, kurtosis);
  }
}
