package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * What all indicators have: a value once they are ready, and a state that a checkpoint can keep.
 *
 * <p>In {@code Strategy.state}: {@code average.state(codec)}.
 */
public abstract class Indicator implements Stateful {
  Indicator() {}

  /** Whether there has been enough to give a value. */
  public abstract boolean ready();

  /** The value; NaN before {@link #ready()}. */
  public abstract double value();

  /**
   * Passes all that it remembers: bits and all, so that one that loads it goes on as this one
   * would.
   *
   * @throws io.millrace.core.state.StateException if it was saved by an indicator of another kind
   *     or length; this one is then of no more use
   */
  @Override
  public abstract void state(StateCodec codec);
}
