package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.SECOND;
import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.Check;
import io.millrace.codecs.CheckStatus;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.codecs.Tier;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Fixed;
import org.junit.jupiter.api.Test;

/**
 * Each check: under the limit passes, the limit itself passes, one step over denies by its code.
 */
class LimitsTest {
  private static final long MILLI = 1_000_000;

  private static RiskLimits wide(final Object... pairs) {
    final RiskLimits wide =
        Limits.with(
            RiskLimits.defaults(),
            "allowReduce",
            false,
            "orderNotionalPct",
            1.0,
            "positionCorePct",
            1.0,
            "positionSatellitePct",
            1.0,
            "positionTacticalPct",
            1.0,
            "positionAltExtPct",
            1.0,
            "ideaMaxLossPct",
            1.0,
            "grossExposureMultiple",
            100.0,
            "netExposureMultiple",
            100.0,
            "openOrdersSymbol",
            200,
            "openOrdersTotal",
            200,
            "buyingPowerMultiple",
            10.0,
            "dailyLossPct",
            1.0,
            "drawdownPct",
            1.0,
            "duplicateContentMillis",
            0L);
    return Limits.with(wide, pairs);
  }

  /** 1,000,000 of cash; GOOG at 99.99 to 100.01. */
  private static final class At {
    final Desk desk;
    final int goog;

    At(final Object... pairs) {
      desk = new Desk(wide(pairs));
      goog = desk.world.stock("GOOG");
      desk.world.quote(goog, 99.99, 100.01);
      desk.cash(1_000_000);
    }

    At buy(final double units, final double price) {
      desk.open(goog, Side.BUY, units, price);
      return this;
    }

    void passes(final Check check) {
      assertThat(desk.row(check).status())
          .as("%s %s", check, desk.row(check))
          .isEqualTo(CheckStatus.PASS);
      assertThat(desk.decisive()).isEqualTo(Check.NONE);
      assertThat(desk.verdict()).isEqualTo(Verdict.APPROVE);
    }

    void denies(final Check check) {
      assertThat(desk.decisive()).isEqualTo(check);
      assertThat(desk.verdict()).isEqualTo(Verdict.DENY);
      assertThat(desk.approved()).isZero();
    }
  }

  @Test
  void aSoundOrderPassesEveryCheckAndAllAreRecordedByCode() {
    final At at = new At().buy(10, 100);
    at.passes(Check.HALTED);
    int last = 0;
    for (final Check check : at.desk.rows().keySet()) {
      assertThat(check.value()).isGreaterThan(last);
      last = check.value();
    }
    for (final Check check : Check.values()) {
      final boolean absent =
          check == Check.NONE
              || check == Check.NULL_VAL
              || check.name().equals("SBE_UNKNOWN")
              || check == Check.VENUE_DOWN
              || check == Check.JOURNAL_UNHEALTHY;
      assertThat(at.desk.rows().containsKey(check)).as("%s", check).isEqualTo(!absent);
    }
  }

  @Test
  void halted() {
    final At at = new At();
    at.desk.gate.halt("test", at.desk.world.outputs);
    at.buy(1, 100).denies(Check.HALTED);
    at.desk.gate.resume(at.desk.world.outputs);
    at.buy(1, 100).passes(Check.HALTED);
  }

  @Test
  void reduceOnly() {
    final At at = new At();
    at.desk.gate.reduceOnly(at.desk.world.outputs);
    at.buy(1, 100).denies(Check.REDUCE_ONLY_STATE);
    at.desk.gate.resume(at.desk.world.outputs);
    at.buy(1, 100).passes(Check.REDUCE_ONLY_STATE);
  }

  @Test
  void shadow() {
    final At at = new At();
    at.desk.gate.shadow(true);
    at.buy(1, 100).denies(Check.SHADOW);
    at.desk.gate.shadow(false);
    at.buy(1, 100).passes(Check.SHADOW);
  }

