package io.millrace.core.engines.hedge;

import io.millrace.core.state.StateCodec;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.OptionColumns;

/** Saves and loads what the kernels work on: they know no codec. */
final class KernelColumns {
  private KernelColumns() {}

  /** Contracts; a row that is switched off is neutral, whatever it was. Loads into new columns. */
  static void state(final StateCodec codec, final OptionColumns contracts) {
    for (int row = 0; row < contracts.capacity(); row++) {
      if (codec.flag(contracts.live(row))) {
        contracts.set(
            row,
            codec.float64(contracts.strike(row)),
            codec.float64(contracts.tau(row)),
            codec.float64(contracts.vol(row)),
            codec.float64(contracts.rate(row)),
            codec.float64(contracts.carry(row)),
            codec.flag(contracts.call(row)));
      }
    }
  }

  /** The Greeks that the engine asks for: price, vomma and speed are never computed here. */
  static void state(final StateCodec codec, final GreekColumns greeks) {
    codec.all(greeks.delta());
    codec.all(greeks.gamma());
    codec.all(greeks.vega());
    codec.all(greeks.theta());
    codec.all(greeks.vanna());
    codec.all(greeks.charm());
  }
}
