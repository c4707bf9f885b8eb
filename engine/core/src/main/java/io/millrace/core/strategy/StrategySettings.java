package io.millrace.core.strategy;

import io.millrace.core.portfolio.MarkRule;
import java.util.Map;

/**
 * How a strategy is run: the sizing policy as resolved, and the rules that its data port shows.
 *
 * @param zone of the clock's time of day
 * @param targetVol yearly volatility that targetPercent scales to, 0 = none
 * @param maxGrossExposure most that targetPercent asks for, multiple of equity
 * @param cashBuffer share of equity that targetPercent leaves alone, 0 to below 1
 * @param atTouch whether market orders trade at the touch; else at last prices
 * @param slippageBps by which market orders are priced worse
 * @param mark by which price {@link MarketData#mark} values
 * @param tradeAfter event time up to which nothing is ordered, nanoseconds; the least = never
 * @param parameters values of the strategy's parameters by name; the others have their defaults
 */
public record StrategySettings(
    ZoneOffsets zone,
    double targetVol,
    double maxGrossExposure,
    double cashBuffer,
    boolean atTouch,
    double slippageBps,
    MarkRule mark,
    long tradeAfter,
    Map<String, Double> parameters) {}
