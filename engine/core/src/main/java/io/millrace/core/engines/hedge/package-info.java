/**
 * The dealer field: what those who sold and bought the open options must trade in the underlying
 * when spot, volatility or time moves.
 *
 * <p>In: the option chain, open interest and spot of the market. Out: one EngineOutput per
 * evaluation, and the {@link io.millrace.core.market.ChainGreeks} of the chain. Owner: the hedge
 * engine, which keeps implied volatilities between quotes and computes all Greeks itself from mid
 * prices.
 */
package io.millrace.core.engines.hedge;
