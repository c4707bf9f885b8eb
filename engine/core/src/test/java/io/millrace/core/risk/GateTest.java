package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.SECOND;
import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Check;
import io.millrace.codecs.CheckStatus;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Approval;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.portfolio.PortfolioConfig;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final long EXPIRY = T0 + 3_600 * SECOND;

  private final Desk desk =
      new Desk(Limits.with(RiskLimits.defaults(), "maxContracts", 1_000L, "ideaMaxLossPct", 0.02));
  private final int goog = desk.world.stock("GOOG");
  private final int put90 = option(OptionRight.PUT, 90);
  private final int put95 = option(OptionRight.PUT, 95);
  private final int call105 = option(OptionRight.CALL, 105);
  private final int call110 = option(OptionRight.CALL, 110);
  private final int later =
      desk.world.option(goog, OptionRight.CALL, 110, EXPIRY + 1, Settlement.PHYSICAL);

  GateTest() {
    desk.world.quote(goog, 99.99, 100.01);
    desk.world.quote(put90, 0.90, 1.10);
    desk.world.quote(put95, 1.90, 2.10);
    desk.world.quote(call105, 1.90, 2.10);
    desk.world.quote(call110, 0.90, 1.10);
    desk.world.quote(later, 0.90, 1.10);
    desk.cash(1_000_000);
  }

  private int option(final OptionRight right, final double strike) {
    return desk.world.option(goog, right, strike, EXPIRY, Settlement.PHYSICAL);
  }

  private OrderIntent structure(
      final Purpose purpose, final double units, final double net, final int... signedIds) {
    desk.wish(purpose, goog, Side.BUY, units, net);
    for (final int id : signedIds) {
      desk.intent.legs().add(Math.abs(id), id > 0 ? Side.BUY : Side.SELL, 1);
    }
    return desk.intent;
  }

  private int[] condor() {
    return new int[] {put90, -put95, -call105, call110};
  }

  // ---- Verdicts

  @Test
  void anOrderOverTheNotionalIsCutToWholeLotsWithin() {
    final Approval approval = desk.open(goog, Side.BUY, 150, 100.01);
    assertThat(desk.verdict()).isEqualTo(Verdict.REDUCE);
    assertThat(desk.decisive()).isEqualTo(Check.ORDER_NOTIONAL);
    assertThat(approval.quantity()).as("10,000 at 100.01").isEqualTo(fx(99));
    assertThat(desk.row(Check.ORDER_NOTIONAL).status()).isEqualTo(CheckStatus.REDUCE);
    assertThat(desk.row(Check.ORDER_NOTIONAL).margin()).isNegative();
  }

  @Test
  void aDenialOutweighsAnEarlierReduction() {
    desk.wish(Purpose.OPEN, goog, Side.BUY, 150, 100);
    desk.judge();
    desk.world.pass(SECOND / 2);
    desk.judge(); // the key again
    assertThat(desk.row(Check.ORDER_NOTIONAL).status()).isEqualTo(CheckStatus.REDUCE);
    assertThat(desk.decisive()).isEqualTo(Check.DUPLICATE_KEY);
    assertThat(desk.verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void anApprovalNamesItsDecision() {
    final Approval approval = desk.open(goog, Side.BUY, 1, 100);
    assertThat(approval.decisionCause()).isEqualTo(desk.world.outputs.cause());
    assertThat(approval.decisionOrdinal()).isZero();
    assertThat(approval.use().key()).isEqualTo(desk.intent.key());
  }

  @Test
  void inTheDefensiveModeSizesShrink() {
    final Desk wary =
        new Desk(RiskLimits.defaults(), new PortfolioConfig(1, 0, 0, 0.01, 1, 1, MarkRule.MID));
    final int stock = wary.world.stock("GOOG");
    wary.world.quote(stock, 99.99, 100.01);
    wary.cash(1_000_000).hold(stock, 1_000, 100);
    wary.world.quote(stock, 79.99, 80.01);
    wary.strike();
    assertThat(wary.portfolio.riskMode()).isEqualTo(RiskMode.DEFENSIVE);
    final Approval approval = wary.open(stock, Side.BUY, 100, 80);
    assertThat(approval.quantity()).as("0.5 %% of 980,000 at 80").isEqualTo(fx(61));
  }

  // ---- Exits

  @Test
  void anExitPassesWhatBoundsNewRisk() {
    desk.hold(goog, 500, 100);
    desk.gate.reduceOnly(desk.world.outputs);
    assertThat(desk.exit(goog, Side.SELL, 500, 100)).isNotNull();
    assertThat(desk.row(Check.ORDER_NOTIONAL).margin()).as("recorded all the same").isNegative();
    assertThat(desk.row(Check.ORDER_NOTIONAL).status()).isEqualTo(CheckStatus.PASS);
  }

  @Test
  void anExitStillNeedsAPriceAFreshBookAndANewKey() {
    desk.hold(goog, 500, 100);
    desk.world.pass(3 * SECOND);
    assertThat(desk.exit(goog, Side.SELL, 500, 100)).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.PRICE_STALE);
  }

  @Test
  void anExitIsCutToThePosition() {
    desk.hold(goog, 50, 100);
    final Approval approval = desk.exit(goog, Side.SELL, 80, 100);
    assertThat(approval.quantity()).isEqualTo(fx(50));
    assertThat(desk.decisive()).isEqualTo(Check.REDUCE_ONLY_STATE);
  }

  @Test
  void anExitThatReducesNothingIsDenied() {
    assertThat(desk.exit(goog, Side.SELL, 1, 100)).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.REDUCE_ONLY_STATE);
    desk.hold(goog, 10, 100);
    assertThat(desk.exit(goog, Side.BUY, 1, 100)).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.REDUCE_ONLY_STATE);
  }

  @Test
  void whatAlreadyLeavesIsNotSoldTwice() {
    desk.hold(goog, 50, 100);
    desk.working(goog, Side.SELL, 30, 100.50);
    assertThat(desk.exit(goog, Side.SELL, 50, 100).quantity()).isEqualTo(fx(20));
  }

  @Test
  void haltedLetsExitsThroughOnlyWhereConfigSaysSo() {
    desk.hold(goog, 50, 100);
    desk.gate.halt("why", desk.world.outputs);
    assertThat(desk.gate.haltReason()).isEqualTo("why");
    assertThat(desk.exit(goog, Side.SELL, 50, 100)).isNotNull();

    final Desk strict = new Desk(Limits.with(RiskLimits.defaults(), "exitsWhileHalted", false));
    final int stock = strict.world.stock("GOOG");
    strict.world.quote(stock, 99.99, 100.01);
    strict.cash(1_000_000).hold(stock, 50, 100);
    strict.gate.halt("why", strict.world.outputs);
    assertThat(strict.exit(stock, Side.SELL, 50, 100)).isNull();
    assertThat(strict.decisive()).isEqualTo(Check.HALTED);
  }

  @Test
  void sellingTheCoverOfAShortOptionIsNoExit() {
    desk.hold(call105, 1, 2).hold(call110, -1, 1);
    assertThat(desk.exit(call105, Side.SELL, 1, 2)).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.REDUCE_ONLY_STATE);
    assertThat(desk.exit(call110, Side.BUY, 1, 1)).isNotNull();
    structure(Purpose.EXIT, 1, -1, -call105, call110);
    assertThat(desk.judge()).as("both legs together").isNotNull();
  }

  // ---- Structures

  @Test
  void aDebitSpreadIsWorthWhatItCosts() {
    structure(Purpose.OPEN, 10, 1.00, call105, -call110);
    assertThat(desk.judge()).isNotNull();
    assertThat(desk.row(Check.ORDER_NOTIONAL).value()).as("1,000 of 1 m").isEqualTo(fx(0.001));
    assertThat(desk.row(Check.BUYING_POWER).value()).isEqualTo(fx(1_000));
  }

  @Test
  void aCondorIsWorthItsWingLessTheCredit() {
    structure(Purpose.OPEN, 10, -2.00, condor());
    assertThat(desk.judge()).isNotNull();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).value()).as("3,000 of 1 m").isEqualTo(fx(0.003));
  }

  @Test
  void theGateDoesNotBelieveASmallerWorstCase() {
    structure(Purpose.OPEN, 10, -2.00, condor()).maxLossPerUnit(fx(1));
    desk.judge();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).value()).isEqualTo(fx(0.003));
    structure(Purpose.OPEN, 10, -1.99, condor()).maxLossPerUnit(fx(500));
    desk.judge();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).value()).as("but a larger one").isEqualTo(fx(0.005));
  }

  @Test
  void aStructureWithoutABoundOnItsLossIsDenied() {
    structure(Purpose.OPEN, 1, -1.00, -call105);
    assertThat(desk.judge()).isNull();
    assertThat(desk.row(Check.SHORT_NOT_ALLOWED).status()).isEqualTo(CheckStatus.DENY);
    assertThat(desk.row(Check.IDEA_MAX_LOSS).status()).isEqualTo(CheckStatus.DENY);
    assertThat(desk.row(Check.ORDER_NOTIONAL).value()).isEqualTo(Fixed.NONE);
  }

  @Test
  void aCalendarIsWorthWhatTheFirstExpiryMayCost() {
    structure(Purpose.OPEN, 1, 0.05, -call110, later);
    assertThat(desk.judge()).isNotNull();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).value()).as("its debit, 5").isEqualTo(fx(0.000005));
    structure(Purpose.OPEN, 1, -1.00, -call105, later);
    desk.judge();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).value()).as("500 less 100").isEqualTo(fx(0.0004));
  }

  @Test
  void soldOptionsThatLiveLongerHaveNoWorstCase() {
    structure(Purpose.OPEN, 1, -1.00, call105, -later);
    assertThat(desk.judge()).isNull();
    assertThat(desk.row(Check.IDEA_MAX_LOSS).status()).isEqualTo(CheckStatus.DENY);
  }

  @Test
  void theCollarOfAStructureIsAroundItsNetMid() {
    structure(Purpose.OPEN, 1, 1.25, call105, -call110);
    assertThat(desk.judge()).isNotNull();
    structure(Purpose.OPEN, 1, 1.26, call105, -call110);
    assertThat(desk.judge()).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.PRICE_COLLAR);
    assertThat(desk.row(Check.PRICE_COLLAR).value()).isEqualTo(fx(0.26));
  }

  @Test
  void oneLegWithoutATwoSidedBookStopsTheStructure() {
    desk.world.quote(call110, Double.NaN, 1.10);
    structure(Purpose.OPEN, 1, 1, call105, -call110);
    assertThat(desk.judge()).isNull();
    assertThat(desk.row(Check.BOOK_CROSSED).status()).isEqualTo(CheckStatus.DENY);
  }

  @Test
  void oneStaleLegStopsTheStructure() {
    desk.world.pass(3 * SECOND);
    desk.world.quote(call105, 1.90, 2.10);
    desk.strike();
    structure(Purpose.OPEN, 1, 1, call105, -call110);
    assertThat(desk.judge()).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.PRICE_STALE);
  }

  @Test
  void legsOfAnotherUnderlyingAreNotTradable() {
    final int msft = desk.world.stock("MSFT");
    final int strange = desk.world.option(msft, OptionRight.CALL, 50, EXPIRY, Settlement.PHYSICAL);
    desk.world.quote(strange, 0.90, 1.10);
    structure(Purpose.OPEN, 1, 1, call105, -strange);
    assertThat(desk.judge()).isNull();
    assertThat(desk.row(Check.NOT_TRADABLE).status()).isEqualTo(CheckStatus.DENY);
  }

  @Test
  void aStructureIsCutToWholeUnits() {
    structure(Purpose.OPEN, 150, 1, call105, -call110);
    assertThat(desk.judge().quantity()).as("10,000 at 100 each").isEqualTo(fx(100));
  }

  @Test
  void aHeldCondorIsLeftAsAWholeButNotMoreOfIt() {
    for (final int id : condor()) {
      desk.hold(Math.abs(id), id > 0 ? 3 : -3, 1);
    }
    structure(Purpose.EXIT, 5, 2, -put90, put95, call105, -call110);
    assertThat(desk.judge().quantity()).isEqualTo(fx(3));
  }

  @Test
  void aStructureDoesNotTradeWithOurOwnLeg() {
    desk.hold(call105, 1, 2);
    desk.working(call105, Side.SELL, 1, 2.10);
    structure(Purpose.OPEN, 1, 1, call105, -call110);
    assertThat(desk.judge()).isNull();
    assertThat(desk.decisive()).isEqualTo(Check.SELF_MATCH);
  }

  @Test
  void aNakedOptionSaleCountsItsStrikeAndNeedsPermission() {
    desk.open(put95, Side.SELL, 1, 2);
    assertThat(desk.row(Check.SHORT_NOT_ALLOWED).status()).isEqualTo(CheckStatus.DENY);
    assertThat(desk.row(Check.ORDER_NOTIONAL).value()).isEqualTo(fx(0.0095));
  }

  @Test
  void heldShortOptionsTakeBuyingPower() {
    desk.hold(put95, -100, 2);
    desk.open(goog, Side.BUY, 1, 100);
    assertThat(desk.row(Check.BUYING_POWER).limit())
        .as("1,020,000 of cash less 100 puts at 9,500")
        .isEqualTo(fx(70_000));
  }

  @Test
  void shortStockHoldsItsProceedsAndMargin() {
    desk.hold(goog, -1_000, 100);
    desk.open(goog, Side.BUY, 1, 100);
    assertThat(desk.row(Check.BUYING_POWER).limit())
        .as("1,100,000 of cash less 150 %% of 100,000, and the margin of the share covered")
        .isEqualTo(fx(950_050));
  }
}
