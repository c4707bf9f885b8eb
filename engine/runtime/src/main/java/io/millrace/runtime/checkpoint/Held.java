package io.millrace.runtime.checkpoint;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.NoteKind;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventDecoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.PositionEventDecoder;
import io.millrace.codecs.StrategyNoteDecoder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import io.millrace.runtime.pipeline.Outbox;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * What outlives the run that told it: the latest event of each position, the orders that are not
 * over, and whether the strategy was stopped. A function of the outputs of a chain of runs; a run
 * that goes on from others shows it beside what it decides itself.
 */
public final class Held implements Outbox.Sink, Stateful {
  private static final byte[] NONE = new byte[0];

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final PositionEventDecoder position = new PositionEventDecoder();
  private final OrderRequestDecoder request = new OrderRequestDecoder();
  private final OrderEventDecoder event = new OrderEventDecoder();
  private final StrategyNoteDecoder note = new StrategyNoteDecoder();
  private final Map<Integer, byte[]> positions = new TreeMap<>();
  private final Map<Long, Working> working = new TreeMap<>();
  private byte[] stopped = NONE;

  /**
   * An order that is not over.
   *
   * @param request its OrderRequest, header first
   * @param event its latest OrderEvent, header first; empty = none yet
   */
  @SuppressWarnings("ArrayRecordComponent") // carried to one view, never compared
  public record Working(byte[] request, byte[] event) {}

  /** Whether an order in this state stays in it. */
  public static boolean over(final OrderState state) {
    return switch (state) {
      case DENIED, FILLED, CANCELLED, REJECTED, EXPIRED -> true;
      default -> false;
    };
  }

  @Override
  public void accept(
      final long eventTime,
      final int templateId,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    switch (templateId) {
      case PositionEventDecoder.TEMPLATE_ID ->
          positions.put(
              position.wrapAndApplyHeader(buffer, offset, header).instrumentId(),
              copy(buffer, offset, length));
      case OrderRequestDecoder.TEMPLATE_ID -> {
        request.wrapAndApplyHeader(buffer, offset, header);
        if (request.action() == OrderAction.NEW) {
          working.put(request.orderId(), new Working(copy(buffer, offset, length), NONE));
        }
      }
      case OrderEventDecoder.TEMPLATE_ID -> {
        event.wrapAndApplyHeader(buffer, offset, header);
        if (over(event.to())) {
          working.remove(event.orderId());
        } else {
          working.computeIfPresent(
              event.orderId(),
              (id, order) -> new Working(order.request(), copy(buffer, offset, length)));
        }
      }
      case StrategyNoteDecoder.TEMPLATE_ID -> {
        if (note.wrapAndApplyHeader(buffer, offset, header).kind() == NoteKind.STOPPED) {
          stopped = copy(buffer, offset, length);
        }
      }
      default -> {
        // It tells of one moment.
      }
    }
  }

  private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
    final byte[] message = new byte[length];
    buffer.getBytes(offset, message);
    return message;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("held positions");
    final int held = codec.int32(positions.size());
    if (codec.loading()) {
      positions.clear();
      for (int i = 0; i < held; i++) {
        positions.put(codec.int32(0), codec.grown(NONE));
      }
    } else {
      positions.forEach(
          (id, message) -> {
            codec.int32(id);
            codec.grown(message);
          });
    }
    codec.part("held orders");
    final int orders = codec.int32(working.size());
    if (codec.loading()) {
      working.clear();
      for (int i = 0; i < orders; i++) {
        working.put(codec.int64(0), new Working(codec.grown(NONE), codec.grown(NONE)));
      }
    } else {
      working.forEach(
          (id, order) -> {
            codec.int64(id);
            codec.grown(order.request());
            codec.grown(order.event());
          });
    }
    codec.part("held strategy");
    stopped = codec.grown(stopped);
  }

  /** Latest PositionEvent of each instrument, header first, in the order of their ids. */
  public Collection<byte[]> positions() {
    return positions.values();
  }

  /** Orders that are not over, by id. */
  public Map<Long, Working> working() {
    return working;
  }

  /** The StrategyNote by which the strategy was stopped, header first; empty = it was not. */
  public byte[] stopped() {
    return stopped;
  }
}
