package io.millrace.runtime.config;

import io.millrace.core.agents.AgentsConfig;
import io.millrace.core.composer.ComposerConfig;
import io.millrace.core.engines.elasticity.ElasticityConfig;
import io.millrace.core.engines.hedge.HedgeConfig;
import io.millrace.core.engines.liquidity.LiquidityConfig;
import io.millrace.core.engines.sentiment.Lexicon;
import io.millrace.core.engines.sentiment.SentimentConfig;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.order.OrdersConfig;
import io.millrace.core.portfolio.MarginConfig;
import io.millrace.core.portfolio.PortfolioConfig;
import io.millrace.core.risk.RiskLimits;
import io.millrace.core.router.RouterConfig;
import io.millrace.core.simvenue.VenueConfig;
import io.millrace.core.snapshot.SnapshotConfig;
import io.millrace.core.trade.TradeConfig;
import io.millrace.runtime.checkpoint.CheckpointsConfig;
import io.millrace.runtime.strategy.StrategyConfig;

/**
 * The resolved config: one record for each part, each with its fields documented where it lives.
 */
public record Config(
    EngineConfig engine,
    CheckpointsConfig checkpoints,
    AccountConfig account,
    MarketLimits market,
    HedgeConfig hedge,
    LiquidityConfig liquidity,
    SentimentConfig sentiment,
    Lexicon lexicon,
    ElasticityConfig elasticity,
    SnapshotConfig snapshot,
    AgentsConfig agents,
    ComposerConfig composer,
    TradeConfig trade,
    RiskLimits risk,
    PortfolioConfig portfolio,
    MarginConfig margin,
    OrdersConfig orders,
    RouterConfig router,
    VenueConfig venue,
    PoliciesConfig policies,
    StrategyConfig strategy) {}
