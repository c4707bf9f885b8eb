package io.millrace.core.strategy;

import io.millrace.codecs.StrategyCallback;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Saves and loads what a strategy itself remembers: bytes of their own, so that whatever its {@code
 * state} does stays within them and within the budget of a callback.
 *
 * <p>Saving must not change what it saves, or a run with checkpoints would differ from one without:
 * it is done twice and compared. Loading must take what was saved: it is saved again and compared.
 */
final class StrategyState {
  private static final byte[] NOTHING = {};

  private final String name;
  private final Strategy strategy;
  private final Budget budget;
  private final HostClock clock;
  private final HostExecution execution;

  /** Of a strategy; null = it could not be made and is never asked. */
  StrategyState(
      final String name,
      final Strategy strategy,
      final Budget budget,
      final HostClock clock,
      final HostExecution execution) {
    this.name = name;
    this.strategy = strategy;
    this.budget = budget;
    this.clock = clock;
    this.execution = execution;
  }

  /**
   * Demands what a strategy may only do outside of {@link Strategy#state}.
   *
   * @throws IllegalStateException if it does not hold
   */
  static void demand(final boolean outside) {
    if (!outside) {
      throw new IllegalStateException(
          "state() only saves and loads; orders, timers and lines belong into other callbacks");
    }
  }

  /**
   * Starts it once more, before it is loaded.
   *
   * @param dropped takes what it asks for and says, which was asked for and said
   */
  void startAgain(final Ports ports, final Outputs dropped) {
    execution.begin(StrategyCallback.START, dropped);
    budget.begin();
    try {
      strategy.start(ports);
    } catch (final Throwable thrown) { // whatever it is, the checkpoint is of no use
      throw new StateException(
          name + " does not start again: " + Thrown.describe(thrown, strategy));
    }
    execution.drop();
  }

  /**
   * Passes what it remembers.
   *
   * @throws StateException if it throws, changes while it is saved, or does not take what was saved
   */
  void state(final StateCodec codec) {
    execution.begin(StrategyCallback.START, null);
    clock.closed(true);
    try {
      if (codec.loading()) {
        load(codec.grown(NOTHING));
      } else {
        codec.grown(save());
      }
    } finally {
      clock.closed(false);
    }
  }

  /**
   * Saves twice at its start, in a run and in its replay: a strategy that saving changes would
   * decide otherwise in a run that makes checkpoints than in a replay, which makes none.
   *
   * @param out takes what the callback at hand still asks for and says
   * @throws IllegalStateException if saving changes it
   */
  void tried(final Outputs out) {
    execution.begin(StrategyCallback.START, null);
    clock.closed(true);
    final boolean same;
    try {
      same = Arrays.equals(written(), written());
    } catch (final StateException notYet) {
      return; // it may save what only events give it; told when a checkpoint is due
    } finally {
      clock.closed(false);
      execution.begin(StrategyCallback.START, out);
    }
    if (!same) {
      throw new IllegalStateException(changes());
    }
  }

  private byte[] save() {
    final byte[] saved = written();
    if (!Arrays.equals(saved, written())) {
      throw new StateException(changes());
    }
    return saved;
  }

  private String changes() {
    return "state() of "
        + name
        + " saves two things one after the other; saving must not change the strategy";
  }

  private byte[] written() {
    final StateWriter writer = new StateWriter();
    call(new MeteredCodec(writer, budget), "cannot be saved");
    final byte[] bytes = new byte[writer.length()];
    writer.buffer().getBytes(0, bytes);
    return bytes;
  }

  private void load(final byte[] saved) {
    final StateReader reader = new StateReader(new UnsafeBuffer(saved), 0, saved.length);
    call(new MeteredCodec(reader, budget), "cannot be loaded");
    reader.end();
    if (!Arrays.equals(saved, written())) {
      throw new StateException(
          "state() of "
              + name
              + " does not take what it saved; give each field what comes back: x = codec.int64(x)");
    }
  }

  private void call(final MeteredCodec codec, final String failed) {
    budget.begin();
    try {
      strategy.state(codec);
    } catch (final Throwable thrown) { // whatever it is, there is no checkpoint
      throw new StateException(
          "the state of " + name + " " + failed + ": " + Thrown.describe(thrown, strategy));
    } finally {
      codec.close();
    }
  }
}
