package io.millrace.core.simvenue;

import static io.millrace.codecs.Side.BUY;
import static io.millrace.codecs.Side.SELL;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.TimeInForce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stops sleep until their trigger has traded. */
class StopTest {
  private static final long MINUTE = 60 * SECOND;
  private static final long CLOSE = NOON + 3600 * SECOND;

  private Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED);

  private static Floor floor(final FillTiming fill, final FillSize size) {
    final Rules rules = Rules.instant();
    rules.fill = fill;
    rules.size = size;
    return rules.floor();
  }

  private void bar(
      final long time, final double open, final double high, final double low, final double close) {
    floor.at(time);
    floor.desk.market.onBar(
        floor.desk.bar(STOCK, MINUTE, open, high, low, close, 1_000), floor.desk.out);
    floor.venue.onBar(floor.desk.bar(STOCK, MINUTE, open, high, low, close, 1_000));
  }

  private void hold(final double units) {
    floor.portfolio.onAccount(fixed(1_000_000));
    floor.portfolio.onFill(STOCK, BUY, fixed(units), fixed(100), 0, floor.desk.out);
  }

  @Test
  void buyStopTakesTheTouchOnceAPrintReachesItsTrigger() {
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100.01, 5);
    floor.stop(STOCK, BUY, 10, 101, 0, false);
    floor.at(NOON + SECOND);
    floor.quote(STOCK, 101, 300, 101.02, 200); // quotes do not wake it: the data has prints
    floor.print(STOCK, 100.99, 5);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    floor.at(NOON + 2 * SECOND);
    floor.print(STOCK, 101, 5);
    assertThat(floor.heard()).containsExactly("1 FILL 10 at 101.02 TAKER TOOK_TOUCH");
  }

  @Test
  void triggerThatHasTradedAlreadyWakesItOnArrival() {
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100, 5);
    floor.stop(STOCK, BUY, 10, 99, 0, false);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 10 at 100.02 TAKER TOOK_TOUCH");
  }

  @Test
  void inABarItTradesAtItsTrigger() {
    floor = floor(FillTiming.NEXT_OPEN, FillSize.UNLIMITED);
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 10, 98.5, 0, false);
    floor.stop(STOCK, BUY, 7, 102, 0, false);
    bar(NOON + MINUTE, 100, 101.99, 98.51, 100);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "2 ACCEPT");
    bar(NOON + 2 * MINUTE, 100, 103, 98, 100);
    assertThat(floor.heard())
        .containsExactly("1 FILL 10 at 98.5 TAKER STOPPED", "2 FILL 7 at 102 TAKER STOPPED");
  }

  @Test
  void barThatBeginsBeyondTheTriggerFillsAtItsOpen() {
    floor = floor(FillTiming.BAR_CLOSE, FillSize.UNLIMITED);
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 10, 98.5, 0, false);
    floor.stop(STOCK, BUY, 7, 102, 0, false);
    bar(NOON + MINUTE, 97, 104, 96, 103);
    assertThat(floor.heard())
        .containsExactly(
            "1 ACCEPT",
            "2 ACCEPT",
            "1 FILL 10 at 97 TAKER STOPPED",
            "2 FILL 7 at 102 TAKER STOPPED");
  }

  @Test
  void barThatBeganBeforeTheOrderSaysNoMoreThanItsClose() {
    floor = floor(FillTiming.BAR_CLOSE, FillSize.UNLIMITED);
    bar(NOON, 100, 101, 99, 100);
    floor.at(NOON + SECOND);
    floor.stop(STOCK, SELL, 10, 98.5, 0, false);
    floor.stop(STOCK, SELL, 10, 99.5, 0, false);
    bar(NOON + MINUTE, 100, 101, 98, 99.2);
    assertThat(floor.heard())
        .containsExactly("1 ACCEPT", "2 ACCEPT", "2 FILL 10 at 99.2 TAKER STOPPED");
  }

  @Test
  void displayedSizeBoundsItAndTheRestTakesWhatComes() {
    floor = floor(FillTiming.BAR_CLOSE, FillSize.DISPLAYED);
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 150, 98.5, 0, false);
    bar(NOON + MINUTE, 100, 101, 98, 99); // a tenth of the thousand that traded
    assertThat(floor.heard())
        .containsExactly("1 ACCEPT", "1 PARTIAL_FILL 100 at 98.5 TAKER STOPPED");
    bar(NOON + 2 * MINUTE, 99, 99, 97, 98);
    assertThat(floor.heard()).containsExactly("1 FILL 50 at 98 TAKER BAR_CLOSE");
  }

  @Test
  void stopLimitThatIsAwakeNeverTradesBeyondItsLimit() {
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100, 5);
    floor.stop(STOCK, SELL, 10, 99, 98.9, false);
    floor.at(NOON + SECOND);
    floor.quote(STOCK, 98, 300, 98.02, 200);
    floor.print(STOCK, 98, 5);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    floor.at(NOON + 2 * SECOND);
    floor.quote(STOCK, 98.9, 300, 98.92, 200);
    assertThat(floor.heard()).containsExactly("1 FILL 10 at 98.9 MAKER QUOTE_CROSSED");
  }

  @Test
  void stopLimitTakesTheTouchWithinItsLimitWhenItWakes() {
    floor.quote(STOCK, 99, 300, 99.02, 200);
    floor.print(STOCK, 100, 5);
    floor.stop(STOCK, SELL, 10, 99, 98.9, false);
    floor.at(NOON + SECOND);
    floor.print(STOCK, 99, 5);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 10 at 99 TAKER TOOK_TOUCH");
  }

  @Test
  void touchWakesItWhereNothingHasEverTraded() {
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.stop(STOCK, SELL, 10, 99, 0, false);
    floor.at(NOON + SECOND);
    floor.quote(STOCK, 99.01, 300, 99.03, 200);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    floor.at(NOON + 2 * SECOND);
    floor.quote(STOCK, 98.9, 300, 99.03, 200);
    assertThat(floor.heard()).containsExactly("1 FILL 10 at 98.9 TAKER TOOK_TOUCH");
  }

  @Test
  void reduceOnlyTradesNoMoreThanIsHeldWhenItsTriggerComes() {
    hold(10);
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100, 5);
    floor.stop(STOCK, SELL, 10, 99, 0, true);
    floor.portfolio.onFill(STOCK, SELL, fixed(6), fixed(100), 0, floor.desk.out);
    floor.at(NOON + SECOND);
    floor.print(STOCK, 98, 5);
    assertThat(floor.booked(STOCK, SELL))
        .containsExactly(
            "1 ACCEPT", "1 PARTIAL_FILL 4 at 100 TAKER TOOK_TOUCH", "1 CANCEL NO_POSITION");
    assertThat(floor.portfolio.quantity(STOCK)).isZero();
    assertThat(floor.venue.restingCount()).isZero();
  }

  @Test
  void reduceOnlyWithNothingLeftToReduceIsCancelledWhenItsTriggerComes() {
    hold(10);
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100, 5);
    floor.stop(STOCK, SELL, 10, 99, 0, true);
    floor.portfolio.onFill(STOCK, SELL, fixed(10), fixed(100), 0, floor.desk.out);
    floor.at(NOON + SECOND);
    floor.print(STOCK, 98, 5);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 CANCEL NO_POSITION");
    assertThat(floor.venue.restingCount()).isZero();
  }

  /** The limit order has closed the position; its fill is still on its way to the account. */
  @Test
  void reduceOnlyCountsFillsThatAreUnderWay() {
    final Rules rules = new Rules();
    floor = rules.floor();
    hold(10);
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100, 5);
    floor.send(STOCK, SELL, TimeInForce.GTC, 10, 101);
    floor.stop(STOCK, SELL, 10, 99, 0, true);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT", "2 ACCEPT");
    floor.at(NOON + SECOND);
    floor.print(STOCK, 102, 5_000);
    floor.print(STOCK, 98, 5); // within the same millisecond
    assertThat(floor.heardSoon())
        .containsExactly("1 FILL 10 at 101 MAKER TRADED_THROUGH", "2 CANCEL NO_POSITION");
  }

  @Test
  void reduceOnlyThatIsHalfDoneGoesByWhatIsHeldThen() {
    floor = floor(FillTiming.BAR_CLOSE, FillSize.DISPLAYED);
    hold(300);
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 300, 98.5, 0, true);
    bar(NOON + MINUTE, 100, 101, 98, 99);
    assertThat(floor.booked(STOCK, SELL))
        .containsExactly("1 ACCEPT", "1 PARTIAL_FILL 100 at 98.5 TAKER STOPPED");
    floor.portfolio.onFill(STOCK, SELL, fixed(150), fixed(99), 0, floor.desk.out);
    bar(NOON + 2 * MINUTE, 99, 99, 97, 98);
    assertThat(floor.booked(STOCK, SELL))
        .containsExactly("1 PARTIAL_FILL 50 at 98 TAKER BAR_CLOSE", "1 CANCEL NO_POSITION");
    assertThat(floor.portfolio.quantity(STOCK)).isZero();
  }

  @Test
  void itOutlivesTheSessionAndSleepsOutsideIt() {
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 10, 98.5, 0, false);
    floor.at(CLOSE + SECOND);
    floor.print(STOCK, 90, 5);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    assertThat(floor.venue.restingCount()).isOne();
  }

  /** A limit order would trade there: every bar opens at a better price than the trigger. */
  @Test
  void theOpenOfTheNextSessionDoesNotWakeIt() {
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 10, 50, 0, false);
    floor.stop(STOCK, BUY, 10, 150, 0, false);
    floor.desk.session(STOCK, CLOSE + 3600 * SECOND, CLOSE + 7200 * SECOND);
    bar(CLOSE + 3660 * SECOND, 100, 101, 99, 100);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "2 ACCEPT");
    assertThat(floor.venue.restingCount()).isEqualTo(2);
  }

  @Test
  void aSleepingStopCanBeCancelled() {
    bar(NOON, 100, 101, 99, 100);
    floor.stop(STOCK, SELL, 10, 98.5, 0, false);
    floor.cancel(1);
    bar(NOON + MINUTE, 100, 101, 98, 99);
    assertThat(floor.heard()).isEqualTo(List.of("1 ACCEPT", "1 CANCEL"));
  }

  @Test
  void itStandsBesideOwnOrdersOnTheOtherSide() {
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.print(STOCK, 100, 5);
    floor.stop(STOCK, SELL, 10, 99, 0, false);
    floor.send(STOCK, BUY, TimeInForce.DAY, 10, 99.5);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "2 ACCEPT");
  }

  @Test
  void withoutATriggerItIsNone() {
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.stop(STOCK, SELL, 10, 0, 98, false);
    assertThat(floor.heard()).containsExactly("1 REJECT UNSUPPORTED");
  }
}
