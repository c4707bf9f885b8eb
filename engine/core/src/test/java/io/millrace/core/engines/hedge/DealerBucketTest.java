package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionStyle;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.OptionChain;
import java.util.List;
import org.junit.jupiter.api.Test;

class DealerBucketTest {
  private static final double[] STRIKES = {80, 90, 100, 110, 120};

  private static Desk desk(final List<DealerBucket> buckets) {
    final Desk desk =
        new Desk(
            Desk.config(
                DealerConvention.PER_BUCKET,
                Desk.RATE,
                20,
                GreeksSource.COMPUTED,
                buckets,
                List.of()));
    desk.spot(100.0);
    for (final double days : new double[] {20, 200}) {
      for (int i = 0; i < 2 * STRIKES.length; i++) {
        final int id = desk.option(STRIKES[i / 2], days, i % 2 == 0, OptionStyle.EUROPEAN);
        desk.openInterest(id, 100 + 10 * i);
        desk.quoteAtVol(id, 100.0 * StrictMath.exp(Desk.RATE * days / 365.0), 0.4, 0.001);
      }
    }
    return desk;
  }

  @Test
  void theFirstBucketThatHoldsAContractGivesItsSide() {
    // Far calls of the near month are bought from dealers; near the money nobody knows.
    final Desk desk =
        desk(List.of(
                new DealerBucket(1.05, 9.0, 0.0, 30.0, -1, 1),
                new DealerBucket(0.95, 1.15, 0.0, 400.0, 0, 0)))
            .evaluate();
    final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    double net = 0.0;
    for (int row = 0; row < chain.to(); row++) {
      final double strike = chain.strikes()[row];
      final boolean call = chain.calls()[row];
      final int side;
      if (strike > 105 && greeks.days(row) < 30) {
        side = call ? -1 : 1;
      } else if (strike == 100 || strike == 110) {
        side = 0;
      } else {
        side = call ? 1 : -1;
      }
      net += side * greeks.gamma(row) * chain.openInterests()[row];
    }
    assertThat(desk.feature(Feature.NET_GAMMA_PRESSURE)).isCloseTo(net * 100.0, within(1e-9));
  }

  @Test
  void sidesFollowTheSpot() {
    final Desk desk = desk(List.of(new DealerBucket(1.0, 9.0, 0.0, 400.0, -1, -1))).evaluate();
    final double before = desk.feature(Feature.GAMMA_SIGN);
    desk.at(desk.now + 1_000_000_000L);
    desk.spot(130.0);
    desk.evaluate();
    // No strike is above spot now: all are long calls, short puts by default.
    final Desk standard = desk(List.of(new DealerBucket(8.0, 9.0, 0.0, 400.0, 0, 0)));
    standard.evaluate();
    standard.at(standard.now + 1_000_000_000L);
    standard.spot(130.0);
    standard.evaluate();
    assertThat(before).isEqualTo(-1.0);
    assertThat(desk.bytes()).isEqualTo(standard.bytes());
  }
}
