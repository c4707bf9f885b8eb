package io.millrace.core.simvenue;

import static io.millrace.core.order.Desk.MILLI;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.OrderEventDecoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.core.order.Desk;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.router.Router;
import io.millrace.core.router.RouterConfig;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Orders, router and venue as the pipeline calls them. */
class RouterAtTheVenueTest {
  private static final int LOW_CALL = 2;
  private static final int HIGH_CALL = 3;

  private final Desk desk = new Desk(128);
  private final SimulatedVenue venue =
      new SimulatedVenue(new Rules().shippedFees().config(), desk.market);
  private final Router router =
      new Router(
          new RouterConfig(
              5 * SECOND, 2 * SECOND, 3, 1, 2, 10, 300, 20, 500, 3, SECOND, SECOND, 32),
          desk.market,
          desk.orders,
          desk);
  private final FillDecoder fill = new FillDecoder();
  private final OrderEventDecoder event = new OrderEventDecoder();
  private long position;
  private long makerFills;
  private long takerFills;
  private long illegal;

  /** Steps 3 to 6 of the pipeline for the event in hand. */
  private void rest(final OrderIntent wish) {
    venue.advance(desk.now());
    while (venue.poll(desk.now())) {
      final int index = desk.orders.apply(venue.report(), desk.now(), desk.out);
      if (index != Orders.NO_FILL) {
        book(index);
      }
    }
    if (wish != null) {
      router.accept(desk.grant(wish), desk.now(), desk.out);
    }
    router.work(desk.now(), desk.out);
    venue.accept(desk.out, 0);
    for (int i = 0; i < desk.out.count(); i++) {
      if (desk.out.templateId(i) == OrderEventDecoder.TEMPLATE_ID) {
        illegal += wrong(desk.out.read(i, event).reason()) ? 1 : 0;
      }
    }
  }

  private void book(final int index) {
    desk.out.read(index, fill);
    if (fill.instrumentId() == STOCK) {
      position += fill.side() == Side.BUY ? fill.quantity() : -fill.quantity();
    }
    if (fill.liquidity() == Liquidity.MAKER) {
      makerFills++;
    } else {
      takerFills++;
    }
  }

  private static boolean wrong(final RejectReason reason) {
    return reason == RejectReason.ILLEGAL_EVENT
        || reason == RejectReason.UNKNOWN_ORDER
        || reason == RejectReason.OVERFILL
        || reason == RejectReason.DUPLICATE_TRADE
        || reason == RejectReason.DUPLICATE_ORDER_ID;
  }

  private void quote(final double bid, final double ask, final double size) {
    desk.quote(STOCK, bid, size, ask, size);
    venue.onQuote(STOCK);
  }

  private void print(final long price, final long size) {
    desk.print(STOCK, price, size);
    venue.onTrade(STOCK, price, size);
  }

  @Test
  void makerIsFilledByPrintsAtItsPrice() {
    quote(100, 100.02, 500);
    rest(desk.wish(STOCK, Side.BUY, 10, 200)); // improves by a tick: 100.01, first in the queue
    desk.at(NOON + SECOND);
    print(fixed(100.01), fixed(25));
    rest(null);
    desk.at(NOON + 2 * SECOND);
    rest(null);
    assertThat(position).isEqualTo(fixed(10));
    assertThat(makerFills).isEqualTo(1);
    assertThat(router.activeCount()).isZero();
  }

  @Test
  void unfilledMakerEndsAsATakerWithinTheCap() {
    quote(100, 100.02, 500);
    rest(desk.wish(STOCK, Side.BUY, 10, 200));
    for (int i = 1; i <= 700; i++) {
      desk.at(NOON + i * 10L * MILLI);
      rest(null);
    }
    assertThat(position).isEqualTo(fixed(10));
    assertThat(takerFills).isEqualTo(1);
    assertThat(router.activeCount()).isZero();
    assertThat(venue.restingCount()).isZero();
  }

