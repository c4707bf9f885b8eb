package io.millrace.core.market;

/**
 * Implied volatilities and Greeks beside an {@link OptionChain}, as of the last evaluation: what
 * picks legs by delta and volatility reads here. The hedge engine owns and fills them; everyone
 * else only reads, within the event that they are handed in.
 *
 * <p>Rows are rows of the chain while {@link #layout()} equals {@link OptionChain#layout()};
 * otherwise contracts were defined since, and nothing here may be used until the next evaluation.
 * Expiries count from 0, nearest first. Every number is finite; what is not known is 0, and a row
 * that is not {@link #usable} has only zeros.
 */
public interface ChainGreeks {

  /** Where the Greeks of an underlying come from. */
  @FunctionalInterface
  interface Source {
    /** The Greeks of an underlying; null when it has no chain or was never evaluated. */
    ChainGreeks greeks(int underlyingId);
  }

  /** Id of the underlying. */
  int underlyingId();

  /** Layout of the chain that the rows belong to. */
  int layout();

  /** Event time of the evaluation, nanoseconds. */
  long time();

  /** Price of the underlying used, in its currency; 0 = none. */
  double spot();

  /** First live row. */
  int from();

  /** One past the last row. */
  int to();

  /** Whether the row has a sound two-sided quote and Greeks computed from it. */
  boolean usable(int row);

  /** Implied volatility, fraction per square root of a year. */
  double iv(int row);

  /** Delta of one unit long, per 1.00 of price: calls 0 to 1, puts -1 to 0. */
  double delta(int row);

  /** Gamma, change of delta per 1.00 of price. */
  double gamma(int row);

  /** Vega, per 1.00 of volatility. */
  double vega(int row);

  /** Theta, per calendar day that passes. */
  double theta(int row);

  /** Middle of the quote, in the currency per unit. */
  double mid(int row);

  /** Calendar days from {@link #time()} to the expiry of the row, with fraction. */
  double days(int row);

  /** Which expiry the row belongs to. */
  int expiryOf(int row);

  /** How many live expiries there are. */
  int expiries();

  /** First row of an expiry. */
  int firstRow(int expiry);

  /** One past the last row of an expiry. */
  int endRow(int expiry);

  /** Calendar days to an expiry, with fraction. */
  double expiryDays(int expiry);

  /** Forward of the underlying to an expiry. */
  double forward(int expiry);

  /** At-the-money implied volatility of an expiry, fraction; 0 = not known. */
  double atmIv(int expiry);

  /** At-the-money implied volatility interpolated to 30 days, fraction; 0 = not known. */
  double atmIv30();
}