  @Test
  void unknownOrderState() {
    final At at = new At();
    final var order = at.desk.working(at.goog, Side.BUY, 1, 99);
    at.buy(1, 100).passes(Check.UNKNOWN_ORDER_STATE);
    at.desk.orders.timeout(order, at.desk.world.now, at.desk.world.outputs);
    at.buy(1, 100).denies(Check.UNKNOWN_ORDER_STATE);
  }

  @Test
  void navMissing() {
    final Desk desk = new Desk(wide());
    final int goog = desk.world.stock("GOOG");
    desk.world.quote(goog, 99.99, 100.01);
    desk.open(goog, Side.BUY, 1, 100);
    assertThat(desk.decisive()).isEqualTo(Check.NAV_MISSING);
    assertThat(desk.row(Check.ORDER_NOTIONAL).status()).isEqualTo(CheckStatus.DENY);
  }

  @Test
  void navStale() {
    navAged(90 * SECOND - 1).passes(Check.NAV_STALE);
    navAged(90 * SECOND).passes(Check.NAV_STALE);
    navAged(90 * SECOND + 1).denies(Check.NAV_STALE);
  }

  private static At navAged(final long nanos) {
    final At at = new At();
    at.desk.world.pass(nanos);
    at.desk.world.quote(at.goog, 99.99, 100.01);
    return at.buy(1, 100);
  }

  @Test
  void priceMissing() {
    final At at = new At();
    final int dark = at.desk.world.stock("DARK");
    at.desk.open(dark, Side.BUY, 1, 100);
    at.denies(Check.PRICE_MISSING);
  }

  @Test
  void priceStale() {
    priceAged(2 * SECOND - 1).passes(Check.PRICE_STALE);
    priceAged(2 * SECOND).passes(Check.PRICE_STALE);
    priceAged(2 * SECOND + 1).denies(Check.PRICE_STALE);
  }

  private static At priceAged(final long nanos) {
    final At at = new At();
    at.desk.world.pass(nanos);
    at.desk.strike();
    return at.buy(1, 100);
  }

  @Test
  void bookCrossed() {
    touching(99.99, 100.00).passes(Check.BOOK_CROSSED);
    touching(100, 100).denies(Check.BOOK_CROSSED);
    touching(100.01, 100).denies(Check.BOOK_CROSSED);
    touching(Double.NaN, 100).denies(Check.BOOK_CROSSED);
  }

  private static At touching(final double bid, final double ask) {
    final At at = new At();
    at.desk.world.trade(at.goog, 100);
    at.desk.world.quote(at.goog, bid, ask);
    return at.buy(1, 100);
  }

  @Test
  void instrumentUnknown() {
    final At at = new At();
    at.desk.open(77, Side.BUY, 1, 100);
    assertThat(at.desk.row(Check.INSTRUMENT_UNKNOWN).status()).isEqualTo(CheckStatus.DENY);
    assertThat(at.desk.decisive()).as("nor has it a price").isEqualTo(Check.PRICE_MISSING);
  }

  @Test
  void instrumentExpired() {
    expiring(1).passes(Check.INSTRUMENT_EXPIRED);
    expiring(0).denies(Check.INSTRUMENT_EXPIRED);
    expiring(-1).denies(Check.INSTRUMENT_EXPIRED);
  }

  private static At expiring(final long nanosLeft) {
    final At at = new At();
    final int call =
        at.desk.world.option(
            at.goog, OptionRight.CALL, 100, T0 + SECOND + nanosLeft, Settlement.PHYSICAL);
    at.desk.world.quote(call, 2, 2.10);
    at.desk.world.pass(SECOND);
    at.desk.open(call, Side.BUY, 1, 2.05);
    return at;
  }

  @Test
  void sessionClosed() {
    atClose(-1).passes(Check.SESSION_CLOSED);
    atClose(0).denies(Check.SESSION_CLOSED);
  }

