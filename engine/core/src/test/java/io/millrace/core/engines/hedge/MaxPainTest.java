package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.OptionStyle;
import io.millrace.core.market.OptionChain;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaxPainTest {
  @Test
  void holdersArePaidLeastThere() {
    for (long seed = 1; seed <= 200; seed++) {
      final Random random = new Random(seed);
      final Desk desk = new Desk(Desk.config());
      final int contracts = 1 + random.nextInt(30);
      for (int i = 0; i < contracts; i++) {
        final int id =
            desk.option(50 + random.nextInt(20), 10, random.nextBoolean(), OptionStyle.EUROPEAN);
        desk.openInterest(id, 1 + random.nextInt(1_000));
      }
      final OptionChain chain = desk.market.chain(Desk.UNDERLYING);
      final double[] multipliers = new double[chain.to()];
      Arrays.fill(multipliers, 100.0);
      final double found = MaxPain.strike(chain, multipliers, 0, chain.to());
      assertThat(paid(chain, found)).as("seed %d", seed).isEqualTo(least(chain));
    }
  }

  private static double least(final OptionChain chain) {
    double least = Double.MAX_VALUE;
    for (int row = 0; row < chain.to(); row++) {
      least = Math.min(least, paid(chain, chain.strikes()[row]));
    }
    return least;
  }

  private static double paid(final OptionChain chain, final double settled) {
    double paid = 0.0;
    for (int row = 0; row < chain.to(); row++) {
      final double difference = settled - chain.strikes()[row];
      paid +=
          chain.openInterests()[row] * Math.max(chain.calls()[row] ? difference : -difference, 0);
    }
    return paid;
  }
}
