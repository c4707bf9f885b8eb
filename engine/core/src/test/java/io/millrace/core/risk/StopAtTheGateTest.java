package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Check;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Side;
import io.millrace.core.order.Approval;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop is judged at its trigger; one that only reduces takes nothing from the others. */
class StopAtTheGateTest {
  private Desk desk;
  private int goog;

  @BeforeEach
  void open() {
    desk = new Desk(RiskLimits.defaults());
    goog = desk.world.stock("GOOG");
    desk.world.quote(goog, 99.99, 100.01);
    desk.cash(1_000_000);
  }

  private Approval stop(
      final Side side,
      final double units,
      final double trigger,
      final double limit,
      final boolean reduces) {
    desk.wish(Purpose.OPEN, goog, side, units, limit > 0 ? limit : trigger)
        .ofStrategy(limit > 0 ? OrderStyle.STOP_LIMIT : OrderStyle.STOP)
        .stop(fx(trigger), reduces);
    return desk.judge();
  }

  private Approval close(final double units) {
    desk.wish(Purpose.OPEN, goog, Side.SELL, units, 99.99).ofStrategy(OrderStyle.MARKET);
    return desk.judge();
  }

  @Test
  void triggerFarFromTheMarketIsNoSlip() {
    desk.hold(goog, 10, 100);
    assertThat(stop(Side.SELL, 10, 60, 0, true)).isNotNull();
    assertThat(desk.row(Check.PRICE_COLLAR).value()).isZero();
  }

  @Test
  void limitOfAStopLimitIsMeasuredFromItsTrigger() {
    desk.hold(goog, 10, 100);
    assertThat(stop(Side.SELL, 10, 60, 59.5, true)).isNotNull();
    assertThat(desk.row(Check.PRICE_COLLAR).value()).isEqualTo(fx(0.5));
    assertThat(stop(Side.SELL, 10, 60, 50, true)).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.PRICE_COLLAR);
  }

  @Test
  void entryCountsAsAnOrderAtItsTrigger() {
    assertThat(stop(Side.BUY, 10, 150, 0, false)).isNotNull();
    assertThat(desk.row(Check.ORDER_NOTIONAL).value())
        .as("10 at 150, of a million")
        .isEqualTo(fx(0.0015));
    assertThat(stop(Side.SELL, 10, 90, 0, false)).as("it would leave a short position").isNull();
    assertThat(desk.row(Check.SHORT_NOT_ALLOWED).margin()).isNegative();
  }

  @Test
  void positionCanBeClosedBesideTheStopThatGuardsIt() {
    desk.hold(goog, 10, 100);
    assertThat(stop(Side.SELL, 10, 90, 0, true)).isNotNull();
    desk.submitWish();
    assertThat(close(10)).isNotNull();
    assertThat(desk.row(Check.SHORT_NOT_ALLOWED).value()).isLessThanOrEqualTo(0);
  }

  @Test
  void positionCanBeGuardedBesideTheOrderThatTakesItsProfit() {
    desk.hold(goog, 10, 100);
    desk.working(goog, Side.SELL, 10, 101);
    assertThat(stop(Side.SELL, 10, 90, 0, true)).isNotNull();
    assertThat(stop(Side.SELL, 10, 90, 0, false)).as("but not by one that may open").isNull();
  }

  @Test
  void moreThanIsHeldIsCutToIt() {
    desk.hold(goog, 10, 100);
    assertThat(stop(Side.SELL, 15, 90, 0, true)).isNotNull();
    assertThat(desk.approved()).isEqualTo(fx(10));
    assertThat(desk.decisive()).isEqualTo(Check.REDUCE_ONLY_STATE);
  }

  @Test
  void positionCanGrowAboveTheStopThatGuardsIt() {
    desk.hold(goog, 10, 100);
    assertThat(stop(Side.SELL, 10, 90, 0, true)).isNotNull();
    desk.submitWish();
    desk.wish(Purpose.OPEN, goog, Side.BUY, 5, 100.01).ofStrategy(OrderStyle.MARKET);
    assertThat(desk.judge()).as("the stop sleeps: nothing would trade with it").isNotNull();
  }

  @Test
  void stopNeedsAMarketToBeJudgedIn() {
    final int other = desk.world.stock("THIN");
    desk.wish(Purpose.OPEN, other, Side.BUY, 5, 100)
        .ofStrategy(OrderStyle.STOP)
        .stop(fx(100), false);
    assertThat(desk.judge()).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.PRICE_MISSING);
  }
}
