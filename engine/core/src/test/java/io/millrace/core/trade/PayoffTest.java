package io.millrace.core.trade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.StrategyKind;
import io.millrace.core.market.Fixed;
import io.millrace.kernels.Kernels;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The payoff against a slow, obvious twin: walk a fine grid of prices and look. */
class PayoffTest {
  /** One cent; strikes are on it, so the extremes are on the grid. */
  private static final long STEP = Fixed.ONE / 100;

  private static final long HUNDRED = 100 * Fixed.ONE;

  private final Payoff payoff = new Payoff();
  private final Structure structure = new Structure();

  private static long price(final double x) {
    return Fixed.fromDouble(x);
  }

  private Structure leg(final boolean call, final int quantity, final double strike) {
    return structure.leg(1, call, quantity, price(strike), 0, 0, 0, 0.2);
  }

  /** Value per share by the definition of an option, in doubles. */
  private static double slowValue(final Structure held, final double net, final double spot) {
    double value = -net;
    for (int i = 0; i < held.count(); i++) {
      final double strike = Fixed.toDouble(held.strike(i));
      value +=
          held.quantity(i)
              * (held.call(i) ? Math.max(0, spot - strike) : Math.max(0, strike - spot));
    }
    return value;
  }

  @Test
  void callDebitSpreadByHand() {
    structure.clear(StrategyKind.CALL_DEBIT_SPREAD).multiplier(HUNDRED);
    leg(true, 1, 760);
    leg(true, -1, 775);
    payoff.of(structure, price(4.25));
    assertThat(payoff.cost()).isEqualTo(price(425));
    assertThat(payoff.maxLoss()).isEqualTo(price(425));
    assertThat(payoff.maxProfit()).isEqualTo(price(1075));
    assertThat(payoff.breakevenLow()).isEqualTo(price(764.25));
    assertThat(payoff.breakevenHigh()).isEqualTo(Fixed.NONE);
    assertThat(payoff.netAfterProfit(0.5)).isEqualTo(price(4.25 + 5.375));
    assertThat(payoff.netAfterLoss(0.5)).isEqualTo(price(2.125));
  }

  @Test
  void putDebitSpreadByHand() {
    structure.clear(StrategyKind.PUT_DEBIT_SPREAD).multiplier(HUNDRED);
    leg(false, -1, 720);
    leg(false, 1, 735);
    payoff.of(structure, price(4));
    assertThat(payoff.maxLoss()).isEqualTo(price(400));
    assertThat(payoff.maxProfit()).isEqualTo(price(1100));
    assertThat(payoff.breakevenLow()).isEqualTo(Fixed.NONE);
    assertThat(payoff.breakevenHigh()).isEqualTo(price(731));
  }

  @Test
  void ironCondorByHand() {
    structure.clear(StrategyKind.IRON_CONDOR).multiplier(HUNDRED);
    leg(false, 1, 700);
    leg(false, -1, 715);
    leg(true, -1, 780);
    leg(true, 1, 800);
    payoff.of(structure, price(-5));
    assertThat(payoff.cost()).isEqualTo(price(-500));
    // The wider wing decides: 20 - 5.
    assertThat(payoff.maxLoss()).isEqualTo(price(1500));
    assertThat(payoff.maxProfit()).isEqualTo(price(500));
    assertThat(payoff.breakevenLow()).isEqualTo(price(710));
    assertThat(payoff.breakevenHigh()).isEqualTo(price(785));
  }

  @Test
  void creditSpreadsByHand() {
    structure.clear(StrategyKind.BULL_PUT_SPREAD).multiplier(HUNDRED);
    leg(false, 1, 700);
    leg(false, -1, 715);
    payoff.of(structure, price(-3));
    assertThat(payoff.maxLoss()).isEqualTo(price(1200));
    assertThat(payoff.breakevenLow()).isEqualTo(price(712));
    structure.clear(StrategyKind.BEAR_CALL_SPREAD).multiplier(HUNDRED);
    leg(true, -1, 780);
    leg(true, 1, 790);
    payoff.of(structure, price(-3));
    assertThat(payoff.maxLoss()).isEqualTo(price(700));
    assertThat(payoff.breakevenHigh()).isEqualTo(price(783));
    assertThat(payoff.breakevenLow()).isEqualTo(Fixed.NONE);
  }

