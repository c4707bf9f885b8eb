package io.millrace.core.portfolio;

import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Perpetuals;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * When perpetuals pay their funding, and how much: the longs pay the shorts
 *
 * <pre>  quantity · multiplier · mark price · rate</pre>
 *
 * at the time that the last rate names, each time once. Of an inverse contract it is quantity ·
 * multiplier · rate: so many coins at the mark price, changed at that price.
 */
final class Funding {
  private static final int INITIAL = 64;

  private final Instruments instruments;
  private final Perpetuals perpetuals;
  // The last payment time that is dealt with, by instrument.
  private long[] paidUntil = new long[INITIAL];
  private long next = Long.MAX_VALUE;

  Funding(final Instruments instruments, final Perpetuals perpetuals) {
    this.instruments = instruments;
    this.perpetuals = perpetuals;
    Arrays.fill(paidUntil, Long.MIN_VALUE);
  }

  /** A rate became known: its payment is looked for from then on. */
  void known(final int id) {
    if (id >= paidUntil.length) {
      final int old = paidUntil.length;
      paidUntil = Arrays.copyOf(paidUntil, Math.max(id + 1, old * 2));
      Arrays.fill(paidUntil, old, paidUntil.length, Long.MIN_VALUE);
    }
    next = Math.min(next, due(id));
  }

  private long due(final int id) {
    final long due = perpetuals.nextFunding(id);
    return due <= 0 || due <= paidUntil[id] ? Long.MAX_VALUE : due;
  }

  void state(final StateCodec codec) {
    paidUntil = codec.grown(paidUntil);
    next = codec.int64(next);
  }

  boolean anyDue(final long now) {
    return now >= next;
  }

  /** Takes the next instrument whose payment is due, lowest id first; 0 = none any more. */
  int take(final long now) {
    next = Long.MAX_VALUE;
    int taken = 0;
    for (int id = 1; id <= instruments.last() && id < paidUntil.length; id++) {
      final long due = due(id);
      if (due > now) {
        next = Math.min(next, due);
      } else if (taken == 0) {
        taken = id;
        paidUntil[id] = due;
      } else {
        next = Math.min(next, due);
      }
    }
    return taken;
  }

  /**
   * What a position pays, below 0 = is paid; 1e-8.
   *
   * @param fallback price where no mark price is known
   */
  long payment(final int id, final long quantity, final long fallback) {
    final long mark = perpetuals.mark(id);
    final long price = mark == Fixed.NONE ? fallback : mark;
    if (price == Fixed.NONE) {
      return 0;
    }
    final long worth =
        instruments.inverse(id)
            ? Fixed.mul(instruments.multiplier(id), quantity)
            : Fixed.mul(Fixed.mul(price, instruments.multiplier(id)), quantity);
    return Fixed.mul(worth, perpetuals.fundingRate(id));
  }
}
