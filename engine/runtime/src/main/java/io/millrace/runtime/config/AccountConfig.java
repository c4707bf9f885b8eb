package io.millrace.runtime.config;

/**
 * The account that a backtest or paper run begins with.
 *
 * @param initialCash cash at the start, account currency, 1e-8, above 0
 */
public record AccountConfig(long initialCash) {}
