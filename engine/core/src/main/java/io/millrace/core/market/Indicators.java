package io.millrace.core.market;

/**
 * Classic indicators of one instrument on its finished bars: relative strength, Bollinger bands,
 * Keltner channel, momentum. Lengths are the classic ones and part of the names of the features.
 *
 * <p>Sums are taken afresh over the few rows at each bar, so nothing drifts. Conventions follow the
 * published reference series that the tests compare with:
 *
 * <ul>
 *   <li>RSI (J. W. Wilder, New Concepts in Technical Trading Systems, 1978): the averages start as
 *       the mean of the first 14 gains and losses and are then smoothed by 1/14.
 *   <li>Bollinger: mean of 20 closes, plus and minus 2 population standard deviations.
 *   <li>Keltner: mean of 20 typical prices (high + low + close) / 3, plus and minus 1.5 times the
 *       plain mean of 20 true ranges; the first true range is high less low.
 * </ul>
 */
public final class Indicators {
  /** Bars of the relative strength index. */
  public static final int RSI_LENGTH = 14;

  /** Bars of the bands. */
  public static final int BAND_LENGTH = 20;

  /** Half width of the Bollinger bands in standard deviations. */
  public static final double BOLLINGER_WIDTH = 2.0;

  /** Half width of the Keltner channel in average true ranges. */
  public static final double KELTNER_WIDTH = 1.5;

  private static final double NEUTRAL_RSI = 50.0;
  private static final double FULL_RSI = 100.0;

  /** Bands narrower than this fraction of the price are flat: rounding, not movement. */
  private static final double FLAT = 1e-9;

  private final double[] closes = new double[BAND_LENGTH];
  private final double[] typicals = new double[BAND_LENGTH];
  private final double[] ranges = new double[BAND_LENGTH];
  private long bars;
  private double lastClose;
  private double gain;
  private double loss;
  private double middle;
  private double deviation;
  private double keltnerMiddle;
  private double averageRange;
  private double momentum;

  /**
   * Takes a finished bar.
   *
   * @param high highest price
   * @param low lowest price
   * @param close last price
   */
  public void update(final double high, final double low, final double close) {
    final int place = (int) (bars % BAND_LENGTH);
    final double oldest = closes[place];
    final double trueRange =
        bars == 0 ? high - low : Math.max(high, lastClose) - Math.min(low, lastClose);
    if (bars > 0) {
      strength(close - lastClose);
    }
    closes[place] = close;
    typicals[place] = (high + low + close) / 3.0;
    ranges[place] = trueRange;
    momentum = bars >= BAND_LENGTH && oldest > 0 ? close / oldest - 1.0 : 0.0;
    lastClose = close;
    bars++;
    if (bandsReady()) {
      bands();
    }
  }

  private void strength(final double change) {
    final double up = Math.max(change, 0.0);
    final double down = Math.max(-change, 0.0);
    if (bars <= RSI_LENGTH) {
      gain += up / RSI_LENGTH;
      loss += down / RSI_LENGTH;
    } else {
      gain = (gain * (RSI_LENGTH - 1) + up) / RSI_LENGTH;
      loss = (loss * (RSI_LENGTH - 1) + down) / RSI_LENGTH;
    }
  }

  private void bands() {
    double close = 0;
    double typical = 0;
    double range = 0;
    for (int i = 0; i < BAND_LENGTH; i++) {
      close += closes[i];
      typical += typicals[i];
      range += ranges[i];
    }
    middle = close / BAND_LENGTH;
    keltnerMiddle = typical / BAND_LENGTH;
    averageRange = range / BAND_LENGTH;
    double squares = 0;
    for (int i = 0; i < BAND_LENGTH; i++) {
      squares += (closes[i] - middle) * (closes[i] - middle);
    }
    deviation = StrictMath.sqrt(squares / BAND_LENGTH);
  }

  /** Bars taken so far. */
  public long bars() {
    return bars;
  }

  /** Whether the relative strength index is there. */
  public boolean rsiReady() {
    return bars > RSI_LENGTH;
  }

  /** Whether Bollinger bands and Keltner channel are there. */
  public boolean bandsReady() {
    return bars >= BAND_LENGTH;
  }

  /** Whether momentum is there. */
  public boolean momentumReady() {
    return bars > BAND_LENGTH;
  }

  /** Relative strength index, 0..100; 50 when nothing moved. */
  public double rsi() {
    final double both = gain + loss;
    return both == 0 ? NEUTRAL_RSI : FULL_RSI * (gain / both);
  }

  /** Middle Bollinger band: the mean of the closes. */
  public double bollingerMiddle() {
    return middle;
  }

  /** Upper Bollinger band. */
  public double bollingerUpper() {
    return middle + BOLLINGER_WIDTH * deviation;
  }

  /** Lower Bollinger band. */
  public double bollingerLower() {
    return middle - BOLLINGER_WIDTH * deviation;
  }

  /** Place of the last close between the Bollinger bands: 0 lower, 1 upper; 0.5 when flat. */
  public double percentB() {
    final double width = 2 * BOLLINGER_WIDTH * deviation;
    return width <= FLAT * middle ? 0.5 : (lastClose - bollingerLower()) / width;
  }

  /** Mean of the typical prices. */
  public double keltnerMiddle() {
    return keltnerMiddle;
  }

  /** Upper edge of the Keltner channel. */
  public double keltnerUpper() {
    return keltnerMiddle + KELTNER_WIDTH * averageRange;
  }

  /** Lower edge of the Keltner channel. */
  public double keltnerLower() {
    return keltnerMiddle - KELTNER_WIDTH * averageRange;
  }

  /** Place of the last close in the Keltner channel: -1 lower edge, 1 upper; 0 when flat. */
  public double keltnerPosition() {
    final double half = KELTNER_WIDTH * averageRange;
    return half <= FLAT * keltnerMiddle ? 0.0 : (lastClose - keltnerMiddle) / half;
  }

  /** Plain mean of the true ranges. */
  public double averageTrueRange() {
    return averageRange;
  }

  /** Return of the close over 20 bars, fraction. */
  public double momentum() {
    return momentum;
  }
}
