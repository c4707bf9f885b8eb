package io.millrace.core.market;

import static io.millrace.core.market.Wire.SECOND;
import static io.millrace.core.market.Wire.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.DataFault;
import io.millrace.codecs.OptionRight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bad data changes nothing, is counted by reason, and is told once for instrument and reason. */
class DataChecksTest {
  private static final int STOCK = 1;
  private static final int OPTION = 2;
  private static final int OTHER = 3;
  private static final long EXPIRY = Wire.OPEN + 3600 * SECOND;

  private final Wire wire = Wire.usual();

  @BeforeEach
  void twoStocksAndAnOption() {
    wire.at(Wire.OPEN);
    wire.stock(STOCK, "GOOG");
    wire.define();
    wire.option(OPTION, STOCK, OptionRight.CALL, price(750), EXPIRY);
    wire.define();
    wire.stock(OTHER, "MSFT");
    wire.define();
    assertThat(quote(100, 101)).isEqualTo(DataFault.NONE);
  }

  private DataFault quote(final double bid, final double ask) {
    return wire.quote(STOCK, price(bid), Fixed.ONE, price(ask), Fixed.ONE);
  }

  private void unchanged(final DataFault expected, final DataFault found) {
    assertThat(found).isEqualTo(expected);
    assertThat(wire.market.books().bid(STOCK)).isEqualTo(price(100));
    assertThat(wire.market.books().ask(STOCK)).isEqualTo(price(101));
    assertThat(wire.market.books().last(STOCK)).isEqualTo(Fixed.NONE);
    assertThat(wire.market.faults(expected)).isPositive();
  }

  @Test
  void aNegativePriceIsRefused() {
    unchanged(DataFault.NEGATIVE_PRICE, quote(-1, 101));
    unchanged(DataFault.NEGATIVE_PRICE, quote(100, -0.01));
    unchanged(DataFault.NEGATIVE_PRICE, wire.trade(STOCK, -1, Fixed.ONE));
    assertThat(wire.optionQuote(OPTION, -1, 5)).isEqualTo(DataFault.NEGATIVE_PRICE);
    assertThat(wire.market.faults(DataFault.NEGATIVE_PRICE)).isEqualTo(4);
  }

  @Test
  void aZeroPriceIsRefusedButForTheBidOfAnOption() {
    unchanged(DataFault.ZERO_PRICE, quote(0, 101));
    unchanged(DataFault.ZERO_PRICE, wire.trade(STOCK, 0, Fixed.ONE));
    assertThat(wire.optionQuote(OPTION, 0, price(0.05))).isEqualTo(DataFault.NONE);
    assertThat(wire.trade(OPTION, 0, Fixed.ONE)).isEqualTo(DataFault.ZERO_PRICE);
  }

  @Test
  void aNegativeSizeIsRefused() {
    unchanged(DataFault.NEGATIVE_SIZE, wire.quote(STOCK, price(100), -1, price(102), 1));
    unchanged(DataFault.NEGATIVE_SIZE, wire.quote(STOCK, price(100), 1, price(102), -1));
    unchanged(DataFault.NEGATIVE_SIZE, wire.trade(STOCK, price(100), -1));
    unchanged(
        DataFault.NEGATIVE_SIZE,
        wire.bar(STOCK, price(100), price(101), price(99), price(100), -1));
    assertThat(wire.openInterest(OPTION, -1)).isEqualTo(DataFault.NEGATIVE_SIZE);
    assertThat(wire.market.chain(STOCK).openInterests()[0]).isZero();
  }

  @Test
  void anInputThatIsTooLateIsRefused() {
    wire.at(Wire.OPEN + 100 * SECOND);
    wire.at(Wire.OPEN + 39 * SECOND);
    assertThat(wire.market.now())
        .as("the clock never goes back")
        .isEqualTo(Wire.OPEN + 100 * SECOND);
    unchanged(DataFault.TIME_BACKWARDS, quote(105, 106));
    wire.at(Wire.OPEN + 40 * SECOND);
    assertThat(quote(105, 106)).as("a minute late is still taken").isEqualTo(DataFault.NONE);
  }

  @Test
  void anInstrumentThatIsNotDefinedIsRefused() {
    assertThat(wire.quote(9, 1, 1, 2, 1)).isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
    assertThat(wire.trade(0, 1, 1)).isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
    assertThat(wire.trade(-5, 1, 1)).isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
    assertThat(wire.optionQuote(1 << 25, 1, 1)).isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
    assertThat(wire.alerts())
        .as("told once, whatever its id")
        .containsExactly("UNKNOWN_INSTRUMENT 9 UNKNOWN_INSTRUMENT");
  }

