package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HedgeConfigTest {
  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                new HedgeConfig(
                    null,
                    0.9,
                    0.0,
                    1.0,
                    0,
                    0.05,
                    900,
                    300,
                    4,
                    0.75,
                    0.5,
                    0.15,
                    0.7,
                    0.25,
                    0.5,
                    0.01,
                    0.1,
                    2.0,
                    0.3,
                    0.3,
                    0.6,
                    Double.NaN,
                    0.35,
                    0.1,
                    20,
                    0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hedge: ")
        .hasMessageContaining("dealer_convention is missing")
        .hasMessageContaining("rate is 0.9, allowed -0.5 to 0.5")
        .hasMessageContaining("parity_strikes is 0.0, allowed 1.0 to 31.0")
        .hasMessageContaining("daily_vol_move is NaN")
        .hasMessageContaining("zero_gamma_refresh_seconds is 0.0");
  }
}
