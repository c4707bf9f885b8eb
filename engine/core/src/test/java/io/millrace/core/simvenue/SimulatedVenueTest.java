package io.millrace.core.simvenue;

import static io.millrace.codecs.Side.BUY;
import static io.millrace.codecs.Side.SELL;
import static io.millrace.codecs.TimeInForce.DAY;
import static io.millrace.codecs.TimeInForce.FOK;
import static io.millrace.codecs.TimeInForce.GTC;
import static io.millrace.codecs.TimeInForce.GTD;
import static io.millrace.codecs.TimeInForce.GTX;
import static io.millrace.codecs.TimeInForce.IOC;
import static io.millrace.core.order.Desk.MILLI;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.OrderAction;
import io.millrace.core.market.Fixed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedVenueTest {
  private static final long CLOSE = NOON + 3600 * SECOND;
  private static final long EXPIRY = NOON + 600 * SECOND;
  private static final int LOW_CALL = 2;
  private static final int HIGH_CALL = 3;

  private Floor floor = new Rules().floor();

  @BeforeEach
  void open() {
    open(floor);
  }

  private static void open(final Floor floor) {
    floor.desk.call(LOW_CALL, 100, EXPIRY);
    floor.desk.call(HIGH_CALL, 105, EXPIRY);
    floor.desk.coin(4);
    floor.quote(STOCK, 100, 300, 100.02, 200);
    floor.quote(LOW_CALL, 3, 10, 3.1, 10);
    floor.quote(HIGH_CALL, 1, 10, 1.1, 6);
  }

  private void resting(final double quantity) {
    floor.send(STOCK, BUY, GTX, quantity, 100);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT");
  }

  @Test
  void nothingIsHeardBeforeBothLatenciesHavePassed() {
    floor.send(STOCK, BUY, IOC, 10, 101);
    floor.at(NOON + 2 * MILLI - 1);
    assertThat(floor.heard()).isEmpty();
    floor.at(NOON + 2 * MILLI);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 10 at 100.02 TAKER TOOK_TOUCH");
  }

  @Test
  void orderMeetsTheBookOfItsArrivalNotTheOneAfter() {
    floor.send(STOCK, BUY, IOC, 10, 101);
    floor.desk.at(NOON + SECOND);
    floor.quote(STOCK, 99, 300, 99.02, 200); // arrived 999 ms before this
    assertThat(floor.heard()).contains("1 FILL 10 at 100.02 TAKER TOOK_TOUCH");
  }

  @Test
  void orderMeetsAQuoteThatComesBeforeItArrives() {
    floor.send(STOCK, BUY, IOC, 10, 101);
    floor.desk.at(NOON + MILLI / 2);
    floor.quote(STOCK, 100.1, 300, 100.12, 200);
    assertThat(floor.heardSoon()).contains("1 FILL 10 at 100.12 TAKER TOOK_TOUCH");
  }

  @Test
  void zeroLatencyNeedsItsOwnSwitch() {
    final Rules rules = new Rules();
    rules.orderLatency = 0;
    assertThatThrownBy(rules::config)
        .hasMessageContaining("venue.order_latency_nanos is 0; allowed: 1 to");
  }

  @Test
  void withZeroLatencyAllowedAnOrderTradesOnItsCause() {
    floor = Rules.instant().floor();
    open(floor);
    floor.send(STOCK, BUY, IOC, 10, 101);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 10 at 100.02 TAKER TOOK_TOUCH");
  }

  @Test
  void takerGetsDisplayedSizeOnlyAndTheRestIsCancelled() {
    floor.send(STOCK, BUY, IOC, 250, 101);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 ACCEPT", "1 PARTIAL_FILL 200 at 100.02 TAKER TOOK_TOUCH", "1 CANCEL NO_LIQUIDITY");
  }

  @Test
  void sizeThatWasTakenIsGoneForAWhile() {
    floor.send(STOCK, BUY, IOC, 150, 101);
    floor.send(STOCK, BUY, IOC, 150, 101);
    assertThat(floor.heardSoon())
        .contains("1 FILL 150 at 100.02 TAKER TOOK_TOUCH")
        .contains("2 PARTIAL_FILL 50 at 100.02 TAKER TOOK_TOUCH");
    floor.send(STOCK, BUY, IOC, 150, 101);
    assertThat(floor.heardSoon()).containsExactly("3 ACCEPT", "3 CANCEL NO_LIQUIDITY");
    floor.at(NOON + 2 * SECOND);
    floor.send(STOCK, BUY, IOC, 150, 101);
    assertThat(floor.heardSoon()).contains("4 FILL 150 at 100.02 TAKER TOOK_TOUCH");
  }

  @Test
  void fillOrKillIsAllOrNothing() {
    floor.send(STOCK, BUY, FOK, 201, 101);
    floor.send(STOCK, SELL, FOK, 300, 99);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 ACCEPT", "1 CANCEL NO_LIQUIDITY", "2 ACCEPT", "2 FILL 300 at 100 TAKER TOOK_TOUCH");
  }

  @Test
  void immediateOrderBehindTheTouchIsCancelled() {
    floor.send(STOCK, BUY, IOC, 10, 100.01);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT", "1 CANCEL NO_LIQUIDITY");
  }

  @Test
  void postOnlyThatWouldTakeIsRejected() {
    floor.send(STOCK, BUY, GTX, 10, 100.02);
    floor.send(STOCK, SELL, GTX, 10, 100);
    assertThat(floor.heardSoon()).containsExactly("1 REJECT WOULD_CROSS", "2 REJECT WOULD_CROSS");
  }

  @Test
  void restOfACrossingLimitOrderRestsAtItsPrice() {
    floor.send(STOCK, BUY, GTC, 250, 100.02);
    assertThat(floor.heardSoon()).hasSize(2);
    floor.at(NOON + SECOND);
    floor.print(STOCK, 100.02, 30);
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 30 at 100.02 MAKER QUEUE_REACHED");
  }

  @Test
  void tradesAtTheLimitUseUpTheQueueFirst() {
    resting(100);
    floor.print(STOCK, 100, 250);
    assertThat(floor.heardSoon()).isEmpty();
    floor.print(STOCK, 100, 90);
    floor.print(STOCK, 100, 500);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 PARTIAL_FILL 40 at 100 MAKER QUEUE_REACHED queue 50>0",
            "1 FILL 60 at 100 MAKER QUEUE_REACHED");
  }

  @Test
  void cancelsAheadDoNotShortenTheQueue() {
    resting(100);
    floor.quote(STOCK, 100, 1, 100.02, 200);
    floor.print(STOCK, 100, 299);
    assertThat(floor.heardSoon()).isEmpty();
  }

  @Test
  void tradeThroughTheLimitFillsWithoutAQueueUpToItsSize() {
    resting(100);
    floor.print(STOCK, 99.99, 70);
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 70 at 100 MAKER TRADED_THROUGH queue 300>0");
  }

  @Test
  void oppositeTouchAtTheLimitFillsWhatItShows() {
    resting(100);
    floor.quote(STOCK, 99.98, 300, 100, 60);
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 60 at 100 MAKER QUOTE_CROSSED queue 300>0");
    floor.quote(STOCK, 99.98, 300, 100, 60); // the same 60: we have had them
    assertThat(floor.heardSoon()).isEmpty();
  }

  @Test
  void orderThatImprovesTheTouchIsFirst() {
    floor.send(STOCK, BUY, GTX, 10, 100.01);
    floor.heardSoon();
    floor.print(STOCK, 100.01, 4);
    assertThat(floor.heardSoon()).containsExactly("1 PARTIAL_FILL 4 at 100.01 MAKER QUEUE_REACHED");
  }

  @Test
  void orderBehindTheTouchQueuesWhenTheTouchComesToIt() {
    floor.send(STOCK, BUY, GTX, 10, 99.9);
    floor.heardSoon();
    floor.print(STOCK, 99.9, 50); // nobody can tell what is ahead
    assertThat(floor.heardSoon()).isEmpty();
    floor.quote(STOCK, 99.9, 40, 100, 10);
    floor.print(STOCK, 99.9, 45);
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 5 at 99.9 MAKER QUEUE_REACHED queue 40>0");
  }

  @Test
  void ownOrdersShareAPrint() {
    floor.send(STOCK, BUY, GTX, 10, 100.01);
    floor.send(STOCK, BUY, GTX, 10, 100.01);
    floor.heardSoon();
    floor.print(STOCK, 100.01, 15);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 FILL 10 at 100.01 MAKER QUEUE_REACHED",
            "2 PARTIAL_FILL 5 at 100.01 MAKER QUEUE_REACHED");
  }

  @Test
  void barThroughTheLimitFillsWithinItsParticipation() {
    resting(100);
    floor.at(NOON + 120 * SECOND);
    floor.venue.onBar(floor.desk.bar(STOCK, 99.99, 100.5, 60));
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 30 at 100 MAKER TRADED_THROUGH queue 300>0");
  }

  @Test
  void barAtTheLimitUsesTheQueue() {
    resting(100);
    floor.at(NOON + 120 * SECOND);
    floor.venue.onBar(floor.desk.bar(STOCK, 100, 100.5, 620));
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 10 at 100 MAKER QUEUE_REACHED queue 300>0");
  }

  @Test
  void barThatBeganBeforeTheOrderRestedDoesNotCount() {
    resting(100);
    floor.at(NOON + 30 * SECOND);
    floor.venue.onBar(floor.desk.bar(STOCK, 99, 100.5, 1000));
    assertThat(floor.heardSoon()).isEmpty();
  }

  @Test
  void barWhosePrintsWereSeenDoesNotCountTwice() {
    resting(100);
    floor.at(NOON + 100 * SECOND);
    floor.print(STOCK, 100.5, 10);
    floor.at(NOON + 120 * SECOND);
    floor.venue.onBar(floor.desk.bar(STOCK, 99, 100.5, 1000));
    assertThat(floor.heardSoon()).isEmpty();
  }

  @Test
  void cancelTakesTheRestOut() {
    resting(100);
    floor.cancel(1);
    assertThat(floor.heardSoon()).containsExactly("1 CANCEL");
    floor.print(STOCK, 99, 1000);
    assertThat(floor.heardSoon()).isEmpty();
    assertThat(floor.venue.restingCount()).isZero();
    assertThat(floor.venue.inFlight()).isZero();
  }

  @Test
  void cancelThatComesTooLateIsRefused() {
    resting(100);
    floor.cancel(1);
    floor.desk.at(floor.desk.now() + MILLI / 2); // the cancel is still on its way
    floor.print(STOCK, 99, 1000);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 FILL 100 at 100 MAKER TRADED_THROUGH queue 300>0", "1 CANCEL_REJECT UNKNOWN_ORDER");
  }

  @Test
  void sameOrderIdTwiceIsRejected() {
    resting(100);
    floor.send(1, OrderAction.NEW, STOCK, BUY, GTX, fixed(1), fixed(100));
    assertThat(floor.heardSoon()).containsExactly("1 REJECT DUPLICATE_ORDER_ID");
  }

  @Test
  void whatTheVenueLacksIsRejected() {
    floor.send(STOCK, BUY, GTD, 10, 100);
    floor.send(2, OrderAction.REPLACE, STOCK, BUY, GTX, fixed(1), fixed(100));
    assertThat(floor.heardSoon())
        .containsExactly("1 REJECT UNSUPPORTED", "2 REPLACE_REJECT UNSUPPORTED");
  }

  @Test
  void orderThatWouldMeetOurOwnIsRejected() {
    resting(100);
    floor.send(STOCK, SELL, IOC, 10, 100);
    assertThat(floor.heardSoon()).containsExactly("2 REJECT SELF_MATCH");
  }

  @Test
  void closedSessionRejects() {
    floor.at(CLOSE);
    floor.send(STOCK, BUY, IOC, 10, 101);
    assertThat(floor.heardSoon()).containsExactly("1 REJECT SESSION_CLOSED");
  }

  @Test
  void restingOrdersLapseWithTheSessionExceptGoodTillCancel() {
    floor.send(STOCK, BUY, GTX, 10, 100);
    floor.send(STOCK, BUY, GTC, 10, 100);
    floor.send(STOCK, BUY, DAY, 10, 100);
    floor.at(CLOSE - 1);
    assertThat(floor.heard()).hasSize(3);
    floor.at(CLOSE + SECOND);
    assertThat(floor.heard()).containsExactly("1 EXPIRE SESSION_END", "3 EXPIRE SESSION_END");
    assertThat(floor.venue.restingCount()).isEqualTo(1);
  }

  @Test
  void barThatEndsWithTheSessionIsStillOfItAndItsLastEvent() {
    floor.send(STOCK, BUY, DAY, 10, 100);
    floor.send(STOCK, BUY, DAY, 10, 98);
    floor.at(CLOSE);
    floor.venue.onBar(floor.desk.bar(STOCK, 99, 101, 500));
    floor.at(CLOSE + MILLI);
    assertThat(floor.heard())
        .containsExactly(
            "1 ACCEPT",
            "2 ACCEPT",
            "1 FILL 10 at 100 MAKER TRADED_THROUGH queue 300>0",
            "2 EXPIRE SESSION_END");
  }

  @Test
  void limitOrderGivenAtTheCloseIsForTheNextSession() {
    floor.at(CLOSE);
    floor.send(STOCK, BUY, DAY, 10, 100);
    floor.send(STOCK, BUY, DAY, 10, 90);
    floor.at(CLOSE + 60 * SECOND);
    floor.print(STOCK, 89, 500); // after hours
    floor.venue.onBar(floor.desk.bar(STOCK, 89, 101, 500));
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "2 ACCEPT");
    final long open = CLOSE + 20 * 3600 * SECOND;
    floor.desk.session(STOCK, open, open + 3600 * SECOND);
    floor.at(open + 60 * SECOND);
    floor.venue.onBar(floor.desk.bar(STOCK, 99, 101, 500)); // the auction was at 99
    floor.at(open + 3600 * SECOND);
    assertThat(floor.heard()).containsExactly("1 FILL 10 at 99 TAKER BAR_OPEN");
    floor.at(open + 3601 * SECOND);
    assertThat(floor.heard()).containsExactly("2 EXPIRE SESSION_END");
  }

  @Test
  void expiredContractRejectsAndItsOrdersLapse() {
    floor.send(LOW_CALL, BUY, GTC, 1, 3);
    floor.heardSoon();
    floor.at(EXPIRY);
    floor.send(LOW_CALL, BUY, IOC, 1, 4);
    assertThat(floor.heardSoon())
        .containsExactly("1 EXPIRE EXPIRED_INSTRUMENT", "2 REJECT EXPIRED_INSTRUMENT");
  }

  @Test
  void oneOrderMoreThanTheBoundIsRejected() {
    for (int i = 0; i < 17; i++) {
      floor.send(STOCK, BUY, GTX, 1, 100);
    }
    assertThat(floor.heardSoon()).hasSize(17).endsWith("17 REJECT CAPACITY");
  }

  @Test
  void moreRequestsOnTheirWayThanTheBoundHalt() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 65; i++) {
                floor.send(STOCK, BUY, IOC, 1, 101);
              }
            })
        .hasMessageContaining("raise venue.max_orders");
  }

  @Test
  void moreReportsOnTheirWayThanTheBoundHalt() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1025; i++) {
                floor.send(STOCK, BUY, GTX, 1, 101);
                floor.at(floor.desk.now() + 2 * MILLI);
              }
            })
        .hasMessageContaining("raise venue.max_reports");
  }

  // Structures

  private void spread() {
    floor.legs.clear().add(LOW_CALL, BUY, 1).add(HIGH_CALL, SELL, 2);
  }

  @Test
  void structureTradesAllLegsAtTheirTouchesWithinItsNet() {
    spread(); // 3.10 - 2 x 1.00 = 1.10
    floor.send(STOCK, BUY, IOC, 2, 1.1);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 ACCEPT",
            "1 PARTIAL_FILL 2 at 3.1 TAKER TOOK_TOUCH",
            "1 FILL 4 at 1 TAKER TOOK_TOUCH leg 1");
  }

  @Test
  void structureBeyondItsNetDoesNotTrade() {
    spread();
    floor.send(STOCK, BUY, IOC, 2, 1.09);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT", "1 CANCEL NO_LIQUIDITY");
  }

  @Test
  void scarcestLegBoundsTheStructureInWholeUnits() {
    spread();
    floor.quote(HIGH_CALL, 1, 5, 1.1, 6);
    floor.send(STOCK, BUY, IOC, 9, 1.1); // 5 / 2 = 2 whole units
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 ACCEPT",
            "1 PARTIAL_FILL 2 at 3.1 TAKER TOOK_TOUCH",
            "1 PARTIAL_FILL 4 at 1 TAKER TOOK_TOUCH leg 1",
            "1 CANCEL NO_LIQUIDITY");
  }

  @Test
  void restingStructureTradesWhenTheLegsComeToItsNet() {
    spread();
    floor.send(STOCK, BUY, GTX, 1, 1);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT");
    floor.quote(LOW_CALL, 2.9, 10, 3.01, 10); // 3.01 - 2.00 = 1.01
    assertThat(floor.heardSoon()).isEmpty();
    floor.quote(LOW_CALL, 2.9, 10, 3, 10);
    assertThat(floor.heardSoon())
        .containsExactly(
            "1 PARTIAL_FILL 1 at 3 MAKER QUOTE_CROSSED", "1 FILL 2 at 1 MAKER QUOTE_CROSSED leg 1");
  }

  @Test
  void structureWithALegNobodyBidsForDoesNotTrade() {
    spread();
    floor.desk.touch(HIGH_CALL, 0, 0, fixed(0.05), fixed(10));
    floor.venue.onQuote(HIGH_CALL);
    floor.send(STOCK, BUY, IOC, 1, 50);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT", "1 CANCEL NO_LIQUIDITY");
  }

  @Test
  void postOnlyStructureThatWouldTakeIsRejected() {
    spread();
    floor.send(STOCK, BUY, GTX, 1, 1.1);
    assertThat(floor.heardSoon()).containsExactly("1 REJECT WOULD_CROSS");
  }

  @Test
  void structureNamingOneContractTwiceIsRejected() {
    floor.legs.clear().add(LOW_CALL, BUY, 1).add(LOW_CALL, SELL, 1);
    floor.send(STOCK, BUY, IOC, 1, 1.1);
    assertThat(floor.heardSoon()).containsExactly("1 REJECT UNSUPPORTED");
  }

  // Fees

  private long feesOf(final Runnable trading) {
    final Rules rules = new Rules().shippedFees();
    rules.spotMakerBps = -0.5;
    rules.perpetualMakerBps = -0.5;
    floor = rules.floor();
    open(floor);
    trading.run();
    floor.at(floor.desk.now() + 2 * MILLI);
    long fees = 0;
    while (floor.venue.poll(floor.desk.now())) {
      fees += floor.venue.report().fee();
    }
    return fees;
  }

  @Test
  void shareFeesHaveAMinimumPerOrderNotPerFill() {
    final long fees =
        feesOf(
            () -> {
              floor.send(STOCK, BUY, GTX, 100, 100.01);
              floor.at(NOON + SECOND);
              floor.print(STOCK, 100.01, 50);
              floor.print(STOCK, 100.01, 50);
            });
    assertThat(fees).isEqualTo(fixed(1)); // 100 x 0.005 = 0.50, below the minimum
  }

  @Test
  void shareFeesAboveTheMinimumArePerShare() {
    final long fees =
        feesOf(
            () -> {
              floor.quote(STOCK, 100, 300, 100.02, 1000);
              floor.send(STOCK, BUY, IOC, 1000, 101);
            });
    assertThat(fees).isEqualTo(fixed(5));
  }

  @Test
  void optionFeesArePerContract() {
    assertThat(feesOf(() -> floor.send(LOW_CALL, BUY, IOC, 3, 4))).isEqualTo(fixed(1.95));
  }

  @Test
  void coinTakerPaysAndMakerIsPaid() {
    assertThat(
            feesOf(
                () -> {
                  floor.quote(4, 1000, 5, 1001, 5);
                  floor.send(4, BUY, IOC, 2, 1001);
                }))
        .isEqualTo(Fixed.mul(fixed(2002), fixed(0.0005)));
    assertThat(
            feesOf(
                () -> {
                  floor.quote(4, 1000, 5, 1001, 5);
                  floor.send(4, BUY, GTX, 2, 1000.5);
                  floor.at(NOON + SECOND);
                  floor.print(4, 1000, 5);
                }))
        .isEqualTo(-Fixed.mul(fixed(2001), fixed(0.00005)));
  }
}
