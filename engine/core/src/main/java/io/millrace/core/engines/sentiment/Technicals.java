package io.millrace.core.engines.sentiment;

import io.millrace.core.market.Indicators;

/**
 * What the indicators of one underlying say of its direction, read as momentum: strength above 50,
 * a close in the upper half of bands and channel are bullish. Readings, each cut to -1..1: (RSI -
 * 50) / 30; 2 × %B - 1; place in the Keltner channel.
 *
 * <p>Score: their mean. Confidence: (readings there / 3) × (weakest reading in the direction of the
 * score / full strength, in 0..1): indicators that contradict one another, or one that says
 * nothing, are not to be believed.
 */
final class Technicals {
  private static final double RSI_MIDDLE = 50.0;
  private static final double RSI_REACH = 30.0;
  private static final double READINGS = 3;

  private final double fullStrength;
  private int readings;
  private double sum;
  private double least;
  private double most;

  Technicals(final SentimentConfig config) {
    fullStrength = config.technicalFullStrength();
  }

  /** Reads the indicators; whether they say anything yet. */
  boolean read(final Indicators indicators) {
    readings = 0;
    sum = 0;
    least = 1;
    most = -1;
    if (indicators.rsiReady()) {
      add((indicators.rsi() - RSI_MIDDLE) / RSI_REACH);
    }
    if (indicators.bandsReady()) {
      add(2 * indicators.percentB() - 1);
      add(indicators.keltnerPosition());
    }
    return readings > 0;
  }

  private void add(final double reading) {
    final double cut = Math.max(-1.0, Math.min(1.0, reading));
    readings++;
    sum += cut;
    least = Math.min(least, cut);
    most = Math.max(most, cut);
  }

  double score() {
    return sum / readings;
  }

  double confidence() {
    final double weakest = sum >= 0 ? least : -most;
    return readings / READINGS * Math.max(0.0, Math.min(1.0, weakest / fullStrength));
  }
}
