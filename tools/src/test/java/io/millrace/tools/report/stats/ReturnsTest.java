package io.millrace.tools.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Expected values marked "empyrical" stand in the tests of that package (quantopian/empyrical,
 * empyrical/tests/test_stats.py); those marked "numpy" were computed with numpy 2.4.6.
 */
final class ReturnsTest {
  private static final double DAILY = 252;
  private static final double WEEKLY = 52;
  private static final double MONTHLY = 12;
  private static final Offset<Double> EXACT = within(1e-8);

  private static final double[] MIXED = {.01, .10, -.04, .02, .03, .02, .01, -.10};
  private static final double[] WEEKS = {0, .01, .10, -.04, .02, .03, .02, .01, -.10};
  private static final double[] POSITIVE = {.01, .02, .01, .01, .01, .01, .01, .01, .01};
  private static final double[] NEGATIVE = {0, -.06, -.07, -.01, -.09, -.02, -.06, -.08, -.05};
  private static final double[] ONE = {
    -0.00171614,
    0.01322056,
    0.03063862,
    -0.01422057,
    -0.00489779,
    0.01268925,
    -0.03357711,
    0.01797036
  };
  private static final double[] TWO = {
    0.01846232, 0.00793951, -0.01448395, 0.00422537, -0.00339611, 0.03756813, 0.0151531, 0.03549769
  };

  @Test
  void annualReturnCompoundsToAYear() {
    assertThat(Returns.annual(WEEKS, DAILY)).isCloseTo(1.9135925373194231, EXACT); // empyrical
    assertThat(Returns.annual(WEEKS, WEEKLY)).isCloseTo(0.24690830513998208, EXACT); // empyrical
    assertThat(Returns.annual(WEEKS, MONTHLY)).isCloseTo(0.052242061386048144, EXACT); // empyrical
    assertThat(Returns.annual(new double[0], DAILY)).isNaN();
  }

  @Test
  void growthRateIsTheYearlyRateThatLeadsFromStartToEnd() {
    assertThat(Returns.cagr(100, 121, 2)).isCloseTo(0.1, within(1e-12)); // 1.1² = 1.21
    assertThat(Returns.cagr(100, 50, 0.5)).isCloseTo(-0.75, within(1e-12)); // halves twice a year
    assertThat(Returns.cagr(0, 50, 1)).isNaN();
  }

  @Test
  void volatilityUsesTheSampleDeviation() {
    assertThat(Returns.volatility(MIXED, DAILY)).isCloseTo(0.9136465399704637, EXACT); // empyrical
    assertThat(Returns.volatility(WEEKS, WEEKLY)).isCloseTo(0.38851569394870583, EXACT);
    assertThat(Returns.volatility(ONE, DAILY)).isCloseTo(0.32330493338296434, EXACT); // numpy
    assertThat(Returns.volatility(new double[] {.01}, DAILY)).isNaN();
  }

  @Test
  void sharpeRatioIsMeanOverSampleDeviation() {
    assertThat(Returns.sharpe(MIXED, 0, DAILY)).isCloseTo(1.7238613961706866, EXACT); // empyrical
    assertThat(Returns.sharpe(POSITIVE, 0, DAILY)).isCloseTo(52.915026221291804, EXACT);
    assertThat(Returns.sharpe(NEGATIVE, 0, DAILY)).isCloseTo(-24.406808633910085, EXACT);
    assertThat(Returns.sharpe(ONE, 0.0001, DAILY)).isCloseTo(1.881122455003175, EXACT); // numpy
  }

  @Test
  void returnsThatDoNotVaryHaveNoSharpeRatio() {
    assertThat(Returns.sharpe(new double[] {.01, .01, .01}, 0, DAILY)).isNaN();
    assertThat(Returns.sharpe(new double[9], 0, DAILY)).isNaN();
    assertThat(Returns.sharpe(new double[] {.01}, 0, DAILY)).isNaN();
  }

  @Test
  void sharpeErrorFollowsMertens() {
    assertThat(Returns.sharpeError(ONE, 0, DAILY)).isCloseTo(6.173347394243708, EXACT); // numpy
  }

