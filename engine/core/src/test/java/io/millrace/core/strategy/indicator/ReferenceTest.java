package io.millrace.core.strategy.indicator;

import static io.millrace.core.strategy.indicator.Reference.number;

import io.millrace.core.strategy.indicator.Reference.Column;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Against third-party series, mostly on SPY daily. A tolerance is half a unit of the last place
 * that the file prints, or what rounding of its printed inputs comes to, as each test says.
 */
class ReferenceTest {
  private static final int OPEN = 1;
  private static final int HIGH = 2;
  private static final int LOW = 3;
  private static final int CLOSE = 4;
  private static final int VOLUME = 5;

  /** Six decimals printed, the last one rounded. */
  private static final double SIX_PLACES = 6e-6;

  @Test
  void exponentialAverageStartsAsThePlainMean() throws IOException {
    // Printed in full.
    final Ema ema = new Ema(14);
    new Reference("spy_ema.csv")
        .compare(row -> ema.update(number(row, 1)), 300, 0, new Column(2, 1e-11, ema::value));
  }

  @Test
  void averagesConvergenceAndStrengthOfTheIndicatorsFile() throws IOException {
    // Averages and prices printed to 0.01 of 14,000, convergence to seven digits of such prices.
    final Sma sma = new Sma(14);
    final Ema ema = new Ema(14);
    final Macd macd = new Macd(12, 26, 9);
    final Rsi simple = Rsi.simple(14);
    final Rsi wilder = new Rsi(14);
    new Reference("spy_with_indicators.txt")
        .compare(
            row -> {
              final double close = number(row, 7);
              sma.update(close);
              ema.update(close);
              macd.update(close);
              simple.update(close);
              wilder.update(close);
            },
            470,
            1, // the plain-mean index of the file begins a row after there are enough moves
            new Column(1, 0.006, sma::value),
            new Column(2, 0.006, ema::value),
            new Column(3, 2e-4, macd::value),
            new Column(4, 3e-4, simple::value),
            new Column(5, SIX_PLACES, wilder::value));
  }

  @Test
  void convergenceWithSignalAndHistogram() throws IOException {
    // Seven digits printed; the file leaves the first fifteen years out.
    final Macd macd = new Macd(12, 26, 9);
    new Reference("spy_with_macd.txt")
        .compare(
            row -> macd.update(number(row, CLOSE)),
            180,
            154,
            new Column(5, SIX_PLACES, macd::value),
            new Column(6, SIX_PLACES, macd::signal),
            new Column(7, SIX_PLACES, macd::histogram));
  }

  @Test
  void averageTrueRangePlainAndWilders() throws IOException {
    // The plain one of the file leaves out the first bar, which has no close before it.
    final Atr simple = Atr.simple(14);
    new Reference("spy_atr.txt")
        .compare(
            row -> simple.update(number(row, HIGH), number(row, LOW), number(row, CLOSE)),
            480,
            1,
            new Column(5, SIX_PLACES, simple::value));
    final Atr wilder = new Atr(14);
    new Reference("spy_atr_wilder.txt")
        .compare(
            row -> wilder.update(number(row, HIGH), number(row, LOW), number(row, CLOSE)),
            480,
            0,
            new Column(5, SIX_PLACES, wilder::value));
  }

  @Test
  void directionalIndexWithBothDirections() throws IOException {
    // Four decimals printed.
    final Adx adx = new Adx(14);
    new Reference("spy_with_adx.txt")
        .compare(
            row -> adx.update(number(row, HIGH), number(row, LOW), number(row, CLOSE)),
            470,
            0,
            new Column(11, 5.1e-5, adx::plusDi),
            new Column(12, 5.1e-5, adx::minusDi),
            new Column(16, 5.1e-5, adx::value));
  }

  @Test
  void bollingerBands() throws IOException {
    // Four decimals printed.
    final Bollinger bands = new Bollinger(20, 2);
    new Reference("spy_bollinger_bands.txt")
        .compare(
            row -> bands.update(number(row, CLOSE)),
            480,
            0,
            new Column(5, 1e-4, bands::value),
            new Column(6, 1e-4, bands::upper),
            new Column(7, 1e-4, bands::lower),
            new Column(9, 1e-4, bands::percentB));
  }

  @Test
  void keltnerChannel() throws IOException {
    // Four decimals printed. The first true range is in the first channel alone, and there the file
    // knew the close of the day before.
    final Keltner channel = new Keltner(20, 1.5);
    new Reference("spy_with_keltner.csv")
        .compare(
            row -> channel.update(number(row, HIGH), number(row, LOW), number(row, CLOSE)),
            480,
            1,
            new Column(7, 1e-4, channel::value),
            new Column(5, 2e-4, channel::upper),
            new Column(6, 2e-4, channel::lower));
  }

  @Test
  void movingVolumeWeightedPrice() throws IOException {
    // Four decimals printed.
    final Vwap vwap = new Vwap(50);
    new Reference("spy_with_vwap.txt")
        .compare(
            row ->
                vwap.update(
                    number(row, OPEN),
                    number(row, HIGH),
                    number(row, LOW),
                    number(row, CLOSE),
                    number(row, VOLUME)),
            450,
            0,
            new Column(6, 6e-5, vwap::value));
  }

  @Test
  void stochasticOscillator() throws IOException {
    // Seven digits printed of prices printed to 0.01 that were finer.
    final Stochastic stochastic = new Stochastic(12, 3, 5);
    new Reference("spy_with_stoch12k3.txt")
        .compare(
            row -> stochastic.update(number(row, HIGH), number(row, LOW), number(row, CLOSE)),
            480,
            0,
            new Column(5, 4e-4, stochastic::value),
            new Column(6, 3e-4, stochastic::signal));
  }
}
