package io.millrace.core.strategy;

import io.millrace.core.state.StateCodec;

/**
 * A strategy: called back in event order by one thread, and a pure function of what it is shown, so
 * that a replay of its run takes the same decisions.
 *
 * <p>Override what you need. Views are reused: read them in the callback, keep numbers, not views
 * ({@link Instrument} may be kept). Whatever a callback throws stops the strategy: its orders are
 * cancelled, its positions stay, and the run goes on.
 */
public interface Strategy {
  /**
   * Once, when all instruments of the universe are known, before the first market event.
   *
   * @param ports what the strategy may look at and do; keep it
   */
  default void start(final Ports ports) {}

  /** The top of book of an instrument of the universe, or of its options, has changed. */
  default void quote(final Quote quote) {}

  /** A print of an instrument of the universe, or of its options. */
  default void trade(final Trade trade) {}

  /** A bar of the bundle's timeframe is finished; quotes of the same instant are in the book. */
  default void bar(final Bar bar) {}

  /**
   * The option chain of an instrument of the universe has changed: at most once for each interval
   * of {@code market.evaluation_interval}, with the Greeks of that evaluation. Overriding it makes
   * the engines run.
   */
  default void chain(final Chain chain) {}

  /**
   * The engines have measured an instrument of the universe. Overriding it makes the engines run.
   */
  default void snapshot(final Snapshot snapshot) {}

  /** A part of an own order traded. */
  default void fill(final Fill fill) {}

  /** An own order changed its state. */
  default void order(final OrderUpdate update) {}

  /**
   * A timer is due: at the first event at or after its time.
   *
   * @param name as given to {@link EventClock}
   */
  default void timer(final String name) {}

  /** Once, at the end of the run; orders given here are cancelled with it. */
  default void stop() {}

  /**
   * Saves what it remembers, or loads it when the run goes on after a crash: every field that
   * callbacks change goes through the codec, always in the same order, and takes what comes back.
   *
   * <pre>
   *   lastDay = codec.int64(lastDay);
   *   codec.all(prices);              // an array of fixed length
   *   average.state(codec);           // an indicator
   * </pre>
   *
   * <p>A restart makes the strategy anew, calls {@link #start}, whose orders, timers and lines do
   * not count again, and then this; prices and positions are then those of the checkpoint, timers
   * and history come back by themselves. Ports and views are not saved; an {@link Instrument} is by
   * its symbol. Saving must change nothing, and no order, timer or line may be given here.
   *
   * <p>A strategy with fields that change and without this runs as well; only, a restart of its run
   * re-executes all of it.
   */
  default void state(final StateCodec codec) {}
}
