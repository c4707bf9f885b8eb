package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/**
 * Volume-weighted average price over the newest bars. A bar's price is the mean of its open, high,
 * low and close, as in the reference series; for another (ta4j takes the typical price) give it
 * yourself. For the average since a session began see {@link SessionVwap}.
 */
public final class Vwap extends Indicator {
  private final Window amounts;
  private final Window volumes;
  private final int length;
  private int untraded;

  /**
   * @param length bars, 1 to 1,000,000
   */
  public Vwap(final int length) {
    this.length = Inputs.length(length, 1);
    amounts = new Window(length);
    volumes = new Window(length);
  }

  /**
   * Takes a bar at the mean of its four prices.
   *
   * @param volume at least 0
   * @throws IllegalArgumentException if a number is not finite or the volume below 0
   */
  public void update(
      final double open,
      final double high,
      final double low,
      final double close,
      final double volume) {
    update((open + high + low + close) / 4.0, volume);
  }

  /**
   * Takes a price with its volume.
   *
   * @param volume at least 0
   * @throws IllegalArgumentException if a number is not finite or the volume below 0
   */
  public void update(final double price, final double volume) {
    Inputs.volume(volume);
    amounts.push(price * volume);
    volumes.push(volume);
    untraded = volume == 0 ? Math.min(untraded + 1, length) : 0;
  }

  /** Whether there have been enough bars, and one of them had volume. */
  @Override
  public boolean ready() {
    return volumes.full() && untraded < length;
  }

  /** The average price, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return ready() ? amounts.sum() / volumes.sum() : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("Vwap");
    amounts.state(codec);
    volumes.state(codec);
    untraded = codec.int32(untraded);
  }
}
