package io.millrace.core.order;

import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A store that loads what another saved goes on as that one does. */
class OrdersStateTest {
  private static final int PLACES = 6;
  private static final int DAYS = 3;
  private static final long DAY = 86_400 * SECOND;
  private static final OrderEventType[] WORDS = {
    OrderEventType.ACCEPT, OrderEventType.CANCEL, OrderEventType.REJECT, OrderEventType.EXPIRE
  };

  /** What somebody and the venue do, by a seed. */
  private static final class Day {
    private final Desk desk = new Desk(PLACES);
    private final List<Long> ids = new ArrayList<>();
    private Random random;
    private int step;

    Day(final long seed) {
      random = new Random(seed);
    }

    /** One more input; returns what was told. */
    List<String> next() {
      desk.at(NOON + ++step * SECOND);
      final int choice = random.nextInt(8);
      final long id = ids.isEmpty() ? 0 : ids.get(random.nextInt(ids.size()));
      if (choice < 3) {
        send();
      } else if (choice < 6) {
        // Few trade ids and days, so that some come again, late and after they were forgotten.
        final long time = desk.now() - random.nextInt(DAYS) * DAY;
        desk.fills(id, 0, STOCK, fixed(1), fixed(100), random.nextInt(PLACES + 2), time);
      } else {
        desk.says(id, WORDS[random.nextInt(WORDS.length)], RejectReason.NONE);
      }
      return desk.told();
    }

    private void send() {
      final Approval approval = desk.grant(desk.wish(STOCK, Side.BUY, 1 + random.nextInt(3), 101));
      final Order order = desk.orders.open(approval, desk.out);
      if (order != null) {
        desk.orders.submit(
            order, Role.MAKER, OrderType.LIMIT, TimeInForce.GTX, fixed(100), desk.now(), desk.out);
        ids.add(order.orderId());
      }
    }

    UnsafeBuffer save() {
      final StateWriter writer = new StateWriter();
      desk.orders.state(writer);
      final byte[] bytes = new byte[writer.length()];
      writer.buffer().getBytes(0, bytes);
      return new UnsafeBuffer(bytes);
    }

    /** Goes on where another is, with what that one will meet. */
    void load(final Day other, final long seed) {
      final UnsafeBuffer saved = other.save();
      final StateReader reader = new StateReader(saved, 0, saved.capacity());
      desk.orders.state(reader);
      reader.end();
      ids.clear();
      ids.addAll(other.ids);
      random = new Random(seed);
      other.random = new Random(seed);
    }
  }

  @Test
  void restoredStoreGoesOnAsTheOther() {
    final long seed = System.nanoTime();
    final Day one = new Day(seed);
    final Day other = new Day(~seed); // has a past of its own, which it forgets
    for (int round = 0; round < 200; round++) {
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

  @Test
  void storeOfAnotherSizeIsRefused() {
    final StateWriter writer = new StateWriter();
    new Orders(PLACES).state(writer);
    final StateReader reader = new StateReader(writer.buffer(), 0, writer.length());
    assertThatThrownBy(() -> new Orders(PLACES + 1).state(reader))
        .isInstanceOf(StateException.class)
        .hasMessage("a checkpoint was made with orders.capacity 6, not 7");
  }
}
