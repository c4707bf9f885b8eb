package io.millrace.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.market.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final Origin A = new Origin("a", "single order", "1.0", 7);
  private static final Origin B = new Origin("b", "single order", "2.0", 7);
  private static final Origin SETTLED = new Origin("built-in chain", "expiry", "", 0);

  private final List<RoundTrip> trips = new ArrayList<>();
  private final Ledger ledger = new Ledger(trips::add);

  private static long fixed(final String text) {
    return Fixed.parse(text);
  }

  private void fill(
      final Origin origin,
      final long time,
      final String quantity,
      final String price,
      final String fee) {
    ledger.on(
        new Ledger.Fill(
            origin,
            "pin",
            7,
            "GOOG",
            time,
            fixed(quantity),
            fixed(price),
            Fixed.ONE,
            fixed(fee),
            false));
  }

  private List<RoundTrip> open(final String mark) {
    final List<RoundTrip> open = new ArrayList<>();
    ledger.open(99, id -> fixed(mark), open::add);
    return open;
  }

  @Test
  void exitsCloseTheOldestEntryFirst() {
    fill(A, 1, "10", "100", "1");
    fill(A, 2, "10", "110", "1");
    fill(A, 3, "-15", "120", "3");
    assertThat(trips).hasSize(2);
    // 10 · (120 - 100) - 1 - 3 · 10/15
    assertThat(trips.get(0).profit()).isEqualTo(fixed("197"));
    assertThat(trips.get(0).entryTime()).isEqualTo(1);
    // 5 · (120 - 110) - 1 · 5/10 - 1
    assertThat(trips.get(1).profit()).isEqualTo(fixed("48.5"));
    assertThat(trips.get(1).quantity()).isEqualTo(fixed("5"));
    // 5 left: 5 · (111 - 110) - 0.5
    assertThat(open("111")).hasSize(1);
    assertThat(open("111").get(0).profit()).isEqualTo(fixed("4.5"));
  }

  @Test
  void anInverseContractGainsItsFaceTimesTheRise() {
    final long face = fixed("100");
    ledger.on(new Ledger.Fill(A, "", 7, "BTCUSD", 1, fixed("10"), fixed("10000"), face, 0, true));
    ledger.on(new Ledger.Fill(A, "", 7, "BTCUSD", 2, fixed("-10"), fixed("12500"), face, 0, true));
    // 10 · 100 · (1/10000 - 1/12500) coins = 0.02, at 12500
    assertThat(trips.get(0).profit()).isEqualTo(fixed("250"));
  }

  @Test
  void aFillThroughZeroClosesAndOpensTheOtherSide() {
    fill(A, 1, "-4", "50", "0");
    fill(A, 2, "10", "40", "0");
    assertThat(trips).hasSize(1);
    assertThat(trips.get(0).quantity()).isEqualTo(fixed("-4"));
    assertThat(trips.get(0).profit()).isEqualTo(fixed("40")); // short 4, 10 a unit
    assertThat(open("41").get(0).quantity()).isEqualTo(fixed("6"));
    assertThat(ledger.openLots()).isEqualTo(1);
  }

  @Test
  void strategiesDoNotCloseOneAnothersTrades() {
    fill(A, 1, "1", "10", "0");
    fill(B, 2, "-1", "12", "0");
    assertThat(trips).isEmpty();
    assertThat(open("12").stream().map(RoundTrip::profit)).containsExactly(fixed("2"), 0L);
  }

  @Test
  void aSettlementClosesWhateverStrategyHolds() {
    fill(B, 1, "2", "10", "1");
    fill(SETTLED, 5, "-2", "0", "0");
    assertThat(trips).hasSize(1);
    assertThat(trips.get(0).strategy()).isEqualTo("b");
    assertThat(trips.get(0).profit()).isEqualTo(fixed("-21"));
  }

  /**
   * Whatever is traded: profits of all trades are cash flow and what is left, to the last digit.
   */
  @Test
  void profitsAddUpToCashAndWorth() {
    final long seed = 20_261_121;
    final SplittableRandom random = new SplittableRandom(seed);
    long cash = 0;
    long held = 0;
    for (int i = 0; i < 5_000; i++) {
      final long quantity = (random.nextLong(1, 50) * (random.nextBoolean() ? 1 : -1)) * Fixed.ONE;
      final long price = random.nextLong(9_000, 11_000) * 1_000_000L;
      final long fee = random.nextLong(0, 1_000_000_007L);
      ledger.on(
          new Ledger.Fill(
              random.nextBoolean() ? A : B,
              "pin",
              7,
              "GOOG",
              i,
              quantity,
              price,
              Fixed.ONE,
              fee,
              false));
      cash -= Fixed.mul(quantity, price) + fee;
      held += quantity;
    }
    long profit = 0;
    for (final RoundTrip trip : trips) {
      profit += trip.profit();
    }
    final long mark = fixed("100.25");
    for (final RoundTrip trip : open("100.25")) {
      profit += trip.profit();
    }
    assertThat(trips.size()).as("seed " + seed).isGreaterThan(3_000);
    assertThat(profit).as("seed " + seed).isEqualTo(cash + Fixed.mul(held, mark));
  }
}