  @Test
  void structureWalksToTheMidAndThenTakesAllLegs() {
    desk.call(LOW_CALL, 100, NOON + 86_400 * SECOND);
    desk.call(HIGH_CALL, 105, NOON + 86_400 * SECOND);
    quote(100, 100.02, 500);
    desk.quote(LOW_CALL, 3, 10, 3.1, 10);
    venue.onQuote(LOW_CALL);
    desk.quote(HIGH_CALL, 1, 10, 1.1, 10);
    venue.onQuote(HIGH_CALL);
    final OrderIntent wish = desk.wish(STOCK, Side.BUY, 5, 3);
    wish.legs().add(LOW_CALL, Side.BUY, 1).add(HIGH_CALL, Side.SELL, 1);
    rest(wish);
    for (int i = 1; i <= 1000; i++) {
      desk.at(NOON + i * 10L * MILLI);
      rest(null);
    }
    assertThat(desk.judged)
        .containsExactly(
            "REPRICE 77 5 of 5 at 1.95", "REPRICE 77 5 of 5 at 2", "FALLBACK 77 5 of 5 at 2.2");
    assertThat(takerFills).isEqualTo(2);
    assertThat(router.activeCount()).isZero();
    assertThat(illegal).isZero();
  }

  @Test
  void randomDayHasNoIllegalEventAndEveryWishEnds() {
    final long seed = 1224;
    final Random random = new Random(seed);
    long now = NOON;
    int cents = 10_000;
    long wished = 0;
    for (int i = 0; i < 60_000; i++) {
      now += 1 + random.nextInt(20) * MILLI;
      desk.at(now);
      cents += random.nextInt(3) - 1;
      if (random.nextInt(4) == 0) {
        print(cents * fixed(0.01), (1 + random.nextInt(300)) * fixed(1));
      } else {
        quote(cents / 100.0, (cents + 1 + random.nextInt(3)) / 100.0, random.nextInt(40));
      }
      OrderIntent wish = null;
      if (i % 500 == 0 && router.activeCount() == 0) {
        final int quantity = 1 + random.nextInt(100);
        wished += quantity * fixed(1);
        wish = desk.wish(STOCK, Side.BUY, quantity, 1000);
      }
      rest(wish);
      assertThat(position).as("seed " + seed).isBetween(0L, wished);
    }
    assertThat(illegal).as("seed " + seed).isZero();
    for (int i = 0; i < 10; i++) {
      now += 10 * SECOND;
      desk.at(now);
      rest(null);
    }
    assertThat(router.activeCount()).as("seed " + seed).isZero();
    assertThat(makerFills).as("seed " + seed).isPositive();
    assertThat(takerFills).as("seed " + seed).isPositive();
    assertThat(position).as("seed " + seed).isPositive();
  }

  @Test
  void haltLeavesNothingWorking() {
    quote(100, 100.02, 500);
    rest(desk.wish(STOCK, Side.BUY, 10, 200));
    desk.at(NOON + SECOND);
    rest(null);
    assertThat(desk.only().state()).isEqualTo(OrderState.ACCEPTED);
    desk.at(NOON + 2 * SECOND);
    final int from = desk.out.count();
    router.cancelAll(RejectReason.HALT, desk.now(), desk.out);
    venue.accept(desk.out, from);
    desk.at(NOON + 3 * SECOND);
    rest(null);
    assertThat(router.activeCount()).isZero();
    assertThat(desk.orders.workingCount()).isZero();
    assertThat(venue.restingCount()).isZero();
  }

  @Test
  void nothingIsAllocatedPerEventAfterWarmUp() {
    desk.quiet();
    desk.coin(2); // trades round the clock
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long now = day(NOON, 40_000);
    // The compiler may still replace code in the first rounds; allocation per event would show in
    // all of them.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      final long before = threads.getCurrentThreadAllocatedBytes();
      now = day(now, 20_000);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(makerFills).isPositive();
    assertThat(takerFills).isPositive();
    assertThat(illegal).isZero();
    assertThat(least).isZero();
  }

  /** Quotes, prints, wishes, cancels, fills and fallbacks in a coin; returns the end. */
  private long day(final long start, final int events) {
    final long tick = 1_000_000;
    final long one = 100_000_000;
    long now = start;
    for (int i = 0; i < events; i++) {
      now += 50 * MILLI;
      desk.at(now);
      final long bid = 10_000 * tick + (i / 997 % 5) * tick;
      if (i % 3 == 0 && i % 400 < 200) {
        desk.print(2, bid, 30 * one);
        venue.onTrade(2, bid, 30 * one);
      } else {
        desk.touch(2, bid, 40 * one, bid + 2 * tick, 40 * one);
        venue.onQuote(2);
      }
      rest(i % 200 == 10 ? desk.wish(2, Side.BUY, 60, 1000) : null);
    }
    return now;
  }
}
