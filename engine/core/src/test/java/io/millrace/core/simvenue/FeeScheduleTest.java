package io.millrace.core.simvenue;

import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Liquidity;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Settlement;
import io.millrace.core.market.Fixed;
import io.millrace.core.portfolio.TestMarket;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fees by hand, and beside a slow twin in decimals. */
class FeeScheduleTest {
  private static final long SEED = 20151224;
  private static final int ORDERS = 3_000;

  private final TestMarket world = new TestMarket();
  private final int stock = world.stock("GOOG");
  private final int option =
      world.option(
          stock, OptionRight.PUT, 750, T0 + 7_200 * TestMarket.SECOND, Settlement.PHYSICAL);
  private final int linear = world.coin("BTCUSDT-PERP", 1);
  private final int inverse = world.inverse("BTCUSD-PERP", 100);
  private final Rules rules = new Rules();
  private VenueOrder order = buying();

  private static VenueOrder buying() {
    final VenueOrder order = new VenueOrder();
    order.buy = true;
    return order;
  }

  private double charge(
      final int id, final double quantity, final double price, final Liquidity liquidity) {
    return Fixed.toDouble(
        new FeeSchedule(rules.fees())
            .charge(order, 0, world.market.instruments(), id, fx(quantity), fx(price), liquidity));
  }

  private double take(final int id, final double quantity, final double price) {
    return charge(id, quantity, price, Liquidity.TAKER);
  }

  @Test
  void leanChargesHalfACentAShare() {
    rules.shippedFees();
    assertThat(take(stock, 688, 144.78)).isEqualTo(3.44);
  }

  @Test
  void leastHoldsForTheOrderAndNotForEachFill() {
    rules.shippedFees();
    assertThat(take(stock, 100, 50)).isEqualTo(1); // 0.50
    assertThat(take(stock, 50, 50)).isEqualTo(0); // 0.75 so far
    assertThat(take(stock, 150, 50)).isEqualTo(0.5); // 1.50 so far
  }

  @Test
  void mostCountsOverTheLeastUnlessConfigured() {
    rules.shippedFees();
    assertThat(take(stock, 1, 20)).isEqualTo(0.2); // one percent
    rules.equityMinOverMax = true;
    order = buying();
    assertThat(take(stock, 1, 20)).isEqualTo(1);
  }

  @Test
  void optionsAreCheaperWhenTheyAreCheap() {
    rules.optionPerContract = 0.65;
    rules.optionLowPremium = 0.10;
    rules.optionLowPerContract = 0.5;
    rules.optionTinyPremium = 0.05;
    rules.optionTinyPerContract = 0.25;
    assertThat(take(option, 10, 0.10)).isEqualTo(6.5);
    assertThat(take(option, 10, 0.09)).isEqualTo(5);
    assertThat(take(option, 10, 0.04)).isEqualTo(2.5);
  }

  @Test
  void optionOrderPaysItsLeast() {
    rules.optionPerContract = 0.65;
    rules.optionMinPerOrder = 1;
    assertThat(take(option, 1, 54.8)).isEqualTo(1);
    assertThat(take(option, 1, 54.8)).isEqualTo(0.3); // 1.30 in all
  }

  @Test
  void makerAndTakerOfSharesAndSalesHaveTheirOwn() {
    rules.equityMakerPerShare = -0.002;
    rules.equityTakerPerShare = 0.003;
    rules.saleBps = 0.5;
    assertThat(charge(stock, 100, 50, Liquidity.MAKER)).isEqualTo(-0.2);
    order = new VenueOrder(); // sells
    assertThat(take(stock, 100, 50)).isEqualTo(0.55); // 0.30 and half a basis point of 5,000
  }

  @Test
  void inversePerpetualPaysOfItsFace() {
    rules.perpetualTakerBps = 5;
    assertThat(take(inverse, 10, 17_204)).isEqualTo(0.5); // of 1,000
    order = buying();
    assertThat(take(linear, 0.1, 17_204)).isEqualTo(0.8602); // of 1,720.40
  }

  @Test
  void totalIsRoundedToTheStep() {
    rules.commissionBps = 1;
    rules.step = 0.01;
    assertThat(take(stock, 1, 150)).isEqualTo(0.02); // 0.015 is half way: to the even cent
    assertThat(take(stock, 1, 150)).isEqualTo(0.01); // 0.03 in all
  }

  @Test
  void anyOrdersAgreeWithTheSlowTwin() {
    final Random random = new Random(SEED);
    rules.shippedFees();
    rules.commissionBps = 1.5;
    rules.minPerOrder = 0.7;
    rules.saleBps = 0.2;
    rules.optionMinPerOrder = 1;
    rules.equityTakerPerShare = 0.003;
    for (int i = 0; i < ORDERS; i++) {
      final int id = random.nextBoolean() ? stock : option;
      order = new VenueOrder();
      order.buy = random.nextBoolean();
      BigDecimal quantity = BigDecimal.ZERO;
      BigDecimal value = BigDecimal.ZERO;
      BigDecimal commission = BigDecimal.ZERO;
      BigDecimal sale = BigDecimal.ZERO;
      BigDecimal paid = BigDecimal.ZERO;
      for (int part = 1 + random.nextInt(4); part > 0; part--) {
        final int size = 1 + random.nextInt(300);
        final BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(30_000), 2);
        final BigDecimal worth =
            price.multiply(BigDecimal.valueOf(size * (id == option ? 100L : 1L)));
        quantity = quantity.add(BigDecimal.valueOf(size));
        value = value.add(worth);
        commission = commission.add(round(worth.multiply(new BigDecimal("0.00015"))));
        sale =
            sale.add(
                order.buy ? BigDecimal.ZERO : round(worth.multiply(new BigDecimal("0.00002"))));
        paid = paid.add(BigDecimal.valueOf(fx(take(id, size, price.doubleValue())), 8));
      }
      final BigDecimal schedule =
          id == option
              ? quantity.multiply(new BigDecimal("0.65")).max(BigDecimal.ONE)
              : quantity
                  .multiply(new BigDecimal("0.005"))
                  .max(BigDecimal.ONE)
                  .min(round(value.multiply(new BigDecimal("0.01"))))
                  .add(quantity.multiply(new BigDecimal("0.003")));
      final BigDecimal due = schedule.add(commission).add(sale).max(new BigDecimal("0.7"));
      assertThat(paid).as("seed " + SEED + " order " + i).isEqualByComparingTo(due);
    }
  }

  private static BigDecimal round(final BigDecimal exact) {
    return exact.setScale(8, RoundingMode.HALF_EVEN);
  }
}
