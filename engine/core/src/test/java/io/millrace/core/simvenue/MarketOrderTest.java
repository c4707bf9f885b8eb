package io.millrace.core.simvenue;

import static io.millrace.codecs.Side.BUY;
import static io.millrace.codecs.Side.SELL;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.TimeInForce;
import org.junit.jupiter.api.Test;

/** Market orders by fill timing, size and cost. */
class MarketOrderTest {
  private static final int STOCK = 1;
  private static final long CLOSE = NOON + 3600 * SECOND;
  private static final long DAY = 86_400 * SECOND;

  // The desk has the stock already, in a session that ends at CLOSE.
  private static Floor floor(final FillTiming fill, final FillSize size, final double slippageBps) {
    final Rules rules = Rules.instant();
    rules.fill = fill;
    rules.size = size;
    rules.slippageBps = slippageBps;
    return rules.floor();
  }

  private static void bar(final Floor floor, final double low, final double high) {
    floor.desk.market.onBar(floor.desk.bar(STOCK, low, high, 500), floor.desk.out);
    floor.venue.onBar(floor.desk.bar(STOCK, low, high, 500));
  }

  @Test
  void wholeOrderFillsAtTheTouchWhateverIsDisplayed() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED, 0);
    floor.quote(STOCK, 100, 300, 100.02, 5);
    floor.market(STOCK, BUY, 688);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 688 at 100.02 TAKER TOOK_TOUCH");
  }

  @Test
  void displayedSizeFillsAndTheRestTakesWhatComes() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.DISPLAYED, 0);
    floor.quote(STOCK, 100, 300, 100.02, 5);
    floor.market(STOCK, BUY, 12);
    assertThat(floor.heard())
        .containsExactly("1 ACCEPT", "1 PARTIAL_FILL 5 at 100.02 TAKER TOOK_TOUCH");
    floor.at(NOON + SECOND);
    floor.quote(STOCK, 100.01, 300, 100.03, 50);
    assertThat(floor.heard()).containsExactly("1 FILL 7 at 100.03 TAKER TOOK_TOUCH");
  }

  @Test
  void withoutAnyQuoteTheLastPriceStandsForTheTouch() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED, 0);
    bar(floor, 99, 101);
    floor.market(STOCK, SELL, 3);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 3 at 101 TAKER BAR_CLOSE");
  }

  @Test
  void barCloseFillsAtTheCloseOfTheBarInHandThoughThereAreQuotes() {
    final Floor floor = floor(FillTiming.BAR_CLOSE, FillSize.UNLIMITED, 0);
    floor.quote(STOCK, 100, 300, 100.02, 5);
    bar(floor, 99, 101);
    floor.market(STOCK, BUY, 3);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 3 at 101 TAKER BAR_CLOSE");
  }

  @Test
  void nextOpenWaitsForTheFirstBarThatBeginsAfterTheOrder() {
    final Floor floor = floor(FillTiming.NEXT_OPEN, FillSize.UNLIMITED, 0);
    bar(floor, 99, 101);
    floor.market(STOCK, BUY, 3);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    floor.at(NOON + 30 * SECOND);
    bar(floor, 98, 102); // began half a minute before the order
    assertThat(floor.heard()).isEmpty();
    floor.at(NOON + 60 * SECOND);
    bar(floor, 97, 103);
    assertThat(floor.heard()).containsExactly("1 FILL 3 at 97 TAKER BAR_OPEN");
  }

  @Test
  void nextOpenInDataOfPrintsIsTheNextPrint() {
    final Floor floor = floor(FillTiming.NEXT_OPEN, FillSize.UNLIMITED, 0);
    floor.print(STOCK, 100, 7);
    floor.market(STOCK, BUY, 3);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    floor.at(NOON + SECOND);
    floor.print(STOCK, 101, 1);
    assertThat(floor.heard()).containsExactly("1 FILL 3 at 101 TAKER BAR_OPEN");
  }

  @Test
  void wholeStructureFillsAtItsTouchesWhateverIsDisplayed() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED, 0);
    floor.desk.call(2, 100, NOON + 86_400 * SECOND);
    floor.desk.call(3, 105, NOON + 86_400 * SECOND);
    floor.quote(2, 2.00, 1, 2.10, 1);
    floor.quote(3, 1.00, 1, 1.10, 1);
    floor.legs.add(2, BUY, 1);
    floor.legs.add(3, SELL, 1);
    floor.send(STOCK, BUY, TimeInForce.DAY, 10, 1.10);
    assertThat(floor.heard())
        .containsExactly(
            "1 ACCEPT",
            "1 PARTIAL_FILL 10 at 2.1 TAKER TOOK_TOUCH",
            "1 FILL 10 at 1 TAKER TOOK_TOUCH leg 1");
  }

  @Test
  void structureAtTheInstantOfTheCloseStillTrades() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED, 0);
    floor.desk.call(2, 100, NOON + 86_400 * SECOND);
    floor.desk.call(3, 105, NOON + 86_400 * SECOND);
    floor.at(CLOSE);
    floor.quote(2, 2.00, 1, 2.10, 1);
    floor.quote(3, 1.00, 1, 1.10, 1);
    floor.legs.add(2, BUY, 1);
    floor.legs.add(3, SELL, 1);
    floor.send(STOCK, BUY, TimeInForce.DAY, 10, 1.10);
    assertThat(floor.heard())
        .containsExactly(
            "1 ACCEPT",
            "1 PARTIAL_FILL 10 at 2.1 TAKER TOOK_TOUCH",
            "1 FILL 10 at 1 TAKER TOOK_TOUCH leg 1");
  }

  @Test
  void orderForTheNextOpenOutlivesTheSession() {
    final Floor floor = floor(FillTiming.NEXT_OPEN, FillSize.UNLIMITED, 0);
    floor.at(CLOSE);
    floor.market(STOCK, BUY, 3);
    floor.at(CLOSE + 3600 * SECOND);
    assertThat(floor.heard()).containsExactly("1 ACCEPT");
    bar(floor, 97, 103);
    assertThat(floor.heard()).containsExactly("1 FILL 3 at 97 TAKER BAR_OPEN");
  }

  @Test
  void nextOpenOfADailyBarIsThatOfItsSessionHoweverShort() {
    final Floor floor = floor(FillTiming.NEXT_OPEN, FillSize.UNLIMITED, 0);
    floor.at(CLOSE);
    floor.market(STOCK, BUY, 3);
    // The next session closes an hour earlier: 23 hours after the order, of a bar of 24.
    final long close = CLOSE + DAY - 3600 * SECOND;
    floor.at(CLOSE + DAY / 2);
    floor.desk.session(STOCK, close - 7200 * SECOND, close);
    floor.at(close);
    floor.venue.onBar(floor.desk.bar(STOCK, DAY, 97, 103, 500));
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 3 at 97 TAKER BAR_OPEN");
  }

  @Test
  void orderAtTheInstantOfTheCloseStillTrades() {
    final Floor floor = floor(FillTiming.BAR_CLOSE, FillSize.UNLIMITED, 0);
    floor.at(CLOSE);
    bar(floor, 99, 101);
    floor.market(STOCK, BUY, 3);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 3 at 101 TAKER BAR_CLOSE");
  }

  @Test
  void orderAfterTheCloseIsRejected() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED, 0);
    floor.quote(STOCK, 100, 300, 100.02, 5);
    floor.at(CLOSE + 1);
    floor.market(STOCK, BUY, 3);
    assertThat(floor.heard()).containsExactly("1 REJECT SESSION_CLOSED");
  }

  @Test
  void slippageMakesEachSideWorse() {
    final Floor floor = floor(FillTiming.TOUCH, FillSize.UNLIMITED, 10);
    floor.quote(STOCK, 100, 300, 200, 5);
    floor.market(STOCK, BUY, 1);
    floor.market(STOCK, SELL, 1);
    assertThat(floor.heard())
        .containsExactly(
            "1 ACCEPT",
            "1 FILL 1 at 200.2 TAKER TOOK_TOUCH",
            "2 ACCEPT",
            "2 FILL 1 at 99.9 TAKER TOOK_TOUCH");
  }

  @Test
  void commissionIsOfTheValueAndTheLeastFeeHoldsForTheOrder() {
    final Rules rules = Rules.instant();
    rules.commissionBps = 10;
    rules.minPerOrder = 3;
    final Floor floor = rules.floor();
    floor.quote(STOCK, 99, 300, 100, 5);
    floor.market(STOCK, BUY, 45);
    floor.venue.poll(NOON);
    floor.venue.poll(NOON);
    assertThat(floor.venue.report().fee()).isEqualTo(3_00000000L); // 0.50, but 3 at least
    floor.at(NOON + SECOND);
    floor.quote(STOCK, 99, 300, 100, 50);
    floor.venue.poll(NOON + SECOND);
    assertThat(floor.venue.report().fee()).isEqualTo(1_50000000L); // 4.50 in all
  }
}
