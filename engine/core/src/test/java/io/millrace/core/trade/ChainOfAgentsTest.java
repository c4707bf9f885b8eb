package io.millrace.core.trade;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Feature;
import io.millrace.codecs.Regime;
import io.millrace.core.agents.Defaults;
import io.millrace.core.agents.HedgeAgent;
import io.millrace.core.agents.LiquidityAgent;
import io.millrace.core.agents.SentimentAgent;
import io.millrace.core.agents.Snapshots;
import io.millrace.core.composer.Composer;
import io.millrace.core.slot.Outputs;
import io.millrace.kernels.Kernels;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Snapshot to ideas through all five: the same every time, and nothing allocated. */
class ChainOfAgentsTest {
  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 5_000;

  private final TestChain chain = new TestChain(3, 22, 29, 60);
  private final HedgeAgent hedge = new HedgeAgent(Defaults.AGENTS);
  private final LiquidityAgent liquidity = new LiquidityAgent(Defaults.AGENTS);
  private final SentimentAgent sentiment = new SentimentAgent(Defaults.AGENTS);
  private final Composer composer = new Composer(Defaults.COMPOSER);

  private TradeAgent trade(final String mode) {
    return new TradeAgent(Defaults.TRADE, chain.market, id -> chain, Kernels.select(mode));
  }

  private int run(final TradeAgent trade, final Outputs out, final int snapshot) {
    final int h = hedge.suggest(out, snapshot);
    final int l = liquidity.suggest(out, snapshot);
    final int s = sentiment.suggest(out, snapshot);
    final int c = composer.compose(out, snapshot, h, l, s);
    return trade.propose(out, snapshot, c);
  }

  private static Snapshots snapshot(final int i) {
    final double wave = ((i * 37) % 21 - 10) / 10.0;
    return new Snapshots()
        .at(i + 1, TestChain.NOW + i)
        .hedge(i % 3 == 0 ? Regime.PIN : Regime.NEUTRAL)
        .elasticity(i % 2 == 0 ? Regime.HIGH_RESISTANCE : Regime.LOW_RESISTANCE)
        .with(Feature.GAMMA_SIGN, i % 3 - 1)
        .with(Feature.VANNA_SIGN, i % 5 - 2 > 0 ? 1 : -1)
        .with(Feature.HEDGE_REGIME_ENERGY, 0.25)
        .with(Feature.CALL_WALL, 752)
        .with(Feature.PUT_WALL, 700)
        .with(Feature.MOMENTUM, 0.002 * wave)
        .with(Feature.OFI, 0.6 * wave)
        .with(Feature.DEPTH_IMBALANCE, 0.3 * wave)
        .with(Feature.SENTIMENT_SCORE, 0.5 * wave)
        .with(Feature.BOLLINGER_PERCENT_B, 0.5 + 0.6 * wave)
        .with(Feature.REALIZED_VOL, i % 4 < 2 ? 0.2 : 0.12)
        .with(Feature.ATM_IV_30D, TestChain.VOLATILITY);
  }

  private byte[] bytes(final TradeAgent trade) {
    final java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    int ideas = 0;
    for (int i = 0; i < 120; i++) {
      final Snapshots snapshots = snapshot(i);
      ideas += run(trade, snapshots.out(), snapshots.write());
      final byte[] bytes = new byte[snapshots.out().length()];
      snapshots.out().buffer().getBytes(0, bytes);
      all.writeBytes(bytes);
    }
    assertThat(ideas).isGreaterThan(20);
    return all.toByteArray();
  }

  @Test
  void sameSnapshotsGiveTheSameBytes() {
    final TradeAgent agent = trade("scalar");
    final byte[] first = bytes(agent);
    assertThat(bytes(agent)).isEqualTo(first);
    assertThat(bytes(trade("auto"))).isEqualTo(first);
  }

  @Test
  void nothingIsAllocatedAfterWarmUp() {
    final TradeAgent agent = trade("scalar");
    final Snapshots bullish =
        snapshot(10).with(Feature.OFI, 0.6).with(Feature.SENTIMENT_SCORE, 0.6);
    final Snapshots calm =
        snapshot(0)
            .with(Feature.OFI, 0)
            .with(Feature.SENTIMENT_SCORE, 0)
            .with(Feature.GAMMA_SIGN, 1);
    assertThat(run(agent, bullish.out(), bullish.write())).isPositive();
    assertThat(run(agent, calm.out(), calm.write())).isPositive();
    loop(agent, bullish, calm, WARM_UP);
    final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The first reading allocates its own machinery.
    threads.getCurrentThreadAllocatedBytes();
    // A compilation that ends in the midst of a stretch may allocate for it; code that allocates
    // does so in every stretch.
    long allocated = Long.MAX_VALUE;
    for (int stretch = 0; stretch < 5 && allocated != 0; stretch++) {
      final long before = threads.getCurrentThreadAllocatedBytes();
      loop(agent, bullish, calm, MEASURED);
      allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(allocated).as("bytes in %d evaluations", 2 * MEASURED).isZero();
  }

  private void loop(
      final TradeAgent agent, final Snapshots up, final Snapshots calm, final int turns) {
    for (int i = 0; i < turns; i++) {
      up.at(i, TestChain.NOW + i);
      run(agent, up.out(), up.write());
      calm.at(i, TestChain.NOW + i);
      run(agent, calm.out(), calm.write());
    }
  }
}
