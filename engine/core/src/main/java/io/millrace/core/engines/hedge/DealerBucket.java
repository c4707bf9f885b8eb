package io.millrace.core.engines.hedge;

/**
 * A range of contracts of which dealers are taken to hold one side: for {@link
 * DealerConvention#PER_BUCKET}.
 *
 * @param minMoneyness least strike over spot, 0 or more
 * @param maxMoneyness strike over spot is below this, above the least
 * @param minDays least calendar days to expiry, 0 or more
 * @param maxDays days to expiry are below this, above the least
 * @param callSign +1 dealers are long calls, -1 short, 0 they hold none
 * @param putSign the same for puts
 */
public record DealerBucket(
    double minMoneyness,
    double maxMoneyness,
    double minDays,
    double maxDays,
    int callSign,
    int putSign) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field
   */
  public DealerBucket {
    if (!(minMoneyness >= 0.0 && maxMoneyness > minMoneyness)) {
      throw new IllegalArgumentException(
          "hedge.dealer_buckets: min_moneyness must be 0 or more and below max_moneyness");
    }
    if (!(minDays >= 0.0 && maxDays > minDays)) {
      throw new IllegalArgumentException(
          "hedge.dealer_buckets: min_days must be 0 or more and below max_days");
    }
    if (Math.abs(callSign) > 1 || Math.abs(putSign) > 1) {
      throw new IllegalArgumentException(
          "hedge.dealer_buckets: call_sign and put_sign must be -1, 0 or 1");
    }
  }

  /** Whether a contract lies in the bucket. */
  boolean holds(final double moneyness, final double days) {
    return moneyness >= minMoneyness
        && moneyness < maxMoneyness
        && days >= minDays
        && days < maxDays;
  }

  /** Side that dealers hold. */
  double sign(final boolean call) {
    return call ? callSign : putSign;
  }
}
