package io.millrace.tools.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is gathered as it comes: drawdowns, trades, their order. */
final class SeriesTest {
  @Test
  void aDrawdownLastsFromItsFirstLossToTheNextEquityAsHigh() {
    final Drawdowns falls = new Drawdowns(2);
    final double[] equity = {100, 110, 99, 104.5, 110, 121, 120, 60.5, 130, 129};
    for (int i = 0; i < equity.length; i++) {
      falls.on(i * 10L, equity[i]);
    }
    assertThat(falls.deepest())
        .containsExactly(
            new Drawdowns.Fall(1 - 60.5 / 121, 60, 70, 80),
            new Drawdowns.Fall(1 - 99.0 / 110, 20, 20, 40));
    assertThat(falls.worst()).isEqualTo(0.5);
    assertThat(falls.longestNanos()).isEqualTo(20);
    assertThat(falls.now(117)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void aDrawdownThatLastsIsToldToo() {
    final Drawdowns falls = new Drawdowns(5);
    falls.on(1, 100);
    falls.on(5, 80);
    falls.on(9, 90);
    assertThat(falls.deepest()).hasSize(1);
    assertThat(falls.deepest().get(0).endTime()).isZero();
    assertThat(falls.worst()).isCloseTo(0.2, within(1e-12));
    assertThat(falls.longestNanos()).isEqualTo(4);
    falls.end(30);
    assertThat(falls.longestNanos()).as("no NAV changed any more").isEqualTo(25);
  }

  @Test
  void drawdownOfAStreamEqualsThatOfItsReturns() {
    final long seed = 7;
    final SplittableRandom random = new SplittableRandom(seed);
    final double[] r = new double[500];
    final Drawdowns falls = new Drawdowns(3);
    double value = 1;
    falls.on(0, value);
    for (int i = 0; i < r.length; i++) {
      r[i] = random.nextDouble(-0.02, 0.02);
      value *= 1 + r[i];
      falls.on(i + 1, value);
    }
    assertThat(falls.worst()).as("seed " + seed).isCloseTo(Returns.maxDrawdown(r), within(1e-12));
  }

  @Test
  void profitFactorIsWonOverLost() {
    final TradeStatistics trades = new TradeStatistics();
    final double[] profits = {10, -5, 20, 30, -10, -5, 0};
    for (final double profit : profits) {
      trades.on(profit, 2_000_000_000L);
    }
    assertThat(trades.profitFactor()).isEqualTo(3); // 60 / 20
    assertThat(trades.winRate()).isEqualTo(3.0 / 7); // a trade of nothing is no win
    assertThat(trades.averageWin()).isEqualTo(20);
    assertThat(trades.averageLoss()).isCloseTo(20.0 / 3, within(1e-12));
    assertThat(trades.payoff()).isCloseTo(3, within(1e-12));
    assertThat(trades.expectancy()).isCloseTo(40.0 / 7, within(1e-12));
    assertThat(trades.largestWin()).isEqualTo(30);
    assertThat(trades.largestLoss()).isEqualTo(10);
    assertThat(trades.longestWins()).isEqualTo(2);
    assertThat(trades.longestLosses()).isEqualTo(2);
    assertThat(trades.heldSeconds()).isEqualTo(2);
  }

  @Test
  void noTradeMeansNoFigure() {
    final TradeStatistics trades = new TradeStatistics();
    assertThat(trades.winRate()).isNaN();
    assertThat(trades.profitFactor()).isNaN();
    assertThat(new TradeOrder().shuffle(1, 100)).isNull();
  }

  @Test
  void theLuckiestOrderOfTradesHasALowPercentile() {
    // Gains and losses in turn: the deepest fall is one loss, and no order has less.
    final TradeOrder lucky = new TradeOrder();
    final TradeOrder unlucky = new TradeOrder();
    for (int i = 0; i < 40; i++) {
      lucky.on(i % 2 == 0 ? 10 : -9);
      unlucky.on(i < 20 ? 10 : -9);
    }
    final TradeOrder.Result best = lucky.shuffle(3, 1000);
    final TradeOrder.Result worst = unlucky.shuffle(3, 1000);
    assertThat(best.actual()).isEqualTo(9);
    assertThat(best.percentile()).isLessThan(0.02);
    assertThat(worst.actual()).isEqualTo(180);
    assertThat(worst.percentile()).isGreaterThan(0.98);
    assertThat(best.median()).isBetween(20.0, 120.0);
    assertThat(lucky.shuffle(3, 1000)).isEqualTo(best);
    assertThat(lucky.shuffle(4, 1000)).isNotEqualTo(best);
  }

  @Test
  void theOrderOfAMillionTradesTakesBoundedRoom() {
    final TradeOrder order = new TradeOrder();
    final SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 1_000_000; i++) {
      order.on(random.nextDouble(-1, 1));
    }
    final TradeOrder.Result result = order.shuffle(5, 2000);
    // 1,000,000 / 64 = 15,625 blocks are the first that fit 16,384
    assertThat(result.tradesInBlock()).isEqualTo(64);
    assertThat(result.percentile()).isBetween(0.001, 0.999);
  }
}
