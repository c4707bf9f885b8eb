/**
 * Performance statistics, each with its formula and where it is from. In: returns, equity and trade
 * profits as doubles; out: numbers, NaN where a figure has no meaning. No state but what the
 * streaming classes gather.
 *
 * <p>Sharpe, Sortino, Calmar, annual return, value at risk, alpha and beta follow the conventions
 * of empyrical (Quantopian), which zipline, pyfolio and quantstats share: sample deviation for
 * Sharpe, downside deviation over all periods for Sortino, simple interest for means.
 */
package io.millrace.tools.report.stats;
