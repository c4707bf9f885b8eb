package io.millrace.core.trade;

import io.millrace.codecs.Side;
import io.millrace.codecs.StrategyKind;

/**
 * Idempotency key of an idea: 64-bit FNV-1a over what it is, as 64-bit little-endian words in this
 * order: underlying id, strategy code, side code, number of the event-time window, then per leg
 * instrument id and signed ratio. Only explicit codes enter. Never 0.
 */
final class IdeaKey {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final long windowNanos;
  private long hash;

  IdeaKey(final long windowNanos) {
    this.windowNanos = windowNanos;
  }

  IdeaKey start(
      final int underlyingId, final StrategyKind kind, final Side side, final long eventTime) {
    hash = OFFSET_BASIS;
    return word(underlyingId)
        .word(kind.value())
        .word(side.value())
        .word(Math.floorDiv(eventTime, windowNanos));
  }

  IdeaKey leg(final int instrumentId, final int signedRatio) {
    return word(instrumentId).word(signedRatio);
  }

  long value() {
    return hash == 0 ? PRIME : hash;
  }

  private IdeaKey word(final long word) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      hash = (hash ^ ((word >>> shift) & 0xff)) * PRIME;
    }
    return this;
  }
}
