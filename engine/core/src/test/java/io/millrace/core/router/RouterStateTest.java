package io.millrace.core.router;

import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.core.order.Desk;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A router that loads what another saved works its wishes as that one does. */
class RouterStateTest {
  private static final OrderStyle[] STYLES = {
    OrderStyle.ROUTED, OrderStyle.ROUTED, OrderStyle.MARKET, OrderStyle.LIMIT, OrderStyle.POST_ONLY
  };

  /** A book that moves, wishes, and a venue that says this or that: by a seed. */
  private static final class Day {
    private static final int LOW_CALL = 2;
    private static final int HIGH_CALL = 3;

    // Eight places, four wishes at once: children are forgotten while their wish is worked.
    private final Desk desk = new Desk(8);
    private final Router router;
    private Random random;
    private int step;

    Day(final long seed) {
      random = new Random(seed);
      desk.call(LOW_CALL, 95, NOON + 1_000_000 * SECOND);
      desk.call(HIGH_CALL, 105, NOON + 1_000_000 * SECOND);
      router =
          new Router(
              new RouterConfig(
                  5 * SECOND, 2 * SECOND, 3, 0, 2, 10, 300, 20, 500, 3, 2 * SECOND, SECOND, 4),
              desk.market,
              desk.orders,
              desk);
    }

    private void quotes(final double mid) {
      desk.quote(STOCK, mid - 0.01, 500, mid + 0.01, 500);
      desk.quote(LOW_CALL, mid - 95.05, 50, mid - 94.95, 50);
      desk.quote(HIGH_CALL, 0.95, 50, 1.05, 50);
    }

    /** One more input; returns what was told. */
    List<String> next() {
      desk.at(NOON + ++step * SECOND / 2);
      desk.judged.clear();
      quotes(100 + random.nextInt(20) / 100.0);
      final int choice = random.nextInt(8);
      if (choice < 2) {
        wish();
      } else if (choice < 6 && desk.orders.workingCount() > 0) {
        venue(desk.orders.working(random.nextInt(desk.orders.workingCount())));
      } else if (choice == 6 && random.nextInt(10) == 0) {
        router.cancelAll(RejectReason.HALT, desk.now(), desk.out);
      }
      if (random.nextInt(3) != 0) { // else a wish may outlive its child
        router.work(desk.now(), desk.out);
      }
      final List<String> told = desk.told();
      told.addAll(desk.judged);
      return told;
    }

    private void wish() {
      final OrderStyle style = STYLES[random.nextInt(STYLES.length)];
      final boolean structure = random.nextInt(3) == 0;
      final OrderIntent wish =
          desk.wish(STOCK, Side.BUY, 1 + random.nextInt(5), structure ? 6 : 101);
      if (structure) {
        wish.legs().add(LOW_CALL, Side.BUY, 1).add(HIGH_CALL, Side.SELL, 1);
      }
      if (style != OrderStyle.ROUTED) {
        wish.ofStrategy(style);
      }
      router.accept(desk.grant(wish), desk.now(), desk.out);
    }

    private void venue(final Order order) {
      switch (random.nextInt(5)) {
        case 0 -> desk.says(order.orderId(), OrderEventType.ACCEPT, RejectReason.NONE);
        case 1 -> desk.says(order.orderId(), OrderEventType.REJECT, RejectReason.WOULD_CROSS);
        case 2 -> desk.says(order.orderId(), OrderEventType.CANCEL, RejectReason.NONE);
        default -> {
          final int leg = order.legs().count() == 0 ? 0 : random.nextInt(2);
          final int id = order.legs().count() == 0 ? STOCK : order.legs().instrumentId(leg);
          desk.fills(order.orderId(), leg, id, fixed(1), fixed(100), step, desk.now());
        }
      }
    }

    UnsafeBuffer save() {
      final StateWriter writer = new StateWriter();
      desk.orders.state(writer);
      router.state(writer);
      final byte[] bytes = new byte[writer.length()];
      writer.buffer().getBytes(0, bytes);
      return new UnsafeBuffer(bytes);
    }

    /** Goes on where another is, with what that one will meet. */
    void load(final Day other, final long seed) {
      final UnsafeBuffer saved = other.save();
      final StateReader reader = new StateReader(saved, 0, saved.capacity());
      desk.orders.state(reader);
      router.state(reader);
      reader.end();
      random = new Random(seed);
      other.random = new Random(seed);
    }
  }

  @Test
  void restoredRouterGoesOnAsTheOther() {
    final long seed = System.nanoTime();
    final Day one = new Day(seed);
    final Day other = new Day(~seed); // has a past of its own, which it forgets
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 40; i++) {
        one.next();
        other.next();
      }
      other.load(one, seed + round);
      for (int i = 0; i < 40; i++) {
        assertThat(other.next())
            .as("seed %d, round %d, step %d", seed, round, i)
            .isEqualTo(one.next());
        assertThat(other.save())
            .as("seed %d, round %d, step %d", seed, round, i)
            .isEqualTo(one.save());
      }
    }
  }
}
