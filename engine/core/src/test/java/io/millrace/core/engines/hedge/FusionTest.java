package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionStyle;
import io.millrace.core.market.OptionChain;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final double[] STRIKES = {90, 95, 100, 105, 110};
  private static final double WEIGHT = 0.5;
  private static final double BETA = 1.2;

  private static Desk desk(final RelatedUnderlying... related) {
    return new Desk(
        Desk.config(
            DealerConvention.LONG_CALLS_SHORT_PUTS,
            Desk.RATE,
            20,
            GreeksSource.COMPUTED,
            List.of(),
            List.of(related)));
  }

  private static void list(
      final Desk desk,
      final int underlying,
      final double carry,
      final long calls,
      final long puts) {
    desk.spotOf(underlying, 99.99, 100.01);
    for (int i = 0; i < 2 * STRIKES.length; i++) {
      final boolean call = i % 2 == 0;
      final int id =
          desk.optionOn(
              underlying, STRIKES[i / 2], Desk.START + 30 * Desk.DAY, call, OptionStyle.EUROPEAN);
      desk.openInterest(id, call ? calls : puts);
      desk.quoteAtVol(id, 100.0 * StrictMath.exp(carry * 30 / 365.0), 0.25, 0.02);
    }
  }

  @Test
  void theFieldOfTheFutureBlendsIntoThatOfTheIndex() {
    final Desk desk = desk(new RelatedUnderlying("I1", "ESH6", WEIGHT, BETA));
    final int future = desk.underlying("ESH6", InstrumentKind.FUTURE);
    list(desk, Desk.UNDERLYING, Desk.RATE, 3_000, 1_000);
    list(desk, future, 0.0, 1_000, 9_000);
    desk.evaluate(future);
    final double other =
        desk.feature(Feature.NET_GAMMA_PRESSURE) / desk.feature(Feature.GAMMA_PRESSURE);
    assertThat(desk.has(Feature.RELATED_USED)).isFalse();
    assertThat(other).isCloseTo(-0.8, within(1e-3));
    desk.evaluate();
    final double own = desk.feature(Feature.OWN_GAMMA_RATIO);
    assertThat(own).isCloseTo(0.5, within(1e-3));
    assertThat(desk.feature(Feature.RELATED_USED)).isEqualTo(1.0);
    final double squares = WEIGHT * BETA * BETA;
    final double fused = (own + squares * other) / (1.0 + squares);
    assertThat(desk.feature(Feature.NET_GAMMA_PRESSURE) / desk.feature(Feature.GAMMA_PRESSURE))
        .isCloseTo(fused, within(1e-12));
    assertThat(desk.feature(Feature.HEDGE_REGIME_ENERGY)).isCloseTo(Math.abs(fused), within(1e-12));
    assertThat(fused).isNegative();
    assertThat(desk.feature(Feature.GAMMA_SIGN)).isEqualTo(fused < -0.05 ? -1.0 : 0.0);
    // Currency exposures are those of the own options.
    assertThat(desk.feature(Feature.GEX_1PCT)).isPositive();
  }

  @Test
  void withoutAFreshFieldTheOwnOneStands() {
    final RelatedUnderlying row = new RelatedUnderlying("I1", "ESH6", WEIGHT, BETA);
    final Desk desk = desk(row);
    final int future = desk.underlying("ESH6", InstrumentKind.FUTURE);
    list(desk, Desk.UNDERLYING, Desk.RATE, 3_000, 1_000);
    desk.evaluate();
    assertThat(desk.feature(Feature.RELATED_USED)).isZero();
    final double own = desk.feature(Feature.NET_GAMMA_PRESSURE);
    // A chain that nobody quotes is degraded, and does not count.
    desk.optionOn(future, 100, Desk.START + 30 * Desk.DAY, true, OptionStyle.EUROPEAN);
    desk.spotOf(future, 99.99, 100.01);
    desk.evaluate(future).evaluate();
    assertThat(desk.feature(Feature.RELATED_USED)).isZero();
    assertThat(desk.feature(Feature.NET_GAMMA_PRESSURE)).isEqualTo(own);
    // A field that is too old does not count either.
    list(desk, future, 0.0, 1_000, 9_000);
    assertThat(desk.evaluate(future).evaluate().feature(Feature.RELATED_USED)).isEqualTo(1.0);
    desk.at(desk.now + 901_000_000_000L);
    desk.spot(100.0);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int r = chain.from(); r < chain.to(); r++) {
      desk.quoteAtVol(chain.instrumentIds()[r], 100.0, 0.25, 0.02);
    }
    assertThat(desk.evaluate().feature(Feature.RELATED_USED)).isZero();
  }

  @Test
  void theOrderOfEvaluationAmongOthersDoesNotFeedBack() {
    final Desk desk =
        desk(
            new RelatedUnderlying("I1", "ESH6", WEIGHT, BETA),
            new RelatedUnderlying("ESH6", "I1", WEIGHT, 1.0 / BETA));
    final int future = desk.underlying("ESH6", InstrumentKind.FUTURE);
    list(desk, Desk.UNDERLYING, Desk.RATE, 3_000, 1_000);
    list(desk, future, 0.0, 1_000, 9_000);
    desk.evaluate(future).evaluate();
    final double first = desk.feature(Feature.HEDGE_REGIME_ENERGY);
    for (int i = 0; i < 20; i++) {
      desk.evaluate(future).evaluate();
    }
    assertThat(desk.feature(Feature.HEDGE_REGIME_ENERGY)).isEqualTo(first);
  }

  @Test
  void tenTimesTheInterestOfEitherLeavesTheBlend() {
    double before = Double.NaN;
    for (final long[] scale : new long[][] {{1, 1}, {10, 1}, {1, 10}}) {
      final Desk desk = desk(new RelatedUnderlying("I1", "ESH6", WEIGHT, BETA));
      final int future = desk.underlying("ESH6", InstrumentKind.FUTURE);
      list(desk, Desk.UNDERLYING, Desk.RATE, 3_000 * scale[0], 1_000 * scale[0]);
      list(desk, future, 0.0, 1_000 * scale[1], 9_000 * scale[1]);
      final double energy = desk.evaluate(future).evaluate().feature(Feature.HEDGE_REGIME_ENERGY);
      if (!Double.isNaN(before)) {
        assertThat(energy).isCloseTo(before, within(1e-12));
      }
      before = energy;
    }
  }

  @Test
  void aFutureCostsNothingToCarry() {
    final Desk desk = desk();
    final int future = desk.underlying("ESH6", InstrumentKind.FUTURE);
    list(desk, future, 0.0, 1_000, 1_000);
    // Only calls are quoted, so that parity tells nothing.
    for (int row = 1; row < 2 * STRIKES.length; row += 2) {
      desk.quote(desk.market.chain(future).instrumentIds()[row], 0.0, 1.0);
    }
    desk.evaluate(future);
    assertThat(desk.quality().configuredCarry()).isTrue();
    assertThat(desk.feature(Feature.FRONT_FORWARD)).isCloseTo(100.0, within(1e-9));
  }

  @Test
  void callsOnTheVolatilityIndexAreFriction() {
    for (final long[] interest : new long[][] {{9_000, 1_000}, {1_000, 1_000}, {1_000, 9_000}}) {
      final Desk desk = desk();
      final int vix = desk.underlying("VIX", InstrumentKind.INDEX);
      list(desk, Desk.UNDERLYING, Desk.RATE, 1_000, 1_000);
      desk.evaluate();
      assertThat(desk.quality().noVix()).isTrue();
      assertThat(desk.feature(Feature.VIX_FRICTION_FACTOR)).isZero();
      list(desk, vix, Desk.RATE, interest[0], interest[1]);
      desk.evaluate(vix).evaluate();
      assertThat(desk.quality().noVix()).isFalse();
      final double expected =
          Math.max(0.0, (double) (interest[0] - interest[1])) / (interest[0] + interest[1]);
      assertThat(desk.feature(Feature.VIX_FRICTION_FACTOR)).isCloseTo(expected, within(1e-3));
      desk.at(desk.now + 901_000_000_000L);
      desk.evaluate();
      assertThat(desk.quality().noVix()).isTrue();
      assertThat(desk.feature(Feature.VIX_FRICTION_FACTOR)).isZero();
    }
  }
}
