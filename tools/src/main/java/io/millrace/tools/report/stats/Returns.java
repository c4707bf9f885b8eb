package io.millrace.tools.report.stats;

import java.util.Arrays;

/**
 * Statistics of a series of simple returns {@code r[i] = v[i] / v[i-1] - 1} of equal periods.
 * Everything is NaN where there are too few returns to say it.
 */
public final class Returns {
  private Returns() {}

  /** Compounded: {@code Π(1 + r) - 1}; 0 for no returns. */
  public static double total(final double[] r) {
    double value = 1;
    for (final double one : r) {
      value *= 1 + one;
    }
    return value - 1;
  }

  /** {@code Π(1 + r)^(perYear / n) - 1}, as empyrical.annual_return. */
  public static double annual(final double[] r, final double perYear) {
    return r.length == 0 ? Double.NaN : Math.pow(1 + total(r), perYear / r.length) - 1;
  }

  /**
   * Compound annual growth rate {@code (end / start)^(1 / years) - 1}.
   *
   * @param years of calendar time, above 0
   */
  public static double cagr(final double start, final double end, final double years) {
    return start <= 0 || end < 0 || years <= 0 ? Double.NaN : Math.pow(end / start, 1 / years) - 1;
  }

  /** Arithmetic mean. */
  public static double mean(final double[] r) {
    if (r.length == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (final double one : r) {
      sum += one;
    }
    return sum / r.length;
  }

  /** Sample standard deviation, n - 1 in the denominator. */
  public static double deviation(final double[] r) {
    return r.length < 2 ? Double.NaN : Math.sqrt(central(r, 2) * r.length / (r.length - 1));
  }

  /** Standard deviation of a year: {@code s·√perYear}. */
  public static double volatility(final double[] r, final double perYear) {
    return deviation(r) * Math.sqrt(perYear);
  }

  /**
   * Sharpe ratio {@code mean(r - f) / s(r - f) · √perYear} (Sharpe 1994), NaN for returns that do
   * not vary.
   *
   * @param riskFree return of one period without risk
   */
  public static double sharpe(final double[] r, final double riskFree, final double perYear) {
    final double s = deviation(r);
    return varies(r, s) ? (mean(r) - riskFree) / s * Math.sqrt(perYear) : Double.NaN;
  }

  /**
   * Standard error of a Sharpe ratio for returns of any shape (Mertens 2002; for normal ones Lo
   * 2002): {@code √((1 - g·S + (k - 1)/4·S²) / (n - 1))} with S the ratio of one period, g the
   * skewness, k the kurtosis; times √perYear.
   */
  public static double sharpeError(final double[] r, final double riskFree, final double perYear) {
    final double s = sharpe(r, riskFree, 1);
    return Math.sqrt(DeflatedSharpe.variance(s, r.length, skewness(r), kurtosis(r)) * perYear);
  }

  /**
   * Sortino ratio {@code mean(r - m)·perYear / (√(mean(min(r - m, 0)²))·√perYear)} (Sortino and
   * Price 1994); NaN where nothing fell short.
   *
   * @param required return of one period
   */
  public static double sortino(final double[] r, final double required, final double perYear) {
    final double risk = downside(r, required, perYear);
    return r.length < 2 || !(risk > 0) ? Double.NaN : (mean(r) - required) * perYear / risk;
  }

  /** Downside deviation {@code √(mean(min(r - m, 0)²))·√perYear} over all periods. */
  public static double downside(final double[] r, final double required, final double perYear) {
    if (r.length == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (final double one : r) {
      final double below = Math.min(one - required, 0);
      sum += below * below;
    }
    return Math.sqrt(sum / r.length) * Math.sqrt(perYear);
  }

  /** Deepest fall from a peak of the compounded returns, 0 to 1; starts from 1 before them. */
  public static double maxDrawdown(final double[] r) {
    double value = 1;
    double peak = 1;
    double worst = 0;
    for (final double one : r) {
      value *= 1 + one;
      peak = Math.max(peak, value);
      worst = Math.max(worst, 1 - value / peak);
    }
    return worst;
  }

  /**
   * Calmar ratio: annual return over the deepest drawdown (Young 1991); NaN without a drawdown.
   *
   * @param maxDrawdown above 0
   */
  public static double calmar(final double annualReturn, final double maxDrawdown) {
    return maxDrawdown > 0 ? annualReturn / maxDrawdown : Double.NaN;
  }

  /**
   * Historical value at risk: the q-quantile of returns, a loss below 0; between two returns it is
   * interpolated (type 7 of Hyndman and Fan 1996, the default of numpy and R).
   *
   * @param q such as 0.05
   */
  public static double valueAtRisk(final double[] r, final double q) {
    if (r.length == 0) {
      return Double.NaN;
    }
    final double[] sorted = sorted(r);
    final double place = q * (sorted.length - 1);
    final int low = (int) Math.floor(place);
    final int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
  }

  /**
   * Expected shortfall: mean of the worst {@code floor((n - 1)·q) + 1} returns, as
   * empyrical.conditional_value_at_risk.
   */
  public static double expectedShortfall(final double[] r, final double q) {
    if (r.length == 0) {
      return Double.NaN;
    }
    return mean(Arrays.copyOf(sorted(r), (int) ((r.length - 1) * q) + 1));
  }

  /** Skewness m3 / m2^1.5 of the population, as scipy.stats.skew. */
  public static double skewness(final double[] r) {
    return varies(r, deviation(r)) ? central(r, 3) / Math.pow(central(r, 2), 1.5) : Double.NaN;
  }

  /** Kurtosis m4 / m2² of the population; 3 for a normal distribution. */
  public static double kurtosis(final double[] r) {
    return varies(r, deviation(r)) ? central(r, 4) / Math.pow(central(r, 2), 2) : Double.NaN;
  }

  /** Slope of the least-squares line of returns on benchmark returns. */
  public static double beta(final double[] r, final double[] benchmark) {
    final double s = deviation(benchmark);
    return varies(benchmark, s) ? covariance(r, benchmark) / (s * s) : Double.NaN;
  }

  /** Its intercept, times perYear. */
  public static double alpha(final double[] r, final double[] benchmark, final double perYear) {
    return (mean(r) - beta(r, benchmark) * mean(benchmark)) * perYear;
  }

  /** Pearson's correlation. */
  public static double correlation(final double[] r, final double[] benchmark) {
    final double s = deviation(r);
    final double b = deviation(benchmark);
    return varies(r, s) && varies(benchmark, b) ? covariance(r, benchmark) / (s * b) : Double.NaN;
  }

  private static double covariance(final double[] a, final double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " returns against " + b.length);
    }
    final double meanA = mean(a);
    final double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / (a.length - 1);
  }

  private static double central(final double[] r, final int power) {
    final double mean = mean(r);
    double sum = 0;
    for (final double one : r) {
      final double off = one - mean;
      sum += power == 2 ? off * off : power == 3 ? off * off * off : off * off * off * off;
    }
    return sum / r.length;
  }

  /** A deviation that is no more than rounding of equal numbers is none. */
  private static boolean varies(final double[] r, final double deviation) {
    double most = 0;
    for (final double one : r) {
      most = Math.max(most, Math.abs(one));
    }
    return deviation > 1e-14 * most;
  }

  private static double[] sorted(final double[] r) {
    final double[] sorted = r.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
