package io.millrace.core.market;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import io.millrace.core.strategy.indicator.Bollinger;
import io.millrace.core.strategy.indicator.Keltner;
import io.millrace.core.strategy.indicator.RateOfChange;
import io.millrace.core.strategy.indicator.Rsi;

/**
 * The indicators that the engines read of one instrument on its finished bars: relative strength,
 * Bollinger bands, Keltner channel, momentum. Lengths are the classic ones and part of the names of
 * the features; each is told where it lives.
 */
public final class Indicators implements Stateful {
  /** Bars of the relative strength index. */
  public static final int RSI_LENGTH = 14;

  /** Bars of bands, channel and momentum. */
  public static final int BAND_LENGTH = 20;

  /** Half width of the Bollinger bands in standard deviations. */
  public static final double BOLLINGER_WIDTH = 2.0;

  /** Half width of the Keltner channel in average true ranges. */
  public static final double KELTNER_WIDTH = 1.5;

  private final Rsi strength = new Rsi(RSI_LENGTH);
  private final Bollinger bands = new Bollinger(BAND_LENGTH, BOLLINGER_WIDTH);
  private final Keltner channel = new Keltner(BAND_LENGTH, KELTNER_WIDTH);
  private final RateOfChange momentum = new RateOfChange(BAND_LENGTH);

  /**
   * Takes a finished bar.
   *
   * @param high highest price
   * @param low lowest price
   * @param close last price
   */
  public void update(final double high, final double low, final double close) {
    strength.update(close);
    bands.update(close);
    channel.update(high, low, close);
    momentum.update(close);
  }

  @Override
  public void state(final StateCodec codec) {
    strength.state(codec);
    bands.state(codec);
    channel.state(codec);
    momentum.state(codec);
  }

  /** Whether the relative strength index is there. */
  public boolean rsiReady() {
    return strength.ready();
  }

  /** Whether Bollinger bands and Keltner channel are there. */
  public boolean bandsReady() {
    return bands.ready() && channel.ready();
  }

  /** Whether momentum is there. */
  public boolean momentumReady() {
    return momentum.ready();
  }

  /** Relative strength index, 0..100; 50 when nothing moved. */
  public double rsi() {
    return strength.value();
  }

  /** Place of the last close between the Bollinger bands: 0 lower, 1 upper; 0.5 when flat. */
  public double percentB() {
    return bands.percentB();
  }

  /** Place of the last close in the Keltner channel: -1 lower edge, 1 upper; 0 when flat. */
  public double keltnerPosition() {
    return channel.position();
  }

  /** Return of the close over 20 bars, fraction. */
  public double momentum() {
    return momentum.value();
  }
}
