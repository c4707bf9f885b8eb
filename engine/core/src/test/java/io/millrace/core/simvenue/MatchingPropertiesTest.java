package io.millrace.core.simvenue;

import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random markets and orders, the venue beside its obvious twin. */
class MatchingPropertiesTest {
  private static final long SEED = 20151224;
  private static final int ROUNDS = 300;
  private static final int EVENTS = 250;
  private static final long CENT = Fixed.ONE / 100;
  private static final long[] STEPS = {0, 300_000, 500_000, 1_000_000, 2_000_000, 700_000_000};
  private static final TimeInForce[] LIVES = {
    TimeInForce.GTX, TimeInForce.GTX, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK
  };

  /** One order as it was sent and what came of it. */
  private static final class Sent {
    boolean buy;
    long quantity;
    long limit;
    long filled;
    boolean ended;
  }

  /** One run of both venues over the same random events. */
  private static final class Run {
    final Random random;
    final String name;
    final Floor floor = new Rules().floor();
    final ObviousVenue twin = new ObviousVenue();
    final List<Sent> sent = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    long now = NOON;
    int mid = 10_000;

    Run(final long seed) {
      random = new Random(seed);
      name = "seed " + seed;
    }

    void go() {
      quote();
      for (int i = 0; i < EVENTS; i++) {
        now += STEPS[random.nextInt(STEPS.length)];
        floor.desk.at(now);
        event();
        floor.venue.advance(now);
        listen();
      }
    }

    private void event() {
      final int kind = random.nextInt(10);
      if (kind < 3) {
        quote();
      } else if (kind < 6) {
        final int price = mid + random.nextInt(7) - 3;
        final int size = 1 + random.nextInt(60);
        floor.desk.print(STOCK, price * CENT, size * Fixed.ONE);
        floor.venue.onTrade(STOCK, price * CENT, size * Fixed.ONE);
        twin.print(now, price, size);
      } else if (kind < 9 || sent.isEmpty()) {
        order();
      } else {
        final long id = 1L + random.nextInt(sent.size());
        floor.venue.advance(now);
        floor.cancel(id);
        twin.cancel(now, id);
      }
    }

    private void quote() {
      mid += random.nextInt(5) - 2;
      final int bid = mid - 1 - random.nextInt(2);
      final int ask = mid + random.nextInt(2);
      final int bidSize = random.nextInt(50);
      final int askSize = random.nextInt(50);
      floor.desk.touch(STOCK, bid * CENT, bidSize * Fixed.ONE, ask * CENT, askSize * Fixed.ONE);
      floor.venue.onQuote(STOCK);
      twin.quote(now, bid, bidSize, ask, askSize);
    }

    private void order() {
      final Sent order = new Sent();
      order.buy = random.nextBoolean();
      final int quantity = 1 + random.nextInt(40);
      final int limit = mid + random.nextInt(7) - 3;
      final TimeInForce life = LIVES[random.nextInt(LIVES.length)];
      order.quantity = quantity * Fixed.ONE;
      order.limit = limit * CENT;
      sent.add(order);
      floor.venue.advance(now);
      floor.sendFixed(STOCK, order.buy ? Side.BUY : Side.SELL, life, order.quantity, order.limit);
      twin.send(now, sent.size(), order.buy, life, quantity, limit);
    }

    private void listen() {
      final List<String> here = new ArrayList<>();
      while (floor.venue.poll(now)) {
        check(floor.venue.report());
        here.add(Floor.text(floor.venue.report()));
      }
      assertThat(here).as(name + " at " + (now - NOON)).isEqualTo(twin.heard(now));
      heard.addAll(here);
    }

    private void check(final ExecutionReportDecoder report) {
      final Sent order = sent.get((int) report.orderId() - 1);
      final OrderEventType event = report.event();
      final boolean fill = event == OrderEventType.PARTIAL_FILL || event == OrderEventType.FILL;
      assertThat(report.queueBefore()).as(name).isNotNegative();
      assertThat(report.queueAfter()).as(name).isBetween(0L, report.queueBefore());
      if (event == OrderEventType.CANCEL_REJECT) {
        return;
      }
      assertThat(order.ended).as(name + ": nothing comes after the end").isFalse();
      if (fill) {
        order.filled += report.quantity();
        assertThat(report.quantity()).as(name).isPositive();
        assertThat(order.filled).as(name).isLessThanOrEqualTo(order.quantity);
        if (order.buy) {
          assertThat(report.price()).as(name).isLessThanOrEqualTo(order.limit);
        } else {
          assertThat(report.price()).as(name).isGreaterThanOrEqualTo(order.limit);
        }
        assertThat(event == OrderEventType.FILL).as(name).isEqualTo(order.filled == order.quantity);
      }
      order.ended = event != OrderEventType.ACCEPT && event != OrderEventType.PARTIAL_FILL;
    }
  }

  @Test
  void venueAgreesWithItsObviousTwin() {
    int fills = 0;
    for (int round = 0; round < ROUNDS; round++) {
      final Run run = new Run(SEED + round);
      run.go();
      fills += (int) run.heard.stream().filter(text -> text.contains("FILL")).count();
    }
    assertThat(fills).isGreaterThan(ROUNDS); // the property is about something
  }

  @Test
  void sameEventsGiveTheSameReports() {
    final Run first = new Run(SEED);
    final Run second = new Run(SEED);
    first.go();
    second.go();
    assertThat(second.heard).isEqualTo(first.heard).isNotEmpty();
  }
}
