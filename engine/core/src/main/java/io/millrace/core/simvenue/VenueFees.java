package io.millrace.core.simvenue;

/**
 * What trading costs, by kind of instrument, in the account currency. Index and other kinds that do
 * not trade cost nothing. Least and most hold for an order as a whole, leg by leg in a structure:
 * each fill pays what the total has grown by.
 *
 * @param equityPerShare for each share of an equity or ETF, 0 or more
 * @param equityMinPerOrder least for an equity order that traded, 0 or more
 * @param equityMaxFraction most for an equity order as a fraction of what it traded, 0 to 1; 0 = no
 *     such bound
 * @param equityMinOverMax whether the least counts where it is above the most
 * @param equityMakerPerShare on top, for each share that rested, -1 (a rebate) to 1
 * @param equityTakerPerShare on top, for each share that took, -1 to 1
 * @param optionPerContract for each option contract, 0 or more
 * @param optionLowPremium an option that trades below this has the low rate, 0 = none does
 * @param optionLowPerContract the low rate, 0 or more
 * @param optionTinyPremium an option that trades below this has the tiny rate, 0 = none does; at
 *     most the low premium
 * @param optionTinyPerContract the tiny rate, 0 or more
 * @param optionMinPerOrder least for an option order that traded, leg by leg, 0 or more
 * @param saleBps of the value of equities, ETFs and options sold, on top, 0 to 100
 * @param futurePerContract for each future, 0 or more
 * @param perpetualMakerBps of the value, for perpetuals that rested, -100 (a rebate) to 100
 * @param perpetualTakerBps of the value, for perpetuals that took, -100 to 100
 * @param spotMakerBps of the value, for coins that rested, -100 to 100
 * @param spotTakerBps of the value, for coins that took, -100 to 100
 * @param commissionBps of the value of everything that trades, on top, 0 to 1,000
 * @param minPerOrder least for an order of any kind that traded, all legs together, 0 or more
 * @param step the total of an order is rounded to whole multiples of this, half to even, 0 to 1; 0
 *     = kept exact to 1e-8
 */
public record VenueFees(
    double equityPerShare,
    double equityMinPerOrder,
    double equityMaxFraction,
    boolean equityMinOverMax,
    double equityMakerPerShare,
    double equityTakerPerShare,
    double optionPerContract,
    double optionLowPremium,
    double optionLowPerContract,
    double optionTinyPremium,
    double optionTinyPerContract,
    double optionMinPerOrder,
    double saleBps,
    double futurePerContract,
    double perpetualMakerBps,
    double perpetualTakerBps,
    double spotMakerBps,
    double spotTakerBps,
    double commissionBps,
    double minPerOrder,
    double step) {
  private static final double MAX_MONEY = 1e6;
  private static final double MAX_BPS = 100;
  private static final double MAX_COMMISSION_BPS = 1_000;

  /** Checks the ranges and how they relate. */
  public VenueFees {
    money("equity_per_share", equityPerShare);
    money("equity_min_per_order", equityMinPerOrder);
    VenueConfig.check("venue.fees.equity_max_fraction", equityMaxFraction, 0, 1);
    VenueConfig.check("venue.fees.equity_maker_per_share", equityMakerPerShare, -1, 1);
    VenueConfig.check("venue.fees.equity_taker_per_share", equityTakerPerShare, -1, 1);
    money("option_per_contract", optionPerContract);
    money("option_low_premium", optionLowPremium);
    money("option_low_per_contract", optionLowPerContract);
    VenueConfig.check("venue.fees.option_tiny_premium", optionTinyPremium, 0, optionLowPremium);
    money("option_tiny_per_contract", optionTinyPerContract);
    money("option_min_per_order", optionMinPerOrder);
    VenueConfig.check("venue.fees.sale_bps", saleBps, 0, MAX_BPS);
    money("future_per_contract", futurePerContract);
    bps("perpetual_maker_bps", perpetualMakerBps);
    bps("perpetual_taker_bps", perpetualTakerBps);
    bps("spot_maker_bps", spotMakerBps);
    bps("spot_taker_bps", spotTakerBps);
    VenueConfig.check("venue.fees.commission_bps", commissionBps, 0, MAX_COMMISSION_BPS);
    money("min_per_order", minPerOrder);
    VenueConfig.check("venue.fees.step", step, 0, 1);
  }

  private static void money(final String field, final double value) {
    VenueConfig.check("venue.fees." + field, value, 0, MAX_MONEY);
  }

  private static void bps(final String field, final double value) {
    VenueConfig.check("venue.fees." + field, value, -MAX_BPS, MAX_BPS);
  }
}
