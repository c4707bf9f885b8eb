/**
 * The liquidity engine: how easily the underlying trades, which side presses, and at which prices
 * volume has gathered or is missing.
 *
 * <p>In: quotes, trades and bars of underlyings that the market stage has accepted. Out: an
 * EngineOutput per evaluation. Owner of its windows and volume profiles: the engine, one writer.
 */
package io.millrace.core.engines.liquidity;