  private static At atClose(final long after) {
    final At at = new At();
    at.desk.world.pass(7_200 * SECOND + after);
    at.desk.world.quote(at.goog, 99.99, 100.01);
    at.desk.strike();
    return at.buy(1, 100);
  }

  @Test
  void tickSize() {
    new At().buy(1, 100.00).passes(Check.TICK_SIZE);
    new At().buy(1, 100.00000001).denies(Check.TICK_SIZE);
    new At().buy(1, 99.99999999).denies(Check.TICK_SIZE);
  }

  @Test
  void anOrderWithoutALimitPriceIsDenied() {
    final At at = new At();
    at.desk.intent.set(Purpose.OPEN, 5, at.goog, Side.BUY, Fixed.ONE, Fixed.NONE);
    at.desk.judge();
    at.denies(Check.TICK_SIZE);
    assertThat(at.desk.row(Check.PRICE_COLLAR).status()).isEqualTo(CheckStatus.DENY);
  }

  @Test
  void lotSize() {
    new At().buy(2, 100).passes(Check.LOT_SIZE);
    new At().buy(2.00000001, 100).denies(Check.LOT_SIZE);
    new At().buy(0, 100).denies(Check.LOT_SIZE);
    new At().buy(-1, 100).denies(Check.LOT_SIZE);
  }

  @Test
  void minNotional() {
    final At at = new At();
    final int small = at.desk.world.stock("SMALL", Tier.CORE, 0, 500);
    at.desk.world.quote(small, 99.99, 100.01);
    at.desk.open(small, Side.BUY, 6, 100);
    at.passes(Check.MIN_NOTIONAL);
    at.desk.open(small, Side.BUY, 5, 100);
    at.passes(Check.MIN_NOTIONAL);
    at.desk.open(small, Side.BUY, 4, 100);
    at.denies(Check.MIN_NOTIONAL);
  }

  @Test
  void maxQuantity() {
    new At("maxShares", 50L).buy(49, 100).passes(Check.MAX_QUANTITY);
    new At("maxShares", 50L).buy(50, 100).passes(Check.MAX_QUANTITY);
    new At("maxShares", 50L).buy(51, 100).denies(Check.MAX_QUANTITY);
  }

  @Test
  void anAbsurdQuantityIsDeniedNotFatal() {
    final At at = new At();
    at.desk.intent.set(
        Purpose.OPEN, 5, at.goog, Side.BUY, Fixed.floorTo(Long.MAX_VALUE, Fixed.ONE), fx(100));
    at.desk.judge();
    at.denies(Check.MAX_QUANTITY);
    assertThat(at.desk.row(Check.ORDER_NOTIONAL).status()).isEqualTo(CheckStatus.DENY);
  }

  @Test
  void notTradable() {
    final At at = new At();
    final int index = at.desk.world.index("SPX");
    at.desk.world.quote(index, 99.99, 100.01);
    at.desk.open(index, Side.BUY, 1, 100);
    at.denies(Check.NOT_TRADABLE);
    at.desk.open(at.goog, Side.NONE, 1, 100);
    at.denies(Check.NOT_TRADABLE);
  }

  @Test
  void priceCollar() {
    new At().buy(1, 101.99).passes(Check.PRICE_COLLAR);
    new At().buy(1, 102.00).passes(Check.PRICE_COLLAR);
    new At().buy(1, 102.01).denies(Check.PRICE_COLLAR);
    new At().buy(1, 98.00).passes(Check.PRICE_COLLAR);
    new At().buy(1, 97.99).denies(Check.PRICE_COLLAR);
  }

  @Test
  void theCollarIsWiderInLessLiquidNames() {
    final At at = new At();
    final int thin = at.desk.world.stock("THIN", Tier.CORE, 1, 0);
    at.desk.world.quote(thin, 99.99, 100.01);
    at.desk.open(thin, Side.BUY, 1, 105);
    at.passes(Check.PRICE_COLLAR);
    at.desk.open(thin, Side.BUY, 1, 105.01);
    at.denies(Check.PRICE_COLLAR);
  }

