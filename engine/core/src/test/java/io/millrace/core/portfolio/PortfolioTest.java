package io.millrace.core.portfolio;

import static io.millrace.core.portfolio.TestMarket.SECOND;
import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.ExceptionRaisedDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.NavEventDecoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.PositionEventDecoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortfolioTest {
  private static final long EXPIRY = T0 + 3_600 * SECOND;
  private static final double NONE = Double.NaN;

  private final TestMarket world = new TestMarket();
  private final int stock = world.stock("GOOG");
  private final int index = world.index("SPX");
  private final int call = option(OptionRight.CALL, 750, Settlement.PHYSICAL);
  private final int put = option(OptionRight.PUT, 740, Settlement.PHYSICAL);
  private final int farCall = option(OptionRight.CALL, 760, Settlement.PHYSICAL);
  private final int indexCall =
      world.option(index, OptionRight.CALL, 2_000, EXPIRY, Settlement.CASH);
  private final Portfolio portfolio = new Portfolio(PortfolioConfig.defaults(), world.market);

  private int option(final OptionRight right, final double strike, final Settlement settlement) {
    return world.option(stock, right, strike, EXPIRY, settlement);
  }

  @BeforeEach
  void account() {
    portfolio.onAccount(fx(100_000));
    mark();
  }

  @Test
  void thereIsNoNavBeforeTheCashIsKnown() {
    final Portfolio fresh = new Portfolio(PortfolioConfig.defaults(), world.market);
    assertThat(fresh.mark(world.now, world.outputs)).isFalse();
    assertThat(fresh.hasNav()).isFalse();
  }

  @Test
  void navIsDueAtWholeIntervalsAndAfterFills() {
    assertThat(mark()).isFalse();
    world.pass(SECOND - 1);
    assertThat(mark()).isFalse();
    fill(stock, Side.BUY, 1, 700);
    assertThat(mark()).isTrue();
    assertThat(mark()).isFalse();
    world.pass(1);
    assertThat(mark()).isTrue();
    assertThat(portfolio.navTime()).isEqualTo(T0 + SECOND);
  }

  @Test
  void navEventTellsWhatThePortfolioHolds() {
    fill(stock, Side.BUY, 10, 700);
    fill(stock, Side.SELL, 4, 710);
    world.quote(stock, 719, 721);
    mark();
    final NavEventDecoder nav = new NavEventDecoder();
    world.outputs.read(world.outputs.count() - 1, nav);
    assertThat(nav.cash()).isEqualTo(fx(100_000 - 7_000 + 2_840));
    assertThat(nav.nav()).isEqualTo(fx(100_000 + 40 + 6 * 20));
    assertThat(nav.realised()).isEqualTo(fx(40));
    assertThat(nav.unrealised()).isEqualTo(fx(120));
    assertThat(nav.gross()).isEqualTo(fx(4_320)).isEqualTo(nav.net());
    assertThat(nav.riskMode()).isEqualTo(RiskMode.NORMAL);
  }

  @Test
  void grossAddsWhatNetCancels() {
    fill(stock, Side.SELL, 10, 700);
    fill(index, Side.BUY, 1, 2_000);
    mark();
    assertThat(portfolio.gross()).isEqualTo(fx(9_000));
    assertThat(portfolio.net()).isEqualTo(fx(-5_000));
    assertThat(portfolio.shortStock()).isEqualTo(fx(7_000));
  }

  @Test
  void anOptionWithoutATwoSidedQuoteKeepsItsLastMark() {
    fill(call, Side.BUY, 1, 3);
    mark();
    assertThat(portfolio.markPrice(call)).as("price of the trade").isEqualTo(fx(3));
    world.quote(call, 4, 5);
    force();
    assertThat(portfolio.markPrice(call)).isEqualTo(fx(4.5));
    world.quote(call, 6, NONE);
    force();
    assertThat(portfolio.markPrice(call)).as("no ask").isEqualTo(fx(4.5));
    world.quote(call, 6, 5);
    force();
    assertThat(portfolio.markPrice(call)).as("crossed").isEqualTo(fx(4.5));
  }

  @Test
  void anOptionNobodyBidsForIsWorthNoMoreThanItsAskAndAShortOneCostsThat() {
    fill(call, Side.BUY, 1, 3);
    fill(put, Side.SELL, 1, 3);
    world.quote(call, NONE, 0.10);
    world.quote(put, 0, 0.10);
    mark();
    assertThat(portfolio.marketValue(call)).isEqualTo(fx(10));
    assertThat(portfolio.marketValue(put)).isEqualTo(fx(-10));
  }

  /** In sampled data bids go for a minute and come back: nothing was lost meanwhile. */
  @Test
  void aLongOptionKeepsItsMarkWhileTheBidIsAway() {
    fill(call, Side.BUY, 1, 19);
    world.quote(call, 19, 19.40);
    mark();
    world.quote(call, NONE, 19.50);
    mark();
    assertThat(portfolio.marketValue(call)).isEqualTo(fx(1_920));
  }

  @Test
  void heldOptionsHoldTheCashTheyMayStillCost() {
    fill(call, Side.BUY, 2, 5);
    fill(farCall, Side.SELL, 2, 2);
    mark();
    assertThat(portfolio.marginHeld()).as("debit spread costs no more").isZero();
    fill(put, Side.SELL, 1, 2);
    mark();
    assertThat(portfolio.marginHeld()).as("put at spot 0").isEqualTo(fx(74_000));
    fill(farCall, Side.SELL, 1, 2);
    mark();
    assertThat(portfolio.marginHeld()).as("and one bare call").isEqualTo(fx(74_000 + 76_000));
  }

  @Test
  void aLongCallInTheMoneyBuysTheStockAtTheStrike() {
    fill(call, Side.BUY, 2, 5);
    world.quote(stock, 759, 761);
    world.pass(3_600 * SECOND + 1);
    world.outputs.reset(7, world.now);
    mark();
    assertThat(portfolio.quantity(call)).isZero();
    assertThat(portfolio.realised(call)).isEqualTo(fx(-1_000));
    assertThat(portfolio.quantity(stock)).isEqualTo(fx(200));
    assertThat(portfolio.averagePrice(stock)).isEqualTo(fx(750));
    assertThat(portfolio.nav()).isEqualTo(fx(100_000 - 1_000 + 200 * 10));

    assertThat(alerts()).contains(AlertCode.CONTRACT_EXPIRED);
    final FillDecoder fill = new FillDecoder();
    world.outputs.read(1, fill);
    assertThat(fill.instrumentId()).isEqualTo(call);
    assertThat(fill.reason()).isEqualTo(FillReason.SETTLED);
    assertThat(fill.side()).isEqualTo(Side.SELL);
    world.outputs.read(3, fill);
    assertThat(fill.instrumentId()).isEqualTo(stock);
    assertThat(fill.price()).isEqualTo(fx(750));
    assertThat(fill.quantity()).isEqualTo(fx(200));
  }

  @Test
  void aShortPutInTheMoneyIsAssigned() {
    fill(put, Side.SELL, 1, 5);
    world.quote(stock, 729, 731);
    world.pass(3_600 * SECOND + 1);
    mark();
    assertThat(portfolio.quantity(stock)).isEqualTo(fx(100));
    assertThat(portfolio.averagePrice(stock)).isEqualTo(fx(740));
    assertThat(portfolio.nav()).isEqualTo(fx(100_000 + 500 - 1_000));
  }

  @Test
  void belowTheThresholdNothingIsDelivered() {
    fill(call, Side.BUY, 1, 5);
    world.trade(stock, 750.009);
    world.pass(3_600 * SECOND + 1);
    mark();
    assertThat(portfolio.quantity(stock)).isZero();
    assertThat(portfolio.nav()).isEqualTo(fx(99_500));
  }

  @Test
  void atTheThresholdItIsExercised() {
    fill(call, Side.BUY, 1, 5);
    world.trade(stock, 750.01);
    world.pass(3_600 * SECOND + 1);
    mark();
    assertThat(portfolio.quantity(stock)).isEqualTo(fx(100));
  }

  @Test
  void aCashSettledOptionPaysItsIntrinsicValue() {
    fill(indexCall, Side.BUY, 1, 20);
    world.trade(index, 2_050);
    world.pass(3_600 * SECOND + 1);
    mark();
    assertThat(portfolio.heldCount()).isZero();
    assertThat(portfolio.cash()).isEqualTo(fx(100_000 - 2_000 + 5_000));
    assertThat(portfolio.realised(indexCall)).isEqualTo(fx(3_000));
  }

  @Test
  void withoutAPriceOfTheUnderlyingAContractWaits() {
    fill(indexCall, Side.BUY, 1, 20);
    world.pass(3_600 * SECOND + 1);
    mark();
    assertThat(portfolio.quantity(indexCall)).isEqualTo(fx(1));
    world.pass(SECOND);
    world.trade(index, 2_010);
    mark();
    assertThat(portfolio.quantity(indexCall)).isZero();
    assertThat(portfolio.cash()).isEqualTo(fx(100_000 - 2_000 + 1_000));
  }

  @Test
  void whatComesAtTheInstantOfExpiryStillCountsForIt() {
    fill(indexCall, Side.BUY, 1, 20);
    world.trade(index, 2_050);
    world.pass(3_600 * SECOND);
    mark();
    assertThat(portfolio.quantity(indexCall)).as("an input of the instant").isEqualTo(fx(1));
    world.trade(index, 2_060);
    mark();
    world.pass(1);
    mark();
    assertThat(portfolio.quantity(indexCall)).isZero();
    assertThat(portfolio.cash()).isEqualTo(fx(100_000 - 2_000 + 6_000));
  }

  @Test
  void whatExpiresWithTheLastInputIsSettledAtTheEnd() {
    fill(indexCall, Side.BUY, 1, 20);
    world.trade(index, 2_050);
    world.pass(3_600 * SECOND);
    portfolio.markLast(world.now, world.outputs);
    assertThat(portfolio.quantity(indexCall)).isZero();
    assertThat(portfolio.nav()).isEqualTo(fx(100_000 - 2_000 + 5_000));
  }

  @Test
  void anOptionOnAFutureBringsOneFutureAContract() {
    final int future = world.coin("ES202003", 50);
    final int option =
        world.option(future, OptionRight.PUT, 3_000, 50, EXPIRY, Settlement.PHYSICAL);
    fill(option, Side.BUY, 2, 10);
    world.trade(future, 2_900);
    world.pass(3_600 * SECOND + 1);
    mark();
    assertThat(portfolio.quantity(option)).isZero();
    assertThat(portfolio.quantity(future)).isEqualTo(fx(-2));
    assertThat(portfolio.averagePrice(future)).isEqualTo(fx(3_000));
    assertThat(portfolio.nav()).isEqualTo(fx(100_000 - 2 * 50 * 10 + 2 * 50 * 100));
  }

  @Test
  void aDepositIsNoGainAndAWithdrawalNoLoss() {
    portfolio.onAccount(fx(50_000));
    mark();
    assertThat(portfolio.drawdown()).isZero();
    assertThat(portfolio.dailyLoss()).isZero();
    portfolio.onAccount(fx(200_000));
    mark();
    assertThat(portfolio.peak()).isEqualTo(fx(200_000));
  }

  @Test
  void theVenuesWordOnAPositionStandsAndTheDifferenceIsRaised() {
    fill(stock, Side.BUY, 5, 700);
    world.outputs.reset(9, world.now);
    portfolio.onPositionReport(stock, fx(8), fx(690), world.outputs);
    assertThat(portfolio.quantity(stock)).isEqualTo(fx(8));
    assertThat(portfolio.averagePrice(stock)).isEqualTo(fx(690));
    final ExceptionRaisedDecoder raised = new ExceptionRaisedDecoder();
    world.outputs.read(0, raised);
    assertThat(raised.value()).isEqualTo(fx(3));
    final PositionEventDecoder position = new PositionEventDecoder();
    world.outputs.read(1, position);
    assertThat(position.quantity()).isEqualTo(fx(8));
    portfolio.onPositionReport(stock, fx(8), fx(690), world.outputs);
    assertThat(world.outputs.count()).as("agreement says nothing").isEqualTo(2);
  }

  @Test
  void drawdownLeadsFromNormalOverDefensiveToHalted() {
    final Portfolio big =
        account(fx(100_000), new PortfolioConfig(1_000, 0, 0.01, 0.05, 1, 0.10, MarkRule.MID));
    hold(big);
    value(big, 100);
    assertThat(big.riskMode()).isEqualTo(RiskMode.NORMAL);
    value(big, 95); // down 5 %: at the limit
    assertThat(big.riskMode()).isEqualTo(RiskMode.NORMAL);
    value(big, 94.99);
    assertThat(big.riskMode()).isEqualTo(RiskMode.DEFENSIVE);
    value(big, 97); // above half the limit
    assertThat(big.riskMode()).isEqualTo(RiskMode.DEFENSIVE);
    value(big, 97.5);
    assertThat(big.riskMode()).isEqualTo(RiskMode.NORMAL);
    value(big, 89.99);
    assertThat(big.riskMode()).isEqualTo(RiskMode.HALTED);
    value(big, 100);
    assertThat(big.riskMode()).as("only a human ends a halt").isEqualTo(RiskMode.HALTED);
    big.resume(world.outputs);
    assertThat(big.riskMode()).isEqualTo(RiskMode.NORMAL);
    value(big, 80);
    big.resume(world.outputs);
    value(big, 80);
    assertThat(big.riskMode()).as("a resume forgives nothing").isEqualTo(RiskMode.HALTED);
  }

  @Test
  void aDailyLossAllowsOnlyReductionsUntilTheNextDay() {
    final Portfolio big =
        account(fx(100_000), new PortfolioConfig(1_000, 0, 0.01, 1, 0.03, 1, MarkRule.MID));
    hold(big);
    value(big, 97);
    assertThat(big.riskMode()).as("at the limit").isEqualTo(RiskMode.NORMAL);
    value(big, 96.99);
    assertThat(big.riskMode()).isEqualTo(RiskMode.REDUCE_ONLY);
    assertThat(alerts()).contains(AlertCode.RISK_MODE);
    value(big, 100);
    assertThat(big.riskMode()).isEqualTo(RiskMode.REDUCE_ONLY);
    world.pass(10 * 3_600 * SECOND); // 01:00 UTC of the next day
    value(big, 99);
    assertThat(big.riskMode()).isEqualTo(RiskMode.NORMAL);
    assertThat(big.dayStartNav()).as("last NAV of the day before").isEqualTo(fx(100_000));
  }

  @Test
  void whatTheOperatorReducedANewDayDoesNotFree() {
    portfolio.reduceOnly(world.outputs);
    world.pass(10 * 3_600 * SECOND);
    mark();
    assertThat(portfolio.riskMode()).isEqualTo(RiskMode.REDUCE_ONLY);
    portfolio.resume(world.outputs);
    assertThat(portfolio.riskMode()).isEqualTo(RiskMode.NORMAL);
  }

  @Test
  void noTriggerLoosensAHaltExceptTheOperators() {
    for (final RiskTrigger trigger : RiskTrigger.values()) {
      final RiskMode to = RiskModes.next(RiskMode.HALTED, trigger);
      assertThat(to).isEqualTo(trigger == RiskTrigger.OPERATOR_RESUME ? RiskMode.NORMAL : null);
    }
  }

  @Test
  void theConfigNamesAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> new PortfolioConfig(0, 86_400, -1, 0.2, 0.03, 0.1, MarkRule.MID))
        .hasMessageContaining("nav_interval_millis 0")
        .hasMessageContaining("day_start_utc_seconds 86400")
        .hasMessageContaining("exercise_threshold -1.0")
        .hasMessageContaining("halt_drawdown_pct 0.1 is below");
  }

  @Test
  void aFractionOverOneIsReadAsPercentAndWarnedAbout() {
    assertThat(new PortfolioConfig(1, 0, 0, 5, 3, 10, MarkRule.MID).haltDrawdownPct())
        .isEqualTo(0.1);
    assertThat(Fractions.warning("portfolio.halt_drawdown_pct", 10))
        .contains("portfolio.halt_drawdown_pct")
        .contains("0.1");
    assertThat(Fractions.warning("portfolio.halt_drawdown_pct", 1)).isEmpty();
    assertThat(Fractions.warning("risk.gross_exposure_multiple", 2)).isEmpty();
  }

  private Portfolio account(final long cash, final PortfolioConfig config) {
    final Portfolio made = new Portfolio(config, world.market);
    made.onAccount(cash);
    return made;
  }

  /** All of the account in 1,000 shares at 100. */
  private void hold(final Portfolio account) {
    account.onFill(stock, Side.BUY, fx(1_000), fx(100), 0, world.outputs);
    value(account, 100);
  }

  private void value(final Portfolio account, final double price) {
    world.trade(stock, price);
    account.markNow(world.now, world.outputs);
  }

  private void fill(final int id, final Side side, final int units, final double price) {
    portfolio.onFill(id, side, units * Fixed.ONE, fx(price), 0, world.outputs);
  }

  private boolean mark() {
    return portfolio.mark(world.now, world.outputs);
  }

  private void force() {
    portfolio.markNow(world.now, world.outputs);
  }

  private List<AlertCode> alerts() {
    final List<AlertCode> found = new ArrayList<>();
    final AlertDecoder alert = new AlertDecoder();
    for (int i = 0; i < world.outputs.count(); i++) {
      if (world.outputs.templateId(i) == AlertDecoder.TEMPLATE_ID) {
        found.add(world.outputs.read(i, alert).code());
      }
    }
    return found;
  }
}
