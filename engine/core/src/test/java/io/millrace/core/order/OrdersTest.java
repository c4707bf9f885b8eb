package io.millrace.core.order;

import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private final Desk desk = new Desk(8);
  private final Orders orders = desk.orders;

  private Order send(final double quantity) {
    final Approval approval = desk.grant(desk.wish(STOCK, Side.BUY, quantity, 101));
    final Order order = orders.open(approval, desk.out);
    order.arrivalMid(fixed(100.5));
    orders.submit(
        order, Role.MAKER, OrderType.LIMIT, TimeInForce.GTX, fixed(100), desk.now(), desk.out);
    return order;
  }

  private long accepted(final double quantity) {
    final long id = send(quantity).orderId();
    desk.says(id, OrderEventType.ACCEPT, RejectReason.NONE);
    return id;
  }

  private boolean alarmed() {
    for (int i = 0; i < desk.out.count(); i++) {
      if (desk.out.templateId(i) == AlertDecoder.TEMPLATE_ID) {
        return true;
      }
    }
    return false;
  }

  @Test
  void orderIsNamedByItsRequest() {
    final Order order = send(10);
    final OrderRequestDecoder request = desk.out.read(0, new OrderRequestDecoder());
    assertThat(order.orderId()).isEqualTo(OrderId.of(0, request.cause(), request.ordinal()));
    assertThat(request.orderId()).isEqualTo(order.orderId());
    assertThat(desk.told())
        .containsExactly("request NEW GTX BUY 10 at 100", "SUBMIT INITIALISED>SUBMITTED");
    assertThat(orders.get(order.orderId())).isSameAs(order);
  }

  @Test
  void oneApprovalMakesOneOrder() {
    final Approval approval = desk.grant(desk.wish(STOCK, Side.BUY, 1, 101));
    orders.open(approval, desk.out);
    assertThatThrownBy(() -> orders.open(approval, desk.out))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void quantityConservesOverPartialFills() {
    final long id = accepted(10);
    desk.fills(id, 3, 100);
    final Order order = orders.get(id);
    assertThat(order.filled()).isEqualTo(fixed(3));
    assertThat(order.leaves()).isEqualTo(fixed(7));
    assertThat(order.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
    desk.fills(id, 7, 100);
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(order.leaves()).isZero();
    assertThat(orders.workingCount()).isZero();
  }

  @Test
  void fillSaysWhatItIsOf() {
    final long id = accepted(10);
    desk.at(NOON + SECOND);
    final int index = desk.fills(id, 4, 99.99);
    final FillDecoder fill = desk.out.read(index, new FillDecoder());
    assertThat(fill.orderId()).isEqualTo(id);
    assertThat(fill.side()).isEqualTo(Side.BUY);
    assertThat(fill.quantity()).isEqualTo(fixed(4));
    assertThat(fill.price()).isEqualTo(fixed(99.99));
    assertThat(fill.arrivalMid()).isEqualTo(fixed(100.5));
    assertThat(fill.ideaOrdinal()).isEqualTo(3);
  }

  @Test
  void fillBeforeTheAckIsBooked() {
    final long id = send(10).orderId();
    assertThat(desk.fills(id, 4, 100)).isNotEqualTo(Orders.NO_FILL);
    desk.says(id, OrderEventType.ACCEPT, RejectReason.NONE);
    assertThat(orders.get(id).state()).isEqualTo(OrderState.PARTIALLY_FILLED);
  }

  @Test
  void lateFillAfterCancelIsBooked() {
    final long id = accepted(10);
    orders.cancel(orders.get(id), RejectReason.TIMEOUT, desk.now(), desk.out);
    desk.says(id, OrderEventType.CANCEL, RejectReason.NONE);
    assertThat(orders.workingCount()).isZero();
    assertThat(orders.get(id).reason()).isEqualTo(RejectReason.TIMEOUT);
    assertThat(desk.fills(id, 4, 100)).isNotEqualTo(Orders.NO_FILL);
    assertThat(orders.get(id).state()).isEqualTo(OrderState.CANCELLED);
    assertThat(orders.get(id).filled()).isEqualTo(fixed(4));
    assertThat(orders.get(id).leaves()).isZero();
    desk.fills(id, 6, 100);
    assertThat(orders.get(id).state()).isEqualTo(OrderState.FILLED);
  }

  @Test
  void ackOfAnOrderBeingCancelledKeepsTheReason() {
    final long id = send(10).orderId();
    orders.cancel(orders.get(id), RejectReason.TIMEOUT, desk.now(), desk.out);
    desk.says(id, OrderEventType.ACCEPT, RejectReason.NONE);
    desk.says(id, OrderEventType.CANCEL, RejectReason.NONE);
    assertThat(orders.get(id).reason()).isEqualTo(RejectReason.TIMEOUT);
  }

  @Test
  void overfillIsAnErrorEventAndNotBooked() {
    final long id = accepted(10);
    desk.fills(id, 8, 100);
    desk.at(NOON + SECOND);
    assertThat(desk.fills(id, 3, 100)).isEqualTo(Orders.NO_FILL);
    assertThat(desk.told())
        .containsExactly("PARTIAL_FILL PARTIALLY_FILLED>PARTIALLY_FILLED OVERFILL");
    assertThat(alarmed()).isTrue();
    assertThat(orders.get(id).filled()).isEqualTo(fixed(8));
  }

  @Test
  void tradeToldTwiceIsBookedOnce() {
    final long id = accepted(10);
    desk.fills(id, 0, STOCK, fixed(2), fixed(100), 9, NOON);
    desk.at(NOON + SECOND);
    assertThat(desk.fills(id, 0, STOCK, fixed(2), fixed(100), 9, NOON)).isEqualTo(Orders.NO_FILL);
    assertThat(desk.told().get(0)).endsWith("DUPLICATE_TRADE");
    assertThat(alarmed()).isFalse();
    assertThat(orders.get(id).filled()).isEqualTo(fixed(2));
  }

  @Test
  void sameTradeIdOnAnotherDayIsAnotherTrade() {
    final long id = accepted(10);
    desk.fills(id, 0, STOCK, fixed(2), fixed(100), 9, NOON);
    desk.fills(id, 0, STOCK, fixed(2), fixed(100), 9, NOON + 86_400 * SECOND);
    assertThat(orders.get(id).filled()).isEqualTo(fixed(4));
  }

  @Test
  void oldestTradeIdIsForgottenAtTheBound() {
    final long id = accepted(100);
    for (int trade = 0; trade < 9; trade++) { // the store remembers eight
      desk.fills(id, 0, STOCK, fixed(1), fixed(100), trade, NOON);
    }
    assertThat(desk.fills(id, 0, STOCK, fixed(1), fixed(100), 1, NOON)).isEqualTo(Orders.NO_FILL);
    assertThat(desk.fills(id, 0, STOCK, fixed(1), fixed(100), 0, NOON))
        .isNotEqualTo(Orders.NO_FILL);
  }

  @Test
  void illegalEventIsRecordedAndChangesNothing() {
    final long id = send(10).orderId();
    desk.says(id, OrderEventType.REJECT, RejectReason.WOULD_CROSS);
    desk.at(NOON + SECOND);
    assertThat(desk.fills(id, 1, 100)).isEqualTo(Orders.NO_FILL);
    assertThat(desk.told()).containsExactly("PARTIAL_FILL REJECTED>REJECTED ILLEGAL_EVENT");
    assertThat(alarmed()).isTrue();
    assertThat(orders.get(id).filled()).isZero();
  }

  @Test
  void venueCannotSpeakForTheRouter() {
    final long id = accepted(10);
    desk.at(NOON + SECOND);
    desk.says(id, OrderEventType.CANCEL_REQUEST, RejectReason.NONE);
    assertThat(desk.told()).containsExactly("CANCEL_REQUEST ACCEPTED>ACCEPTED ILLEGAL_EVENT");
  }

  @Test
  void reportOfAnUnknownOrderIsRecorded() {
    desk.says(4711, OrderEventType.ACCEPT, RejectReason.NONE);
    assertThat(desk.told()).containsExactly("ACCEPT UNKNOWN>UNKNOWN UNKNOWN_ORDER");
    assertThat(alarmed()).isTrue();
  }

  @Test
  void silentVenueLeavesTheOutcomeUnknownUntilItSpeaks() {
    final long id = send(10).orderId();
    orders.timeout(orders.get(id), desk.now(), desk.out);
    assertThat(orders.unknownOutcome(STOCK)).isTrue();
    assertThat(orders.workingCount()).isEqualTo(1);
    desk.says(id, OrderEventType.RECOVER, RejectReason.NONE);
    assertThat(orders.get(id).state()).isEqualTo(OrderState.ACCEPTED);
    assertThat(orders.unknownOutcome(STOCK)).isFalse();
  }

  @Test
  void storeFullOfWorkingOrdersDenies() {
    for (int i = 0; i < 8; i++) {
      send(1);
    }
    desk.at(NOON + SECOND);
    final Approval approval = desk.grant(desk.wish(STOCK, Side.BUY, 1, 101));
    assertThat(orders.open(approval, desk.out)).isNull();
    assertThat(desk.told()).containsExactly("DENY INITIALISED>DENIED CAPACITY");
  }

  @Test
  void orderThatEndedFirstMakesRoom() {
    final long first = accepted(1);
    desk.fills(first, 1, 100);
    for (int i = 0; i < 7; i++) {
      send(1);
    }
    assertThat(orders.get(first)).isNotNull();
    final long last = send(1).orderId();
    assertThat(orders.get(first)).isNull();
    assertThat(orders.get(last)).isNotNull();
    assertThat(orders.workingCount()).isEqualTo(8);
  }

  @Test
  void structureIsFilledAsFarAsItsSlowestLeg() {
    desk.call(2, 100, NOON + 86_400 * SECOND);
    desk.call(3, 105, NOON + 86_400 * SECOND);
    final OrderIntent spread = desk.wish(STOCK, Side.BUY, 4, 2);
    spread.legs().add(2, Side.BUY, 1).add(3, Side.SELL, 2);
    final Order order = orders.open(desk.grant(spread), desk.out);
    orders.submit(
        order, Role.TAKER, OrderType.LIMIT, TimeInForce.IOC, fixed(2), desk.now(), desk.out);
    assertThat(orders.workingQuantity(3, Side.SELL)).isEqualTo(fixed(8));
    desk.fills(order.orderId(), 0, 2, fixed(4), fixed(3), 1, NOON);
    assertThat(order.filled()).isZero();
    assertThat(order.state()).isEqualTo(OrderState.PARTIALLY_FILLED);
    desk.fills(order.orderId(), 1, 3, fixed(6), fixed(0.5), 2, NOON);
    assertThat(order.filled()).isEqualTo(fixed(3));
    final int index = desk.fills(order.orderId(), 1, 3, fixed(2), fixed(0.5), 3, NOON);
    assertThat(order.state()).isEqualTo(OrderState.FILLED);
    assertThat(desk.out.read(index, new FillDecoder()).side()).isEqualTo(Side.SELL);
  }

  @Test
  void randomReportsNeverBreakConservation() {
    final long seed = 20151224;
    final Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      final Desk fresh = new Desk(4);
      final Approval approval = fresh.grant(fresh.wish(STOCK, Side.BUY, 10, 101));
      final Order order = fresh.orders.open(approval, fresh.out);
      fresh.orders.submit(
          order, Role.MAKER, OrderType.LIMIT, TimeInForce.GTX, 1, fresh.now(), fresh.out);
      long booked = 0;
      for (int step = 0; step < 12; step++) {
        final OrderState before = order.state();
        if (random.nextBoolean()) {
          final int quantity = 1 + random.nextInt(6);
          if (fresh.fills(order.orderId(), quantity, 100) != Orders.NO_FILL) {
            booked += fixed(quantity);
          }
        } else {
          final OrderEventType event = OrderEventType.get((short) random.nextInt(15));
          if (event != OrderEventType.FILL && event != OrderEventType.PARTIAL_FILL) {
            fresh.says(order.orderId(), event, RejectReason.NONE);
          }
        }
        final String at = "seed " + seed + " round " + round + " step " + step;
        assertThat(order.filled()).as(at).isEqualTo(booked).isBetween(0L, fixed(10));
        assertThat(order.leaves()).as(at).isBetween(0L, fixed(10) - booked);
        assertThat(fresh.orders.workingCount()).as(at).isEqualTo(order.terminal() ? 0 : 1);
        assertThat(OrderTable.terminal(before) && !order.terminal()).as(at).isFalse();
      }
    }
  }
}
