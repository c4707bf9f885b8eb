package io.millrace.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the gate remembers of approvals is the same after a restore. */
class FlowStateTest {
  private static final int KEYS = 100;

  private static UnsafeBuffer saved(final Consumer<StateCodec> part) {
    final StateWriter writer = new StateWriter();
    part.accept(writer);
    final byte[] bytes = new byte[writer.length()];
    writer.buffer().getBytes(0, bytes);
    return new UnsafeBuffer(bytes);
  }

  private static void load(final UnsafeBuffer saved, final Consumer<StateCodec> part) {
    final StateReader reader = new StateReader(saved, 0, saved.capacity());
    part.accept(reader);
    reader.end();
  }

  @Test
  void keysAreKnownWithTheirQuantities() {
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    final KeyLedger ledger = new KeyLedger(KEYS);
    final KeyLedger other = new KeyLedger(KEYS);
    final long[] keys = random.longs(KEYS).toArray();
    for (int i = 0; i < KEYS; i++) {
      final UnsafeBuffer before = saved(ledger::state);
      load(before, other::state);
      assertThat(saved(other::state)).as("seed %d", seed).isEqualTo(before);
      assertThat(other.approved(keys[i])).as("seed %d", seed).isZero();
      ledger.put(keys[i], i + 1);
      other.put(keys[i], i + 1);
      assertThat(saved(other::state)).as("seed %d", seed).isEqualTo(saved(ledger::state));
    }
    assertThat(other.full()).isTrue();
    for (int i = 0; i < KEYS; i++) {
      assertThat(other.approved(keys[i])).as("seed %d", seed).isEqualTo(i + 1);
    }
  }

  @Test
  void loadingForgetsTheKeysFromBefore() {
    final KeyLedger ledger = new KeyLedger(KEYS);
    ledger.put(7, 70);
    load(saved(new KeyLedger(KEYS)::state), ledger::state);
    assertThat(ledger.approved(7)).isZero();
    assertThat(ledger.size()).isZero();
  }

  @Test
  void keysOfAnotherCapacityAreRefused() {
    final UnsafeBuffer saved = saved(new KeyLedger(KEYS)::state);
    assertThatThrownBy(() -> load(saved, new KeyLedger(10 * KEYS)::state))
        .isInstanceOf(StateException.class);
  }

  @Test
  void newestApprovalsAreKnownByTimeAndContent() {
    final RecentOrders recent = new RecentOrders(4, 10, 10);
    for (int i = 0; i < 50; i++) {
      final RecentOrders other = new RecentOrders(4, 10, 10);
      load(saved(recent::state), other::state);
      for (int since = 0; since < i; since++) {
        assertThat(other.after(since)).isEqualTo(recent.after(since));
        assertThat(other.last(since % 7, since)).isEqualTo(recent.last(since % 7, since));
      }
      recent.add(i, i % 7);
      other.add(i, i % 7);
      assertThat(saved(other::state)).isEqualTo(saved(recent::state));
    }
  }
}
