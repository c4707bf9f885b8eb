package io.millrace.core.strategy;

/**
 * What trading costs beyond the venue's own schedule; null keeps the system's value.
 *
 * @param commissionBps of the value of each fill, basis points, 0 to 1,000
 * @param slippageBps by which what we take is priced worse, basis points, 0 to 1,000
 * @param minFee least fee of an order that traded, account currency, 0 to 1,000,000
 */
public record CostPolicy(Double commissionBps, Double slippageBps, Double minFee) {
  /** Keeps all values of the system. */
  public static final CostPolicy DEFAULT = new CostPolicy(null, null, null);

  /** Sets the commission. */
  public CostPolicy withCommissionBps(final double bps) {
    return new CostPolicy(bps, slippageBps, minFee);
  }

  /** Sets the slippage. */
  public CostPolicy withSlippageBps(final double bps) {
    return new CostPolicy(commissionBps, bps, minFee);
  }

  /** Sets the least fee. */
  public CostPolicy withMinFee(final double fee) {
    return new CostPolicy(commissionBps, slippageBps, fee);
  }
}
