package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Relative strength index, 0 to 100: 100 × gain / (gain + loss), where gain and loss are averages
 * of the moves up and down; 50 when nothing moved.
 *
 * <p>Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978: his smoothing, started
 * as the mean of the first {@code length} moves. {@link #simple} takes plain means of the newest
 * moves instead (Cutler's form).
 */
public final class Rsi extends Indicator {
  private static final double NEUTRAL = 50.0;
  private static final double FULL = 100.0;

  private final Wilder gain;
  private final Wilder loss;
  private final Sma simpleGain;
  private final Sma simpleLoss;
  private final boolean simple;
  private boolean begun;
  private double last;

  /**
   * Wilder's index.
   *
   * @param length moves in the averages, 1 to 1,000,000
   */
  public Rsi(final int length) {
    this(length, false);
  }

  private Rsi(final int length, final boolean simple) {
    this.simple = simple;
    gain = new Wilder(length);
    loss = new Wilder(length);
    simpleGain = new Sma(simple ? length : 1);
    simpleLoss = new Sma(simple ? length : 1);
  }

  /** The index from plain means of the newest {@code length} moves. */
  public static Rsi simple(final int length) {
    return new Rsi(length, true);
  }

  /**
   * Takes a price.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public void update(final double price) {
    Inputs.finite(price);
    if (begun) {
      move(price - last);
    }
    begun = true;
    last = price;
  }

  private void move(final double change) {
    final double up = Math.max(change, 0.0);
    final double down = Math.max(-change, 0.0);
    if (simple) {
      simpleGain.update(up);
      simpleLoss.update(down);
    } else {
      gain.update(up);
      loss.update(down);
    }
  }

  /** Whether there have been enough moves: one price more than the length. */
  @Override
  public boolean ready() {
    return simple ? simpleGain.ready() : gain.ready();
  }

  /** The index, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return simple
        ? strength(simpleGain.value(), simpleLoss.value())
        : strength(gain.value(), loss.value());
  }

  private static double strength(final double up, final double down) {
    final double both = up + down;
    return both == 0 ? NEUTRAL : FULL * (Math.max(up, 0.0) / both);
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Rsi");
    gain.state(codec);
    loss.state(codec);
    simpleGain.state(codec);
    simpleLoss.state(codec);
    begun = codec.flag(begun);
    last = codec.float64(last);
  }
}
