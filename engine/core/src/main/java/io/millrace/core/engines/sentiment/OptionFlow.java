package io.millrace.core.engines.sentiment;

import io.millrace.core.market.RollingWindow;
import io.millrace.core.state.StateCodec;

/**
 * Option trading on one underlying, gathered into cells. Bullish premium is calls bought and puts
 * sold, bearish premium puts bought and calls sold, by who started the trade. O(1) per trade.
 */
final class OptionFlow {
  private static final int SIGNED = 0;
  private static final int PREMIUM = 1;
  private static final int CALLS_BOUGHT = 2;
  private static final int PUTS_BOUGHT = 3;
  private static final int TRADES = 4;
  private static final int COLUMNS = 5;

  private final SentimentConfig config;
  private final RollingWindow window;
  private long cell = Long.MIN_VALUE;

  OptionFlow(final SentimentConfig config) {
    this.config = config;
    window = new RollingWindow(config.flowCells() + 1, COLUMNS, config.flowWindowNanos());
  }

  /**
   * @param sign +1 bought, -1 sold
   * @param premium currency, above 0
   * @param contracts above 0
   */
  void trade(
      final long time,
      final boolean call,
      final int sign,
      final double premium,
      final double contracts) {
    final long index = Math.floorDiv(time, config.flowCellNanos());
    if (index > cell || window.size() == 0) {
      // A cell leaves a whole window after its end, so that no trade in it leaves early.
      cell = Math.max(index, cell);
      window.push((cell + 1) * config.flowCellNanos());
    }
    window.add(SIGNED, call == (sign > 0) ? premium : -premium);
    window.add(PREMIUM, premium);
    window.add(TRADES, 1);
    if (sign > 0) {
      window.add(call ? CALLS_BOUGHT : PUTS_BOUGHT, contracts);
    }
  }

  void roll(final long now) {
    window.expire(now);
  }

  void state(final StateCodec codec) {
    window.state(codec);
    cell = codec.int64(cell);
  }

  boolean present() {
    return window.sum(PREMIUM) > 0;
  }

  /**
   * Signed premium over all premium, and (calls - puts) over all contracts bought, blended; the
   * first alone when nobody bought. -1..1.
   */
  double score() {
    final double premium = window.sum(SIGNED) / window.sum(PREMIUM);
    final double calls = window.sum(CALLS_BOUGHT);
    final double puts = window.sum(PUTS_BOUGHT);
    if (calls + puts <= 0) {
      return clamp(premium);
    }
    final double weight = config.flowPremiumWeight();
    return clamp(weight * premium + (1 - weight) * ((calls - puts) / (calls + puts)));
  }

  /** 0..1: how much of full premium, times how much of the full number of trades. */
  double confidence() {
    return Math.min(1.0, window.sum(PREMIUM) / config.flowFullPremium())
        * Math.min(1.0, window.sum(TRADES) / config.flowFullTrades());
  }

  private static double clamp(final double value) {
    return Math.max(-1.0, Math.min(1.0, value));
  }
}
