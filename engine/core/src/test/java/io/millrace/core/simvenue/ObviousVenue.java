package io.millrace.core.simvenue;

import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import java.util.ArrayList;
import java.util.List;

/**
 * The matching of one instrument in the plainest words, in cents and whole shares: what {@link
 * SimulatedVenue} must agree with. No pools, no rings, no sharing of code.
 */
final class ObviousVenue {
  private static final long LATENCY = 1_000_000;
  private static final long REPLENISH = 1_000_000_000;
  private static final int CAPACITY = 16;

  private static final class Order {
    long id;
    boolean isNew;
    boolean buy;
    TimeInForce life;
    int left;
    int limit;
    int queue;
    long arrives;
  }

  private record Said(long due, String text) {}

  /** What we took last on one side of the book. */
  private static final class Taken {
    int price;
    long time = -REPLENISH;
    int quantity;
  }

  private final List<Order> travelling = new ArrayList<>();
  private final List<Order> book = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private final Taken fromAsk = new Taken();
  private final Taken fromBid = new Taken();
  private int bid;
  private int bidSize;
  private int ask;
  private int askSize;

  void send(
      final long now,
      final long id,
      final boolean buy,
      final TimeInForce life,
      final int quantity,
      final int limit) {
    final Order order = new Order();
    order.id = id;
    order.isNew = true;
    order.buy = buy;
    order.life = life;
    order.left = quantity;
    order.limit = limit;
    order.arrives = now + LATENCY;
    travelling.add(order);
  }

  void cancel(final long now, final long id) {
    final Order order = new Order();
    order.id = id;
    order.arrives = now + LATENCY;
    travelling.add(order);
  }

  List<String> heard(final long now) {
    arrivals(now);
    final List<String> heard = new ArrayList<>();
    while (!said.isEmpty() && said.get(0).due() <= now) {
      heard.add(said.remove(0).text());
    }
    return heard;
  }

  void quote(final long now, final int bid, final int bidSize, final int ask, final int askSize) {
    arrivals(now);
    this.bid = bid;
    this.bidSize = bidSize;
    this.ask = ask;
    this.askSize = askSize;
    for (final Order order : List.copyOf(book)) {
      if (order.queue < 0) {
        if (order.buy ? bid == order.limit : ask == order.limit) {
          order.queue = order.buy ? bidSize : askSize;
        } else if (order.buy ? bid < order.limit : ask > order.limit) {
          order.queue = 0;
        }
      }
      if (crosses(order)) {
        final int quantity = Math.min(order.left, there(order.buy, now));
        if (quantity > 0) {
          final int before = Math.max(0, order.queue);
          order.queue = 0;
          take(order.buy, quantity, now);
          fill(now, order, quantity, order.limit, "MAKER QUOTE_CROSSED", before, 0);
        }
      }
    }
  }

  void print(final long now, final int price, final int size) {
    arrivals(now);
    int left = size;
    for (final Order order : List.copyOf(book)) {
      final boolean beyond = order.buy ? price < order.limit : price > order.limit;
      final int before = Math.max(0, order.queue);
      if (left == 0 || (!beyond && (price != order.limit || order.queue < 0))) {
        continue;
      }
      final int ahead = beyond ? 0 : Math.min(left, before);
      order.queue = beyond ? 0 : before - ahead;
      final int quantity = Math.min(order.left, left - ahead);
      if (quantity > 0) {
        left -= quantity;
        final String why = beyond ? "MAKER TRADED_THROUGH" : "MAKER QUEUE_REACHED";
        fill(now, order, quantity, order.limit, why, before, order.queue);
      }
    }
  }

  private void arrivals(final long now) {
    while (!travelling.isEmpty() && travelling.get(0).arrives <= now) {
      final Order order = travelling.remove(0);
      if (order.isNew) {
        enter(order);
      } else if (book.removeIf(resting -> resting.id == order.id)) {
        say(order.arrives, order.id + " CANCEL");
      } else {
        say(order.arrives, order.id + " CANCEL_REJECT UNKNOWN_ORDER");
      }
    }
  }

  private void enter(final Order order) {
    final long now = order.arrives;
    final boolean atOnce = order.life == TimeInForce.IOC || order.life == TimeInForce.FOK;
    if (order.life == TimeInForce.GTX && crosses(order)) {
      say(now, order.id + " REJECT WOULD_CROSS");
      return;
    }
    for (final Order own : book) {
      if (own.buy != order.buy
          && (order.buy ? own.limit <= order.limit : own.limit >= order.limit)) {
        say(now, order.id + " REJECT SELF_MATCH");
        return;
      }
    }
    if (!atOnce && book.size() == CAPACITY) {
      say(now, order.id + " REJECT CAPACITY");
      return;
    }
    say(now, order.id + " ACCEPT");
    if (crosses(order)) {
      final int quantity = Math.min(order.left, there(order.buy, now));
      if (quantity > 0 && (order.life != TimeInForce.FOK || quantity == order.left)) {
        take(order.buy, quantity, now);
        fill(now, order, quantity, order.buy ? ask : bid, "TAKER TOOK_TOUCH", 0, 0);
      }
    }
    if (order.left > 0 && atOnce) {
      say(now, order.id + " CANCEL NO_LIQUIDITY");
    } else if (order.left > 0) {
      final int near = order.buy ? bid : ask;
      if (near == order.limit) {
        order.queue = order.buy ? bidSize : askSize;
      } else {
        order.queue = (order.buy ? near < order.limit : near > order.limit) ? 0 : -1;
      }
      book.add(order);
    }
  }

  private boolean crosses(final Order order) {
    return order.buy ? ask <= order.limit : bid >= order.limit;
  }

  private int there(final boolean atAsk, final long now) {
    final Taken taken = atAsk ? fromAsk : fromBid;
    final int price = atAsk ? ask : bid;
    final boolean gone = taken.price == price && now - taken.time < REPLENISH;
    return Math.max(0, (atAsk ? askSize : bidSize) - (gone ? taken.quantity : 0));
  }

  private void take(final boolean atAsk, final int quantity, final long now) {
    final Taken taken = atAsk ? fromAsk : fromBid;
    final int price = atAsk ? ask : bid;
    final boolean more = taken.price == price && now - taken.time < REPLENISH;
    taken.quantity = quantity + (more ? taken.quantity : 0);
    taken.price = price;
    taken.time = now;
  }

  private void fill(
      final long now,
      final Order order,
      final int quantity,
      final int price,
      final String why,
      final int before,
      final int after) {
    order.left -= quantity;
    if (order.left == 0) {
      book.remove(order);
    }
    say(
        now,
        order.id
            + (order.left == 0 ? " FILL " : " PARTIAL_FILL ")
            + quantity
            + " at "
            + Fixed.format(price * (Fixed.ONE / 100))
            + " "
            + why
            + (before == 0 && after == 0 ? "" : " queue " + before + ">" + after));
  }

  private void say(final long now, final String text) {
    said.add(new Said(now + LATENCY, text));
  }
}
