package io.millrace.core.strategy;

/**
 * The live options of an underlying in exchange order: expiry, strike, calls before puts. Rows are
 * 0 to {@link #size()} - 1 and move when options expire: keep instruments, not rows.
 */
public interface Chain {
  /** Whose options. */
  Instrument underlying();

  /** Price of the underlying, NaN = none. */
  double spot();

  /** How many options live. */
  int size();

  /** Option of a row. */
  Instrument instrument(int row);

  /** Best bid, NaN = none. */
  double bid(int row);

  /** Best ask, NaN = none. */
  double ask(int row);

  /** Open contracts. */
  double openInterest(int row);

  /** Implied volatility, fraction per year; NaN = not known, or the engines do not run. */
  double iv(int row);

  /** Delta per 1.00 of the underlying; NaN = not known, or the engines do not run. */
  double delta(int row);

  /**
   * The row of a contract.
   *
   * @param expiry instant, nanoseconds
   * @param right +1 call, -1 put
   * @return the row, -1 = not there
   */
  int row(long expiry, double strike, int right);

  /** Expiries, ascending: how many. */
  int expiryCount();

  /** The i-th expiry, nanoseconds. */
  long expiry(int i);
}
