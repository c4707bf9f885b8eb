/**
 * The elasticity engine: what it would take to move the price of an underlying, up and down.
 *
 * <p>In: the hedge and liquidity outputs of the same evaluation; trades and bars of the underlying,
 * for indicators and volatility of its own. Out: an EngineOutput per evaluation. Owner of its bars
 * and windows: the engine, one writer.
 */
package io.millrace.core.engines.elasticity;
