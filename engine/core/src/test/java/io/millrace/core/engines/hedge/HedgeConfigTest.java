package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HedgeConfigTest {
  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                new HedgeConfig(
                    null,
                    0.9,
                    0.0,
                    1.0,
                    0,
                    0.05,
                    900,
                    300,
                    4,
                    0.75,
                    0.5,
                    0.15,
                    0.7,
                    0.25,
                    0.5,
                    0.01,
                    0.1,
                    2.0,
                    0.3,
                    0.3,
                    0.6,
                    Double.NaN,
                    0.35,
                    0.1,
                    20,
                    0,
                    null,
                    1.0,
                    List.of(new DealerBucket(0.0, 1.0, 0.0, 30.0, 1, -1)),
                    null,
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hedge: ")
        .hasMessageContaining("dealer_convention is missing")
        .hasMessageContaining("rate is 0.9, allowed -0.5 to 0.5")
        .hasMessageContaining("parity_strikes is 0.0, allowed 1.0 to 31.0")
        .hasMessageContaining("daily_vol_move is NaN")
        .hasMessageContaining("zero_gamma_refresh_seconds is 0.0")
        .hasMessageContaining("greeks_source is missing")
        .hasMessageContaining("min_vendor_iv is 1.0, allowed 0.0 to")
        .hasMessageContaining("dealer_buckets are given with dealer_convention per_bucket");
  }

  @Test
  void bucketsAndRelatedUnderlyingsAreCheckedWhereTheyEnter() {
    assertThatThrownBy(() -> new DealerBucket(1.0, 1.0, 0.0, 30.0, 1, -1))
        .hasMessageContaining("min_moneyness");
    assertThatThrownBy(() -> new DealerBucket(0.0, 1.0, 40.0, 30.0, 1, -1))
        .hasMessageContaining("min_days");
    assertThatThrownBy(() -> new DealerBucket(0.0, 1.0, 0.0, 30.0, 2, -1))
        .hasMessageContaining("call_sign");
    assertThatThrownBy(() -> new RelatedUnderlying("SPX", "SPX", 1.0, 1.0))
        .hasMessageContaining("two different symbols");
    assertThatThrownBy(() -> new RelatedUnderlying("SPX", "ESH6", 0.0, 1.0))
        .hasMessageContaining("weight is 0.0");
    assertThatThrownBy(() -> new RelatedUnderlying("SPX", "ESH6", 1.0, 0.0))
        .hasMessageContaining("beta is 0.0");
  }
}
