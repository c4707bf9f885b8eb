package io.millrace.core.strategy;

import io.millrace.codecs.Action;
import io.millrace.codecs.Engine;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Regime;

/** What the engines measured and the composer made of it. Valid during the callback. */
public interface Snapshot {
  /** The underlying. */
  Instrument instrument();

  /** Event time, nanoseconds. */
  long time();

  /** Price of the underlying, NaN = none. */
  double spot();

  /** Fused regime. */
  Regime regime();

  /** Regime of one engine. */
  Regime regime(Engine engine);

  /** Confidence of one engine, 0 to 1. */
  double confidence(Engine engine);

  /** A feature, in its unit; NaN = not measured. */
  double feature(Feature feature);

  /** Stance of the composer. */
  Action stance();

  /** Confidence of the composer, 0 to 1. */
  double stanceConfidence();
}
