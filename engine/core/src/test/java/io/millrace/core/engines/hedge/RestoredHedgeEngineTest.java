package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionStyle;
import io.millrace.core.market.ChainGreeks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine that is saved and loaded again and again says what one does that never was. */
class RestoredHedgeEngineTest {
  private static final int ROUNDS = 60;
  private static final int RELATED = 2;
  private static final int INDEX = 3;

  private SplittableRandom random = new SplittableRandom();
  private Desk straight = new Desk(Desk.config());
  private Desk restored = straight;

  private static HedgeConfig config(final GreeksSource source) {
    final boolean sided = source == GreeksSource.VENDOR;
    return Desk.config(
        sided ? DealerConvention.PER_BUCKET : DealerConvention.LONG_CALLS_SHORT_PUTS,
        Desk.RATE,
        20,
        source,
        sided ? List.of(new DealerBucket(0.9, 1.02, 0, 20, -1, 1)) : List.of(),
        List.of(new RelatedUnderlying("I1", "I2", 0.5, 1.2)));
  }

  private void both(final Consumer<Desk> step) {
    step.accept(straight);
    step.accept(restored);
  }

  @ParameterizedTest
  @EnumSource(GreeksSource.class)
  void aRestoredEngineGoesOnBitForBit(final GreeksSource source) {
    for (long seed = 1; seed <= 6; seed++) {
      random = new SplittableRandom(seed);
      straight = new Desk(config(source));
      restored = new Desk(config(source));
      both(desk -> desk.underlying("I2", InstrumentKind.EQUITY));
      both(desk -> desk.underlying("VIX", InstrumentKind.INDEX));
      final List<Integer> options = new ArrayList<>();
      final double[] spot = {0, 85, 90, 18};
      for (int round = 0; round < ROUNDS; round++) {
        final long gone =
            random.nextInt(10) == 0 ? Desk.DAY : random.nextLong(1, 40) * 1_000_000_000L;
        both(desk -> desk.at(desk.now + gone));
        // Contracts come at the start, and a few in between, which lays the columns out anew.
        for (int i = round == 0 ? 120 : round % 17 == 0 ? 3 : 0; i > 0; i--) {
          options.add(define(spot));
        }
        for (int id = 1; id <= INDEX; id++) {
          feed(id, spot);
        }
        for (final int id : options) {
          quote(id, spot, round == 0 || random.nextInt(8) == 0);
        }
        final int asked = random.nextInt(1, INDEX + 1);
        for (int id = 1; id <= INDEX; id++) {
          if (id == asked || random.nextBoolean()) {
            final int due = id;
            both(desk -> desk.evaluate(due));
            assertThat(restored.bytes())
                .as("seed %d, round %d", seed, round)
                .isEqualTo(straight.bytes());
          }
        }
        if (random.nextInt(3) == 0) {
          restored = restored.restored(config(source));
        }
        sameGreeks(seed, round);
      }
    }
  }

  private int define(final double[] spot) {
    final int underlying = random.nextInt(1, INDEX + 1);
    final double strike = Math.max(1, Math.rint(spot[underlying] * random.nextDouble(0.8, 1.2)));
    final long days = random.nextLong(1, 6) * (random.nextInt(3) == 0 ? 30 : 4) + 4;
    final long expiry = Desk.START + days * Desk.DAY;
    final boolean call = random.nextBoolean();
    final OptionStyle style = random.nextBoolean() ? OptionStyle.AMERICAN : OptionStyle.EUROPEAN;
    final int[] id = new int[1];
    both(desk -> id[0] = desk.optionOn(underlying, strike, expiry, call, style));
    final long interest = random.nextInt(3_000);
    both(desk -> desk.openInterest(id[0], interest));
    return id[0];
  }

  /** The underlying; the related one has at times no quote of its own, so parity gives its spot. */
  private void feed(final int id, final double[] spot) {
    spot[id] *= 1 + 0.01 * (random.nextDouble() - 0.5);
    final double price = spot[id];
    if (id != RELATED || random.nextInt(3) == 0) {
      both(desk -> desk.spotOf(id, price - 0.01, price + 0.01));
    }
  }

  private void quote(final int id, final double[] spot, final boolean due) {
    final var chain = straight.market.chain(straight.market.instruments().underlying(id));
    if (straight.market.row(id) < chain.from()) {
      return; // expired
    }
    if (due) {
      final double vol = random.nextDouble(0.2, 0.4);
      final double price = spot[chain.underlyingId()];
      both(desk -> desk.quoteAtVol(id, price, vol, 0.05));
    }
    if (random.nextInt(60) == 0) {
      final double bid = random.nextDouble();
      final double ask = random.nextDouble();
      both(desk -> desk.quote(id, bid, ask));
    }
    if (random.nextInt(20) == 0) {
      final double iv = random.nextDouble(0.2, 0.4);
      both(desk -> desk.vendor(id, iv, 0.4, 0.02, 10, -0.01, Double.NaN, Double.NaN));
    }
    if (random.nextInt(100) == 0) {
      final long interest = random.nextInt(3_000);
      both(desk -> desk.openInterest(id, interest));
    }
  }

  /** What strategies may read between evaluations. */
  private void sameGreeks(final long seed, final int round) {
    for (int id = 1; id <= INDEX; id++) {
      final ChainGreeks one = straight.engine.greeks(id);
      final ChainGreeks other = restored.engine.greeks(id);
      assertThat(other == null).isEqualTo(one == null);
      if (one != null) {
        assertThat(numbers(other)).as("seed %d, round %d", seed, round).isEqualTo(numbers(one));
      }
    }
  }

  private static double[] numbers(final ChainGreeks greeks) {
    final List<Double> numbers = new ArrayList<>();
    numbers.add((double) greeks.layout());
    numbers.add((double) greeks.time());
    numbers.add(greeks.spot());
    numbers.add(greeks.atmIv30());
    for (int row = greeks.from(); row < greeks.to(); row++) {
      numbers.addAll(
          List.of(
              greeks.iv(row),
              greeks.delta(row),
              greeks.gamma(row),
              greeks.vega(row),
              greeks.theta(row),
              greeks.mid(row),
              greeks.days(row)));
    }
    for (int expiry = 0; expiry < greeks.expiries(); expiry++) {
      numbers.addAll(List.of(greeks.forward(expiry), greeks.atmIv(expiry)));
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
