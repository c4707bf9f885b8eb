package io.millrace.core.engines;

import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Regime;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;

/** What one EngineOutput says, read back. */
public final class Readout {
  private final FeatureTable features = new FeatureTable();
  private final EngineOutputDecoder decoder = new EngineOutputDecoder();

  private Readout(final Outputs out, final int index) {
    out.read(index, decoder);
    if (!(decoder.confidence() >= 0 && decoder.confidence() <= 1)) {
      throw new AssertionError("confidence " + decoder.confidence());
    }
    for (final EngineOutputDecoder.FeaturesDecoder row : decoder.features()) {
      if (!Double.isFinite(row.value())) {
        throw new AssertionError(row.feature() + " is " + row.value());
      }
    }
    out.read(index, decoder);
    features.load(decoder);
  }

  /** Reads output {@code index}; all features must be finite and confidence in 0..1. */
  public static Readout of(final Outputs out, final int index) {
    return new Readout(out, index);
  }

  /** Writes an EngineOutput such as another engine would have left. */
  public static int write(
      final Outputs out,
      final Regime regime,
      final double confidence,
      final FeatureTable features) {
    final EngineOutputEncoder encoder = new EngineOutputEncoder();
    out.begin(encoder);
    encoder.instrumentId(1).regime(regime).confidence(confidence);
    features.store(encoder);
    return out.end(encoder);
  }

  /** A feature that must be there. */
  public double get(final Feature feature) {
    if (!features.has(feature)) {
      throw new AssertionError(feature + " is missing");
    }
    return features.get(feature);
  }

  /** Whether a feature is there. */
  public boolean has(final Feature feature) {
    return features.has(feature);
  }

  /** The regime. */
  public Regime regime() {
    return decoder.regime();
  }

  /** The confidence. */
  public double confidence() {
    return decoder.confidence();
  }

  /** The quality bits. */
  public int quality() {
    return (int) decoder.quality().getRaw();
  }
}
