package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.Regime;
import io.millrace.core.market.ChainGreeks;
import io.millrace.kernels.Kernels;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoogDayTest {
  private static final Set<Regime> REGIMES =
      EnumSet.of(
          Regime.GAMMA_SQUEEZE,
          Regime.PIN,
          Regime.VANNA_FLOW,
          Regime.ILLIQUID_GAMMA,
          Regime.NEUTRAL);

  private static final long NOON = 1_450_976_400_000_000_000L;

  /** What looks at each evaluation. */
  private interface Watcher {
    void seen(Desk desk);
  }

  private static void play(final Desk desk, final GoogDay day, final Watcher watcher) {
    final Map<String, Integer> ids = day.define(desk);
    final List<GoogDay.Row> rows = day.rows;
    for (int i = 0; i < rows.size(); i++) {
      GoogDay.feed(desk, ids, rows.get(i));
      if (i + 1 == rows.size() || rows.get(i + 1).time() != rows.get(i).time()) {
        watcher.seen(desk.evaluate());
      }
    }
  }

  @Test
  void everyMinuteOfARealDayHasAField() throws Exception {
    final int[] evaluations = {0};
    play(
        new Desk(Desk.config()),
        GoogDay.load(),
        desk -> {
          evaluations[0]++;
          assertThat(REGIMES).as("minute %d", evaluations[0]).contains(desk.regime);
          assertThat(desk.confidence).isBetween(0.2, 1.0);
          assertThat(desk.feature(Feature.CONTRACTS_USED)).isGreaterThan(400.0);
          assertThat(
                  desk.feature(Feature.CONTRACTS_USED) + desk.feature(Feature.CONTRACTS_EXCLUDED))
              .isEqualTo(2_192.0);
          assertThat(desk.feature(Feature.ATM_IV)).isBetween(0.12, 0.25);
          // Earnings at the end of January: the month is dearer than the week.
          assertThat(desk.feature(Feature.ATM_IV_30D)).isBetween(0.2, 0.26);
          assertThat(desk.feature(Feature.SKEW_25D)).isPositive();
          assertThat(desk.feature(Feature.CALL_WALL)).isBetween(700.0, 800.0);
          assertThat(desk.feature(Feature.PUT_WALL)).isBetween(700.0, 800.0);
          assertThat(desk.quality().deAmericanised()).isTrue();
        });
    assertThat(evaluations[0]).isEqualTo(211);
  }

  @Test
  void parityForwardsLieNextToTheSpot() throws Exception {
    final int[] expiries = {0};
    play(
        new Desk(Desk.config()),
        GoogDay.load(),
        desk -> {
          if (desk.now != NOON) {
            return;
          }
          final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
          for (int e = 0; e < greeks.expiries() && greeks.expiryDays(e) < 60; e++) {
            expiries[0]++;
            assertThat(greeks.forward(e)).isCloseTo(greeks.spot(), within(1.5));
          }
        });
    assertThat(expiries[0]).isGreaterThan(6);
  }

  @Test
  void vectorAndScalarKernelsGiveTheSameBytes() throws Exception {
    final GoogDay day = GoogDay.load();
    final byte[][] auto = new byte[211][];
    final int[] at = {0, 0};
    play(
        new Desk(Desk.config(), Kernels.select("auto")), day, desk -> auto[at[0]++] = desk.bytes());
    play(
        new Desk(Desk.config(), Kernels.select("scalar")),
        day,
        desk ->
            assertThat(Arrays.equals(desk.bytes(), auto[at[1]++])).as("minute %d", at[1]).isTrue());
    assertThat(at[1]).isEqualTo(211);
  }
}