  @Test
  void orderNotional() {
    new At("orderNotionalPct", 0.01).buy(99, 100).passes(Check.ORDER_NOTIONAL);
    new At("orderNotionalPct", 0.01).buy(100, 100).passes(Check.ORDER_NOTIONAL);
    new At("orderNotionalPct", 0.01).buy(101, 100).denies(Check.ORDER_NOTIONAL);
    new At("orderNotionalPct", 0.01).buy(100, 100.01).denies(Check.ORDER_NOTIONAL);
  }

  @Test
  void oneUnitOfMoneyOverTheLimitIsOver() {
    final At at = new At("orderNotionalPct", 0.01);
    at.desk.portfolio.onAccount(fx(1_000_000) - 1);
    at.desk.strike();
    at.buy(100, 100).denies(Check.ORDER_NOTIONAL);
    assertThat(at.desk.row(Check.ORDER_NOTIONAL).margin()).isEqualTo(-1);
  }

  @Test
  void positionNotional() {
    positioned(299).passes(Check.POSITION_NOTIONAL);
    positioned(300).passes(Check.POSITION_NOTIONAL);
    positioned(301).denies(Check.POSITION_NOTIONAL);
  }

  /** 2,000 held and 700 working leave 300 of 30 %. */
  private static At positioned(final double units) {
    final At at = new At("positionCorePct", 0.30);
    at.desk.hold(at.goog, 2_000, 100);
    at.desk.working(at.goog, Side.BUY, 700, 99);
    return at.buy(units, 100);
  }

  @Test
  void ideaMaxLoss() {
    losing(999.99).passes(Check.IDEA_MAX_LOSS);
    losing(1_000).passes(Check.IDEA_MAX_LOSS);
    losing(1_000.00000001).denies(Check.IDEA_MAX_LOSS);
  }

  private static At losing(final double perUnit) {
    final At at = new At("ideaMaxLossPct", 0.01);
    at.desk.wish(Purpose.OPEN, at.goog, Side.BUY, 10, 100).maxLossPerUnit(fx(perUnit));
    at.desk.judge();
    return at;
  }

  @Test
  void grossExposure() {
    gross(499).passes(Check.GROSS_EXPOSURE);
    gross(500).passes(Check.GROSS_EXPOSURE);
    gross(501).denies(Check.GROSS_EXPOSURE);
  }

  /** 300,000 long, 100,000 short elsewhere and 50,000 working leave 50,000 of half the NAV. */
  private static At gross(final double units) {
    final At at = new At("grossExposureMultiple", 0.5);
    final int msft = at.desk.world.stock("MSFT");
    at.desk.world.quote(msft, 49.99, 50.01);
    at.desk.hold(at.goog, 3_000, 100);
    at.desk.hold(msft, -2_000, 50);
    at.desk.working(at.goog, Side.BUY, 500, 100);
    return at.buy(units, 100);
  }

  @Test
  void netExposure() {
    net(299).passes(Check.NET_EXPOSURE);
    net(300).passes(Check.NET_EXPOSURE);
    net(301).denies(Check.NET_EXPOSURE);
  }

  /** 200,000 net long and 20,000 working leave 30,000 of a quarter. */
  private static At net(final double units) {
    final At at = new At("netExposureMultiple", 0.25);
    final int msft = at.desk.world.stock("MSFT");
    at.desk.world.quote(msft, 49.99, 50.01);
    at.desk.hold(at.goog, 3_000, 100);
    at.desk.hold(msft, -2_000, 50);
    at.desk.working(at.goog, Side.BUY, 200, 100);
    return at.buy(units, 100);
  }

  @Test
  void openOrdersOfTheSymbol() {
    openOrders("openOrdersSymbol", 3).passes(Check.OPEN_ORDERS_SYMBOL);
    openOrders("openOrdersSymbol", 4).passes(Check.OPEN_ORDERS_SYMBOL);
    openOrders("openOrdersSymbol", 5).denies(Check.OPEN_ORDERS_SYMBOL);
  }

