package io.millrace.core.risk;

import io.millrace.core.order.Legs;
import io.millrace.core.order.OrderIntent;

/** Content of an order as one number, from explicit codes alone. */
final class Hash {
  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private Hash() {}

  /** Finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(final long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** Same purpose, instrument, side, quantity, price and legs give the same number. */
  static long content(final OrderIntent intent) {
    long hash = mix(intent.purpose().value() << 8 | intent.side().value());
    hash = mix(hash ^ intent.instrumentId());
    hash = mix(hash ^ intent.quantity());
    hash = mix(hash ^ intent.limitPrice());
    final Legs legs = intent.legs();
    for (int i = 0; i < legs.count(); i++) {
      hash = mix(hash ^ legs.instrumentId(i));
      hash = mix(hash ^ ((long) legs.ratio(i) << 8 | legs.side(i).value()));
    }
    return hash;
  }
}
