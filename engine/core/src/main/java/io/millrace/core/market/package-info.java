/**
 * What the market looks like now: instruments, top of book, option chains, bars, rolling windows,
 * data checks, and when an underlying is due for evaluation.
 *
 * <p>In: market inputs. Out: plain reads for all later stages. Owner: the market stage, the only
 * writer.
 */
package io.millrace.core.market;
