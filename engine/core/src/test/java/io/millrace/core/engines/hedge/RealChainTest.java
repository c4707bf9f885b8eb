package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Regime;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.OptionChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Chains as vendors publish them, with all that is wrong with them. */
class RealChainTest {
  private static final long GUARD = 300_000_000_000L;

  @Test
  void everySnapshotPassesAndWhatIsUnsoundIsCountedByReason() throws IOException {
    int snapshots = 0;
    int belowIntrinsic = 0;
    for (final Path file : RealChain.snapshots()) {
      final RealChain chain = RealChain.snapshot(file);
      for (final GreeksSource source : GreeksSource.values()) {
        final Desk desk = new Desk(Desk.config(source));
        chain.feed(desk, style(chain));
        desk.evaluate();
        assertCounts(desk, chain, source);
        assertFinite(desk, chain.name);
        if (source == GreeksSource.COMPUTED) {
          belowIntrinsic += (int) desk.features.get(Feature.EXCLUDED_BELOW_INTRINSIC);
          System.out.printf(
              "%s: %d contracts, %d used, regime %s, confidence %.2f, gex %.3g, atm %.3f%n",
              chain.name,
              chain.contracts.size(),
              (int) desk.feature(Feature.CONTRACTS_USED),
              desk.regime,
              desk.confidence,
              desk.features.get(Feature.GEX_1PCT),
              desk.features.get(Feature.ATM_IV));
        } else {
          assertPlainSum(desk, chain);
        }
      }
      snapshots++;
    }
    assertThat(snapshots).isEqualTo(29);
    assertThat(belowIntrinsic).isGreaterThan(100);
  }

  @Test
  void premarketChainsOfZeroBidsComeOutDegraded() throws IOException {
    int degenerate = 0;
    for (final Path file : RealChain.snapshots()) {
      if (file.getFileName().toString().startsWith("DEGENERATE")) {
        final RealChain chain = RealChain.snapshot(file);
        final Desk desk = new Desk(Desk.config());
        chain.feed(desk, OptionStyle.AMERICAN);
        desk.evaluate();
        assertThat(desk.regime).as(chain.name).isEqualTo(Regime.DEGRADED);
        assertThat(desk.quality().zeroBids()).as(chain.name).isTrue();
        assertThat(desk.confidence).as(chain.name).isLessThan(0.3);
        degenerate++;
      }
    }
    assertThat(degenerate).isEqualTo(2);
  }

  @Test
  void aContractOfBeforeTheSplitIsNotUsed() throws IOException {
    int seen = 0;
    for (final Path file : RealChain.snapshots()) {
      final RealChain chain = RealChain.snapshot(file);
      final Desk desk = new Desk(Desk.config());
      final Map<String, Integer> ids = chain.feed(desk, OptionStyle.AMERICAN);
      final Integer phantom = ids.get("NVDA261218C00470000");
      if (phantom != null) {
        desk.evaluate();
        assertThat(desk.engine.greeks(Desk.UNDERLYING).usable(desk.market.row(phantom)))
            .as(chain.name)
            .isFalse();
        seen++;
      }
    }
    assertThat(seen).isPositive();
  }

  @Test
  void gexOfTheSpxTablesIsThePlainSumOfTheVendorsGamma() throws IOException {
    final RealChain chain = RealChain.cboe();
    assertThat(chain.contracts).hasSize(1_976);
    final Desk desk = new Desk(Desk.config(GreeksSource.VENDOR));
    final Map<String, Integer> ids = chain.feed(desk, OptionStyle.EUROPEAN);
    desk.evaluate();
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    double used = 0.0;
    double all = 0.0;
    for (final RealChain.Contract contract : chain.contracts) {
      final double gex =
          (contract.call() ? 1 : -1)
              * contract.gamma()
              * contract.interest()
              * 100.0
              * chain.spot
              * chain.spot
              * 0.01;
      all += gex;
      used += greeks.usable(desk.market.row(ids.get(contract.symbol()))) ? gex : 0.0;
    }
    final double gex = desk.feature(Feature.GEX_1PCT);
    assertThat(gex).isCloseTo(used, Offset.offset(Math.abs(used) * 1e-9));
    // What is left out (no volatility, no time value) has hardly any gamma.
    assertThat(gex).isCloseTo(all, Offset.offset(Math.abs(all) * 0.05));
    assertThat(desk.feature(Feature.CONTRACTS_USED)).isGreaterThan(1_600.0);
    assertThat(desk.quality().vendorGreeks()).isTrue();
    System.out.printf(
        "%s: gex %.6g, all rows %.6g, used %d of %d%n",
        chain.name, gex, all, (int) desk.feature(Feature.CONTRACTS_USED), chain.contracts.size());
    // No vanna, no charm: with a vendor alone, no confidence; computed from its volatility, some.
    assertThat(desk.quality().missingGreeks()).isTrue();
    assertThat(desk.confidence).isZero();
    final Desk both = new Desk(Desk.config(GreeksSource.VENDOR_THEN_COMPUTED));
    chain.feed(both, OptionStyle.EUROPEAN);
    both.evaluate();
    assertThat(both.regime).isNotEqualTo(Regime.DEGRADED);
    assertThat(both.confidence).isGreaterThan(0.5);
    assertThat(both.feature(Feature.NET_VANNA_PRESSURE)).isNotZero();
    final Desk computed = new Desk(Desk.config(GreeksSource.COMPUTED));
    chain.feed(computed, OptionStyle.EUROPEAN);
    computed.evaluate();
    // The vendor's gamma has four decimals only.
    assertThat(computed.feature(Feature.GAMMA_PRESSURE))
        .isCloseTo(
            both.feature(Feature.GAMMA_PRESSURE),
            Offset.offset(0.2 * both.feature(Feature.GAMMA_PRESSURE)));
  }