  @Test
  void nakedCallsAreUnlimited() {
    structure.clear(StrategyKind.NONE).multiplier(HUNDRED);
    leg(true, 1, 760);
    payoff.of(structure, price(4));
    assertThat(payoff.maxProfit()).isEqualTo(Fixed.NONE);
    assertThat(payoff.breakevenLow()).isEqualTo(price(764));
    structure.clear(StrategyKind.NONE).multiplier(HUNDRED);
    leg(true, -1, 760);
    payoff.of(structure, price(-4));
    assertThat(payoff.maxLoss()).isEqualTo(Fixed.NONE);
    assertThat(payoff.boundedRisk()).isFalse();
    assertThat(payoff.breakevenHigh()).isEqualTo(price(764));
  }

  @Test
  void profitThatEndsOnAStrikeHasItsBreakevenThere() {
    structure.clear(StrategyKind.PUT_DEBIT_SPREAD).multiplier(HUNDRED);
    leg(false, -1, 720);
    leg(false, 1, 735);
    payoff.of(structure, 0);
    assertThat(payoff.breakevenHigh()).isEqualTo(price(735));
    structure.clear(StrategyKind.CALL_DEBIT_SPREAD).multiplier(HUNDRED);
    leg(true, 1, 760);
    leg(true, -1, 775);
    payoff.of(structure, 0);
    assertThat(payoff.breakevenLow()).isEqualTo(price(760));
    assertThat(payoff.boundedRisk()).isFalse();
  }

  @Test
  void netPriceIsTheMidOfTheLegs() {
    structure.clear(StrategyKind.CALL_DEBIT_SPREAD).multiplier(HUNDRED);
    structure.leg(1, true, 1, price(760), price(8.10), price(8.35), 0.4, 0.2);
    structure.leg(2, true, -1, price(775), price(4), price(4.20), 0.3, 0.2);
    // 8.225 - 4.10
    assertThat(structure.netMid()).isEqualTo(price(4.125));
  }

  /** Any legs at all: extremes and their bounds. */
  @Property(tries = 60)
  void extremesEqualTheGrid(
      @ForAll @Size(min = 1, max = 4) final int[] strikes,
      @ForAll @Size(4) final boolean[] calls,
      @ForAll @Size(4) final int[] quantities,
      @ForAll @IntRange(min = -2_000, max = 2_000) final int netCents) {
    structure.clear(StrategyKind.NONE).multiplier(HUNDRED);
    final int[] sorted =
        Arrays.stream(strikes).map(s -> 1 + Math.floorMod(s, 100)).sorted().toArray();
    for (int i = 0; i < sorted.length; i++) {
      final int quantity = Math.floorMod(quantities[i], 7) - 3;
      leg(calls[i], quantity == 0 ? 1 : quantity, sorted[i]);
    }
    final double net = netCents / 100.0;
    payoff.of(structure, netCents * STEP);

    double best = Double.NEGATIVE_INFINITY;
    double worst = Double.POSITIVE_INFINITY;
    for (int cents = 0; cents <= 12_000; cents++) {
      final double value = slowValue(structure, net, cents / 100.0);
      best = Math.max(best, value);
      worst = Math.min(worst, value);
    }
    final double drift = slowValue(structure, net, 2e6) - slowValue(structure, net, 1e6);
    if (drift > 1) {
      assertThat(payoff.maxProfit()).isEqualTo(Fixed.NONE);
    } else {
      assertThat(Fixed.toDouble(payoff.maxProfit())).isEqualTo(best * 100, within(1e-6));
    }
    if (drift < -1) {
      assertThat(payoff.maxLoss()).isEqualTo(Fixed.NONE);
    } else {
      assertThat(Fixed.toDouble(payoff.maxLoss()))
          .isEqualTo(Math.max(0, -worst * 100), within(1e-6));
    }
  }

