package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Average directional index with the directional indicators, 0 to 100 each.
 *
 * <p>A bar's directional movement is how far its high went above the high before (+DM), or its low
 * below the low before (-DM), whichever is more, else 0. Smoothed as Wilder does, from the second
 * bar on: +DI = 100 × +DM / true range, DX = 100 × |+DI - -DI| / (+DI + -DI), 0 when nothing moved,
 * and the index is DX smoothed again.
 *
 * <p>Source: J. W. Wilder, New Concepts in Technical Trading Systems, 1978.
 */
public final class Adx extends Indicator {
  private static final double FULL = 100.0;

  private final TrueRange trueRange = new TrueRange();
  private final Wilder range;
  private final Wilder plus;
  private final Wilder minus;
  private final Wilder index;
  private double lastHigh;
  private double lastLow;

  /**
   * @param length bars of each smoothing, 1 to 1,000,000; usual is 14
   */
  public Adx(final int length) {
    range = new Wilder(length);
    plus = new Wilder(length);
    minus = new Wilder(length);
    index = new Wilder(length);
  }

  /**
   * Takes a bar.
   *
   * @throws IllegalArgumentException if a price is not finite
   */
  public void update(final double high, final double low, final double close) {
    final boolean begun = trueRange.ready();
    trueRange.update(high, low, close);
    if (begun) {
      final double up = high - lastHigh;
      final double down = lastLow - low;
      range.update(trueRange.value());
      plus.update(up > down && up > 0 ? up : 0);
      minus.update(down > up && down > 0 ? down : 0);
      if (range.ready()) {
        index.update(movement());
      }
    }
    lastHigh = high;
    lastLow = low;
  }

  /** DX of the last bar. */
  private double movement() {
    final double both = plusDi() + minusDi();
    return both == 0 ? 0 : FULL * Math.abs(plusDi() - minusDi()) / both;
  }

  /** Whether the index is there: after two lengths of bars. */
  @Override
  public boolean ready() {
    return index.ready();
  }

  /** The index, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return index.value();
  }

  /** +DI, NaN until there are as many moves as the length. */
  public double plusDi() {
    return direction(plus);
  }

  /** -DI, NaN until there are as many moves as the length. */
  public double minusDi() {
    return direction(minus);
  }

  private double direction(final Wilder moved) {
    return range.value() == 0 ? 0 : FULL * moved.value() / range.value();
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Adx");
    trueRange.state(codec);
    range.state(codec);
    plus.state(codec);
    minus.state(codec);
    index.state(codec);
    lastHigh = codec.float64(lastHigh);
    lastLow = codec.float64(lastLow);
  }
}
