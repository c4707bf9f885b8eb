package io.millrace.core.engines.hedge;

/**
 * Which side of the open interest dealers are taken to hold. Open interest itself does not tell.
 */
public enum DealerConvention {
  /** Customers overwrite calls and buy protection: dealers are long calls and short puts. */
  LONG_CALLS_SHORT_PUTS(0, 1.0, -1.0),

  /** Customers buy calls and write puts: dealers are short calls and long puts. */
  INVERSE(1, -1.0, 1.0),

  /** Customers bought everything: dealers are short calls and puts. */
  SHORT_ALL(2, -1.0, -1.0),

  /** The first {@link DealerBucket} that holds the contract says; none: long calls, short puts. */
  PER_BUCKET(3, 1.0, -1.0);

  private final int code;
  private final double callSign;
  private final double putSign;

  DealerConvention(final int code, final double callSign, final double putSign) {
    this.code = code;
    this.callSign = callSign;
    this.putSign = putSign;
  }

  /** As the journal has it: {@code dealer_convention} among the features. */
  int code() {
    return code;
  }

  /** +1 if dealers are long the contract, -1 if short. */
  double sign(final boolean call) {
    return call ? callSign : putSign;
  }
}
