package io.millrace.core.strategy.indicator;

/**
 * What all indicators have: a value once they are ready, and a state that a checkpoint can keep.
 *
 * <p>In {@code Strategy.save}: {@code out.put(average.save())}; in {@code Strategy.load}: {@code
 * average.load(in.getDoubles())}.
 */
public abstract class Indicator {
  Indicator() {}

  /** Whether there has been enough to give a value. */
  public abstract boolean ready();

  /** The value; NaN before {@link #ready()}. */
  public abstract double value();

  /** All that it remembers: bits and all, so that one that loads it goes on as this one would. */
  public final double[] save() {
    final State state = new State();
    write(state);
    return state.written();
  }

  /**
   * Becomes what was saved.
   *
   * @throws IllegalArgumentException if it was saved by an indicator of another kind or length;
   *     this one is then of no more use
   */
  public final void load(final double[] state) {
    final State from = new State(state);
    read(from);
    from.end();
  }

  abstract void write(State out);

  abstract void read(State in);
}
