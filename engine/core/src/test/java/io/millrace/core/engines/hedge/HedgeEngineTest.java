package io.millrace.core.engines.hedge;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Engine;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Regime;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.OptionChain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HedgeEngineTest {
  private static final double SPOT = 100.0;
  private static final double VOL = 0.25;
  private static final double SPREAD = 0.02;
  private static final double[] STRIKES = {85, 90, 95, 97.5, 100, 102.5, 105, 110, 115};
  private static final double[] DAYS = {30, 60};

  /** One contract of a test chain. */
  private record Listed(double strike, double days, boolean call, long interest) {}

  /** Open interest by contract. */
  private interface Interest {
    long of(double strike, boolean call);
  }

  private static List<Listed> chain(final Interest interest) {
    final List<Listed> chain = new ArrayList<>();
    for (final double days : DAYS) {
      for (final double strike : STRIKES) {
        chain.add(new Listed(strike, days, true, interest.of(strike, true)));
        chain.add(new Listed(strike, days, false, interest.of(strike, false)));
      }
    }
    return chain;
  }

  private static double forward(final double days) {
    return SPOT * StrictMath.exp(Desk.RATE * days / 365.0);
  }

  private static Desk desk(final HedgeConfig config, final List<Listed> chain) {
    final Desk desk = new Desk(config);
    final int[] ids = new int[chain.size()];
    for (int i = 0; i < ids.length; i++) {
      final Listed listed = chain.get(i);
      ids[i] = desk.option(listed.strike(), listed.days(), listed.call(), OptionStyle.EUROPEAN);
    }
    desk.spot(SPOT);
    for (int i = 0; i < ids.length; i++) {
      desk.openInterest(ids[i], chain.get(i).interest());
      desk.quoteAtVol(ids[i], forward(chain.get(i).days()), VOL, SPREAD);
    }
    return desk;
  }

  private static Desk desk(final Interest interest) {
    return desk(Desk.config(), chain(interest));
  }

  private static long heavyCalls(final double strike, final boolean call) {
    return call && strike > SPOT ? 20_000 : 500;
  }

  @Test
  void symmetricGammaIsNeutral() {
    final Desk desk = desk((strike, call) -> 1_000).evaluate();
    assertThat(desk.regime).isEqualTo(Regime.NEUTRAL);
    assertThat(desk.feature(Feature.GAMMA_SIGN)).isZero();
    assertThat(desk.feature(Feature.VANNA_SIGN)).isZero();
    assertThat(desk.feature(Feature.HEDGE_REGIME_ENERGY)).isLessThan(1e-3);
    assertThat(desk.feature(Feature.GAMMA_PRESSURE)).isPositive();
    assertThat(desk.confidence).isEqualTo(1.0);
  }

  @Test
  void heavyCallInterestAboveSpotIsAGammaSqueeze() {
    final Desk desk = desk(HedgeEngineTest::heavyCalls).evaluate();
    assertThat(desk.regime).isEqualTo(Regime.GAMMA_SQUEEZE);
    assertThat(desk.feature(Feature.GAMMA_SIGN)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.HEDGE_REGIME_ENERGY)).isGreaterThan(0.5);
    assertThat(desk.feature(Feature.GEX_1PCT)).isPositive();
    assertThat(desk.feature(Feature.CALL_WALL)).isEqualTo(102.5);
    assertThat(desk.confidence).isEqualTo(1.0);
  }

  @Test
  void heavyPutInterestMakesDealersShortGammaAndNoSqueeze() {
    final Desk desk = desk((strike, call) -> !call && strike < SPOT ? 20_000 : 500).evaluate();
    assertThat(desk.feature(Feature.GAMMA_SIGN)).isEqualTo(-1.0);
    assertThat(desk.feature(Feature.GEX_1PCT)).isNegative();
    assertThat(desk.feature(Feature.PUT_WALL)).isEqualTo(97.5);
    assertThat(desk.regime).isNotEqualTo(Regime.GAMMA_SQUEEZE);
  }

  @Test
  void heavyCallInterestBelowSpotIsNoSqueeze() {
    final Desk desk = desk((strike, call) -> call && strike < SPOT ? 20_000 : 500).evaluate();
    assertThat(desk.feature(Feature.GAMMA_SIGN)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.SQUEEZE_RATIO)).isCloseTo(0.0, within(1e-3));
    assertThat(desk.regime).isNotEqualTo(Regime.GAMMA_SQUEEZE);
  }

  @Test
  void wallsAndConcentrationEqualAPlainSumByStrike() {
    for (long seed = 1; seed <= 30; seed++) {
      final Random random = new Random(seed);
      final Desk desk = desk((strike, call) -> random.nextInt(10_000)).evaluate();
      final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
      final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
      final Map<Double, double[]> byStrike = new TreeMap<>();
      for (int row = 0; row < chain.to(); row++) {
        byStrike
                .computeIfAbsent(chain.strikes()[row], strike -> new double[2])[
                chain.calls()[row] ? 0 : 1] +=
            greeks.gamma(row) * chain.openInterests()[row];
      }
      final double all = byStrike.values().stream().mapToDouble(g -> g[0] + g[1]).sum();
      double squares = 0.0;
      double above = 0.0;
      for (final var rung : byStrike.entrySet()) {
        final double[] gamma = rung.getValue();
        squares += (gamma[0] + gamma[1]) * (gamma[0] + gamma[1]) / (all * all);
        above += rung.getKey() > SPOT ? (gamma[0] - gamma[1]) / all : 0.0;
      }
      assertThat(desk.feature(Feature.CALL_WALL))
          .as("seed %d", seed)
          .isEqualTo(Collections.max(byStrike.keySet(), comparingDouble(k -> byStrike.get(k)[0])));
      assertThat(desk.feature(Feature.PUT_WALL))
          .as("seed %d", seed)
          .isEqualTo(Collections.max(byStrike.keySet(), comparingDouble(k -> byStrike.get(k)[1])));
      assertThat(desk.feature(Feature.GAMMA_CONCENTRATION)).isCloseTo(squares, within(1e-12));
      assertThat(desk.feature(Feature.SQUEEZE_RATIO)).isCloseTo(above, within(1e-12));
    }
  }

  @Test
  void interestAtTheMoneyNearExpiryPins() {
    final List<Listed> chain = new ArrayList<>(chain((strike, call) -> 10));
    for (final double strike : STRIKES) {
      chain.add(new Listed(strike, 1.0, true, strike == SPOT ? 50_000 : 100));
      chain.add(new Listed(strike, 1.0, false, 100));
    }
    final Desk desk = desk(Desk.config(), chain).evaluate();
    assertThat(desk.regime).isEqualTo(Regime.PIN);
    assertThat(desk.feature(Feature.GAMMA_CONCENTRATION)).isGreaterThan(0.5);
  }

  @Test
  void wideQuotesMakeTheGammaIlliquid() {
    final Desk desk = desk((strike, call) -> 1_000);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int row = 0; row < chain.to(); row++) {
      final double mid = (chain.bids()[row] + chain.asks()[row]) / 2;
      desk.quote(chain.instrumentIds()[row], mid * 0.75, mid * 1.25);
    }
    assertThat(desk.evaluate().regime).isEqualTo(Regime.ILLIQUID_GAMMA);
    assertThat(desk.feature(Feature.GAMMA_SPREAD)).isCloseTo(0.5, within(0.01));
  }

  @Test
  void greeksThatCannotBeComputedLeaveNoConfidence() {
    final Desk desk = desk((strike, call) -> 1_000);
    for (final int id : ids(desk)) {
      desk.quote(id, 0.0, 1.0);
    }
    desk.evaluate();
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
    assertThat(desk.confidence).isZero();
    assertThat(desk.quality().missingGreeks()).isTrue();
    assertThat(desk.has(Feature.GAMMA_PRESSURE)).isFalse();
  }

  @Test
  void withoutOpenInterestThereIsNoFieldButASmile() {
    final Desk desk = desk((strike, call) -> 0).evaluate();
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
    assertThat(desk.confidence).isZero();
    assertThat(desk.quality().noOpenInterest()).isTrue();
    assertThat(desk.quality().missingGreeks()).isFalse();
    assertThat(desk.feature(Feature.ATM_IV)).isCloseTo(VOL, within(1e-4));
    assertThat(desk.feature(Feature.NO_OPEN_INTEREST)).isEqualTo(36.0);
    assertThat(desk.has(Feature.GAMMA_PRESSURE)).isFalse();
    assertThat(desk.has(Feature.MAX_PAIN)).isFalse();
  }

  @Test
  void aPremarketChainOfZeroBidsIsDegraded() {
    final Desk desk = desk((strike, call) -> 1_000);
    final int[] ids = ids(desk);
    for (int i = 0; i < ids.length; i++) {
      if (i % 36 != 17) {
        desk.quote(ids[i], 0.0, 5.0);
      }
    }
    desk.evaluate();
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
    assertThat(desk.quality().zeroBids()).isTrue();
    assertThat(desk.quality().fewContracts()).isTrue();
    assertThat(desk.confidence).isLessThan(0.1);
    assertThat(desk.feature(Feature.EXCLUDED_ONE_SIDED)).isEqualTo(35.0);
  }

  @Test
  void orderOfDefinitionsDoesNotMatter() {
    final List<Listed> chain = chain(HedgeEngineTest::heavyCalls);
    final byte[] expected = desk(Desk.config(), chain).evaluate().bytes();
    for (long seed = 1; seed <= 20; seed++) {
      final List<Listed> shuffled = new ArrayList<>(chain);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(desk(Desk.config(), shuffled).evaluate().bytes())
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void tenTimesTheInterestLeavesSignsRegimeAndEnergy() {
    for (long seed = 1; seed <= 50; seed++) {
      final long[] interest = new Random(seed).longs(100, 0, 10_000).toArray();
      final int[] next = {0, 0};
      final Desk one = desk((strike, call) -> interest[next[0]++]).evaluate();
      final Desk ten = desk((strike, call) -> 10 * interest[next[1]++]).evaluate();
      assertThat(ten.regime).as("seed %d", seed).isEqualTo(one.regime);
      assertThat(ten.confidence).isCloseTo(one.confidence, within(1e-12));
      for (final Feature same :
          new Feature[] {
            Feature.GAMMA_SIGN,
            Feature.VANNA_SIGN,
            Feature.CALL_WALL,
            Feature.PUT_WALL,
            Feature.MAX_PAIN
          }) {
        assertThat(ten.feature(same)).as("seed %d %s", seed, same).isEqualTo(one.feature(same));
      }
      assertThat(ten.feature(Feature.HEDGE_REGIME_ENERGY))
          .as("seed %d", seed)
          .isCloseTo(one.feature(Feature.HEDGE_REGIME_ENERGY), within(1e-12));
    }
  }

  @Test
  void energyRisesWithTheNetShare() {
    double before = -1.0;
    for (long calls = 1_000; calls <= 16_000; calls *= 2) {
      final long extra = calls;
      final Desk desk = desk((strike, call) -> call ? extra : 1_000).evaluate();
      final double energy = desk.feature(Feature.HEDGE_REGIME_ENERGY);
      assertThat(energy).isBetween(0.0, 1.0).isGreaterThan(before);
      before = energy;
    }
  }

  @Test
  void sumsEqualTheClosedFormsAddedUpByHand() {
    final Desk desk = desk(HedgeEngineTest::heavyCalls).evaluate();
    final Reference sums = Reference.of(desk, SPOT, VOL, 0.0);
    final double[][] pairs = {
      {desk.feature(Feature.GAMMA_PRESSURE), sums.gamma * SPOT},
      {desk.feature(Feature.VANNA_PRESSURE), sums.vanna},
      {desk.feature(Feature.CHARM_PRESSURE), sums.charm},
      {desk.feature(Feature.NET_GAMMA_PRESSURE), sums.netGamma * SPOT},
      {desk.feature(Feature.NET_VANNA_PRESSURE), sums.netVanna},
      {desk.feature(Feature.NET_CHARM_PRESSURE), sums.netCharm},
      {desk.feature(Feature.GEX_1PCT), sums.netGamma * 100 * SPOT * SPOT * 0.01},
      {desk.feature(Feature.VEX_1VOL), sums.netVanna * 100 * SPOT * 0.01},
      {desk.feature(Feature.CEX_1DAY), sums.netCharm * 100 * SPOT}
    };
    for (int i = 0; i < pairs.length; i++) {
      // The mid is exact, the forward and volatility are solved back to about eight digits.
      final double tolerance = Math.max(1e-5, Math.abs(pairs[i][1]) * 1e-5);
      assertThat(pairs[i][0]).as("pair %d", i).isCloseTo(pairs[i][1], within(tolerance));
    }
  }

  @Test
  void netGammaChangesSignAtZeroGamma() {
    final Desk desk =
        desk((strike, call) -> call ? (strike > SPOT ? 9_000 : 0) : strike < SPOT ? 6_000 : 0)
            .evaluate();
    final double level = desk.feature(Feature.ZERO_GAMMA);
    assertThat(level).isBetween(90.0, 110.0);
    final double below = Reference.of(desk, level * 0.995, VOL, 0.0).netGamma;
    final double above = Reference.of(desk, level * 1.005, VOL, 0.0).netGamma;
    assertThat(below).isNegative();
    assertThat(above).isPositive();
  }

  @Test
  void zeroGammaIsKeptWhileNothingChangesAndFollowsOpenInterest() {
    final Interest before = (strike, call) -> call == strike > SPOT ? 6_000 : 0;
    final Interest after = (strike, call) -> call == strike > SPOT ? (call ? 20_000 : 6_000) : 0;
    final Desk desk = desk(before).evaluate();
    final double level = desk.feature(Feature.ZERO_GAMMA);
    desk.at(desk.now + 1_000_000_000L);
    assertThat(desk.evaluate().feature(Feature.ZERO_GAMMA)).isEqualTo(level);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int row = 0; row < chain.to(); row++) {
      desk.openInterest(
          chain.instrumentIds()[row], after.of(chain.strikes()[row], chain.calls()[row]));
    }
    desk.evaluate();
    assertThat(desk.feature(Feature.ZERO_GAMMA))
        .isCloseTo(desk(after).evaluate().feature(Feature.ZERO_GAMMA), within(1e-3))
        .isLessThan(level - 0.1);
  }

  @Test
  void zeroGammaFollowsTheQuotes() {
    final Interest interest = (strike, call) -> call == strike > SPOT ? (call ? 9_000 : 6_000) : 0;
    final Desk desk = desk(interest).evaluate();
    final double level = desk.feature(Feature.ZERO_GAMMA);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int row = 0; row < chain.to(); row++) {
      final double days = (chain.expiries()[row] - Desk.START) / (double) Desk.DAY;
      desk.quoteAtVol(chain.instrumentIds()[row], forward(days), 1.4 * VOL, SPREAD);
    }
    final double moved = desk.evaluate().feature(Feature.ZERO_GAMMA);
    assertThat(Math.abs(moved - level)).isGreaterThan(0.1);
    assertThat(Reference.of(desk, moved * 0.995, 1.4 * VOL, 0.0).netGamma).isNegative();
    assertThat(Reference.of(desk, moved * 1.005, 1.4 * VOL, 0.0).netGamma).isPositive();
  }

  @Test
  void afterAnyHistoryAFreshlyQuotedChainLooksAsToANewEngine() {
    for (long seed = 1; seed <= 30; seed++) {
      final Random random = new Random(seed);
      final Desk used = desk(Desk.config(), chain((strike, call) -> random.nextInt(5_000)));
      for (int round = 0; round < 10; round++) {
        used.at(used.now + 1_000_000_000L);
        used.spot(SPOT * (0.97 + 0.06 * random.nextDouble()));
        for (final int id : ids(used)) {
          if (random.nextInt(4) == 0) {
            used.quoteAtVol(id, forward(30), 0.15 + 0.2 * random.nextDouble(), SPREAD);
          }
        }
        used.evaluate();
      }
      final Desk fresh = new Desk(Desk.config());
      final OptionChain chain = used.market.chain(Desk.UNDERLYING);
      for (int row = 0; row < chain.to(); row++) {
        final double days = (chain.expiries()[row] - Desk.START) / (double) Desk.DAY;
        fresh.option(chain.strikes()[row], days, chain.calls()[row], OptionStyle.EUROPEAN);
      }
      fresh.at(used.now);
      for (final Desk desk : List.of(used, fresh)) {
        desk.spot(SPOT);
        for (int row = 0; row < chain.to(); row++) {
          final int id = desk.market.chain(Desk.UNDERLYING).instrumentIds()[row];
          desk.openInterest(id, (long) chain.openInterests()[row]);
          final double days = (chain.expiries()[row] - desk.now) / (double) Desk.DAY;
          desk.quoteAtVol(id, forward(days), VOL + 0.001 * row, SPREAD);
        }
        desk.evaluate();
      }
      assertThat(used.bytes()).as("seed %d", seed).isEqualTo(fresh.bytes());
    }
  }

  @Test
  void aStalePriceOfTheUnderlyingDegrades() {
    final Desk desk = desk((strike, call) -> 1_000);
    desk.at(desk.now + 901_000_000_000L);
    for (final int id : ids(desk)) {
      desk.quoteAtVol(id, forward(30), VOL, SPREAD);
    }
    desk.evaluate();
    assertThat(desk.has(Feature.EXCLUDED_STALE)).isFalse();
    assertThat(desk.quality().staleQuotes()).isTrue();
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
  }

  @Test
  void withoutAChangeOfSignThereIsNoZeroGamma() {
    assertThat(desk((strike, call) -> call ? 1_000 : 0).evaluate().has(Feature.ZERO_GAMMA))
        .isFalse();
  }

  @Test
  void theConventionDecidesTheSigns() {
    final List<Listed> chain = chain(HedgeEngineTest::heavyCalls);
    final Desk standard = desk(Desk.config(), chain).evaluate();
    final Desk inverse = desk(Desk.config(DealerConvention.INVERSE), chain).evaluate();
    final Desk shortAll = desk(Desk.config(DealerConvention.SHORT_ALL), chain).evaluate();
    assertThat(inverse.feature(Feature.GEX_1PCT)).isEqualTo(-standard.feature(Feature.GEX_1PCT));
    assertThat(shortAll.feature(Feature.NET_GAMMA_PRESSURE))
        .isEqualTo(-standard.feature(Feature.GAMMA_PRESSURE));
    assertThat(shortAll.feature(Feature.HEDGE_REGIME_ENERGY)).isEqualTo(1.0);
    assertThat(standard.feature(Feature.DEALER_CONVENTION)).isZero();
    assertThat(inverse.feature(Feature.DEALER_CONVENTION)).isEqualTo(1);
    assertThat(shortAll.feature(Feature.DEALER_CONVENTION)).isEqualTo(2);
    assertThat(inverse.feature(Feature.GAMMA_PRESSURE))
        .isEqualTo(standard.feature(Feature.GAMMA_PRESSURE));
  }

  @Test
  void aFlatSmileIsReadBack() {
    final Desk desk = desk((strike, call) -> 1_000).evaluate();
    assertThat(desk.feature(Feature.ATM_IV)).isCloseTo(VOL, within(1e-5));
    assertThat(desk.feature(Feature.ATM_IV_30D)).isCloseTo(VOL, within(1e-5));
    assertThat(desk.feature(Feature.SKEW_25D)).isCloseTo(0.0, within(1e-4));
    assertThat(desk.feature(Feature.FRONT_DAYS)).isCloseTo(30.0, within(1e-9));
    assertThat(desk.feature(Feature.FRONT_FORWARD)).isCloseTo(forward(30), within(1e-6));
    assertThat(desk.feature(Feature.EXPECTED_MOVE))
        .isCloseTo(VOL * Math.sqrt(30 / 365.0), within(1e-5));
  }

  @Test
  void thirtyDayVolatilityIsLinearInTotalVariance() {
    final Desk desk = new Desk(Desk.config());
    final int[] ids = new int[4];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = desk.option(SPOT, i < 2 ? 20 : 50, i % 2 == 0, OptionStyle.EUROPEAN);
    }
    desk.spot(SPOT);
    for (int i = 0; i < ids.length; i++) {
      desk.openInterest(ids[i], 10);
      desk.quoteAtVol(ids[i], forward(i < 2 ? 20 : 50), i < 2 ? 0.2 : 0.3, SPREAD);
    }
    // Variance 0.04·20 = 0.8 at 20 days and 0.09·50 = 4.5 at 50: a third of the way is 2.0333.
    assertThat(desk.evaluate().feature(Feature.ATM_IV_30D))
        .isCloseTo(Math.sqrt((0.8 + 3.7 / 3) / 30), within(1e-5));
  }

  @Test
  void volatilityOfATenorNeedsExpiriesOnBothSides() {
    final Desk desk = new Desk(Desk.config());
    final double[] days = {10, 50, 110};
    final double[] vols = {0.2, 0.3, 0.25};
    final int[] ids = new int[6];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = desk.option(SPOT, days[i / 2], i % 2 == 0, OptionStyle.EUROPEAN);
    }
    desk.spot(SPOT);
    for (int i = 0; i < ids.length; i++) {
      desk.openInterest(ids[i], 10);
      desk.quoteAtVol(ids[i], forward(days[i / 2]), vols[i / 2], SPREAD);
    }
    desk.evaluate();
    assertThat(desk.has(Feature.ATM_IV_7D)).isFalse();
    // Variance 0.09·50 = 4.5 at 50 days and 0.0625·110 = 6.875 at 110.
    assertThat(desk.feature(Feature.ATM_IV_60D))
        .isCloseTo(Math.sqrt((4.5 + 2.375 / 6) / 60), within(1e-5));
    assertThat(desk.feature(Feature.ATM_IV_90D))
        .isCloseTo(Math.sqrt((4.5 + 2.375 * 2 / 3) / 90), within(1e-5));
  }

  @Test
  void putsDearerThanCallsAreSkew() {
    final Desk desk = desk((strike, call) -> 1_000);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int row = 0; row < chain.to(); row++) {
      final double days = (chain.expiries()[row] - Desk.START) / (double) Desk.DAY;
      final double vol = VOL + (SPOT - chain.strikes()[row]) * 0.005;
      desk.quoteAtVol(chain.instrumentIds()[row], forward(days), vol, SPREAD);
    }
    desk.evaluate();
    // The 25-delta strikes lie about five either side: 0.005 a point of strike, ten points.
    assertThat(desk.feature(Feature.SKEW_25D)).isBetween(0.03, 0.07);
  }

  @Test
  void volatilityIsHeldBetweenQuotesAndGreeksFollowTheSpot() {
    final Desk desk = desk((strike, call) -> 1_000).evaluate();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    final int row = desk.market.row(ids(desk)[8]);
    final double iv = greeks.iv(row);
    final double delta = greeks.delta(row);
    final double forward = greeks.forward(0);
    desk.at(desk.now + 1_000_000_000L);
    desk.spot(SPOT * 1.01);
    desk.evaluate();
    assertThat(greeks.iv(row)).isEqualTo(iv);
    assertThat(greeks.delta(row)).isGreaterThan(delta + 0.01);
    assertThat(greeks.spot()).isEqualTo(SPOT * 1.01);
    assertThat(greeks.forward(0)).isCloseTo(forward * 1.01, within(1e-6));
  }

  @Test
  void onlyTheQuotedContractGetsANewVolatility() {
    final Desk desk = desk((strike, call) -> 1_000).evaluate();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    final double[] before = new double[chain.to()];
    for (int row = 0; row < chain.to(); row++) {
      before[row] = greeks.iv(row);
    }
    final int row = 4;
    desk.at(desk.now + 1_000_000_000L);
    desk.quoteAtVol(chain.instrumentIds()[row], forward(30), VOL * 1.5, SPREAD);
    desk.evaluate();
    for (int other = 0; other < chain.to(); other++) {
      if (other != row) {
        assertThat(greeks.iv(other)).isEqualTo(before[other]);
      }
    }
    assertThat(greeks.iv(row)).isCloseTo(VOL * 1.5, within(1e-3));
  }

  @Test
  void everyContractLeftOutHasItsReason() {
    final Desk desk = desk((strike, call) -> 1_000);
    final int phantom = desk.option(120, 30, true, OptionStyle.EUROPEAN);
    final int crossed = desk.option(121, 30, true, OptionStyle.EUROPEAN);
    final int noAsk = desk.option(122, 30, true, OptionStyle.EUROPEAN);
    final int worthless = desk.option(50, 30, true, OptionStyle.EUROPEAN);
    final int absurd = desk.option(123, 30, true, OptionStyle.EUROPEAN);
    final int dying = desk.option(100, 200 / 86_400.0, true, OptionStyle.EUROPEAN);
    desk.option(100, 1 / 86_400.0, true, OptionStyle.EUROPEAN);
    final int unheld = desk.option(101, 30, true, OptionStyle.EUROPEAN);
    final int zeroBid = desk.option(124, 30, true, OptionStyle.EUROPEAN);
    desk.quote(crossed, 1.0, 0.9);
    desk.quote(noAsk, 1.0, Double.NaN);
    desk.quote(worthless, 48.0, 49.0);
    desk.quote(absurd, 100.0, 120.0);
    desk.quote(dying, 1.0, 1.1);
    desk.quote(zeroBid, 0.0, 1.1);
    desk.quoteAtVol(unheld, forward(30), VOL, SPREAD);
    assertThat(desk.market.row(phantom)).isNotNegative();
    desk.at(desk.now + 2_000_000_000L);
    desk.evaluate();
    assertThat(desk.feature(Feature.EXCLUDED_PHANTOM)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.EXCLUDED_CROSSED)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.EXCLUDED_ONE_SIDED)).isEqualTo(2.0);
    assertThat(desk.feature(Feature.EXCLUDED_BELOW_INTRINSIC)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.EXCLUDED_ABOVE_BOUND)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.EXCLUDED_EXPIRED)).isEqualTo(2.0);
    assertThat(desk.feature(Feature.NO_OPEN_INTEREST)).isEqualTo(1.0);
    assertThat(desk.feature(Feature.CONTRACTS_USED)).isEqualTo(37.0);
    assertThat(desk.feature(Feature.CONTRACTS_EXCLUDED)).isEqualTo(8.0);
    desk.at(desk.now + 901_000_000_000L);
    desk.quoteAtVol(unheld, forward(30), VOL, SPREAD);
    desk.evaluate();
    assertThat(desk.feature(Feature.EXCLUDED_STALE)).isEqualTo(36.0);
    assertThat(desk.quality().staleQuotes()).isTrue();
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
  }

  @Test
  void withoutAQuoteOfTheUnderlyingParityGivesTheSpot() {
    final Desk desk = new Desk(Desk.config());
    final List<Integer> ids = new ArrayList<>();
    for (final double strike : STRIKES) {
      ids.add(desk.option(strike, 30, true, OptionStyle.EUROPEAN));
      ids.add(desk.option(strike, 30, false, OptionStyle.EUROPEAN));
    }
    for (final int id : ids) {
      desk.openInterest(id, 100);
    }
    desk.evaluate();
    assertThat(desk.quality().noSpot()).isTrue();
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
    assertThat(desk.confidence).isZero();
    assertThat(desk.has(Feature.SPOT)).isFalse();
    for (final int id : ids) {
      desk.quoteAtVol(id, forward(30), VOL, SPREAD);
    }
    desk.evaluate();
    assertThat(desk.feature(Feature.SPOT)).isCloseTo(SPOT, within(1e-6));
    assertThat(desk.quality().noSpot()).isFalse();
    assertThat(desk.quality().noBook()).isTrue();
    // Nothing new is quoted: the spot must not be lost again.
    desk.at(desk.now + 1_000_000_000L);
    desk.evaluate();
    assertThat(desk.feature(Feature.SPOT)).isCloseTo(SPOT, within(1e-3));
  }

  @Test
  void withoutPutsTheCarryIsConfiguredAndSaysSo() {
    final Desk desk = new Desk(Desk.config());
    final List<Integer> ids = new ArrayList<>();
    for (final double strike : STRIKES) {
      ids.add(desk.option(strike, 30, true, OptionStyle.EUROPEAN));
    }
    desk.spot(SPOT);
    for (final int id : ids) {
      desk.openInterest(id, 100);
      desk.quoteAtVol(id, forward(30), VOL, SPREAD);
    }
    desk.evaluate();
    assertThat(desk.quality().configuredCarry()).isTrue();
    assertThat(desk.confidence).isCloseTo(0.7, within(1e-12));
    assertThat(desk.feature(Feature.FRONT_FORWARD)).isCloseTo(forward(30), within(1e-6));
  }

  @Test
  void anAmericanPutLosesItsPremiumBeforeItsVolatilityIsSolved() {
    final Desk desk = new Desk(Desk.config());
    final List<Integer> ids = new ArrayList<>();
    for (final double strike : STRIKES) {
      ids.add(desk.option(strike, 700, true, OptionStyle.AMERICAN));
      ids.add(desk.option(strike, 700, false, OptionStyle.AMERICAN));
    }
    desk.spot(SPOT);
    for (final int id : ids) {
      desk.openInterest(id, 100);
      desk.quoteAtVol(id, forward(700), VOL, SPREAD);
    }
    desk.evaluate();
    assertThat(desk.quality().deAmericanised()).isTrue();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    final int put = desk.market.row(ids.get(17));
    assertThat(greeks.usable(put)).isTrue();
    assertThat(greeks.iv(put)).isLessThan(VOL).isGreaterThan(VOL - 0.02);
  }

  @Test
  void anUnderlyingWithoutOptionsIsDegraded() {
    final Desk desk = new Desk(Desk.config());
    desk.spot(SPOT);
    desk.evaluate();
    assertThat(desk.output.engine()).isEqualTo(Engine.HEDGE);
    assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
    assertThat(desk.quality().noChain()).isTrue();
    assertThat(desk.confidence).isZero();
    assertThat(desk.engine.greeks(Desk.UNDERLYING)).isNull();
  }

  @Test
  void expiredContractsLeaveTheField() {
    final Desk desk = desk((strike, call) -> 1_000).evaluate();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    assertThat(greeks.expiries()).isEqualTo(2);
    desk.at(Desk.START + 31 * Desk.DAY);
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    for (int row = chain.from(); row < chain.to(); row++) {
      desk.quoteAtVol(chain.instrumentIds()[row], forward(29), VOL, SPREAD);
    }
    desk.evaluate();
    assertThat(greeks.expiries()).isEqualTo(1);
    assertThat(greeks.from()).isEqualTo(18);
    assertThat(greeks.expiryOf(18)).isZero();
    assertThat(greeks.usable(0)).isFalse();
    assertThat(greeks.expiryDays(0)).isCloseTo(29.0, within(1e-9));
    assertThat(desk.feature(Feature.CONTRACTS_USED)).isEqualTo(18.0);
    assertThat(desk.feature(Feature.EXCLUDED_EXPIRED)).isEqualTo(18.0);
    desk.at(Desk.START + 61 * Desk.DAY);
    desk.evaluate();
    assertThat(desk.quality().noChain()).isTrue();
    assertThat(greeks.expiries()).isZero();
    assertThat(greeks.usable(20)).isFalse();
  }

  @Test
  void contractsListedLaterJoinAtTheNextEvaluation() {
    final List<Listed> all = chain(HedgeEngineTest::heavyCalls);
    final Desk whole = desk(Desk.config(), all).evaluate();
    final Desk desk = desk(Desk.config(), all.subList(0, 20)).evaluate();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    final int layout = greeks.layout();
    for (final Listed listed : all.subList(20, all.size())) {
      final int id =
          desk.option(listed.strike(), listed.days(), listed.call(), OptionStyle.EUROPEAN);
      desk.openInterest(id, listed.interest());
      desk.quoteAtVol(id, forward(listed.days()), VOL, SPREAD);
    }
    assertThat(greeks.layout()).isEqualTo(layout);
    assertThat(desk.market.chain(Desk.UNDERLYING).layout()).isNotEqualTo(layout);
    assertThat(desk.evaluate().bytes()).isEqualTo(whole.bytes());
    assertThat(greeks.layout()).isEqualTo(desk.market.chain(Desk.UNDERLYING).layout());
  }

  @Test
  void whateverIsQuotedEveryNumberIsFinite() {
    for (long seed = 1; seed <= 200; seed++) {
      final Random random = new Random(seed);
      final Desk desk = new Desk(Desk.config());
      final List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        final double days = StrictMath.pow(10, random.nextDouble() * 9 - 5);
        final double strike = StrictMath.pow(10, random.nextDouble() * 10 - 4);
        ids.add(desk.option(strike, days, random.nextBoolean(), OptionStyle.AMERICAN));
      }
      for (int round = 0; round < 5; round++) {
        if (random.nextInt(3) > 0) {
          final double price = StrictMath.pow(10, random.nextDouble() * 8 - 3);
          desk.spot(price, price * 1.01);
        }
        for (final int id : ids) {
          if (desk.market.instruments().expiry(id) > desk.now) {
            desk.openInterest(id, random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000));
            desk.quote(id, side(random), side(random));
          }
        }
        desk.evaluate();
        assertFinite(desk, seed);
        desk.at(desk.now + (long) (StrictMath.pow(10, random.nextDouble() * 6) * 1e9));
      }
    }
  }

  private static double side(final Random random) {
    final int kind = random.nextInt(5);
    return kind == 0
        ? Double.NaN
        : kind == 1 ? 0.0 : StrictMath.pow(10, random.nextDouble() * 8 - 4);
  }

  private static void assertFinite(final Desk desk, final long seed) {
    assertThat(desk.confidence).as("seed %d", seed).isBetween(0.0, 1.0);
    for (final EngineOutputDecoder.FeaturesDecoder row : desk.out.read(0, desk.output).features()) {
      assertThat(Double.isFinite(row.value())).as("seed %d %s", seed, row.feature()).isTrue();
    }
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    for (int row = greeks.from(); row < greeks.to(); row++) {
      final double sum =
          greeks.iv(row)
              + greeks.delta(row)
              + greeks.gamma(row)
              + greeks.vega(row)
              + greeks.theta(row)
              + greeks.mid(row)
              + greeks.days(row)
              + greeks.forward(greeks.expiryOf(row))
              + greeks.atmIv(greeks.expiryOf(row));
      assertThat(Double.isFinite(sum)).as("seed %d row %d", seed, row).isTrue();
    }
  }

  private static int[] ids(final Desk desk) {
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    return java.util.Arrays.copyOfRange(chain.instrumentIds(), chain.from(), chain.to());
  }
}
