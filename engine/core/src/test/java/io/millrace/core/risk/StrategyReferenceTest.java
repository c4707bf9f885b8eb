package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.SECOND;
import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Check;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.core.order.Approval;
import org.junit.jupiter.api.Test;

/** What a strategy's orders are judged by, and what its leverage lends. */
class StrategyReferenceTest {
  private static final long EXPIRY = T0 + 3_600 * SECOND;

  private Desk desk;
  private int goog;

  private void desk(final Object... limits) {
    desk = new Desk(Limits.with(RiskLimits.defaults(), limits));
    goog = desk.world.stock("GOOG");
    desk.world.quote(goog, 99.99, 100.01);
    desk.cash(1_000_000);
  }

  private Approval market(final int id, final Side side, final double units, final double price) {
    desk.wish(Purpose.OPEN, id, side, units, price).ofStrategy(OrderStyle.MARKET);
    return desk.judge();
  }

  @Test
  void aLockedBookHasATouchToTake() {
    desk("strategyReference", Reference.TOUCH);
    desk.world.quote(goog, 100, 100);
    assertThat(market(goog, Side.BUY, 10, 100)).isNotNull();
    desk("strategyReference", Reference.MID);
    desk.world.quote(goog, 100, 100);
    assertThat(market(goog, Side.BUY, 10, 100)).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.BOOK_CROSSED);
  }

  @Test
  void aTouchThatIsNotThereCannotBeTaken() {
    desk("strategyReference", Reference.TOUCH);
    desk.world.quote(goog, Double.NaN, 100.01);
    assertThat(market(goog, Side.BUY, 10, 100.01)).as("the ask is there").isNotNull();
    assertThat(market(goog, Side.SELL, 10, 100)).isNull();
    assertThat(desk.row(Check.BOOK_CROSSED).margin()).isNegative();
  }

  @Test
  void anOrderForTheLastPriceDoesNotCareForAnOldBook() {
    desk("strategyReference", Reference.LAST);
    desk.world.pass(100 * SECOND);
    desk.world.trade(goog, 110);
    desk.strike();
    assertThat(market(goog, Side.BUY, 10, 110)).isNotNull();
    desk.wish(Purpose.OPEN, goog, Side.BUY, 10, 110).ofStrategy(OrderStyle.LIMIT);
    assertThat(desk.judge()).as("a limit order is for the book").isNull();
    assertThat(desk.row(Check.PRICE_STALE).margin()).isNegative();
  }

  @Test
  void aWideButterflyIsJudgedByTheTouchesItTakes() {
    desk("strategyReference", Reference.TOUCH, "strategyTradeRisk", 1.0);
    final int low = option(105, 4.00, 5.00);
    final int middle = option(110, 2.00, 3.00);
    final int high = option(115, 1.00, 2.00);
    desk.wish(Purpose.OPEN, goog, Side.BUY, 1, 3.00).ofStrategy(OrderStyle.LIMIT);
    desk.intent.legs().add(low, Side.BUY, 1).add(middle, Side.SELL, 2).add(high, Side.BUY, 1);
    assertThat(desk.judge()).as("at 5 - 2 · 2 + 2; the mid is 1").isNotNull();
    assertThat(desk.row(Check.PRICE_COLLAR).value()).isZero();
  }

  private int option(final double strike, final double bid, final double ask) {
    final int id = desk.world.option(goog, OptionRight.CALL, strike, EXPIRY, Settlement.PHYSICAL);
    desk.world.quote(id, bid, ask);
    return id;
  }

  @Test
  void aShortStraddleNeedsPermission() {
    desk("allowNakedOptions", true, "strategyTradeRisk", 1.0);
    shortStraddle();
    assertThat(desk.judge()).isNotNull();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).value())
        .as("put and call at 10,500 each, less the credit of 300, of a million")
        .isEqualTo(fx(0.0207));
    desk("allowNakedOptions", false, "strategyTradeRisk", 1.0);
    shortStraddle();
    assertThat(desk.judge()).isNull();
    assertThat(desk.row(Check.SHORT_NOT_ALLOWED).margin()).isNegative();
  }

  private void shortStraddle() {
    final int call = option(105, 1.00, 1.02);
    final int put = desk.world.option(goog, OptionRight.PUT, 105, EXPIRY, Settlement.PHYSICAL);
    desk.world.quote(put, 2.00, 2.02);
    desk.wish(Purpose.OPEN, goog, Side.BUY, 1, -3.00).ofStrategy(OrderStyle.LIMIT);
    desk.intent.legs().add(call, Side.SELL, 1).add(put, Side.SELL, 1);
  }

  @Test
  void leverageLendsNavWhetherCashIsLeftOrNot() {
    desk(
        "strategyLeverage",
        3.0,
        "grossExposureMultiple",
        3.0,
        "netExposureMultiple",
        3.0,
        "buyingPowerMultiple",
        3.0);
    desk.hold(goog, 15_000, 100);
    assertThat(desk.portfolio.cash()).isEqualTo(fx(-500_000));
    assertThat(market(goog, Side.BUY, 10_000, 100).quantity()).isEqualTo(fx(10_000));
    assertThat(desk.row(Check.BUYING_POWER).limit()).isEqualTo(fx(1_500_000));
  }

  @Test
  void aFullyInvestedAccountTurnsFullyShort() {
    desk("allowShortStock", true, "maxShares", 100_000L);
    desk.hold(goog, 9_900, 100);
    assertThat(market(goog, Side.SELL, 19_800, 100).quantity()).isEqualTo(fx(19_800));
    assertThat(desk.row(Check.BUYING_POWER).value()).as("margin").isEqualTo(fx(495_000));
    assertThat(desk.row(Check.BUYING_POWER).limit()).as("proceeds").isEqualTo(fx(1_000_000));
  }

  @Test
  void aShortThatOutgrewTheLimitMayTurnLong() {
    desk("allowShortStock", true, "maxShares", 100_000L, "grossExposureMultiple", 1.0);
    desk.hold(goog, -9_900, 100);
    desk.world.quote(goog, 101.99, 102.01);
    desk.strike();
    assertThat(market(goog, Side.BUY, 18_000, 102).quantity()).isEqualTo(fx(18_000));
    assertThat(desk.row(Check.GROSS_EXPOSURE).margin()).isNegative();
  }

  @Test
  void whatAMarketOrderSellsMakesRoomForTheNextOrder() {
    desk("maxShares", 100_000L, "grossExposureMultiple", 1.0, "netExposureMultiple", 1.0);
    final int msft = desk.world.stock("MSFT");
    desk.world.quote(msft, 49.99, 50.01);
    desk.hold(goog, 9_900, 100);
    market(goog, Side.SELL, 9_900, 100);
    desk.submitWish();
    assertThat(market(msft, Side.BUY, 19_800, 50).quantity()).isEqualTo(fx(19_800));
    assertThat(desk.row(Check.GROSS_EXPOSURE).value()).isEqualTo(fx(0.99));
  }
}
