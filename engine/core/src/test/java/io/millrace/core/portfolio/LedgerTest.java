package io.millrace.core.portfolio;

import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No cent appears or vanishes: the portfolio against a list of trades added up in decimals. */
class LedgerTest {
  private static final int TRADES = 400;
  private static final int RUNS = 60;

  private final TestMarket world = new TestMarket();
  private final int stock = world.stock("GOOG");
  private final int coin = world.coin("COIN", 0.1);
  private final int call =
      world.option(
          stock, OptionRight.CALL, 750, TestMarket.T0 + 7_200_000_000_000L, Settlement.PHYSICAL);
  private final Portfolio portfolio = new Portfolio(PortfolioConfig.defaults(), world.market);

  @Test
  void cashAndPositionsAgreeWithAnIndependentLedger() {
    for (int run = 0; run < RUNS; run++) {
      final long seed = 1_000L + run;
      new Twin(new SplittableRandom(seed), seed).run();
    }
  }

  /** The slow, obvious twin: remembers every trade, rounds as documented, sums in decimals. */
  private final class Twin {
    private final Portfolio portfolio =
        new Portfolio(PortfolioConfig.defaults(), LedgerTest.this.world.market);
    private final SplittableRandom random;
    private final long seed;
    private BigDecimal cash = decimal(fx(1_000_000));
    private BigDecimal fees = BigDecimal.ZERO;
    private final BigDecimal[] held = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};

    Twin(final SplittableRandom random, final long seed) {
      this.random = random;
      this.seed = seed;
    }

    void run() {
      portfolio.onAccount(fx(1_000_000));
      final int[] ids = {stock, coin, call};
      final String[] multipliers = {"1", "0.1", "100"};
      for (int i = 0; i < TRADES; i++) {
        final int which = random.nextInt(ids.length);
        final long lot = which == 1 ? fx(0.001) : Fixed.ONE;
        final long quantity = lot * (1 + random.nextInt(20));
        final long price = 1 + random.nextLong(fx(900));
        final long fee = random.nextLong(fx(5)) - fx(1);
        final boolean buy = random.nextBoolean();
        world.outputs.reset(i + 1, world.now);
        portfolio.onFill(
            ids[which], buy ? Side.BUY : Side.SELL, quantity, price, fee, world.outputs);

        final BigDecimal signed = decimal(buy ? quantity : -quantity);
        final BigDecimal units = round(signed.multiply(new BigDecimal(multipliers[which])));
        cash = cash.subtract(round(units.multiply(decimal(price)))).subtract(decimal(fee));
        fees = fees.add(decimal(fee));
        held[which] = held[which].add(signed);
      }
      final String what = "seed " + seed;
      assertThat(decimal(portfolio.cash())).as(what).isEqualByComparingTo(cash);
      assertThat(decimal(portfolio.fees())).as(what).isEqualByComparingTo(fees);
      long cost = 0;
      for (int i = 0; i < ids.length; i++) {
        assertThat(decimal(portfolio.quantity(ids[i]))).as(what).isEqualByComparingTo(held[i]);
        cost += portfolio.cost(ids[i]);
      }
      assertThat(portfolio.cash() + cost - portfolio.realised() + portfolio.fees())
          .as("%s: cash + cost - realised + fees is what was put in", what)
          .isEqualTo(portfolio.invested())
          .isEqualTo(fx(1_000_000));
      world.outputs.reset(TRADES + 1, world.now);
      portfolio.markNow(world.now, world.outputs);
      assertThat(portfolio.nav())
          .as(what)
          .isEqualTo(
              portfolio.invested()
                  + portfolio.realised()
                  + portfolio.unrealised()
                  - portfolio.fees());
    }

    private BigDecimal decimal(final long fixed) {
      return BigDecimal.valueOf(fixed, 8);
    }

    private BigDecimal round(final BigDecimal value) {
      return value.setScale(8, RoundingMode.HALF_EVEN);
    }
  }

  @Test
  void averagePriceIsCostOverUnits() {
    fill(call, Side.BUY, 2, 4.00);
    fill(call, Side.BUY, 1, 7.00);
    assertThat(portfolio.averagePrice(call)).isEqualTo(fx(5));
    assertThat(portfolio.cost(call)).isEqualTo(fx(1_500));
  }

  @Test
  void aPartClosedRealisesItsPartOfTheCost() {
    fill(stock, Side.BUY, 10, 100);
    fill(stock, Side.SELL, 4, 110);
    assertThat(portfolio.realised(stock)).isEqualTo(fx(40));
    assertThat(portfolio.averagePrice(stock)).isEqualTo(fx(100));
  }

  @Test
  void aTurnedPositionStartsAtThePriceOfTheTurn() {
    fill(stock, Side.BUY, 10, 100);
    fill(stock, Side.SELL, 15, 90);
    assertThat(portfolio.realised(stock)).isEqualTo(fx(-100));
    assertThat(portfolio.quantity(stock)).isEqualTo(fx(-5));
    assertThat(portfolio.averagePrice(stock)).isEqualTo(fx(90));
  }

  @Test
  void anOverflowingFillThrowsAndChangesNothing() {
    fill(stock, Side.BUY, 1, 100);
    final long cash = portfolio.cash();
    assertThatThrownBy(
            () ->
                portfolio.onFill(
                    stock, Side.BUY, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 0, world.outputs))
        .isInstanceOf(ArithmeticException.class);
    assertThat(portfolio.cash()).isEqualTo(cash);
    assertThat(portfolio.quantity(stock)).isEqualTo(fx(1));
  }

  @Test
  void aFillOfAnUndefinedInstrumentIsRefused() {
    assertThatThrownBy(() -> portfolio.onFill(99, Side.BUY, Fixed.ONE, Fixed.ONE, 0, world.outputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
  }

  private void fill(final int id, final Side side, final int units, final double price) {
    portfolio.onFill(id, side, units * Fixed.ONE, fx(price), 0, world.outputs);
  }
}
