package io.millrace.core.risk;

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

  private int slot(final long key) {
    int at = (int) Hash.mix(key) & mask;
    while (keys[at] != 0 && keys[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
