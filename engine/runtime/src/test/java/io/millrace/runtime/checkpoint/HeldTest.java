package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.NoteKind;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventEncoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestEncoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.PositionEventEncoder;
import io.millrace.codecs.Role;
import io.millrace.codecs.StrategyNoteEncoder;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.runtime.publish.RunView;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class HeldTest {
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final Held held = new Held();
  private final RunView view = new RunView();

  private void tellBoth(final int template, final int encodedLength) {
    final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    held.accept(0, template, buffer, 0, length);
    view.on(template, buffer, 0, length);
  }

  private void order(final long id) {
    final OrderRequestEncoder request = new OrderRequestEncoder();
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    request
        .wrapAndApplyHeader(buffer, 0, header)
        .orderId(id)
        .eventTime(1_000 + id)
        .action(OrderAction.NEW)
        .role(Role.MAKER);
    request.legsCount(0);
    tellBoth(OrderRequestEncoder.TEMPLATE_ID, request.encodedLength());
  }

  private void event(final long id, final OrderEventType type, final OrderState state) {
    final OrderEventEncoder event = new OrderEventEncoder();
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    event.wrapAndApplyHeader(buffer, 0, header).orderId(id).event(type).to(state);
    tellBoth(OrderEventEncoder.TEMPLATE_ID, event.encodedLength());
  }

  private void position(final int instrument, final long quantity) {
    final PositionEventEncoder event = new PositionEventEncoder();
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    event.wrapAndApplyHeader(buffer, 0, header).instrumentId(instrument).quantity(quantity);
    tellBoth(PositionEventEncoder.TEMPLATE_ID, event.encodedLength());
  }

  private void stop(final String why) {
    final StrategyNoteEncoder note = new StrategyNoteEncoder();
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    note.wrapAndApplyHeader(buffer, 0, header).kind(NoteKind.STOPPED).text(why);
    tellBoth(StrategyNoteEncoder.TEMPLATE_ID, note.encodedLength());
  }

  private static List<String> working(final RunView view) {
    final List<String> orders = new ArrayList<>();
    for (final RunView.OrderView order : view.working()) {
      orders.add(
          java.util.Arrays.hashCode(order.request())
              + " "
              + java.util.Arrays.hashCode(order.event()));
    }
    return orders;
  }

  private static List<String> positions(final Iterable<byte[]> messages) {
    final List<String> rows = new ArrayList<>();
    messages.forEach(message -> rows.add(java.util.Arrays.toString(message)));
    return rows;
  }

  /** A run that is gone on from shows its working orders and positions in the next one. */
  @Test
  void theNextRunShowsWhatTheKilledOneHeld() {
    order(1);
    event(1, OrderEventType.ACCEPT, OrderState.ACCEPTED);
    order(2);
    order(3);
    event(3, OrderEventType.FILL, OrderState.FILLED);
    position(4, 100);
    position(9, -5);
    position(4, 0);
    stop("out of steps");

    final Held loaded = new Held();
    loaded.accept(0, OrderRequestEncoder.TEMPLATE_ID, request(77), 0, requestLength);
    final StateWriter saved = new StateWriter();
    held.state(saved);
    final StateReader reader = new StateReader(saved.buffer(), 0, saved.length());
    loaded.state(reader);
    reader.end();

    final RunView next = new RunView();
    next.held(loaded);
    assertThat(working(next)).hasSize(2).isEqualTo(working(view));
    assertThat(positions(next.positions())).hasSize(2).isEqualTo(positions(view.positions()));
    assertThat(next.strategyStopped()).isEqualTo("out of steps");
    assertThat(next.orders()).as("none of them was sent in the new run").isZero();
  }

  private int requestLength;

  private ExpandableArrayBuffer request(final long id) {
    final ExpandableArrayBuffer other = new ExpandableArrayBuffer();
    final OrderRequestEncoder request = new OrderRequestEncoder();
    request.wrapAndApplyHeader(other, 0, header).orderId(id).action(OrderAction.NEW);
    request.legsCount(0);
    requestLength = MessageHeaderEncoder.ENCODED_LENGTH + request.encodedLength();
    return other;
  }

  /** An order of the run before that is filled now does not make the fill rate exceed one. */
  @Test
  void anOrderOfTheRunBeforeCountsAsNoneOfThisRun() {
    order(1);
    final RunView next = new RunView();
    next.held(held);
    final OrderEventEncoder event = new OrderEventEncoder();
    event
        .wrapAndApplyHeader(buffer, 0, header)
        .orderId(1)
        .event(OrderEventType.FILL)
        .to(OrderState.FILLED);
    next.on(
        OrderEventEncoder.TEMPLATE_ID,
        buffer,
        0,
        MessageHeaderEncoder.ENCODED_LENGTH + event.encodedLength());
    assertThat(working(next)).isEmpty();
    assertThat(next.lastOrders()).hasSize(1);
    assertThat(next.routers()).isEmpty();
  }
}
