package io.millrace.core.portfolio;

import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each model demands, in figures by hand; share at 100, options of 100 shares. */
class MarginTest {
  private static final long EXPIRY = T0 + 7_200 * TestMarket.SECOND;
  private static final long LATER = EXPIRY + 86_400 * TestMarket.SECOND;

  private final TestMarket world = new TestMarket();
  private final int stock = world.stock("XYZ");
  private final int put90 = option(OptionRight.PUT, 90, EXPIRY);
  private final int put95 = option(OptionRight.PUT, 95, EXPIRY);
  private final int call105 = option(OptionRight.CALL, 105, EXPIRY);
  private final int call110 = option(OptionRight.CALL, 110, EXPIRY);
  private final int call110Later = option(OptionRight.CALL, 110, LATER);
  private final int perpetual = world.coin("BTCUSDT-PERP", 1);
  private Portfolio portfolio;

  private int option(final OptionRight right, final double strike, final long expiry) {
    return world.option(stock, right, strike, expiry, Settlement.PHYSICAL);
  }

  private void account(final MarginConfig margin) {
    portfolio = new Portfolio(PortfolioConfig.defaults(), margin, world.market);
    portfolio.onAccount(fx(100_000));
    world.quote(stock, 99.99, 100.01);
    world.quote(put90, 0.9, 1.1);
    world.quote(put95, 1.9, 2.1);
    world.quote(call105, 1.9, 2.1);
    world.quote(call110, 0.9, 1.1);
    world.quote(call110Later, 2.9, 3.1);
  }

  private void account(final MarginModel model) {
    account(MarginConfig.of(model));
  }

  private void hold(final int id, final double quantity, final double price) {
    portfolio.onFill(
        id,
        quantity > 0 ? Side.BUY : Side.SELL,
        fx(Math.abs(quantity)),
        fx(price),
        0,
        world.outputs);
  }

  private double initial() {
    return Fixed.toDouble(portfolio.margin().held().initial());
  }

  private double maintenance() {
    return Fixed.toDouble(portfolio.margin().held().maintenance());
  }

  @Test
  void regTLendsHalfOfStockBought() {
    account(MarginModel.REG_T);
    hold(stock, 1_000, 100);
    assertThat(initial()).isEqualTo(50_000);
    assertThat(maintenance()).isEqualTo(25_000);
  }

  @Test
  void regTWantsHalfOnTopOfAShortSale() {
    account(MarginModel.REG_T);
    hold(stock, -1_000, 100);
    assertThat(initial()).isEqualTo(50_000);
    assertThat(maintenance()).isEqualTo(30_000);
  }

  /** An order for the next open was sized by the close, and the open is a little dearer. */
  @Test
  void stockOfACashAccountIsNotSoldForAFewCentsBelowZero() {
    account(MarginModel.CASH);
    hold(stock, 1_000, 100);
    assertThat(initial()).isEqualTo(100_000);
    assertThat(maintenance()).isZero();
  }

  @Test
  void longOptionsArePaidInFull() {
    account(MarginModel.REG_T);
    hold(call105, 3, 2);
    assertThat(initial()).isEqualTo(600);
  }

  @Test
  void nakedPutNeedsAFifthOfTheShareLessWhatItIsOut() {
    account(MarginModel.REG_T);
    hold(put95, -1, 2);
    assertThat(initial()).isEqualTo(1_500); // 100 · (20 - 5)
    account(MarginModel.REG_T);
    hold(put90, -1, 1);
    assertThat(initial()).isEqualTo(1_000); // 20 - 10 = 10; the least is 9
  }

  @Test
  void nakedCallNeedsAtLeastATenthOfTheShare() {
    account(MarginModel.REG_T);
    hold(call110, -2, 1);
    assertThat(initial()).isEqualTo(2_000); // 200 · max(20 - 10, 10)
  }

  @Test
  void creditSpreadNeedsItsWidthLessItsCredit() {
    account(MarginModel.REG_T);
    hold(put95, -1, 2);
    hold(put90, 1, 1);
    assertThat(initial()).isEqualTo(400); // 500 - 100
  }

  @Test
  void condorNeedsOneWidthAlone() {
    account(MarginModel.REG_T);
    hold(put95, -1, 2);
    hold(put90, 1, 1);
    hold(call105, -1, 2);
    hold(call110, 1, 1);
    assertThat(initial()).isEqualTo(300); // 500 - 200: both sides cannot lose
  }

  @Test
  void debitSpreadNeedsWhatItIsWorth() {
    account(MarginModel.REG_T);
    hold(call105, 1, 2);
    hold(call110, -1, 1);
    assertThat(initial()).isEqualTo(100);
  }

  @Test
  void coveredCallNeedsTheStockAlone() {
    account(MarginModel.REG_T);
    hold(stock, 100, 100);
    hold(call105, -1, 2);
    assertThat(initial()).isEqualTo(5_000);
    hold(call110, -1, 1); // the second is naked
    assertThat(initial()).isEqualTo(5_000 + 1_000);
  }

  @Test
  void laterExpiryCoversNoEarlierOne() {
    account(MarginModel.REG_T);
    hold(call110, -1, 1);
    hold(call110Later, 1, 3);
    assertThat(initial()).isEqualTo(1_000 + 300);
  }

