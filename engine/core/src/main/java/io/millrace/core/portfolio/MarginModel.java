package io.millrace.core.portfolio;

/**
 * What a venue or broker demands of the account's equity for what it holds. In all but {@link
 * #NONE} and {@link #CASH}, futures and perpetuals are margined by their own rates and tiers.
 */
public enum MarginModel {
  /** Nothing is demanded: the gate's own limits are all there is. */
  NONE,

  /**
   * Everything is paid in full, nothing is lent: no short stock, no short call without the stock or
   * a long call, short puts secured by cash to their worst case.
   */
  CASH,

  /**
   * Regulation T and the strategy-based rules of CBOE and FINRA 4210: stock by rates, long options
   * in full, short options naked by the usual formula or to the worst case of their spread,
   * whichever is less.
   */
  REG_T,

  /** The worst of eleven moves of each underlying, all its stock and options together. */
  PORTFOLIO,

  /** As {@link #CASH}, but futures and perpetuals on margin: a crypto exchange. */
  PERPETUAL
}
