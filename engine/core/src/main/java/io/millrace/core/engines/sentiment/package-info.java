/**
 * The sentiment engine: which way technicals, option flow and news lean, and how sure they are.
 *
 * <p>In: trades and bars of underlyings and options, and headlines, that the market stage has
 * accepted. Out: an EngineOutput per evaluation. Owner of its bars, indicators, flow windows and
 * headline memory: the engine, one writer.
 */
package io.millrace.core.engines.sentiment;
