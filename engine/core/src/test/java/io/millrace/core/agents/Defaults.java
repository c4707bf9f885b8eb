package io.millrace.core.agents;

import io.millrace.core.composer.ComposerConfig;
import io.millrace.core.trade.TradeConfig;

/** The shipped thresholds, so that tests derive their numbers from what runs. */
public final class Defaults {
  private static final long MINUTE = 60_000_000_000L;

  /** Agents. */
  public static final AgentsConfig AGENTS =
      new AgentsConfig(
          0.15,
          0.05,
          0.15,
          new AgentsConfig.Hedge(
              30 * MINUTE, 0.0015, 0.3, 0.004, 0.6, 0.2, 0.5, 0.6, 0.35, 0.1, 0.2),
          new AgentsConfig.Liquidity(
              15 * MINUTE, 0.1, 0.5, 0.25, 0.2, 0.5, 0.001, 0.7, 0.6, 0.3, 0.2, 0.3),
          new AgentsConfig.Sentiment(60 * MINUTE, 0.15, 0.6, 0.6, 0.5, 0.0015, 0.8, 0.3, 0.5, 0.2));

  /** Composer. */
  public static final ComposerConfig COMPOSER =
      new ComposerConfig(
          0.4, 0.3, 0.3, 0.15, 1.0, 0.5, 0.7, 0.05, 0.05, 0.3, 0.6, 0.95, 1.5, 0.002);

  /** Trade agent. */
  public static final TradeConfig TRADE =
      new TradeConfig(
          0.2,
          0.35,
          0.25,
          1_000_000,
          0.005,
          0.5,
          0.01,
          0.0005,
          15 * MINUTE,
          0.5,
          0.5,
          new TradeConfig.Chain(7, 45, 25, 0.25, 0.40, 0.30, 0.25, 0.15, 0.05, 50, 0.15, 0.8, 0.12),
          new TradeConfig.Stock(1, 1.5, 0.003, 0.05, 2.0));

  private Defaults() {}
}
