package io.millrace.core.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.IdeaStatus;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Side;
import io.millrace.codecs.StrategyKind;
import io.millrace.codecs.TagsEncoder;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.core.agents.Defaults;
import io.millrace.core.agents.Snapshots;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TradeAgentTest {
  private static final long RICH = TagsEncoder.volRich(0L, true);
  private static final long CHEAP = TagsEncoder.volCheap(0L, true);
  private static final long RANGE = TagsEncoder.rangeBound(0L, true);
  private static final long WINDOW = Defaults.TRADE.ideaWindowNanos();

  private final TestChain chain = new TestChain(3, 22, 29, 60);
  private final Snapshots snapshots = new Snapshots().at(1, TestChain.NOW);

  /** A leg as it was written. */
  private record Leg(int instrumentId, Side side, int ratio, long bid, long ask, double delta) {}

  /** An idea as it was written. */
  private record Idea(
      StrategyKind strategy,
      IdeaStatus status,
      Side side,
      Reason reason,
      long key,
      long units,
      long cost,
      long maxLoss,
      long maxProfit,
      long low,
      long high,
      long target,
      long stop,
      double confidence,
      double probability,
      double expected,
      List<Leg> legs) {}

  private TradeAgent agent() {
    return agent(Defaults.TRADE);
  }

  private TradeAgent agent(final TradeConfig config) {
    return new TradeAgent(config, chain.market, id -> chain, Kernels.select("scalar"));
  }

  private List<Idea> propose(final Action action, final double confidence, final long tags) {
    return propose(agent(), action, confidence, tags);
  }

  private List<Idea> propose(
      final TradeAgent agent, final Action action, final double confidence, final long tags) {
    final int n = snapshots.with(Feature.ATM_IV_30D, TestChain.VOLATILITY).write();
    final double move = action == Action.SPREAD ? -0.001 : 0;
    final int c = snapshots.suggest(n, Layer.COMPOSITE, action, confidence, move, tags);
    final int first = snapshots.out().count();
    final int count = agent.propose(snapshots.out(), n, c);
    assertThat(snapshots.out().count()).isEqualTo(first + count);
    final List<Idea> ideas = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      ideas.add(read(snapshots.out().read(i, new TradeIdeaDecoder())));
    }
    return ideas;
  }

  private static Idea read(final TradeIdeaDecoder d) {
    final List<Leg> legs = new ArrayList<>();
    for (final TradeIdeaDecoder.LegsDecoder l : d.legs()) {
      legs.add(new Leg(l.instrumentId(), l.side(), l.ratio(), l.bid(), l.ask(), l.delta()));
    }
    return new Idea(
        d.strategy(),
        d.status(),
        d.side(),
        d.reason(),
        d.key(),
        d.units(),
        d.costPerUnit(),
        d.maxLossPerUnit(),
        d.maxProfitPerUnit(),
        d.breakevenLow(),
        d.breakevenHigh(),
        d.targetExit(),
        d.stop(),
        d.confidence(),
        d.probabilityOfProfit(),
        d.expectedValue(),
        legs);
  }

  private static List<StrategyKind> kinds(final List<Idea> ideas) {
    return ideas.stream().map(Idea::strategy).toList();
  }

  private double strike(final Leg leg) {
    return Fixed.toDouble(chain.market.instruments().strike(leg.instrumentId()));
  }

  private static TradeConfig with(final double capital, final double maxNotionalPct) {
    final TradeConfig d = Defaults.TRADE;
    return new TradeConfig(
        d.minConfidence(),
        d.stockConfidence(),
        d.neutralConfidence(),
        capital,
        d.perTradeRisk(),
        d.neutralRiskShare(),
        maxNotionalPct,
        d.slippageCap(),
        d.ideaWindowNanos(),
        d.targetShare(),
        d.stopShare(),
        d.chain(),
        d.stock());
  }

  private void everyRow(final java.util.function.IntConsumer change) {
    for (int row = chain.chain().from(); row < chain.chain().to(); row++) {
      change.accept(row);
    }
  }

  // Choice

  @Test
  void bullishAndConfidentGivesACallSpreadAndStock() {
    final List<Idea> ideas = propose(Action.LONG, 0.35, 0);
    assertThat(kinds(ideas))
        .containsExactly(StrategyKind.CALL_DEBIT_SPREAD, StrategyKind.LONG_STOCK);
    assertThat(ideas).allMatch(idea -> idea.status() == IdeaStatus.PROPOSED);
    assertThat(ideas).allMatch(idea -> idea.confidence() == 0.35);
  }

  @Test
  void moderatelyBullishGivesTheSpreadAlone() {
    assertThat(kinds(propose(Action.LONG, 0.34, 0)))
        .containsExactly(StrategyKind.CALL_DEBIT_SPREAD);
  }

  @Test
  void bearishAndConfidentGivesAPutSpreadAndShortStock() {
    assertThat(kinds(propose(Action.SHORT, 0.5, 0)))
        .containsExactly(StrategyKind.PUT_DEBIT_SPREAD, StrategyKind.SHORT_STOCK);
  }

  @Test
  void richVolatilityIsSold() {
    final List<Idea> up = propose(Action.LONG, 0.3, RICH);
    assertThat(kinds(up)).containsExactly(StrategyKind.BULL_PUT_SPREAD);
    assertThat(up.get(0).reason()).isEqualTo(Reason.IDEA_VOL_RICH);
    assertThat(up.get(0).side()).isEqualTo(Side.SELL);
    assertThat(up.get(0).cost()).isNegative();
    assertThat(kinds(propose(Action.SHORT, 0.3, RICH)))
        .containsExactly(StrategyKind.BEAR_CALL_SPREAD);
  }

  @Test
  void cheapVolatilityIsBought() {
    assertThat(propose(Action.LONG, 0.3, CHEAP).get(0).reason()).isEqualTo(Reason.IDEA_VOL_CHEAP);
  }

  @Test
  void weakStanceGivesNothing() {
    assertThat(propose(Action.LONG, 0.19, 0)).isEmpty();
    assertThat(propose(Action.FLAT, 0.24, RANGE)).isEmpty();
  }

  @Test
  void flatOutsideARangeGivesNothing() {
    assertThat(propose(Action.FLAT, 0.9, 0)).isEmpty();
    assertThat(propose(Action.FLAT, 0.9, RANGE | CHEAP)).isEmpty();
  }

  @Test
  void rangeGivesASmallCondor() {
    final List<Idea> ideas = propose(Action.FLAT, 0.3, RANGE);
    assertThat(kinds(ideas)).containsExactly(StrategyKind.IRON_CONDOR);
    final Idea condor = ideas.get(0);
    assertThat(condor.reason()).isEqualTo(Reason.IDEA_RANGE);
    assertThat(condor.legs()).hasSize(4);
    assertThat(condor.legs().stream().map(Leg::side))
        .containsExactly(Side.BUY, Side.SELL, Side.SELL, Side.BUY);
    assertThat(condor.legs().stream().map(this::strike)).isSorted();
    // Half of 0.5 % of 1,000,000.
    assertThat(Fixed.mul(condor.units(), condor.maxLoss())).isLessThanOrEqualTo(2_500 * Fixed.ONE);
  }

  @Test
  void splitCompositeGivesASmallSpreadOfItsSideAndNoStock() {
    final List<Idea> ideas = propose(Action.SPREAD, 0.9, 0);
    assertThat(kinds(ideas)).containsExactly(StrategyKind.PUT_DEBIT_SPREAD);
    assertThat(Fixed.mul(ideas.get(0).units(), ideas.get(0).maxLoss()))
        .isLessThanOrEqualTo(2_500 * Fixed.ONE);
  }

  // Legs

  @Test
  void legsAreInTheDeltaBandOfTheExpiryNearestTheTarget() {
    final Idea idea = propose(Action.LONG, 0.3, 0).get(0);
    final Instruments instruments = chain.market.instruments();
    // 22 and 29 days are in the window; 25 is the target.
    assertThat(idea.legs())
        .allMatch(
            leg ->
                instruments.expiry(leg.instrumentId()) == TestChain.NOW + 22 * 86_400_000_000_000L);
    assertThat(idea.legs()).allMatch(leg -> leg.delta() >= 0.25 && leg.delta() <= 0.40);
    // Deltas by the formula at 20 %, 22 days (s = 0.0491): 765 → 0.352, 770 → 0.303, 775 → 0.258;
    // 760 is 0.404, out of the band.
    assertThat(idea.legs().stream().map(this::strike)).containsExactly(765.0, 775.0);
    assertThat(idea.legs().stream().map(Leg::side)).containsExactly(Side.BUY, Side.SELL);
  }

  @Test
  void nextExpiryIsTriedWhenTheFirstDoesNotQualify() {
    everyRow(row -> chain.interest(row, chain.expiryOf(row) == 1 ? 0 : 500));
    final Idea idea = propose(Action.LONG, 0.3, 0).get(0);
    assertThat(idea.status()).isEqualTo(IdeaStatus.PROPOSED);
    assertThat(chain.market.instruments().expiry(idea.legs().get(0).instrumentId()))
        .isEqualTo(TestChain.NOW + 29 * 86_400_000_000_000L);
  }

  @Test
  void wingsProtectWhatIsSold() {
    final Idea condor = propose(Action.FLAT, 0.3, RANGE).get(0);
    final List<Leg> legs = condor.legs();
    assertThat(Math.abs(legs.get(0).delta())).isLessThan(Math.abs(legs.get(1).delta()));
    assertThat(legs.get(3).delta()).isLessThan(legs.get(2).delta());
    assertThat(legs.get(1).delta()).isBetween(-0.40, -0.25);
    assertThat(legs.get(2).delta()).isBetween(0.25, 0.40);
  }

  @Test
  void moneyOfASpreadFollowsFromItsLegs() {
    final Idea idea = propose(Action.LONG, 0.3, 0).get(0);
    final Leg bought = idea.legs().get(0);
    final Leg sold = idea.legs().get(1);
    final long net = (bought.bid() + bought.ask() - sold.bid() - sold.ask()) / 2;
    assertThat(idea.cost()).isEqualTo(100 * net);
    assertThat(idea.maxLoss()).isEqualTo(100 * net);
    assertThat(idea.maxProfit()).isEqualTo(100 * (10 * Fixed.ONE - net));
    assertThat(idea.low()).isEqualTo(765 * Fixed.ONE + net);
    assertThat(idea.high()).isEqualTo(Fixed.NONE);
    assertThat(idea.side()).isEqualTo(Side.BUY);
    // Budget 5,000, whole units.
    assertThat(idea.units()).isEqualTo(5_000 * Fixed.ONE / idea.maxLoss() * Fixed.ONE);
    assertThat(idea.units()).isPositive();
    assertThat(idea.target()).isGreaterThan(net).isLessThan(10 * Fixed.ONE);
    assertThat(idea.stop()).isLessThan(net).isPositive();
    // Quotes are around the model's own price: the mean is what rounding left, the chance is N(d2).
    final double s = 0.2 * Math.sqrt(22 / 365.0);
    final double breakeven = Fixed.toDouble(idea.low());
    assertThat(idea.probability())
        .isEqualTo(
            TestChain.normal(Math.log(TestChain.SPOT / breakeven) / s - s / 2), within(1e-9));
    assertThat(Math.abs(idea.expected())).isLessThan(5.01);
  }

  // Declined

  @Test
  void noExpiryInTheWindowIsDeclinedWithTheReason() {
    final TestChain near = new TestChain(3, 60);
    final TradeAgent agent =
        new TradeAgent(Defaults.TRADE, near.market, id -> near, Kernels.select("scalar"));
    final List<Idea> ideas = propose(agent, Action.FLAT, 0.3, RANGE);
    assertDeclined(ideas.get(0), Reason.NO_EXPIRY_IN_WINDOW);
  }

  @Test
  void lowOpenInterestIsDeclinedWithTheReason() {
    everyRow(row -> chain.interest(row, 49));
    assertDeclined(propose(Action.LONG, 0.3, 0).get(0), Reason.OPEN_INTEREST_TOO_LOW);
    everyRow(row -> chain.interest(row, 50));
    assertThat(propose(Action.LONG, 0.3, 0).get(0).status()).isEqualTo(IdeaStatus.PROPOSED);
  }

  @Test
  void wideQuotesAreDeclinedWithTheReason() {
    everyRow(
        row -> {
          if (chain.usable(row)) {
            chain.quote(row, chain.mid(row) * 0.92, chain.mid(row) * 1.08);
          }
        });
    assertDeclined(propose(Action.FLAT, 0.3, RANGE).get(0), Reason.SPREAD_TOO_WIDE);
  }

  @Test
  void missingBidsAreDeclinedWithTheReason() {
    everyRow(row -> chain.quote(row, 0, 1));
    assertDeclined(propose(Action.FLAT, 0.3, RANGE).get(0), Reason.NO_TOUCH);
  }

  @Test
  void noContractInTheDeltaBandIsDeclinedWithTheReason() {
    // At 1 % volatility every strike but the money is a delta of 0 or 1.
    chain.volatility(0.01);
    assertDeclined(propose(Action.FLAT, 0.3, RANGE).get(0), Reason.NO_STRIKE_IN_DELTA_BAND);
  }

  @Test
  void outdatedGreeksAreNotUsed() {
    chain.outdated();
    assertDeclined(propose(Action.FLAT, 0.3, RANGE).get(0), Reason.NO_GREEKS);
    final TradeAgent none =
        new TradeAgent(Defaults.TRADE, chain.market, id -> null, Kernels.select("scalar"));
    assertDeclined(propose(none, Action.FLAT, 0.3, RANGE).get(0), Reason.NO_GREEKS);
  }

  @Test
  void poorRewardIsDeclinedWithTheReason() {
    final TradeConfig d = Defaults.TRADE;
    final TradeConfig.Chain c = d.chain();
    final TradeConfig greedy =
        new TradeConfig(
            d.minConfidence(),
            d.stockConfidence(),
            d.neutralConfidence(),
            d.capital(),
            d.perTradeRisk(),
            d.neutralRiskShare(),
            d.maxNotionalPct(),
            d.slippageCap(),
            d.ideaWindowNanos(),
            d.targetShare(),
            d.stopShare(),
            new TradeConfig.Chain(
                c.minDays(),
                c.maxDays(),
                c.targetDays(),
                c.minDelta(),
                c.maxDelta(),
                c.creditDelta(),
                c.condorDelta(),
                c.wingDelta(),
                c.wingMinDelta(),
                c.minOpenInterest(),
                c.maxRelativeSpread(),
                50,
                50),
            d.stock());
    assertDeclined(propose(agent(greedy), Action.FLAT, 0.3, RANGE).get(0), Reason.POOR_REWARD);
  }

  @Test
  void budgetBelowOneUnitIsDeclinedWithItsNumbers() {
    final Idea idea = propose(agent(with(10_000, 0.01)), Action.LONG, 0.3, 0).get(0);
    assertThat(idea.status()).isEqualTo(IdeaStatus.DECLINED);
    assertThat(idea.reason()).isEqualTo(Reason.SIZE_BELOW_ONE);
    assertThat(idea.units()).isZero();
    assertThat(idea.maxLoss()).isGreaterThan(50 * Fixed.ONE);
    assertThat(idea.legs()).hasSize(2);
  }

  @Test
  void otherStructureAndThenStockStandIn() {
    // Calls out of reach: the put credit spread is the other bullish structure.
    everyRow(row -> chain.interest(row, chain.chain().calls()[row] ? 0 : 500));
    final List<Idea> ideas = propose(Action.LONG, 0.3, 0);
    assertThat(kinds(ideas))
        .containsExactly(StrategyKind.CALL_DEBIT_SPREAD, StrategyKind.BULL_PUT_SPREAD);
    assertThat(ideas.get(0).status()).isEqualTo(IdeaStatus.DECLINED);
    assertThat(ideas.get(1).status()).isEqualTo(IdeaStatus.PROPOSED);
    // Nothing in the chain: stock, although confidence alone would not call for it.
    everyRow(row -> chain.interest(row, 0));
    final List<Idea> last = propose(Action.LONG, 0.3, 0);
    assertThat(last.get(2).strategy()).isEqualTo(StrategyKind.LONG_STOCK);
    assertThat(last.get(2).status()).isEqualTo(IdeaStatus.PROPOSED);
  }

  @Test
  void oneQualifyingStrikeMakesNoSpread() {
    final TestChain one = new TestChain(22);
    for (int row = 0; row < one.to(); row++) {
      one.interest(row, one.chain().strikes()[row] == 765 ? 500 : 0);
    }
    final TradeAgent agent =
        new TradeAgent(Defaults.TRADE, one.market, id -> one, Kernels.select("scalar"));
    assertDeclined(propose(agent, Action.LONG, 0.3, 0).get(0), Reason.OPEN_INTEREST_TOO_LOW);
  }

  @Test
  void legsThatCostTheWrongWayRoundAreDeclined() {
    final TestChain one = new TestChain(22);
    // The call at 775, which would be sold, is quoted above the one at 765, which would be bought.
    for (int row = 0; row < one.to(); row++) {
      if (one.chain().calls()[row] && one.chain().strikes()[row] == 775) {
        one.quote(row, 20, 20.5);
      }
    }
    final TradeAgent agent =
        new TradeAgent(Defaults.TRADE, one.market, id -> one, Kernels.select("scalar"));
    assertDeclined(propose(agent, Action.LONG, 0.3, 0).get(0), Reason.NO_POSITIVE_WIDTH);
  }

  private static void assertDeclined(final Idea idea, final Reason reason) {
    assertThat(idea.status()).isEqualTo(IdeaStatus.DECLINED);
    assertThat(idea.reason()).isEqualTo(reason);
    assertThat(idea.units()).isZero();
    assertThat(idea.legs()).isEmpty();
    assertThat(idea.stop()).isEqualTo(Fixed.NONE);
  }

  // Stock

  @Test
  void stockIsSizedToItsStopAndCappedByNotional() {
    final Idea stock = propose(Action.LONG, 0.5, 0).get(1);
    // 1.5 · 0.2 · sqrt(1/365) = 1.5702 % of 750 is 11.7763…; the stop goes down to the cent.
    assertThat(stock.stop()).isEqualTo(Fixed.parse("738.22"));
    assertThat(stock.maxLoss()).isEqualTo(Fixed.parse("11.78"));
    assertThat(stock.target()).isEqualTo(Fixed.parse("773.55"));
    assertThat(stock.cost()).isEqualTo(750 * Fixed.ONE);
    assertThat(stock.maxProfit()).isEqualTo(Fixed.NONE);
    assertThat(stock.low()).isEqualTo(750 * Fixed.ONE);
    // Risk would allow 424; 1 % of 1,000,000 buys 13.
    assertThat(stock.units()).isEqualTo(13 * Fixed.ONE);
    assertThat(stock.legs())
        .containsExactly(
            new Leg(
                Snapshots.UNDERLYING,
                Side.BUY,
                1,
                Fixed.parse("749.95"),
                Fixed.parse("750.05"),
                1));
    assertThat(stock.expected()).isZero();
  }

  @Test
  void riskToTheStopDecidesWhereNotionalDoesNot() {
    // 5,000 / 11.78 = 424.4
    assertThat(propose(agent(with(1_000_000, 0.9)), Action.LONG, 0.5, 0).get(1).units())
        .isEqualTo(424 * Fixed.ONE);
  }

  @Test
  void shortStockMirrorsLongStock() {
    final Idea stock = propose(Action.SHORT, 0.5, 0).get(1);
    assertThat(stock.side()).isEqualTo(Side.SELL);
    assertThat(stock.stop()).isEqualTo(Fixed.parse("761.78"));
    assertThat(stock.target()).isEqualTo(Fixed.parse("726.45"));
    assertThat(stock.cost()).isEqualTo(-750 * Fixed.ONE);
    assertThat(stock.maxProfit()).isEqualTo(750 * Fixed.ONE);
    assertThat(stock.high()).isEqualTo(750 * Fixed.ONE);
    assertThat(stock.low()).isEqualTo(Fixed.NONE);
    assertThat(stock.probability()).isGreaterThan(0.5);
  }

  @Test
  void stockWithoutOptionsIsTradedAlone() {
    final TestChain bare = new TestChain();
    final TradeAgent agent =
        new TradeAgent(Defaults.TRADE, bare.market, id -> null, Kernels.select("scalar"));
    assertThat(kinds(propose(agent, Action.LONG, 0.2, 0))).containsExactly(StrategyKind.LONG_STOCK);
    assertThat(propose(agent, Action.FLAT, 0.9, RANGE)).isEmpty();
  }

  @Test
  void stockWithoutAVolatilityIsDeclined() {
    final int n = snapshots.write();
    final int c = snapshots.suggest(n, Layer.COMPOSITE, Action.LONG, 0.5, 0, 0);
    final int count = agent().propose(snapshots.out(), n, c);
    assertThat(count).isEqualTo(2);
    assertDeclined(read(snapshots.out().read(c + 2, new TradeIdeaDecoder())), Reason.NO_VOLATILITY);
  }

  @Test
  void stopIsNeverNearerOrFurtherThanItsBounds() {
    snapshots.with(Feature.ATM_IV_30D, 0.01);
    final int n = snapshots.write();
    final int c = snapshots.suggest(n, Layer.COMPOSITE, Action.LONG, 0.5, 0, 0);
    agent().propose(snapshots.out(), n, c);
    // 0.3 % of 750.
    assertThat(read(snapshots.out().read(c + 2, new TradeIdeaDecoder())).stop())
        .isEqualTo(Fixed.parse("747.75"));
  }

  @Test
  void stockWithoutATouchIsDeclined() {
    chain.stock(0, 750.05);
    final Idea stock = propose(Action.LONG, 0.5, 0).get(1);
    assertDeclined(stock, Reason.NO_TOUCH);
  }

  // Key

  @Test
  void sameIdeaInTheWindowHasTheSameKey() {
    final long start = Math.floorDiv(TestChain.NOW, WINDOW) * WINDOW;
    snapshots.at(1, start);
    final long first = propose(Action.LONG, 0.3, 0).get(0).key();
    snapshots.at(2, start + WINDOW - 1);
    assertThat(propose(Action.LONG, 0.9, RANGE).get(0).key()).isEqualTo(first);
    snapshots.at(3, start + WINDOW);
    assertThat(propose(Action.LONG, 0.3, 0).get(0).key()).isNotEqualTo(first);
  }

  @Test
  void anotherStructureHasAnotherKey() {
    final List<Long> keys = new ArrayList<>();
    propose(Action.LONG, 0.5, 0).forEach(idea -> keys.add(idea.key()));
    propose(Action.SHORT, 0.5, 0).forEach(idea -> keys.add(idea.key()));
    propose(Action.LONG, 0.3, RICH).forEach(idea -> keys.add(idea.key()));
    propose(Action.SHORT, 0.3, RICH).forEach(idea -> keys.add(idea.key()));
    propose(Action.FLAT, 0.3, RANGE).forEach(idea -> keys.add(idea.key()));
    assertThat(keys).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void keyIsFnvOfTheWords() {
    // An independent FNV-1a over the little-endian bytes.
    final long[] words = {
      7, StrategyKind.IRON_CONDOR.value(), Side.SELL.value(), 100 / 30, 12, 1, 13, -1
    };
    java.math.BigInteger hash = new java.math.BigInteger("14695981039346656037");
    final java.math.BigInteger prime = new java.math.BigInteger("1099511628211");
    for (final long word : words) {
      final java.nio.ByteBuffer bytes =
          java.nio.ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(word);
      for (final byte b : bytes.array()) {
        hash = hash.xor(java.math.BigInteger.valueOf(b & 0xff)).multiply(prime);
        hash = hash.mod(java.math.BigInteger.ONE.shiftLeft(64));
      }
    }
    assertThat(
            new IdeaKey(30)
                .start(7, StrategyKind.IRON_CONDOR, Side.SELL, 100)
                .leg(12, 1)
                .leg(13, -1)
                .value())
        .isEqualTo(hash.longValue());
  }

  @Test
  void noMemoryOfEarlierIdeas() {
    final TradeAgent agent = agent();
    final List<Idea> first = propose(agent, Action.LONG, 0.5, 0);
    propose(agent, Action.SHORT, 0.5, RICH);
    assertThat(propose(agent, Action.LONG, 0.5, 0)).isEqualTo(first);
  }
}
