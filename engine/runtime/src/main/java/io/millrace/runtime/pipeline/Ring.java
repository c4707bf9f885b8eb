package io.millrace.runtime.pipeline;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/**
 * The stages on threads around one Disruptor, fed by one ingress thread. A stage that throws halts
 * the engine: the event is not skipped, and no later event is touched.
 */
public final class Ring implements AutoCloseable {
  /** How a stage waits for the next event. */
  public enum Wait {
    /** Never leaves the core. */
    BUSY_SPIN,
    /** Spins, then yields. */
    YIELDING,
    /** Spins, yields, then sleeps. */
    SLEEPING,
    /** Lock and condition: slow and polite. */
    BLOCKING
  }

  private final Disruptor<Slot> disruptor;
  private final RingBuffer<Slot> ring;
  private final Halt halt;
  private final boolean stampAtPublish;

  /**
   * Starts the threads.
   *
   * @param topology any but INLINE, which needs no ring
   * @param size slots, a power of two
   * @param wait how stages wait
   * @param stages what to run
   * @param halt where a stage that throws is reported
   * @param pinning where the stage threads run
   * @param stampAtPublish measure latency from publication (paced runs) rather than from the first
   *     stage (runs at full speed, where the wait in a full ring says nothing)
   */
  public Ring(
      final Topology topology,
      final int size,
      final Wait wait,
      final Stages stages,
      final Halt halt,
      final Pinning pinning,
      final boolean stampAtPublish) {
    this.halt = halt;
    this.stampAtPublish = stampAtPublish;
    final AtomicInteger threads = new AtomicInteger();
    disruptor =
        new Disruptor<>(
            Slot::new,
            size,
            task -> {
              final int index = threads.getAndIncrement();
              final Thread thread =
                  new Thread(
                      () -> {
                        pinning.pinStage(index);
                        task.run();
                      },
                      "millrace-stages-" + index);
              thread.setDaemon(true);
              return thread;
            },
            ProducerType.SINGLE,
            waitStrategy(wait));
    disruptor.setDefaultExceptionHandler(new HaltOnException(halt));
    final Outputs shared = new Outputs();
    final EventHandler<Slot> journal =
        guarded(
            "journal",
            (slot, sequence, endOfBatch) -> {
              stamp(slot);
              stages.journal(slot, endOfBatch);
            });
    final EventHandler<Slot> decide =
        guarded("decide", (slot, sequence, endOfBatch) -> stages.decide(slot));
    final EventHandler<Slot> outbox =
        guarded("outbox", (slot, sequence, endOfBatch) -> stages.outbox(slot, endOfBatch));
    final EventHandler<Slot> decideAndOutbox =
        guarded(
            "decide",
            (slot, sequence, endOfBatch) -> {
              slot.decideInto(shared);
              stages.decide(slot);
              stages.outbox(slot, endOfBatch);
            });
    switch (topology) {
      case FUSED ->
          disruptor.handleEventsWith(
              guarded(
                  "decide",
                  (slot, sequence, endOfBatch) -> {
                    stamp(slot);
                    stages.journal(slot, endOfBatch);
                    slot.decideInto(shared);
                    stages.decide(slot);
                    stages.outbox(slot, endOfBatch);
                  }));
      case SPLIT -> disruptor.handleEventsWith(journal).then(decideAndOutbox);
      case STAGED -> disruptor.handleEventsWith(journal, decide).then(outbox);
      case INLINE -> throw new IllegalArgumentException("the inline topology has no ring");
    }
    ring = disruptor.start();
  }

  /**
   * Puts an input on the ring; waits while it is full. Called by the ingress thread only.
   *
   * @return false if the engine has halted: the input was not taken
   */
  public boolean publish(
      final long sequence,
      final long ingressNanos,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    if (halt.raised()) {
      return false;
    }
    final long at = ring.next();
    try {
      final Slot slot = ring.get(at);
      slot.copy(sequence, ingressNanos, buffer, offset, length);
      slot.stamp(stampAtPublish ? System.nanoTime() : 0L);
    } finally {
      ring.publish(at);
    }
    return true;
  }

  /** Waits until every published input has left the last stage, then ends the threads. */
  @Override
  public void close() {
    disruptor.shutdown();
  }

  private void stamp(final Slot slot) {
    if (!stampAtPublish) {
      slot.stamp(System.nanoTime());
    }
  }

  private EventHandler<Slot> guarded(final String stage, final EventHandler<Slot> handler) {
    return (slot, sequence, endOfBatch) -> {
      if (halt.raised()) {
        return;
      }
      try {
        handler.onEvent(slot, sequence, endOfBatch);
      } catch (final Throwable thrown) { // an Error halts as an exception does
        halt.raise(stage, slot.sequence(), thrown);
      }
    };
  }

  private static WaitStrategy waitStrategy(final Wait wait) {
    return switch (wait) {
      case BUSY_SPIN -> new BusySpinWaitStrategy();
      case YIELDING -> new YieldingWaitStrategy();
      case SLEEPING -> new SleepingWaitStrategy();
      case BLOCKING -> new BlockingWaitStrategy();
    };
  }

  /** The Disruptor's own default would log and skip the event. */
  private record HaltOnException(Halt halt) implements ExceptionHandler<Slot> {
    @Override
    public void handleEventException(final Throwable thrown, final long sequence, final Slot slot) {
      halt.raise("ring", slot.sequence(), thrown);
    }

    @Override
    public void handleOnStartException(final Throwable thrown) {
      halt.raise("ring start", 0, thrown);
    }

    @Override
    public void handleOnShutdownException(final Throwable thrown) {
      halt.raise("ring shutdown", 0, thrown);
    }
  }
}
