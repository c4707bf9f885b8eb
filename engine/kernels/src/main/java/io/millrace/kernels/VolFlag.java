package io.millrace.kernels;

/** What became of a row of an option kernel. The codes are stable. */
public final class VolFlag {
  /** A volatility (or price) to full accuracy. */
  public static final byte OK = 0;

  /** A volatility, but the price tells less than 13 digits of it; there is nothing more to know. */
  public static final byte LOW_INFORMATION = 1;

  /** Time value, or room to the upper bound, within the price's rounding: any volatility fits. */
  public static final byte NO_INFORMATION = 2;

  /** The price is below its intrinsic value: no volatility fits. */
  public static final byte BELOW_INTRINSIC = 3;

  /** The price is above the forward (call) or strike (put), discounted: no volatility fits. */
  public static final byte ABOVE_BOUND = 4;

  /** An input is outside its documented range, or NaN. */
  public static final byte INVALID = 5;

  /** Adjusted with the Bjerksund–Stensland (1993) early-exercise premium. */
  public static final byte DE_AMERICANISED = 6;

  /** An American price at immediate exercise: it tells nothing of the European one. */
  public static final byte EXERCISED = 7;

  /** Whether the row has a volatility. */
  public static boolean usable(byte flag) {
    return flag == OK || flag == LOW_INFORMATION;
  }

  private VolFlag() {}
}
