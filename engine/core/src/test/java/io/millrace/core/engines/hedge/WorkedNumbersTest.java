package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionStyle;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The worked numbers for exposure formulas: S = 5000, v = 0.15, T = 30/365, r = 0.05, q = 0. */
class WorkedNumbersTest {
  private static final double RATE = 0.05;
  private static final double SPOT = 5_000.0;
  private static final double VOL = 0.15;
  private static final double[] STRIKES = {4_900, 5_000, 5_100};

  private static Desk desk(final long[] calls, final long[] puts) {
    final Desk desk =
        new Desk(
            Desk.config(
                DealerConvention.LONG_CALLS_SHORT_PUTS,
                RATE,
                HedgeConfig.MAX_ZERO_GAMMA_STEPS,
                GreeksSource.COMPUTED,
                List.of(),
                List.of()));
    desk.spot(SPOT);
    for (int i = 0; i < STRIKES.length; i++) {
      for (final boolean call : new boolean[] {true, false}) {
        final int id = desk.option(STRIKES[i], 30, call, OptionStyle.EUROPEAN);
        desk.openInterest(id, call ? calls[i] : puts[i]);
        desk.quoteAtVol(id, SPOT * StrictMath.exp(RATE * 30 / 365.0), VOL, 0.0001);
      }
    }
    return desk.evaluate();
  }

  @Test
  void exposuresOfSingleLinesAreTheWorkedOnes() {
    final double[] gex = {39_047_131.73, 46_067_936.21, 43_728_506.05};
    final double[] vex = {-6_088_134.76, -978_154.81, 4_844_446.74};
    // The table's charm is the change of delta per year of time to expiry lost, as ours.
    final double[] cex = {987_141.47, -386_528.92, -1_810_132.32};
    for (int i = 0; i < STRIKES.length; i++) {
      final long[] calls = new long[STRIKES.length];
      calls[i] = 1_000;
      final Desk desk = desk(calls, new long[STRIKES.length]);
      assertThat(desk.feature(Feature.GEX_1PCT)).isCloseTo(gex[i], within(gex[i] * 1e-6));
      assertThat(desk.feature(Feature.VEX_1VOL)).isCloseTo(vex[i], within(Math.abs(vex[i]) * 1e-5));
      assertThat(desk.feature(Feature.CEX_1DAY)).isCloseTo(cex[i], within(Math.abs(cex[i]) * 1e-5));
    }
  }

  @Test
  void theToyChainGivesItsNetFlipWallsAndPain() {
    final Desk desk = desk(new long[] {1_000, 3_000, 5_000}, new long[] {4_000, 3_000, 500});
    assertThat(desk.feature(Feature.GEX_1PCT)).isCloseTo(79_636_882.0, within(100.0));
    assertThat(desk.feature(Feature.ZERO_GAMMA)).isCloseTo(4_881.54, within(0.03));
    assertThat(desk.feature(Feature.CALL_WALL)).isEqualTo(5_100.0);
    assertThat(desk.feature(Feature.PUT_WALL)).isEqualTo(4_900.0);
    assertThat(desk.feature(Feature.MAX_PAIN)).isEqualTo(5_000.0);
  }
}