  @Test
  void openOrdersInAll() {
    openOrders("openOrdersTotal", 3).passes(Check.OPEN_ORDERS_TOTAL);
    openOrders("openOrdersTotal", 4).passes(Check.OPEN_ORDERS_TOTAL);
    openOrders("openOrdersTotal", 5).denies(Check.OPEN_ORDERS_TOTAL);
  }

  /** The limit is five; so many work already, and this one comes on top. */
  private static At openOrders(final String limit, final int working) {
    final At at = new At(limit, 5);
    for (int i = 0; i < working; i++) {
      at.desk.working(at.goog, Side.BUY, 1, 99);
    }
    return at.buy(1, 100);
  }

  @Test
  void buyingPower() {
    power(999).passes(Check.BUYING_POWER);
    power(1_000).passes(Check.BUYING_POWER);
    power(1_001).denies(Check.BUYING_POWER);
  }

  /** 800,000 spent and 100,000 working leave 100,000. */
  private static At power(final double units) {
    final At at = new At("buyingPowerMultiple", 1.0);
    final int msft = at.desk.world.stock("MSFT");
    at.desk.world.quote(msft, 49.99, 50.01);
    at.desk.hold(msft, 16_000, 50);
    at.desk.working(at.goog, Side.BUY, 1_000, 100);
    return at.buy(units, 100);
  }

  @Test
  void dailyLoss() {
    lost("dailyLossPct", 0.0299).passes(Check.DAILY_LOSS);
    lost("dailyLossPct", 0.03).passes(Check.DAILY_LOSS);
    lost("dailyLossPct", 0.0301).denies(Check.DAILY_LOSS);
  }

  @Test
  void drawdown() {
    lost("drawdownPct", 0.0299).passes(Check.DRAWDOWN);
    lost("drawdownPct", 0.03).passes(Check.DRAWDOWN);
    lost("drawdownPct", 0.0301).denies(Check.DRAWDOWN);
  }

  /** 5,000 at 100 are half of the account: a price down by 2 x is x of it. */
  private static At lost(final String limit, final double fraction) {
    final At at = new At(limit, 0.03);
    at.desk.hold(at.goog, 5_000, 100);
    final double price = Math.rint((100 - 200 * fraction) * 100) / 100;
    at.desk.world.quote(at.goog, price - 0.01, price + 0.01);
    at.desk.strike();
    return at.buy(1, price);
  }

  @Test
  void duplicateKeyForever() {
    final At at = new At();
    at.buy(1, 100).passes(Check.DUPLICATE_KEY);
    at.desk.world.pass(SECOND);
    at.desk.judge();
    at.denies(Check.DUPLICATE_KEY);
    at.buy(1, 100).passes(Check.DUPLICATE_KEY);
  }

  @Test
  void aDeniedKeyMayBeAskedAgain() {
    final At at = new At();
    at.desk.gate.shadow(true);
    at.buy(1, 100).denies(Check.SHADOW);
    at.desk.gate.shadow(false);
    at.desk.judge();
    at.passes(Check.DUPLICATE_KEY);
  }

  @Test
  void withoutAKeyOrRoomForAnotherItIsDenied() {
    final At at = new At("keyCapacity", 2);
    at.desk.intent.set(Purpose.OPEN, 0, at.goog, Side.BUY, Fixed.ONE, fx(100));
    at.desk.judge();
    at.denies(Check.DUPLICATE_KEY);
    at.buy(1, 100).passes(Check.DUPLICATE_KEY);
    at.buy(1, 100).passes(Check.DUPLICATE_KEY);
    at.buy(1, 100).denies(Check.DUPLICATE_KEY);
  }

  @Test
  void duplicateContent() {
    again(500 * MILLI + 1).passes(Check.DUPLICATE_CONTENT);
    again(500 * MILLI).passes(Check.DUPLICATE_CONTENT);
    again(500 * MILLI - 1).denies(Check.DUPLICATE_CONTENT);
  }

