package io.millrace.bench;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import com.lmax.disruptor.dsl.ProducerType;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The floor of the ring: a Disruptor as it comes, whose publisher copies bytes into the event. */
final class BareRing implements AutoCloseable {
  /** One place on the ring. */
  static final class Event {
    final UnsafeBuffer bytes;
    int length;
    long intendedNanos;

    Event(final int capacity) {
      bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    long address() {
      return bytes.addressOffset();
    }
  }

  private final Disruptor<Event> disruptor;
  private final RingBuffer<Event> ring;

  /**
   * Starts one thread for each handler; each waits for the one before.
   *
   * @param capacity bytes of the longest input
   */
  BareRing(final int size, final int capacity, final List<EventHandler<Event>> handlers) {
    disruptor =
        new Disruptor<>(
            () -> new Event(capacity),
            size,
            task -> {
              final Thread thread = new Thread(task, "bare");
              thread.setDaemon(true);
              return thread;
            },
            ProducerType.SINGLE,
            new YieldingWaitStrategy());
    EventHandlerGroup<Event> group = null;
    for (final EventHandler<Event> handler : handlers) {
      group = group == null ? disruptor.handleEventsWith(handler) : group.then(handler);
    }
    ring = disruptor.start();
  }

  void publish(
      final DirectBuffer buffer, final int offset, final int length, final long intendedNanos) {
    final long at = ring.next();
    try {
      final Event event = ring.get(at);
      event.bytes.putBytes(0, buffer, offset, length);
      event.length = length;
      event.intendedNanos = intendedNanos;
    } finally {
      ring.publish(at);
    }
  }

  @Override
  public void close() {
    disruptor.shutdown();
  }
}
