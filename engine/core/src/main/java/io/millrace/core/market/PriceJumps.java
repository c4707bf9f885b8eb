package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * The rule by which a price far off the last one is refused, and by which it is let in after all.
 *
 * <p>A price more than the factor {@link MarketLimits#maxPriceJump} off the mark is refused: most
 * are slips of a feed. But an instrument can really jump (a split, a halt that ends), and then
 * every price after it is refused by the mark that nothing can move any more. So refused prices are
 * remembered as a run: those in a row that lie within {@link MarketLimits#jumpAgreement} of the
 * first. Once {@link MarketLimits#jumpConfirmations} of them have been refused, the next one that
 * agrees is taken, if the first is at least {@link MarketLimits#jumpSpanNanos} of event time old.
 *
 * <p>Only what speaks for the whole price counts: a trade, the close of a bar, a quote of which
 * both sides have jumped the same way and do not cross. A price near the old mark, and a quote with
 * one side far off (a stub, an open book), end the run; an empty book says nothing.
 */
final class PriceJumps {
  /** A factor above any ratio of prices a quarter apart, 3:4 and 5:4, with room for rounding. */
  private static final double SURELY_WITHIN = 1.5;

  private final MarketLimits limits;
  private long[] level;
  private long[] since;
  private int[] refused;

  PriceJumps(final MarketLimits limits, final int instruments) {
    this.limits = limits;
    level = new long[instruments];
    since = new long[instruments];
    refused = new int[instruments];
  }

  /** Whether a price is more than the factor off a mark; both above 0, 1e-8. */
  boolean beyond(final long mark, final long price) {
    // Within a quarter of the mark no division can tell otherwise: nearly every price is.
    if (Math.abs(price - mark) <= mark >> 2 && limits.maxPriceJump() >= SURELY_WITHIN) {
      return false;
    }
    final double ratio = (double) price / mark;
    return ratio > limits.maxPriceJump() || ratio * limits.maxPriceJump() < 1;
  }

  /** A price near the mark, or one that speaks for nothing: what was refused was a slip. */
  void contradicted(final int id) {
    refused[id] = 0;
  }

  /**
   * Takes a price that is beyond the factor and speaks for the whole instrument.
   *
   * @return whether it is confirmed by those before it; else it is refused and remembered
   */
  boolean confirmed(final int id, final long time, final long price) {
    if (refused[id] == 0 || !agrees(id, price)) {
      level[id] = price;
      since[id] = time;
      refused[id] = 1;
      return false;
    }
    final int needed = limits.jumpConfirmations();
    if (needed > 0 && refused[id] >= needed && time - since[id] >= limits.jumpSpanNanos()) {
      refused[id] = 0;
      return true;
    }
    refused[id] = Math.min(refused[id] + 1, Math.max(needed, 1));
    return false;
  }

  private boolean agrees(final int id, final long price) {
    return Math.abs((double) price / level[id] - 1) <= limits.jumpAgreement();
  }

  void state(final StateCodec codec) {
    level = codec.grown(level);
    since = codec.grown(since);
    refused = codec.grown(refused);
  }

  void grow(final int instruments) {
    level = Arrays.copyOf(level, instruments);
    since = Arrays.copyOf(since, instruments);
    refused = Arrays.copyOf(refused, instruments);
  }
}
