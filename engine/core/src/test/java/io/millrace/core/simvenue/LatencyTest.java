package io.millrace.core.simvenue;

import static io.millrace.core.order.Desk.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Ways of orders and reports by model. */
class LatencyTest {
  private static final int SAMPLES = 20_000;
  private static final long APART = 3_600_000 * MILLI; // no message waits for another

  private final Rules rules = new Rules();

  private void model(final LatencyModel model) {
    rules.latency = new VenueLatency(model, 7, 0.5, 0.5, 0.5, 1, 2, 5, 20, 50);
  }

  /** Sorted ways of orders 1 to many, all far apart. */
  private long[] ways() {
    final Latency latency = new Latency(rules.config());
    final long[] ways = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      ways[i] = latency.arrival(i * APART, i + 1, 0) - i * APART;
    }
    Arrays.sort(ways);
    return ways;
  }

  @Test
  void constantIsTheLatency() {
    final Latency latency = new Latency(rules.config());
    assertThat(latency.arrival(5, 1, 0)).isEqualTo(5 + MILLI);
    assertThat(latency.due(9, 1, 1)).isEqualTo(9 + MILLI);
  }

  @Test
  void uniformIsWithinItsSpread() {
    model(LatencyModel.UNIFORM);
    final long[] ways = ways();
    assertThat(ways[0]).isBetween(MILLI / 2, MILLI * 51 / 100);
    assertThat(ways[SAMPLES / 2]).isBetween(MILLI * 98 / 100, MILLI * 102 / 100);
    assertThat(ways[SAMPLES - 1]).isBetween(MILLI * 149 / 100, MILLI * 3 / 2);
  }

  @Test
  void lognormalHasTheLatencyAsItsMedian() {
    model(LatencyModel.LOGNORMAL);
    final long[] ways = ways();
    assertThat(ways[SAMPLES / 2]).isBetween(MILLI * 97 / 100, MILLI * 103 / 100);
    // One deviation above the median: e^0.5 = 1.6487 times.
    assertThat(ways[(int) (SAMPLES * 0.8413)]).isBetween(MILLI * 159 / 100, MILLI * 171 / 100);
    assertThat(ways[0]).isPositive();
  }

  @Test
  void quantilesAreThoseConfigured() {
    model(LatencyModel.QUANTILES);
    final long[] ways = ways();
    assertThat(ways[0]).isBetween(MILLI / 2, MILLI * 51 / 100);
    assertThat(ways[SAMPLES / 2]).isBetween(MILLI * 98 / 100, MILLI * 102 / 100);
    assertThat(ways[SAMPLES * 9 / 10]).isBetween(MILLI * 19 / 10, MILLI * 21 / 10);
    assertThat(ways[SAMPLES * 99 / 100]).isBetween(MILLI * 45 / 10, MILLI * 55 / 10);
    assertThat(ways[SAMPLES - 1]).isBetween(MILLI * 20, MILLI * 50);
  }

  @Test
  void sampleDependsOnSeedAndOrderAlone() {
    model(LatencyModel.LOGNORMAL);
    final Latency one = new Latency(rules.config());
    final Latency other = new Latency(rules.config());
    other.arrival(0, 99, 0); // another order before changes nothing
    assertThat(other.arrival(APART, 5, 0)).isEqualTo(one.arrival(APART, 5, 0));
    final Latency unlike = new Latency(rules.config());
    assertThat(unlike.arrival(APART, 6, 0)).isNotEqualTo(one.arrival(APART, 5, 0));
  }

  @Test
  void nothingOvertakesOnTheWire() {
    model(LatencyModel.LOGNORMAL);
    final Latency latency = new Latency(rules.config());
    long last = 0;
    for (int i = 1; i <= 1_000; i++) {
      final long arrival = latency.arrival(i, i, 0);
      assertThat(arrival).isGreaterThanOrEqualTo(last);
      last = arrival;
    }
  }

  @Test
  void feedLatencyMakesOrdersLateAndIsTakenOffTheWayBack() {
    rules.feedLatency = 3 * MILLI;
    rules.responseLatency = 5 * MILLI;
    final Latency latency = new Latency(rules.config());
    assertThat(latency.arrival(0, 1, 0)).isEqualTo(4 * MILLI);
    assertThat(latency.due(4 * MILLI, 1, 1)).isEqualTo(6 * MILLI);
    rules.responseLatency = MILLI;
    // The venue's word would be here before the data of its time is: it comes with them.
    assertThat(new Latency(rules.config()).due(4 * MILLI, 1, 1)).isEqualTo(4 * MILLI);
  }

  @Test
  void quantilesMustAscend() {
    assertThatThrownBy(() -> new VenueLatency(LatencyModel.QUANTILES, 0, 0, 0, 1, 2, 1.5, 3, 4, 5))
        .hasMessageContaining("venue.latency.p90 is 1.5; allowed: 2.0 to");
  }
}
