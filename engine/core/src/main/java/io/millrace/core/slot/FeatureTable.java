package io.millrace.core.slot;

import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SnapshotEncoder;
import java.util.Arrays;

/**
 * Named numbers with presence, indexed by {@link Feature}: how an engine collects its features and
 * how a reader looks them up. Values are always finite.
 */
public final class FeatureTable {
  /** Feature codes lie below this. */
  public static final int CODES = 512;

  private final double[] values = new double[CODES];
  private final long[] present = new long[CODES / Long.SIZE];

  /** Empties the table. */
  public void clear() {
    Arrays.fill(present, 0L);
  }

  /**
   * Sets a feature.
   *
   * @throws IllegalArgumentException if the value is NaN or infinite: an engine must degrade
   *     instead
   */
  public void put(final Feature feature, final double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("feature " + feature + " is not finite: " + value);
    }
    set(feature.value(), value);
  }

  /** Whether the feature is there. */
  public boolean has(final Feature feature) {
    final int code = feature.value();
    return (present[code >>> 6] & (1L << code)) != 0;
  }

  /** The feature, or {@code missing} when it is not there. */
  public double get(final Feature feature, final double missing) {
    return has(feature) ? values[feature.value()] : missing;
  }

  /** The feature, or 0 when it is not there. */
  public double get(final Feature feature) {
    return get(feature, 0.0);
  }

  /** How many features are there. */
  public int size() {
    int size = 0;
    for (final long bits : present) {
      size += Long.bitCount(bits);
    }
    return size;
  }

  /** Adds all features of an engine's output. */
  public FeatureTable load(final EngineOutputDecoder output) {
    for (final EngineOutputDecoder.FeaturesDecoder row : output.features()) {
      set(row.featureRaw(), row.value());
    }
    return this;
  }

  /** Adds all features of a snapshot. */
  public FeatureTable load(final SnapshotDecoder snapshot) {
    for (final SnapshotDecoder.FeaturesDecoder row : snapshot.features()) {
      set(row.featureRaw(), row.value());
    }
    return this;
  }

  /** Writes the features, ascending by code; call after the fixed fields. */
  public void store(final EngineOutputEncoder output) {
    final EngineOutputEncoder.FeaturesEncoder rows = output.featuresCount(size());
    for (int word = 0; word < present.length; word++) {
      for (long bits = present[word]; bits != 0; bits &= bits - 1) {
        final int code = (word << 6) + Long.numberOfTrailingZeros(bits);
        rows.next().feature(Feature.get(code)).value(values[code]);
      }
    }
  }

  /** Writes the features, ascending by code; call after the fixed fields. */
  public void store(final SnapshotEncoder output) {
    final SnapshotEncoder.FeaturesEncoder rows = output.featuresCount(size());
    for (int word = 0; word < present.length; word++) {
      for (long bits = present[word]; bits != 0; bits &= bits - 1) {
        final int code = (word << 6) + Long.numberOfTrailingZeros(bits);
        rows.next().feature(Feature.get(code)).value(values[code]);
      }
    }
  }

  private void set(final int code, final double value) {
    values[code] = value;
    present[code >>> 6] |= 1L << code;
  }
}
