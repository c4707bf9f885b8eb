package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.DataFault;
import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Regime;
import io.millrace.core.market.ChainGreeks;
import org.junit.jupiter.api.Test;

class VendorGreeksTest {
  private static final double NONE = Double.NaN;
  private static final double VOL = 0.25;
  private static final double[] STRIKES = {90, 95, 100, 105, 110};

  private final int[] ids = new int[2 * STRIKES.length];

  private Desk desk(final GreeksSource source) {
    final Desk desk = new Desk(Desk.config(source));
    for (int i = 0; i < ids.length; i++) {
      ids[i] = desk.option(STRIKES[i / 2], 30, i % 2 == 0, OptionStyle.EUROPEAN);
    }
    desk.spot(100.0);
    for (int i = 0; i < ids.length; i++) {
      desk.openInterest(ids[i], i % 2 == 0 ? 2_000 : 1_000);
      desk.quoteAtVol(ids[i], 100.0 * StrictMath.exp(Desk.RATE * 30 / 365.0), VOL, 0.02);
    }
    return desk;
  }

  private void giveAll(final Desk desk, final double vanna, final double charm) {
    for (int i = 0; i < ids.length; i++) {
      desk.vendor(ids[i], 0.30, 0.5, 0.01 * (i + 1), 12.0, -0.02, vanna, charm);
    }
  }

  @Test
  void aVendorIsNotHeardWhenGreeksAreComputed() {
    final Desk desk = desk(GreeksSource.COMPUTED);
    final byte[] expected = desk.evaluate().bytes();
    giveAll(desk, 1.0, 1.0);
    assertThat(desk.evaluate().bytes()).isEqualTo(expected);
    assertThat(desk.quality().vendorGreeks()).isFalse();
    assertThat(desk.has(Feature.VENDOR_GREEKS)).isFalse();
  }

  @Test
  void aVendorsGreeksAndVolatilityAreTakenAsGiven() {
    final Desk desk = desk(GreeksSource.VENDOR);
    giveAll(desk, 0.7, 0.003);
    desk.evaluate();
    assertThat(desk.quality().vendorGreeks()).isTrue();
    assertThat(desk.feature(Feature.VENDOR_GREEKS)).isEqualTo(10.0);
    assertThat(desk.feature(Feature.ATM_IV)).isCloseTo(0.30, within(1e-12));
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    double net = 0.0;
    for (int i = 0; i < ids.length; i++) {
      final int row = desk.market.row(ids[i]);
      assertThat(greeks.gamma(row)).isEqualTo(0.01 * (i + 1));
      assertThat(greeks.iv(row)).isEqualTo(0.30);
      assertThat(greeks.vega(row)).isEqualTo(12.0);
      assertThat(greeks.theta(row)).isEqualTo(-0.02);
      net += (i % 2 == 0 ? 2_000 : -1_000) * 0.01 * (i + 1);
    }
    assertThat(desk.feature(Feature.GEX_1PCT))
        .isCloseTo(net * 100 * 100.0 * 100.0 * 0.01, within(1e-6));
    assertThat(desk.feature(Feature.VANNA_PRESSURE)).isCloseTo(15_000 * 0.7, within(1e-8));
    assertThat(desk.feature(Feature.CHARM_PRESSURE)).isCloseTo(15_000 * 0.003, within(1e-8));
    assertThat(desk.regime).isNotEqualTo(Regime.DEGRADED);
    assertThat(desk.confidence).isEqualTo(1.0);
  }

  @Test
  void vannaOrCharmThatAVendorLacksAndMayNotBeComputedLeaveNoConfidence() {
    for (final double[] lacking : new double[][] {{NONE, 0.1}, {0.1, NONE}, {NONE, NONE}}) {
      final Desk desk = desk(GreeksSource.VENDOR);
      giveAll(desk, lacking[0], lacking[1]);
      desk.evaluate();
      assertThat(desk.confidence).isZero();
      assertThat(desk.regime).isEqualTo(Regime.DEGRADED);
      assertThat(desk.quality().missingGreeks()).isTrue();
      assertThat(desk.has(Feature.VANNA_PRESSURE)).isFalse();
      assertThat(desk.has(Feature.NET_CHARM_PRESSURE)).isFalse();
      assertThat(desk.feature(Feature.GEX_1PCT)).isPositive();
    }
  }

  @Test
  void whatAVendorLacksIsComputedFromItsVolatilityWhereThatIsAllowed() {
    final Desk desk = desk(GreeksSource.VENDOR_THEN_COMPUTED);
    final Desk quoted = desk(GreeksSource.COMPUTED);
    for (final int id : ids) {
      desk.vendor(id, 0.30, NONE, 0.02, NONE, NONE, NONE, NONE);
      quoted.quoteAtVol(id, 100.0 * StrictMath.exp(Desk.RATE * 30 / 365.0), 0.30, 0.02);
    }
    desk.evaluate();
    quoted.evaluate();
    assertThat(desk.confidence).isEqualTo(1.0);
    assertThat(desk.quality().missingGreeks()).isFalse();
    assertThat(desk.feature(Feature.NET_VANNA_PRESSURE))
        .isCloseTo(quoted.feature(Feature.NET_VANNA_PRESSURE), within(1e-3));
    assertThat(desk.feature(Feature.GAMMA_PRESSURE)).isCloseTo(15_000 * 0.02 * 100, within(1e-6));
  }

