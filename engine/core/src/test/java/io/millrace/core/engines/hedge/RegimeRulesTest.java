package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Regime;
import org.junit.jupiter.api.Test;

class RegimeRulesTest {
  private final RegimeRules rules = new RegimeRules(Desk.config());

  private Regime judge(
      final int gammaSign,
      final int vannaSign,
      final double energy,
      final double spread,
      final double peakDistance,
      final double squeeze,
      final double vanna) {
    return rules.judge(
        gammaSign, vannaSign, energy, spread, peakDistance, 0.2, 1.0, squeeze, vanna);
  }

  @Test
  void aSmallFieldIsNeutral() {
    assertThat(judge(0, 0, 0.01, 0.05, 0.1, 0.0, 0.0)).isEqualTo(Regime.NEUTRAL);
  }

  @Test
  void longGammaAtThePeakPinsButShortGammaDoesNot() {
    assertThat(judge(1, 0, 0.2, 0.05, 0.005, 0.1, 0.1)).isEqualTo(Regime.PIN);
    assertThat(judge(-1, 0, 0.2, 0.05, 0.005, 0.1, 0.1)).isEqualTo(Regime.NEUTRAL);
  }

  @Test
  void aWallAboveSpotSqueezesOnlyWithEnergy() {
    assertThat(judge(1, 0, 0.5, 0.05, 0.05, 0.5, 0.1)).isEqualTo(Regime.GAMMA_SQUEEZE);
    assertThat(judge(1, 0, 0.2, 0.05, 0.05, 0.5, 0.1)).isEqualTo(Regime.NEUTRAL);
    assertThat(judge(1, 0, 0.5, 0.05, 0.05, 0.2, 0.1)).isEqualTo(Regime.NEUTRAL);
  }

  @Test
  void vannaFlowsWhenVolatilityMovesMoreDeltaThanSpot() {
    assertThat(judge(0, 1, 0.01, 0.05, 0.1, 0.0, 0.7)).isEqualTo(Regime.VANNA_FLOW);
    assertThat(judge(0, 0, 0.01, 0.05, 0.1, 0.0, 0.7)).isEqualTo(Regime.NEUTRAL);
  }

  @Test
  void wideSpreadsComeBeforeEverything() {
    assertThat(judge(1, 1, 0.9, 0.4, 0.001, 0.9, 0.9)).isEqualTo(Regime.ILLIQUID_GAMMA);
  }

  @Test
  void vannaShareComparesOrdinaryDays() {
    // One point of volatility moves 300; spot moves 0.365 / sqrt(365) = 1.9105 % at 100 a per cent.
    assertThat(rules.vannaShare(100.0, 300.0, 0.365))
        .isCloseTo(300.0 / (300.0 + 191.05), within(1e-4));
    assertThat(rules.vannaShare(-1e9, 3e9, 0.365))
        .isEqualTo(rules.vannaShare(1.0, -3.0, 0.365), within(1e-15));
    assertThat(rules.vannaShare(0.0, 0.0, 0.2)).isZero();
  }
}