  /** The library's structures: breakevens, chance and mean, against the grid and an integral. */
  @Property(tries = 60)
  void libraryStructuresEqualTheGrid(
      @ForAll @IntRange(min = 0, max = 4) final int which,
      @ForAll @IntRange(min = 60, max = 90) final int start,
      @ForAll @IntRange(min = 1, max = 10) final int gap,
      @ForAll @IntRange(min = 1, max = 10) final int middle,
      @ForAll @DoubleRange(min = 0.05, max = 0.95) final double share,
      @ForAll @DoubleRange(min = 0.1, max = 0.8) final double volatility,
      @ForAll @DoubleRange(min = 7, max = 45) final double days,
      @ForAll @DoubleRange(min = 70, max = 110) final double forward) {
    final StrategyKind[] kinds = {
      StrategyKind.CALL_DEBIT_SPREAD,
      StrategyKind.PUT_DEBIT_SPREAD,
      StrategyKind.BULL_PUT_SPREAD,
      StrategyKind.BEAR_CALL_SPREAD,
      StrategyKind.IRON_CONDOR
    };
    structure.clear(kinds[which]).multiplier(HUNDRED).expiry(days / 365, forward, volatility);
    final boolean puts = which == 1 || which == 2;
    if (which == 4) {
      leg(false, 1, start);
      leg(false, -1, start + gap);
      leg(true, -1, start + gap + middle);
      leg(true, 1, start + 2 * gap + middle);
    } else {
      final int first = which == 0 || which == 2 ? 1 : -1;
      leg(!puts, first, start);
      leg(!puts, -first, start + gap);
    }
    final long width = gap * Fixed.ONE;
    final long paid = Fixed.floorTo(Fixed.mul(width, Fixed.fromDouble(share)), STEP);
    final long net = which <= 1 ? Math.max(STEP, paid) : -Math.max(STEP, paid);
    payoff.of(structure, net);
    checkBreakevens(Fixed.toDouble(net));
    checkLognormal(Fixed.toDouble(net), forward, volatility * Math.sqrt(days / 365));
  }

  private void checkBreakevens(final double net) {
    long low = Fixed.NONE;
    long high = Fixed.NONE;
    for (int cents = 0; cents < 13_000; cents++) {
      final double left = slowValue(structure, net, cents / 100.0);
      final double right = slowValue(structure, net, (cents + 1) / 100.0);
      if (left <= 1e-9 && right > 1e-9) {
        low = cents * STEP;
      }
      if (left > 1e-9 && right <= 1e-9) {
        high = (cents + 1) * STEP;
      }
    }
    // Net prices are whole cents, so breakevens are on the grid exactly.
    assertThat(payoff.breakevenLow()).isEqualTo(low);
    assertThat(payoff.breakevenHigh()).isEqualTo(high);
  }

  /** Integrates over equal slices of a standard normal, density by its formula. */
  private void checkLognormal(final double net, final double forward, final double s) {
    final Lognormal lognormal = new Lognormal(Kernels.select("scalar")).of(structure, payoff);
    final int slices = 200_000;
    final double reach = 9;
    final double dz = 2 * reach / slices;
    double mean = 0;
    double chance = 0;
    for (int i = 0; i < slices; i++) {
      final double z = -reach + (i + 0.5) * dz;
      final double mass = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * dz;
      final double value = slowValue(structure, net, forward * Math.exp(s * z - s * s / 2));
      mean += value * mass;
      chance += value > 0 ? mass : 0;
    }
    assertThat(lognormal.probabilityOfProfit()).isEqualTo(chance, within(1e-4));
    assertThat(lognormal.expectedValue()).isEqualTo(mean * 100, within(1e-4));
  }

  @Test
  void stockIsJudgedWithoutDrift() {
    final Lognormal lognormal = new Lognormal(Kernels.select("scalar"));
    // N(-0.05) = 0.48006119416162751 (tables), and its complement.
    assertThat(lognormal.probabilityBeyondForward(true, 0.1))
        .isEqualTo(0.480061194161627, within(1e-12));
    assertThat(lognormal.probabilityBeyondForward(false, 0.1))
        .isEqualTo(0.519938805838373, within(1e-12));
  }
}