  @Test
  void cashAccountSecuresPutsAndRefusesWhatItCannotCarry() {
    account(MarginModel.CASH);
    hold(put95, -1, 2);
    assertThat(initial()).isEqualTo(9_300); // 9,500 less the 200 it is worth
    hold(stock, 100, 100);
    hold(call105, -1, 2);
    assertThat(initial()).isEqualTo(9_100 + 10_000); // the call covered, its 200 in hand
    hold(call105, -1, 2);
    assertThat(portfolio.margin().held().initial()).isEqualTo(Margin.BEYOND);
  }

  @Test
  void cashAccountHasNoShortStock() {
    account(MarginModel.CASH);
    hold(stock, -1, 100);
    assertThat(portfolio.margin().held().initial()).isEqualTo(Margin.BEYOND);
  }

  @Test
  void portfolioMarginIsTheWorstMove() {
    account(MarginModel.PORTFOLIO);
    hold(stock, 100, 100);
    assertThat(initial()).isEqualTo(1_500); // down 15
    hold(put95, 1, 2);
    // At 85 the put pays 10 for the 2 it is worth: 1,500 - 800; at 94, 600 + 100; at 97, 300 + 200.
    assertThat(initial()).isEqualTo(700);
  }

  @Test
  void portfolioMarginHasALeastForShortOptions() {
    account(MarginModel.PORTFOLIO);
    hold(put90, -10, 1);
    hold(put90, 10, 1);
    assertThat(initial()).isEqualTo(0);
    hold(call105, -1, 2);
    // Up 15: it is 10 in the money and keeps its 2: a loss of 10.
    assertThat(initial()).isEqualTo(1_000);
  }

  @Test
  void perpetualPaysEachPartAtItsTier() {
    account(
        new MarginConfig(
            MarginModel.PERPETUAL,
            true,
            0.01,
            0.5,
            0.25,
            0.5,
            0.3,
            0.2,
            0.1,
            0.15,
            0.375,
            0.05,
            0.025,
            List.of(new MarginTier(0, 0.01, 0.004), new MarginTier(50_000, 0.02, 0.005))));
    world.quote(perpetual, 19_999.5, 20_000.5);
    hold(perpetual, -4, 20_000);
    assertThat(initial()).isEqualTo(500 + 600); // 1 % of 50,000, 2 % of 30,000
    assertThat(maintenance()).isEqualTo(200 + 150);
  }

  @Test
  void belowMaintenanceTheVenueClosesAndKeepsItsFee() {
    account(MarginModel.PERPETUAL);
    portfolio.onAccount(fx(1_000));
    world.quote(perpetual, 19_999.5, 20_000.5);
    hold(perpetual, 0.5, 20_000);
    portfolio.markNow(T0, world.outputs);
    assertThat(portfolio.quantity(perpetual)).isEqualTo(fx(0.5));
    // Equity 1,000 - 0.5 · 1,540 = 230 is below 2.5 % of 9,230.
    world.quote(perpetual, 18_459.5, 18_460.5);
    world.outputs.reset(9, T0);
    portfolio.markNow(T0, world.outputs);
    assertThat(portfolio.quantity(perpetual)).isZero();
    assertThat(portfolio.takeLiquidated()).isTrue();
    assertThat(portfolio.takeLiquidated()).isFalse();
    // Sold at the bid: 10,000 lost 770.25; the fee is 0.5 % of 9,229.75.
    assertThat(portfolio.cash()).isEqualTo(fx(1_000 - 770.25 - 46.14875));
    assertThat(portfolio.nav()).isEqualTo(portfolio.cash());
    assertThat(told()).isEqualTo(FillReason.LIQUIDATED);
  }

  private FillReason told() {
    final FillDecoder fill = new FillDecoder();
    for (int i = 0; i < world.outputs.count(); i++) {
      if (world.outputs.templateId(i) == FillDecoder.TEMPLATE_ID) {
        return world.outputs.read(i, fill).reason();
      }
    }
    return null;
  }

  @Test
  void theSpreadIsNotLiquidatedLegByLegIntoSomethingWorse() {
    account(MarginModel.REG_T);
    portfolio.onAccount(fx(150)); // the credit of 100 is owed; 400 are needed
    hold(put95, -1, 2);
    hold(put90, 1, 1);
    portfolio.markNow(T0, world.outputs);
    // The short put goes first: without it nothing but the long one's worth is needed.
    assertThat(portfolio.quantity(put95)).isZero();
    assertThat(portfolio.quantity(put90)).isEqualTo(fx(1));
  }

  @Test
  void noneDemandsNothing() {
    account(MarginModel.NONE);
    hold(stock, -10_000, 100);
    assertThat(initial()).isZero();
    portfolio.markNow(T0, world.outputs);
    assertThat(portfolio.takeLiquidated()).isFalse();
  }

  @Test
  void tiersAscendFromZero() {
    assertThatThrownBy(
            () ->
                new MarginConfig(
                    MarginModel.PERPETUAL,
                    true,
                    0,
                    0.5,
                    0.25,
                    0.5,
                    0.3,
                    0.2,
                    0.1,
                    0.15,
                    0,
                    0.05,
                    0.025,
                    List.of(new MarginTier(1, 0.1, 0.1))))
        .hasMessageContaining("tiers do not ascend from 0");
  }
}
