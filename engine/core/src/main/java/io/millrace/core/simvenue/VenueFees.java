package io.millrace.core.simvenue;

/**
 * What trading costs, by kind of instrument, in the account currency. Index and other kinds that do
 * not trade cost nothing.
 *
 * @param equityPerShare for each share of an equity or ETF, 0 or more
 * @param equityMinPerOrder least for an equity order that traded, 0 or more
 * @param equityMaxFraction most for an equity order as a fraction of what it traded, 0 to 1; 0 = no
 *     such bound
 * @param optionPerContract for each option contract, 0 or more
 * @param futurePerContract for each future, 0 or more
 * @param cryptoMakerBps of the value, for perpetuals and spot that rested, -100 (a rebate) to 100
 * @param cryptoTakerBps of the value, for perpetuals and spot that took, -100 to 100
 * @param commissionBps of the value of everything that trades, on top, 0 to 1,000
 * @param minPerOrder least for an order of any kind that traded, 0 or more
 */
public record VenueFees(
    double equityPerShare,
    double equityMinPerOrder,
    double equityMaxFraction,
    double optionPerContract,
    double futurePerContract,
    double cryptoMakerBps,
    double cryptoTakerBps,
    double commissionBps,
    double minPerOrder) {
  private static final double MAX_MONEY = 1e6;
  private static final double MAX_BPS = 100;
  private static final double MAX_COMMISSION_BPS = 1_000;

  /** Checks the ranges. */
  public VenueFees {
    VenueConfig.check("venue.fees.equity_per_share", equityPerShare, 0, MAX_MONEY);
    VenueConfig.check("venue.fees.equity_min_per_order", equityMinPerOrder, 0, MAX_MONEY);
    VenueConfig.check("venue.fees.equity_max_fraction", equityMaxFraction, 0, 1);
    VenueConfig.check("venue.fees.option_per_contract", optionPerContract, 0, MAX_MONEY);
    VenueConfig.check("venue.fees.future_per_contract", futurePerContract, 0, MAX_MONEY);
    VenueConfig.check("venue.fees.crypto_maker_bps", cryptoMakerBps, -MAX_BPS, MAX_BPS);
    VenueConfig.check("venue.fees.crypto_taker_bps", cryptoTakerBps, -MAX_BPS, MAX_BPS);
    VenueConfig.check("venue.fees.commission_bps", commissionBps, 0, MAX_COMMISSION_BPS);
    VenueConfig.check("venue.fees.min_per_order", minPerOrder, 0, MAX_MONEY);
  }
}