  @Test
  void optionMessagesAboutAShareAreRefused() {
    assertThat(wire.optionQuote(STOCK, price(100), price(101)))
        .isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
    assertThat(wire.openInterest(STOCK, 5)).isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
  }

  @Test
  void aJumpOfMoreThanTheFactorIsRefused() {
    unchanged(DataFault.PRICE_JUMP, wire.trade(STOCK, price(1006), 1));
    unchanged(DataFault.PRICE_JUMP, wire.trade(STOCK, price(10.04), 1));
    assertThat(wire.trade(OTHER, price(5000), 1))
        .as("the first price has no past")
        .isEqualTo(DataFault.NONE);
    assertThat(wire.trade(STOCK, price(1005), 1))
        .as("the factor itself is taken")
        .isEqualTo(DataFault.NONE);
    assertThat(wire.optionQuote(OPTION, price(1), price(2))).isEqualTo(DataFault.NONE);
    assertThat(wire.optionQuote(OPTION, price(100), price(200)))
        .as("an option may go anywhere")
        .isEqualTo(DataFault.NONE);
  }

  /** Factor 10, five that agree within 5 %, over a minute. */
  private Wire confirming() {
    final Wire it = new Wire(new MarketLimits(60 * SECOND, 10, 5, 0.05, 60 * SECOND, SECOND, 0));
    it.at(Wire.OPEN).stock(STOCK, "GOOG");
    it.define();
    assertThat(it.quote(STOCK, price(100), 1, price(101), 1)).isEqualTo(DataFault.NONE);
    return it;
  }

  private static DataFault trade(final Wire it, final long second, final double price) {
    it.at(Wire.OPEN + second * SECOND);
    return it.trade(STOCK, price(price), Fixed.ONE);
  }

  @Test
  void aJumpThatManyInARowConfirmIsTaken() {
    final Wire it = confirming();
    for (int i = 0; i < 5; i++) {
      assertThat(trade(it, 20L * i, 2000 + i)).as("trade %d", i).isEqualTo(DataFault.PRICE_JUMP);
    }
    assertThat(trade(it, 100, 2010))
        .as("the sixth, 100 s after the first")
        .isEqualTo(DataFault.NONE);
    assertThat(it.market.books().mark(STOCK))
        .as("the quote of the old level is forgotten")
        .isEqualTo(price(2010));
    assertThat(it.quote(STOCK, price(2009), 1, price(2011), 1)).isEqualTo(DataFault.NONE);
    assertThat(trade(it, 101, 100)).as("back is a jump again").isEqualTo(DataFault.PRICE_JUMP);
    assertThat(it.alerts())
        .containsExactly(
            "DATA_REJECTED 1 PRICE_JUMP",
            "PRICE_CONFIRMED 1 PRICE_JUMP",
            "DATA_REJECTED 1 PRICE_JUMP");
  }

  @Test
  void aJumpIsNotTakenBeforeItsSpanIsOver() {
    final Wire it = confirming();
    for (int i = 0; i < 60; i++) {
      assertThat(trade(it, i, 5)).as("second %d", i).isEqualTo(DataFault.PRICE_JUMP);
    }
    assertThat(trade(it, 60, 5)).isEqualTo(DataFault.NONE);
  }

  @Test
  void aPriceNearTheMarkOrAtAnotherLevelBeginsTheCountAnew() {
    final Wire it = confirming();
    for (int i = 0; i < 5; i++) {
      assertThat(trade(it, 20L * i, 2000)).isEqualTo(DataFault.PRICE_JUMP);
    }
    assertThat(trade(it, 100, 101)).as("the mark holds").isEqualTo(DataFault.NONE);
    for (int i = 0; i < 5; i++) {
      assertThat(trade(it, 120 + 20L * i, 2000)).isEqualTo(DataFault.PRICE_JUMP);
    }
    assertThat(trade(it, 220, 2101)).as("over 5 % off the first").isEqualTo(DataFault.PRICE_JUMP);
    for (int i = 0; i < 4; i++) {
      assertThat(trade(it, 240 + 20L * i, 2101)).isEqualTo(DataFault.PRICE_JUMP);
    }
    assertThat(trade(it, 320, 2101)).isEqualTo(DataFault.NONE);
  }