  @Test
  void sortinoRatioCountsOnlyWhatFellShort() {
    assertThat(Returns.downside(MIXED, 0, DAILY)).isCloseTo(0.6044832503882965, EXACT);
    assertThat(Returns.downside(MIXED, 0.1, DAILY)).isCloseTo(1.7161730681956295, EXACT);
    assertThat(Returns.sortino(MIXED, 0, DAILY)).isCloseTo(2.605531251673693, EXACT); // empyrical
    assertThat(Returns.sortino(MIXED, 0.01, DAILY)).isCloseTo(-1.3934779588919977, EXACT);
    assertThat(Returns.sortino(NEGATIVE, 0, DAILY)).isCloseTo(-13.5327430750434, EXACT);
    assertThat(Returns.sortino(WEEKS, 0, WEEKLY)).isCloseTo(1.115890105686644, EXACT); // numpy
    assertThat(Returns.sortino(WEEKS, 0, MONTHLY)).isCloseTo(0.5360562674188976, EXACT);
    assertThat(Returns.sortino(ONE, 0, DAILY)).isCloseTo(3.0639640966566306, EXACT);
    assertThat(Returns.sortino(TWO, 0, DAILY)).isCloseTo(38.090963117002495, EXACT);
    assertThat(Returns.sortino(POSITIVE, 0, DAILY)).isNaN();
  }

  @Test
  void drawdownAndCalmarFollowThePeak() {
    assertThat(Returns.maxDrawdown(MIXED)).isCloseTo(0.1, EXACT); // empyrical
    assertThat(Returns.maxDrawdown(NEGATIVE)).isCloseTo(0.365907303498736, EXACT);
    assertThat(Returns.maxDrawdown(POSITIVE)).isZero();
    assertThat(Returns.calmar(Returns.annual(WEEKS, DAILY), Returns.maxDrawdown(WEEKS)))
        .isCloseTo(19.135925373194233, EXACT); // empyrical
    assertThat(Returns.calmar(Returns.annual(WEEKS, WEEKLY), Returns.maxDrawdown(WEEKS)))
        .isCloseTo(2.4690830513998208, EXACT);
    assertThat(Returns.calmar(0.1, 0)).isNaN();
  }

  @Test
  void valueAtRiskIsTheInterpolatedQuantile() {
    assertThat(Returns.valueAtRisk(ONE, 0.05)).isCloseTo(-0.026802321, EXACT); // numpy
    assertThat(Returns.valueAtRisk(TWO, 0.05)).isCloseTo(-0.010603206, EXACT); // numpy
    assertThat(Returns.valueAtRisk(ONE, 0.3)).isCloseTo(-0.0045796249999999995, EXACT); // numpy
    assertThat(Returns.valueAtRisk(ONE, 0)).isEqualTo(-0.03357711);
    assertThat(Returns.valueAtRisk(ONE, 1)).isEqualTo(0.03063862);
  }

  @Test
  void expectedShortfallIsTheMeanOfTheTail() {
    assertThat(Returns.expectedShortfall(ONE, 0.05)).isCloseTo(-0.03357711, EXACT); // numpy
    assertThat(Returns.expectedShortfall(ONE, 0.3)).isCloseTo(-0.017565156666666668, EXACT);
  }

  @Test
  void momentsAreThoseOfThePopulation() {
    assertThat(Returns.skewness(ONE)).isCloseTo(-0.43307828504928536, EXACT); // numpy
    assertThat(Returns.kurtosis(ONE)).isCloseTo(2.3581480564092305, EXACT); // numpy
  }

  @Test
  void betaAndAlphaAreTheLeastSquaresLine() {
    assertThat(Returns.beta(ONE, TWO)).isCloseTo(-0.027265344429046844, EXACT); // numpy
    assertThat(Returns.alpha(ONE, TWO, DAILY)).isCloseTo(0.7200917136486301, EXACT); // numpy
    assertThat(Returns.correlation(ONE, TWO)).isCloseTo(-0.024107368860321828, EXACT); // numpy
    assertThat(Returns.beta(MIXED, MIXED)).isCloseTo(1, EXACT); // empyrical
    // empyrical: mixed against negative, where both have a value
    final double[] paired = {-.06, -.07, -.01, -.09, -.02, -.06, -.08, -.05};
    assertThat(Returns.beta(MIXED, paired)).isCloseTo(-0.7129629629629631, EXACT);
    assertThat(Returns.alpha(MIXED, paired, DAILY)).isCloseTo(-8.306666666666668, EXACT);
    assertThat(Returns.beta(ONE, new double[8])).isNaN();
  }
}