  private static OptionStyle style(final RealChain chain) {
    return chain.name.startsWith("SPX") ? OptionStyle.EUROPEAN : OptionStyle.AMERICAN;
  }

  private static void assertCounts(
      final Desk desk, final RealChain chain, final GreeksSource source) {
    int expired = 0;
    int phantom = 0;
    int oneSided = 0;
    int crossed = 0;
    for (final RealChain.Contract contract : chain.contracts) {
      if (contract.expiry() - chain.time < GUARD) {
        expired++;
      } else if (!contract.bidden() && !contract.offered()) {
        phantom++;
      } else if (!contract.bidden() || !contract.offered()) {
        oneSided++;
      } else if (contract.bid() > contract.ask()) {
        crossed++;
      }
    }
    final String as = chain.name + " " + source;
    assertThat(desk.features.get(Feature.EXCLUDED_EXPIRED)).as(as).isEqualTo(expired);
    assertThat(desk.features.get(Feature.EXCLUDED_PHANTOM)).as(as).isEqualTo(phantom);
    assertThat(desk.features.get(Feature.EXCLUDED_ONE_SIDED)).as(as).isEqualTo(oneSided);
    assertThat(desk.features.get(Feature.EXCLUDED_CROSSED)).as(as).isEqualTo(crossed);
    assertThat(desk.feature(Feature.CONTRACTS_USED) + desk.feature(Feature.CONTRACTS_EXCLUDED))
        .as(as)
        .isEqualTo(chain.contracts.size());
    double byReason = 0;
    for (final Exclusion reason : Exclusion.all()) {
      byReason += desk.features.get(reason.feature());
    }
    assertThat(desk.feature(Feature.CONTRACTS_EXCLUDED)).as(as).isEqualTo(byReason);
  }

  /** The exposure equals γ·OI·100·S²·0.01 of the rows used, calls less puts. */
  private static void assertPlainSum(final Desk desk, final RealChain chain) {
    final OptionChain rows = desk.market.chain(Desk.UNDERLYING);
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    double plain = 0.0;
    double gross = 0.0;
    for (int row = rows.from(); row < rows.to(); row++) {
      final double gex =
          greeks.gamma(row)
              * rows.openInterests()[row]
              * 100.0
              * greeks.spot()
              * greeks.spot()
              * 0.01;
      plain += rows.calls()[row] ? gex : -gex;
      gross += gex;
    }
    assertThat(desk.features.get(Feature.GEX_1PCT))
        .as(chain.name)
        .isCloseTo(plain, within(gross * 1e-12 + 1e-300));
  }

  private static void assertFinite(final Desk desk, final String as) {
    assertThat(desk.confidence).as(as).isBetween(0.0, 1.0);
    final ChainGreeks greeks = desk.engine.greeks(Desk.UNDERLYING);
    for (int row = greeks.from(); row < greeks.to(); row++) {
      final double sum =
          greeks.iv(row)
              + greeks.delta(row)
              + greeks.gamma(row)
              + greeks.vega(row)
              + greeks.theta(row)
              + greeks.mid(row)
              + greeks.days(row)
              + greeks.forward(greeks.expiryOf(row))
              + greeks.atmIv(greeks.expiryOf(row));
      assertThat(Double.isFinite(sum)).as("%s row %d", as, row).isTrue();
    }
  }
}
