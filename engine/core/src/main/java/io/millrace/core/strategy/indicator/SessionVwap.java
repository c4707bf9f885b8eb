package io.millrace.core.strategy.indicator;

import io.millrace.core.state.StateCodec;

/** Volume-weighted average price since the session began: since {@link #reset}. */
public final class SessionVwap extends Indicator {
  private double amount;
  private double volume;

  /**
   * Takes a price with its volume.
   *
   * @param traded at least 0
   * @throws IllegalArgumentException if a number is not finite or the volume below 0
   */
  public void update(final double price, final double traded) {
    Inputs.volume(traded);
    amount += Inputs.finite(price) * traded;
    volume += traded;
  }

  /** Begins a session. */
  public void reset() {
    amount = 0;
    volume = 0;
  }

  /** Whether anything was traded in this session. */
  @Override
  public boolean ready() {
    return volume > 0;
  }

  /** The average price, NaN before {@link #ready()}. */
  @Override
  public double value() {
    return ready() ? amount / volume : Double.NaN;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("SessionVwap");
    amount = codec.float64(amount);
    volume = codec.float64(volume);
  }
}
