package io.millrace.core.engines.elasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.core.engines.Allocations;
import io.millrace.core.engines.Readout;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.MarketScript;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ElasticityEngineTest {
  private static final long SECOND = BarBuilder.SECOND;
  private static final long MINUTE = BarBuilder.MINUTE;
  private static final long HOUR = BarBuilder.HOUR;
  private static final long OPEN = 16_793 * BarBuilder.DAY + 14 * HOUR + 30 * MINUTE;
  private static final long CLOSE = OPEN + 6 * HOUR + 30 * MINUTE;
  private static final long YEAR = 5_896_800 * SECOND;

  private static final ElasticityConfig CONFIG =
      new ElasticityConfig(
          MINUTE, 60, 0.5, 20, 1.0, 0.6, 0.3, 0.02, 0.2, 0.1, 2.5e7, 2e6, 0.1, YEAR, 252);

  private final MarketScript script = new MarketScript();
  private final int id = script.equity(OPEN, CLOSE);
  private final ElasticityEngine engine = new ElasticityEngine(CONFIG, script.market());
  private final Outputs out = new Outputs();
  private final FeatureTable hedge = new FeatureTable();
  private final FeatureTable liquidity = new FeatureTable();

  private void dealers(
      final double sign, final double pressure, final double callWall, final double putWall) {
    hedge.clear();
    hedge.put(Feature.SPOT, 100);
    hedge.put(Feature.GAMMA_SIGN, sign);
    hedge.put(Feature.HEDGE_REGIME_ENERGY, pressure);
    hedge.put(Feature.CALL_WALL, callWall);
    hedge.put(Feature.PUT_WALL, putWall);
  }

  private void book(final double amihud, final double lambda, final double r2, final double bps) {
    liquidity.clear();
    liquidity.put(Feature.AMIHUD_ILLIQUIDITY, amihud);
    liquidity.put(Feature.KYLE_LAMBDA, lambda);
    liquidity.put(Feature.KYLE_R2, r2);
    liquidity.put(Feature.AVG_SPREAD_BPS, bps);
  }

  private Readout evaluate(final long now) {
    out.reset(1, now);
    final int h = Readout.write(out, Regime.NEUTRAL, 0.8, hedge);
    final int l = Readout.write(out, Regime.NORMAL, 0.9, liquidity);
    return Readout.of(out, engine.evaluate(id, now, out, h, l));
  }

  // --- must hold

  @Test
  void longGammaWithADeepBookIsHighBothWays() {
    dealers(1, 0.8, 110, 90);
    book(0.0003, 5e-6, 0.3, 1);
    final Readout features = evaluate(OPEN);
    assertThat(features.regime()).isEqualTo(Regime.HIGH_RESISTANCE);
    assertThat(features.get(Feature.ENERGY_TO_MOVE_1PCT_UP)).isGreaterThan(2.5e7);
    assertThat(features.get(Feature.ENERGY_TO_MOVE_1PCT_DOWN)).isGreaterThan(2.5e7);
  }

  @Test
  void shortGammaWithAThinBookIsLowAndLowerTowardsTheWall() {
    dealers(-1, 0.8, 101, 80);
    book(0.02, 1e-3, 0.3, 30);
    final Readout features = evaluate(OPEN);
    assertThat(features.regime()).isEqualTo(Regime.LOW_RESISTANCE);
    assertThat(features.get(Feature.ENERGY_TO_MOVE_1PCT_UP))
        .isLessThan(features.get(Feature.ENERGY_TO_MOVE_1PCT_DOWN));
    assertThat(features.get(Feature.ELASTICITY_ASYMMETRY)).isPositive();
    dealers(-1, 0.8, 120, 99);
    final Readout mirrored = evaluate(OPEN);
    assertThat(mirrored.get(Feature.ELASTICITY_ASYMMETRY))
        .isCloseTo(-features.get(Feature.ELASTICITY_ASYMMETRY), within(1e-12));
  }

  @Test
  void shortGammaMakesItEasierAndLongGammaHarderThanNone() {
    book(0.001, 1e-5, 0, 5);
    dealers(0, 0.5, 150, 50);
    final double none = evaluate(OPEN).get(Feature.ENERGY_TO_MOVE_1PCT_UP);
    dealers(1, 0.5, 150, 50);
    assertThat(evaluate(OPEN).get(Feature.ENERGY_TO_MOVE_1PCT_UP))
        .isCloseTo(1.5 * none, within(1e-6));
    dealers(-1, 0.5, 150, 50);
    assertThat(evaluate(OPEN).get(Feature.ENERGY_TO_MOVE_1PCT_UP))
        .isCloseTo(0.7 * none, within(1e-6));
  }

  @Test
  void multiplierNeverFallsBelowTheFloor() {
    final ElasticityConfig extreme =
        new ElasticityConfig(
            MINUTE, 60, 0.5, 20, 1.0, 0.99, 0.99, 0.02, 0.2, 0.1, 2.5e7, 2e6, 0.1, YEAR, 252);
    assertThat(new Resistance(extreme).hedgeMultiplier(-1, 1, 1)).isEqualTo(0.1);
  }

  // --- figures

  @Test
  void baseCostBlendsAmihudAndKyle() {
    dealers(0, 0, 150, 50);
    // Amihud: 0.01 × 1e6 / 0.001 = 1e7. Kyle: 0.01 × 100² / 1e-6 = 1e8. Weight 0.5 × 0.4 = 0.2.
    // The spread of 20 bps halves.
    book(0.001, 1e-6, 0.4, 20);
    final double expected = StrictMath.pow(1e7, 0.8) * StrictMath.pow(1e8, 0.2) / 2;
    final Readout features = evaluate(OPEN);
    assertThat(features.get(Feature.BASE_COST_PER_1PCT))
        .isCloseTo(expected, within(1e-9 * expected));
    assertThat(features.get(Feature.ELASTICITY_UP))
        .isCloseTo(1 / features.get(Feature.ENERGY_TO_MOVE_1PCT_UP), within(1e-20));
    assertThat(features.confidence()).isCloseTo(0.9 * (0.5 + 0.5 * 0.8) * 0.9, within(1e-12));
  }

  @Test
  void moreIlliquidCostsLess() {
    dealers(0, 0, 150, 50);
    double before = Double.MAX_VALUE;
    for (final double amihud : new double[] {0, 1e-5, 1e-3, 0.1, 10}) {
      book(amihud, 0, 0, 5);
      final double cost = evaluate(OPEN).get(Feature.BASE_COST_PER_1PCT);
      assertThat(cost).isLessThan(before);
      before = cost;
    }
  }

  @Test
  void overboughtMakesUpDearerAndDownCheaper() {
    assertThat(Resistance.overbought(1.2, 90)).isEqualTo(1);
    assertThat(Resistance.overbought(-0.2, 10)).isEqualTo(-1);
    assertThat(Resistance.overbought(1.0, 30)).as("they disagree").isZero();
    for (int i = 1; i <= 30; i++) {
      final double close = 100 * StrictMath.pow(1.001, i);
      engine.onBar(
          script.bar(id, OPEN + i * MINUTE, MINUTE, close, close + 0.01, close - 0.01, close, 1));
    }
    dealers(0, 0, 150, 50);
    book(0.001, 0, 0, 5);
    final Readout features = evaluate(OPEN + 30 * MINUTE);
    assertThat(features.get(Feature.ENERGY_TO_MOVE_1PCT_UP))
        .isGreaterThan(features.get(Feature.ENERGY_TO_MOVE_1PCT_DOWN));
    assertThat(features.regime()).isEqualTo(Regime.ASYMMETRIC_DOWN);
  }

  @Test
  void dayCostsItsOwnVolatility() {
    // 0.1 % up and down each minute.
    for (int i = 1; i <= 70; i++) {
      final double close = i % 2 == 0 ? 100 : 100.1;
      engine.onBar(script.bar(id, OPEN + i * MINUTE, MINUTE, close, close, close, close, 1));
    }
    dealers(0, 0, 150, 50);
    book(0.001, 0, 0, 0);
    final Readout features = evaluate(OPEN + 70 * MINUTE);
    final double daily = StrictMath.log(1.001) * StrictMath.sqrt(5_896_800 / 60.0 / 252);
    final double energy =
        (features.get(Feature.ENERGY_TO_MOVE_1PCT_UP)
                + features.get(Feature.ENERGY_TO_MOVE_1PCT_DOWN))
            / 2;
    assertThat(features.get(Feature.EXPECTED_MOVE_COST_1_DAY))
        .isCloseTo(energy * daily * 100, within(1e-9 * energy));
  }

  @Test
  void gapOverNightIsNotAReturn() {
    for (int i = 385; i <= 390; i++) {
      engine.onBar(script.bar(id, OPEN + i * MINUTE, MINUTE, 100, 100, 100, 100, 1));
    }
    script.session(id, OPEN + BarBuilder.DAY, CLOSE + BarBuilder.DAY);
    for (int i = 1; i <= 5; i++) {
      engine.onBar(
          script.bar(id, OPEN + BarBuilder.DAY + i * MINUTE, MINUTE, 120, 120, 120, 120, 1));
    }
    dealers(0, 0, 150, 50);
    book(0.001, 0, 0, 0);
    // Nothing moved within either session: no volatility, so no cost of a day's move.
    assertThat(evaluate(OPEN + BarBuilder.DAY + HOUR).has(Feature.EXPECTED_MOVE_COST_1_DAY))
        .isFalse();
  }

  @Test
  void impliedVolatilityStandsInUntilThereIsRealised() {
    dealers(0, 0, 150, 50);
    hedge.put(Feature.ATM_IV, 0.252);
    book(0.001, 0, 0, 0);
    final Readout features = evaluate(OPEN);
    assertThat(features.get(Feature.EXPECTED_MOVE_COST_1_DAY))
        .isCloseTo(1e7 * 100 * 0.252 / StrictMath.sqrt(252), within(1.0));
  }

  // --- what is missing degrades

  @Test
  void withoutDealersOnlyTheBookResists() {
    book(0.001, 0, 0, 0);
    out.reset(1, OPEN);
    final int l = Readout.write(out, Regime.NORMAL, 0.9, liquidity);
    final Readout features = Readout.of(out, engine.evaluate(id, OPEN, out, -1, l));
    assertThat(features.get(Feature.HEDGE_MULTIPLIER_UP)).isEqualTo(1);
    assertThat(features.confidence()).isCloseTo(0.9 * 0.5 * 0.9, within(1e-12));
    assertThat(features.quality() & QualityEncoder.missingGreeks(0, true)).isNotZero();
  }

  @Test
  void withoutABookThereIsNothingToSay() {
    dealers(1, 0.5, 110, 90);
    out.reset(1, OPEN);
    final int h = Readout.write(out, Regime.PIN, 0.8, hedge);
    final Readout features = Readout.of(out, engine.evaluate(id, OPEN, out, h, -1));
    assertThat(features.regime()).isEqualTo(Regime.DEGRADED);
    assertThat(features.confidence()).isZero();
    assertThat(features.has(Feature.BASE_COST_PER_1PCT)).isFalse();
  }

  @Test
  void anyInputGivesFiniteOutput() {
    final long seed = 23;
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      hedge.clear();
      liquidity.clear();
      for (final Feature feature :
          new Feature[] {
            Feature.SPOT,
            Feature.GAMMA_SIGN,
            Feature.HEDGE_REGIME_ENERGY,
            Feature.CALL_WALL,
            Feature.PUT_WALL,
            Feature.ATM_IV
          }) {
        if (random.nextInt(4) != 0) {
          hedge.put(feature, StrictMath.pow(10, random.nextDouble(-300, 300)));
        }
      }
      for (final Feature feature :
          new Feature[] {Feature.AMIHUD_ILLIQUIDITY, Feature.KYLE_LAMBDA, Feature.AVG_SPREAD_BPS}) {
        if (random.nextInt(4) != 0) {
          liquidity.put(feature, StrictMath.pow(10, random.nextDouble(-300, 300)));
        }
      }
      liquidity.put(Feature.KYLE_R2, random.nextDouble());
      hedge.put(Feature.GAMMA_SIGN, random.nextInt(3) - 1);
      hedge.put(Feature.ATM_IV, random.nextDouble(5));
      evaluate(OPEN + i);
    }
  }

  @Test
  void nothingIsAllocatedPerEvent() {
    dealers(1, 0.5, 110, 90);
    book(0.001, 1e-5, 0.3, 5);
    engine.onInstrument(id);
    final long[] time = {OPEN};
    // The outputs of the other two engines are the first of each input and stay where they are.
    out.reset(1, OPEN);
    final int h = Readout.write(out, Regime.NEUTRAL, 0.8, hedge);
    final int l = Readout.write(out, Regime.NORMAL, 0.9, liquidity);
    final Runnable work =
        () -> {
          for (int i = 0; i < 1000; i++) {
            time[0] += SECOND;
            engine.onTrade(id, time[0], Fixed.ONE * (100 + i % 3), Fixed.ONE);
            engine.evaluate(id, time[0], out, h, l);
          }
        };
    // Eight rounds make the buffer as large as it will be: one input may cause 8,192 outputs.
    for (int round = 0; round < 8; round++) {
      work.run();
    }
    out.reset(1, OPEN);
    Readout.write(out, Regime.NEUTRAL, 0.8, hedge);
    Readout.write(out, Regime.NORMAL, 0.9, liquidity);
    assertThat(Allocations.of(work)).isZero();
  }
}