  private static At again(final long nanos) {
    final At at = new At("duplicateContentMillis", 500L);
    at.buy(1, 100).passes(Check.DUPLICATE_CONTENT);
    at.desk.world.pass(nanos);
    return at.buy(1, 100);
  }

  @Test
  void messageRate() {
    final At at = new At("messagesPerWindow", 3);
    at.buy(1, 100).passes(Check.MESSAGE_RATE);
    at.desk.world.pass(1);
    at.buy(1, 100).passes(Check.MESSAGE_RATE);
    at.buy(1, 100).passes(Check.MESSAGE_RATE);
    at.buy(1, 100).denies(Check.MESSAGE_RATE);
    at.desk.world.pass(SECOND - 2);
    at.buy(1, 100).denies(Check.MESSAGE_RATE);
    at.desk.world.pass(1);
    at.buy(1, 100).passes(Check.MESSAGE_RATE);
  }

  @Test
  void childExceedsParent() {
    child(9, 10).passes(Check.CHILD_EXCEEDS_PARENT);
    child(10, 10).passes(Check.CHILD_EXCEEDS_PARENT);
    child(11, 20).denies(Check.CHILD_EXCEEDS_PARENT); // more than was approved under the key
    child(9, 8).denies(Check.CHILD_EXCEEDS_PARENT); // more than the router has left
    child(1, 0).denies(Check.CHILD_EXCEEDS_PARENT); // no parent
  }

  private static At child(final double units, final double left) {
    final At at = new At();
    at.buy(10, 100).passes(Check.DUPLICATE_KEY);
    final long key = at.desk.intent.key();
    at.desk
        .intent
        .set(Purpose.REPRICE, key, at.goog, Side.BUY, fx(units), fx(100.01))
        .parentQuantity(fx(left));
    at.desk.judge();
    return at;
  }

  @Test
  void whatStillWorksOfAParentIsNotGivenTwice() {
    final At at = new At();
    at.buy(10, 100).passes(Check.DUPLICATE_KEY);
    final long key = at.desk.intent.key();
    at.desk.wish(Purpose.OPEN, at.goog, Side.BUY, 6, 100);
    at.desk.intent.set(Purpose.OPEN, key, at.goog, Side.BUY, fx(6), fx(99));
    at.desk.submitWish();
    at.desk
        .intent
        .set(Purpose.FALLBACK, key, at.goog, Side.BUY, fx(5), fx(100.01))
        .parentQuantity(fx(10));
    at.desk.judge();
    at.denies(Check.CHILD_EXCEEDS_PARENT);
  }

  @Test
  void selfMatch() {
    against(100.01).passes(Check.SELF_MATCH);
    against(100.00).denies(Check.SELF_MATCH);
    against(99.99).denies(Check.SELF_MATCH);
  }

  private static At against(final double offered) {
    final At at = new At();
    at.desk.hold(at.goog, 10, 100);
    at.desk.working(at.goog, Side.SELL, 1, offered);
    return at.buy(1, 100);
  }

  @Test
  void shortSale() {
    selling(9, false).passes(Check.SHORT_NOT_ALLOWED);
    selling(10, false).passes(Check.SHORT_NOT_ALLOWED);
    selling(11, false).denies(Check.SHORT_NOT_ALLOWED);
    selling(11, true).passes(Check.SHORT_NOT_ALLOWED);
  }

  private static At selling(final double units, final boolean allowed) {
    final At at = new At("allowShortStock", allowed);
    at.desk.hold(at.goog, 10, 100);
    at.desk.open(at.goog, Side.SELL, units, 100);
    return at;
  }

  @Test
  void theLimitsNameAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> wide("maxShares", 0L, "drawdownPct", -0.1, "openOrdersTotal", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max_shares 0 is not 1 to")
        .hasMessageContaining("drawdown_pct -0.1 is not 0 to 1")
        .hasMessageContaining("open_orders_total 0");
  }
}