  @Test
  void contractsWithoutAVendorAreLeftOutOrComputed() {
    final Desk alone = desk(GreeksSource.VENDOR);
    final Desk both = desk(GreeksSource.VENDOR_THEN_COMPUTED);
    for (int i = 0; i < ids.length - 2; i++) {
      alone.vendor(ids[i], 0.30, 0.5, 0.02, 12, -0.02, 0.1, 0.1);
      both.vendor(ids[i], 0.30, 0.5, 0.02, 12, -0.02, 0.1, 0.1);
    }
    // A volatility of zero says that the vendor did not compute.
    alone.vendor(ids[8], 0.0, 0.5, 0.02, 12, -0.02, 0.1, 0.1);
    both.vendor(ids[8], 0.0, 0.5, 0.02, 12, -0.02, 0.1, 0.1);
    alone.evaluate();
    both.evaluate();
    assertThat(alone.feature(Feature.EXCLUDED_NO_VENDOR)).isEqualTo(2.0);
    assertThat(alone.feature(Feature.CONTRACTS_USED)).isEqualTo(8.0);
    assertThat(both.feature(Feature.CONTRACTS_USED)).isEqualTo(10.0);
    assertThat(both.feature(Feature.VENDOR_GREEKS)).isEqualTo(8.0);
    final ChainGreeks greeks = both.engine.greeks(Desk.UNDERLYING);
    assertThat(greeks.iv(both.market.row(ids[8]))).isCloseTo(VOL, within(1e-5));
    assertThat(greeks.gamma(both.market.row(ids[8]))).isNotEqualTo(0.02);
  }

  @Test
  void staleGreeksOfAVendorFallBack() {
    final Desk desk = desk(GreeksSource.VENDOR_THEN_COMPUTED);
    giveAll(desk, 0.1, 0.1);
    assertThat(desk.evaluate().feature(Feature.VENDOR_GREEKS)).isEqualTo(10.0);
    desk.at(desk.now + 901_000_000_000L);
    desk.spot(100.0);
    for (final int id : ids) {
      desk.quoteAtVol(id, 100.0 * StrictMath.exp(Desk.RATE * 30 / 365.0), VOL, 0.02);
    }
    desk.evaluate();
    assertThat(desk.has(Feature.VENDOR_GREEKS)).isFalse();
    assertThat(desk.feature(Feature.ATM_IV)).isCloseTo(VOL, within(1e-3));
  }

  @Test
  void aVolatilityTooLowToBeOneCountsAsNotGiven() {
    final Desk desk = desk(GreeksSource.VENDOR_THEN_COMPUTED);
    giveAll(desk, 0.1, 0.1);
    desk.vendor(ids[0], 0.0099, 0.5, 0.01, 12.0, -0.02, 0.1, 0.1);
    desk.evaluate();
    assertThat(desk.feature(Feature.VENDOR_GREEKS)).isEqualTo(9.0);
    assertThat(desk.engine.greeks(Desk.UNDERLYING).iv(desk.market.row(ids[0])))
        .isCloseTo(VOL, within(1e-3));
    final Desk alone = desk(GreeksSource.VENDOR);
    giveAll(alone, 0.1, 0.1);
    alone.vendor(ids[0], 0.0099, 0.5, 0.01, 12.0, -0.02, 0.1, 0.1);
    assertThat(alone.evaluate().feature(Feature.EXCLUDED_NO_VENDOR)).isEqualTo(1.0);
  }

  @Test
  void greeksGivenBeforeLaterListingsStayWithTheirContract() {
    final Desk desk = desk(GreeksSource.VENDOR);
    giveAll(desk, 0.7, 0.003);
    final int late = desk.option(92, 20, true, OptionStyle.EUROPEAN);
    desk.evaluate();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    for (int i = 0; i < ids.length; i++) {
      assertThat(greeks.gamma(desk.market.row(ids[i]))).isEqualTo(0.01 * (i + 1));
    }
    assertThat(greeks.usable(desk.market.row(late))).isFalse();
  }

  @Test
  void greeksThatNoOptionHasAreRefused() {
    final Desk desk = desk(GreeksSource.VENDOR);
    final double inf = Double.POSITIVE_INFINITY;
    final double[][] wrong = {
      {-0.1, 0.5, 0.01, 1, 1, 1, 1},
      {0.2, 1.5, 0.01, 1, 1, 1, 1},
      {0.2, 0.5, -0.01, 1, 1, 1, 1},
      {inf, 0.5, 0.01, 1, 1, 1, 1},
      {0.2, 0.5, 0.01, inf, 1, 1, 1},
      {0.2, 0.5, 0.01, 1, -inf, 1, 1},
      {0.2, 0.5, 0.01, 1, 1, inf, 1},
      {0.2, 0.5, 0.01, 1, 1, 1, inf},
    };
    for (final double[] greeks : wrong) {
      assertThat(desk.offerVendor(ids[0], greeks)).isEqualTo(DataFault.MALFORMED_GREEKS);
    }
    assertThat(desk.offerVendor(Desk.UNDERLYING, 0.2, 0.5, 0.01, 1, 1, 1, 1))
        .isEqualTo(DataFault.UNKNOWN_INSTRUMENT);
    assertThat(desk.market.faults(DataFault.MALFORMED_GREEKS)).isEqualTo(wrong.length);
    assertThat(desk.offerVendor(ids[0], NONE, NONE, NONE, NONE, NONE, NONE, NONE))
        .isEqualTo(DataFault.NONE);
  }
}