  @Test
  void aQuoteConfirmsOnlyWithBothSidesAtTheNewLevel() {
    final Wire it = confirming();
    for (int i = 0; i < 100; i++) {
      it.at(Wire.OPEN + i * SECOND);
      assertThat(it.quote(STOCK, price(100), 1, price(2000), 1))
          .as("a stub of an ask is no level")
          .isEqualTo(DataFault.PRICE_JUMP);
      assertThat(it.quote(STOCK, price(2000), 1, price(5), 1))
          .as("sides on either side of the mark agree on nothing")
          .isEqualTo(DataFault.PRICE_JUMP);
    }
    assertThat(trade(it, 100, 100)).isEqualTo(DataFault.NONE);
    for (int i = 0; i < 5; i++) {
      it.at(Wire.OPEN + (120 + 20 * i) * SECOND);
      assertThat(it.quote(STOCK, price(2000), 1, price(2001), 1)).isEqualTo(DataFault.PRICE_JUMP);
      assertThat(it.quote(STOCK, Fixed.NONE, 0, Fixed.NONE, 0))
          .as("an empty book says nothing")
          .isEqualTo(DataFault.NONE);
    }
    it.at(Wire.OPEN + 220 * SECOND);
    assertThat(it.quote(STOCK, price(2000), 1, price(2001), 1)).isEqualTo(DataFault.NONE);
    assertThat(it.market.books().mark(STOCK)).isEqualTo(price(2000.5));
    assertThat(it.market.books().last(STOCK)).isEqualTo(Fixed.NONE);
  }

  @Test
  void withoutConfirmationsAJumpIsRefusedForGood() {
    for (int i = 0; i < 1_000; i++) {
      wire.at(Wire.OPEN + i * SECOND);
      assertThat(wire.trade(STOCK, price(2000), 1)).isEqualTo(DataFault.PRICE_JUMP);
    }
  }

  @Test
  void withoutAFactorEveryJumpIsTaken() {
    final Wire free = new Wire(MarketLimits.withoutConfirmation(60 * SECOND, 0, SECOND, 0));
    free.stock(1, "X");
    free.define();
    assertThat(free.trade(1, price(1), 1)).isEqualTo(DataFault.NONE);
    assertThat(free.trade(1, price(1_000_000), 1)).isEqualTo(DataFault.NONE);
  }

  @Test
  void aContractIsRefusedFromItsExpiryOn() {
    wire.at(EXPIRY - 1);
    assertThat(wire.optionQuote(OPTION, 1, 2)).isEqualTo(DataFault.NONE);
    wire.at(EXPIRY);
    assertThat(wire.optionQuote(OPTION, 1, 2)).isEqualTo(DataFault.EXPIRED);
    assertThat(wire.trade(OPTION, 1, 2)).isEqualTo(DataFault.EXPIRED);
    assertThat(wire.openInterest(OPTION, 2)).isEqualTo(DataFault.EXPIRED);
  }

  @Test
  void aBarMustHoldItsOpenAndClose() {
    unchanged(
        DataFault.MALFORMED_BAR, wire.bar(STOCK, price(100), price(99), price(101), price(100)));
    unchanged(
        DataFault.MALFORMED_BAR, wire.bar(STOCK, price(98), price(101), price(99), price(100)));
    unchanged(
        DataFault.MALFORMED_BAR, wire.bar(STOCK, price(102), price(101), price(99), price(100)));
    unchanged(
        DataFault.MALFORMED_BAR, wire.bar(STOCK, price(100), price(101), price(99), price(102)));
    unchanged(DataFault.MALFORMED_BAR, wire.bar(STOCK, price(100), price(101), 0, price(100)));
    assertThat(wire.bar(STOCK, price(100), price(101), price(99), price(99)))
        .isEqualTo(DataFault.NONE);
    assertThat(wire.market.books().last(STOCK))
        .as("its close is the last trade")
        .isEqualTo(price(99));
  }

  @Test
  void aFaultIsCountedEachTimeAndToldOncePerInstrumentAndReason() {
    for (int i = 0; i < 3; i++) {
      quote(-1, 101);
      wire.trade(STOCK, 0, 1);
      wire.trade(OTHER, 0, 1);
    }
    assertThat(wire.market.faults(DataFault.NEGATIVE_PRICE)).isEqualTo(3);
    assertThat(wire.market.faults(DataFault.ZERO_PRICE)).isEqualTo(6);
    assertThat(wire.alerts())
        .containsExactly(
            "DATA_REJECTED 1 NEGATIVE_PRICE",
            "DATA_REJECTED 1 ZERO_PRICE",
            "DATA_REJECTED 3 ZERO_PRICE");
  }

  @Test
  void crossedLockedAndOneSidedBooksAreStatesNotFaults() {
    assertThat(quote(102, 101)).isEqualTo(DataFault.NONE);
    assertThat(quote(101, 101)).isEqualTo(DataFault.NONE);
    assertThat(wire.quote(STOCK, Fixed.NONE, 0, Fixed.NONE, 0)).isEqualTo(DataFault.NONE);
    assertThat(wire.market.books().twoSided(STOCK)).isFalse();
    assertThat(wire.alerts()).isEmpty();
  }
}
