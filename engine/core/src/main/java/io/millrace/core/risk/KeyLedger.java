package io.millrace.core.risk;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Idempotency keys that were approved, each with the quantity approved: open addressing with linear
 * probing over two columns, never more than half full, nothing ever removed. Key 0 means no key.
 */
final class KeyLedger {
  private final long[] keys;
  private final long[] quantities;
  private final int mask;
  private final int capacity;
  private int size;

  KeyLedger(final int capacity) {
    this.capacity = capacity;
    final int slots = Integer.highestOneBit(Math.max(2, capacity) - 1) << 2;
    keys = new long[slots];
    quantities = new long[slots];
    mask = slots - 1;
  }

  /** Quantity approved under the key; 0 = the key was never approved. */
  long approved(final long key) {
    return key == 0 ? 0 : quantities[slot(key)];
  }

  boolean full() {
    return size == capacity;
  }

  int size() {
    return size;
  }

  /** Remembers a new key; the caller asked {@link #full} and {@link #approved} before. */
  void put(final long key, final long quantity) {
    if (key == 0 || full() || quantity <= 0) {
      throw new IllegalStateException("key " + key + " with " + quantity + ", keys: " + size);
    }
    final int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    quantities[slot] = quantity;
  }

  /** Each key with its slot, so that the table is the same one again. */
  void state(final StateCodec codec) {
    codec.same("slots for keys", keys.length);
    if (codec.loading()) {
      Arrays.fill(keys, 0);
      Arrays.fill(quantities, 0);
    }
    size = codec.int32(size);
    int slot = -1;
    for (int i = 0; i < size; i++) {
      slot = codec.int32(codec.loading() ? 0 : nextUsed(slot));
      keys[slot] = codec.int64(keys[slot]);
      quantities[slot] = codec.int64(quantities[slot]);
    }
  }

  private int nextUsed(final int before) {
    int slot = before + 1;
    while (keys[slot] == 0) {
      slot++;
    }
    return slot;
  }

  private int slot(final long key) {
    int at = (int) Hash.mix(key) & mask;
    while (keys[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
