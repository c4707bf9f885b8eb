package io.millrace.tools.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DeflatedSharpeTest {
  /**
   * The numerical example of Bailey and López de Prado (2014): a Sharpe ratio of 2.5 a year over
   * 1,250 days of skewness -3 and kurtosis 10, the best of 100 tries whose yearly ratios have
   * variance 1/2. Expected best of a day 0.1132, deflated ratio 0.9004.
   */
  @Test
  void theExampleOfThePaperComesOut() {
    final DeflatedSharpe sharpe = new DeflatedSharpe();
    final double best = sharpe.expectedBest(100, 0.5 / 250);
    assertThat(best).isCloseTo(0.1132, within(5e-5));
    assertThat(sharpe.probability(2.5 / Math.sqrt(250), best, 1250, -3, 10))
        .isCloseTo(0.9004, within(5e-5));
  }

  @Test
  void moreTriesDeflateMore() {
    final double[] r = new double[60];
    for (int i = 0; i < r.length; i++) {
      r[i] = 0.002 + (i % 7 - 3) * 0.004;
    }
    final DeflatedSharpe sharpe = new DeflatedSharpe();
    final double alone = sharpe.deflated(r, 1);
    assertThat(alone).isGreaterThan(sharpe.deflated(r, 10));
    assertThat(sharpe.deflated(r, 10)).isGreaterThan(sharpe.deflated(r, 100));
    // One try: nothing to deflate, the probability that the ratio is above 0.
    assertThat(alone).isGreaterThan(0.5).isLessThan(1);
    assertThat(sharpe.expectedBest(1, 1)).isZero();
  }

  @Test
  void normalQuantilesAreThoseOfTheTables() {
    final Normal normal = new Normal();
    assertThat(normal.inverse(0.975)).isCloseTo(1.959963984540054, within(1e-12));
    assertThat(normal.inverse(0.5)).isCloseTo(0, within(1e-12));
    assertThat(normal.inverse(0.001)).isCloseTo(-3.090232306167813, within(1e-12));
    assertThat(normal.cdf(1)).isCloseTo(0.8413447460685429, within(1e-14));
  }
}
