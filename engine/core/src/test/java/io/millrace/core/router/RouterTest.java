package io.millrace.core.router;

import static io.millrace.core.order.Desk.MILLI;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Desk;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final int LOW_CALL = 2;
  private static final int HIGH_CALL = 3;

  private final Desk desk = new Desk(16);
  private Router router = router(0);

  private static RouterConfig config(final int improveTicks) {
    return new RouterConfig(
        5 * SECOND, 2 * SECOND, 3, improveTicks, 2, 10, 300, 20, 500, 3, 10 * SECOND, SECOND, 4);
  }

  private Router router(final int improveTicks) {
    return new Router(config(improveTicks), desk.market, desk.orders, desk);
  }

  private Order wish(final Side side, final double quantity) {
    final double worst = side == Side.BUY ? 200 : 1;
    router.accept(desk.grant(desk.wish(STOCK, side, quantity, worst)), desk.now(), desk.out);
    return desk.only();
  }

  private void work(final long time) {
    desk.at(time);
    router.work(time, desk.out);
  }

  private void ack(final Order order) {
    desk.says(order.orderId(), OrderEventType.ACCEPT, RejectReason.NONE);
  }

  private void cancelled(final Order order) {
    desk.says(order.orderId(), OrderEventType.CANCEL, RejectReason.NONE);
  }

  @Test
  void makerJoinsTheNearTouch() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    wish(Side.BUY, 10);
    assertThat(desk.told())
        .containsExactly("request NEW GTX BUY 10 at 100", "SUBMIT INITIALISED>SUBMITTED");
  }

  @Test
  void sellerJoinsTheAsk() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    wish(Side.SELL, 10);
    assertThat(desk.told()).contains("request NEW GTX SELL 10 at 100.02");
  }

  @Test
  void makerImprovesByATickWhenTheSpreadAllows() {
    router = router(1);
    desk.quote(STOCK, 100, 500, 100.02, 500);
    assertThat(wish(Side.BUY, 10).limitPrice()).isEqualTo(fixed(100.01));
  }

  @Test
  void makerOnlyJoinsWhenImprovingWouldCross() {
    router = router(1);
    desk.quote(STOCK, 100, 500, 100.01, 500);
    assertThat(wish(Side.BUY, 10).limitPrice()).isEqualTo(fixed(100));
  }

  @Test
  void makerNeverPaysMoreThanTheWorstPriceWanted() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    router.accept(desk.grant(desk.wish(STOCK, Side.BUY, 1, 99.5)), NOON, desk.out);
    assertThat(desk.only().limitPrice()).isEqualTo(fixed(99.5));
  }

  @Test
  void lockedBookIsTakenAtOnce() {
    desk.quote(STOCK, 100, 500, 100, 500);
    final Order order = wish(Side.BUY, 10);
    assertThat(order.role()).isEqualTo(Role.TAKER);
    assertThat(desk.judged).isEmpty(); // it rests on the approval in hand
  }

  @Test
  void withoutAMidNothingIsSent() {
    desk.touch(STOCK, fixed(100), fixed(5), Fixed.NONE, 0);
    router.accept(desk.grant(desk.wish(STOCK, Side.BUY, 1, 200)), NOON, desk.out);
    assertThat(desk.told()).containsExactly("DENY INITIALISED>DENIED NO_PRICE");
    assertThat(router.activeCount()).isZero();
  }

  @Test
  void wouldCrossRejectIsPlacedAgainAtTheNewTouch() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order first = wish(Side.BUY, 10);
    desk.says(first.orderId(), OrderEventType.REJECT, RejectReason.WOULD_CROSS);
    desk.at(NOON + SECOND);
    desk.quote(STOCK, 99.97, 500, 99.98, 500);
    router.work(desk.now(), desk.out);
    assertThat(desk.told()).contains("request NEW GTX BUY 10 at 99.97");
    assertThat(desk.judged).containsExactly("REPRICE 77 10 of 10 at 99.97");
  }

  @Test
  void rePricingIsBoundedThenItTakes() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    wish(Side.BUY, 10);
    for (int i = 1; i <= 3; i++) {
      desk.says(desk.only().orderId(), OrderEventType.REJECT, RejectReason.WOULD_CROSS);
      work(NOON + i * SECOND);
    }
    assertThat(desk.judged).hasSize(3);
    assertThat(desk.judged.get(2)).startsWith("FALLBACK");
    assertThat(desk.only().role()).isEqualTo(Role.TAKER);
  }

  @Test
  void unfilledMakerIsCancelledInTimeAndTakenOnlyAfterTheConfirmation() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND - 1);
    assertThat(desk.told()).isEmpty();
    work(NOON + 5 * SECOND);
    assertThat(desk.told())
        .containsExactly(
            "request CANCEL GTX BUY 10 at 100", "CANCEL_REQUEST ACCEPTED>PENDING_CANCEL TIMEOUT");
    desk.fills(maker.orderId(), 3, 100); // the race
    work(NOON + 5 * SECOND + MILLI);
    assertThat(desk.told()).isEmpty();
    cancelled(maker);
    work(NOON + 5 * SECOND + 2 * MILLI);
    // Arrival mid 100.01 and 20 bps of it: 100.21002, on the tick below.
    assertThat(desk.told())
        .containsExactly("request NEW IOC BUY 7 at 100.21", "SUBMIT INITIALISED>SUBMITTED");
    assertThat(desk.judged).containsExactly("FALLBACK 77 7 of 7 at 100.21");
    assertThat(desk.only().arrivalMid()).isEqualTo(fixed(100.01));
  }

  @Test
  void adverseMoveEndsTheMakerPhaseEarly() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    ack(wish(Side.BUY, 10));
    desk.at(NOON + SECOND);
    desk.quote(STOCK, 100.1, 500, 100.12, 500); // 10 bps of 100.01 is 0.10001
    router.work(desk.now(), desk.out);
    assertThat(desk.told()).isEmpty();
    desk.quote(STOCK, 100.11, 500, 100.13, 500);
    router.work(desk.now(), desk.out);
    assertThat(desk.told().get(1)).endsWith("ADVERSE_MOVE");
  }

  @Test
  void beyondTheSlippageCapItStopsAndSaysSo() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    cancelled(maker);
    desk.at(NOON + 6 * SECOND);
    desk.quote(STOCK, 100.2, 500, 100.22, 500);
    router.work(desk.now(), desk.out);
    assertThat(desk.told()).containsExactly("DENY CANCELLED>CANCELLED SLIPPAGE_CAP");
    assertThat(router.activeCount()).isZero();
    assertThat(desk.judged).isEmpty();
  }

  @Test
  void sellerStopsBeyondTheCapToo() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.SELL, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    cancelled(maker);
    desk.at(NOON + 6 * SECOND);
    desk.quote(STOCK, 99.8, 500, 99.82, 500);
    router.work(desk.now(), desk.out);
    assertThat(desk.told()).containsExactly("DENY CANCELLED>CANCELLED SLIPPAGE_CAP");
  }

  @Test
  void deniedChildEndsTheWish() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    cancelled(maker);
    desk.gateAllows = 0;
    work(NOON + 6 * SECOND);
    assertThat(desk.told()).containsExactly("DENY CANCELLED>CANCELLED GATE");
    assertThat(router.activeCount()).isZero();
  }

  @Test
  void whatTheGateCutsIsGivenUp() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    cancelled(maker);
    desk.gateAllows = fixed(4);
    work(NOON + 6 * SECOND);
    final Order taker = desk.only();
    assertThat(taker.quantity()).isEqualTo(fixed(4));
    desk.fills(taker.orderId(), 4, 100.02);
    work(NOON + 7 * SECOND);
    assertThat(router.activeCount()).isZero();
    assertThat(desk.orders.workingCount()).isZero();
  }

  @Test
  void restOfATakeIsTakenAgainAfterAWhileAndABoundedNumberOfTimes() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    cancelled(maker);
    work(NOON + 6 * SECOND);
    for (int take = 1; take <= 3; take++) {
      final Order taker = desk.only();
      desk.fills(taker.orderId(), 1, 100.02);
      desk.says(taker.orderId(), OrderEventType.CANCEL, RejectReason.NO_LIQUIDITY);
      work(desk.now() + 10 * SECOND - 1);
      assertThat(desk.orders.workingCount()).isZero();
      work(desk.now() + 1);
    }
    assertThat(desk.orders.workingCount()).isZero();
    assertThat(desk.judged)
        .containsExactly(
            "FALLBACK 77 10 of 10 at 100.21",
            "FALLBACK 77 9 of 9 at 100.21",
            "FALLBACK 77 8 of 8 at 100.21");
    assertThat(router.activeCount()).isZero();
  }

  @Test
  void lateFillOfACancelledMakerLowersWhatIsTaken() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    cancelled(maker);
    desk.fills(maker.orderId(), 6, 100);
    work(NOON + 6 * SECOND);
    assertThat(desk.only().quantity()).isEqualTo(fixed(4));
  }

  @Test
  void silentVenueIsNeverSentASecondOrder() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    work(NOON + SECOND);
    assertThat(desk.told()).containsExactly("TIMEOUT SUBMITTED>UNKNOWN TIMEOUT");
    work(NOON + 100 * SECOND);
    assertThat(desk.told()).isEmpty();
    desk.says(maker.orderId(), OrderEventType.CANCEL, RejectReason.TIMEOUT);
    work(NOON + 101 * SECOND);
    assertThat(desk.only().role()).isEqualTo(Role.TAKER);
  }

  @Test
  void refusedCancelIsAskedAgainNotSoonerThanTheAckTimeout() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    work(NOON + 5 * SECOND);
    desk.says(maker.orderId(), OrderEventType.CANCEL_REJECT, RejectReason.UNKNOWN_ORDER);
    work(NOON + 6 * SECOND - 1);
    assertThat(desk.told()).isEmpty();
    work(NOON + 6 * SECOND);
    assertThat(desk.told().get(0)).startsWith("request CANCEL");
  }

  @Test
  void cancelAllCancelsAndNothingFollows() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    final Order maker = wish(Side.BUY, 10);
    ack(maker);
    desk.at(NOON + SECOND);
    router.cancelAll(RejectReason.HALT, desk.now(), desk.out);
    assertThat(desk.told().get(0)).startsWith("request CANCEL");
    cancelled(maker);
    work(NOON + 2 * SECOND);
    assertThat(desk.told()).containsExactly("DENY CANCELLED>CANCELLED HALT");
    assertThat(router.activeCount()).isZero();
    assertThat(desk.judged).isEmpty();
  }

  @Test
  void moreWishesThanTheBoundAreDenied() {
    desk.quote(STOCK, 100, 500, 100.02, 500);
    for (int i = 0; i < 5; i++) {
      router.accept(desk.grant(desk.wish(STOCK, Side.BUY, 1, 200)), NOON, desk.out);
    }
    assertThat(router.activeCount()).isEqualTo(4);
    assertThat(desk.orders.workingCount()).isEqualTo(4);
    assertThat(desk.told()).contains("DENY INITIALISED>DENIED CAPACITY");
  }

  @Test
  void storeTooSmallForTheRouterIsRefused() {
    final Desk small = new Desk(7);
    assertThatThrownBy(() -> new Router(config(0), small.market, small.orders, small))
        .hasMessageContaining("orders.capacity is 7");
  }

  // A bull call spread: natural 3.10 - 1.00 = 2.10, near 3.00 - 1.10 = 1.90, mid 2.00, premium
  // 3.05 + 1.05 = 4.10 and 500 bps of it 0.205.

  private Order spread() {
    desk.call(LOW_CALL, 100, NOON + 86_400 * SECOND);
    desk.call(HIGH_CALL, 105, NOON + 86_400 * SECOND);
    desk.quote(LOW_CALL, 3, 10, 3.1, 10);
    desk.quote(HIGH_CALL, 1, 10, 1.1, 10);
    final OrderIntent wish = desk.wish(STOCK, Side.BUY, 5, 3);
    wish.legs().add(LOW_CALL, Side.BUY, 1).add(HIGH_CALL, Side.SELL, 1);
    router.accept(desk.grant(wish), NOON, desk.out);
    return desk.only();
  }

  @Test
  void structureStartsAtTheNetNearSide() {
    final Order order = spread();
    assertThat(order.limitPrice()).isEqualTo(fixed(1.9));
    assertThat(order.arrivalMid()).isEqualTo(fixed(2));
    assertThat(order.legArrivalMid(1)).isEqualTo(fixed(1.05));
    assertThat(order.legs().count()).isEqualTo(2);
  }

  @Test
  void structureIsImprovedToTheMidThenTakenWithinTheCap() {
    spread();
    for (int step = 1; step <= 3; step++) {
      final Order child = desk.only();
      ack(child);
      work(desk.now() + 2 * SECOND);
      assertThat(child.state()).isEqualTo(OrderState.PENDING_CANCEL);
      cancelled(child);
      work(desk.now() + MILLI);
    }
    assertThat(desk.judged)
        .containsExactly(
            "REPRICE 77 5 of 5 at 1.95",
            "REPRICE 77 5 of 5 at 2",
            "FALLBACK 77 5 of 5 at 2.2"); // 2.205 on the tick below
    assertThat(desk.only().role()).isEqualTo(Role.TAKER);
  }

  @Test
  void takerOfAStructureStopsBeyondTheCap() {
    spread();
    desk.at(NOON + SECOND);
    ack(desk.only());
    desk.quote(LOW_CALL, 3.3, 10, 3.4, 10); // natural 2.40, mid 2.30: adverse and beyond the cap
    router.work(desk.now(), desk.out);
    final Order child = desk.only();
    assertThat(child.reason()).isEqualTo(RejectReason.ADVERSE_MOVE);
    cancelled(child);
    work(desk.now() + MILLI);
    assertThat(desk.told()).containsExactly("DENY CANCELLED>CANCELLED SLIPPAGE_CAP");
  }
}
