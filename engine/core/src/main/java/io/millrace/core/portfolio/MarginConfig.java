package io.millrace.core.portfolio;

import java.util.ArrayList;
import java.util.List;

/**
 * What the account must be good for. Shares are fractions: a {@code *Pct} over 1 is read as percent
 * ({@link Fractions}).
 *
 * @param model of the broker or venue
 * @param liquidate whether positions are closed by the venue when equity is below what holding them
 *     needs
 * @param liquidationFeePct share of the value so closed that the venue keeps, 0 to 1
 * @param stockInitialPct of stock bought, to open, 0 to 1
 * @param stockMaintenancePct to hold, at most the initial one
 * @param shortInitialPct of stock sold short, on top of the proceeds, to open, 0 to 1
 * @param shortMaintenancePct to hold, at most the initial one
 * @param optionPct of the underlying's price for a naked short option, less what it is out of the
 *     money, 0 to 1
 * @param optionLeastPct the least of that, of the underlying's price for calls and of the strike
 *     for puts, 0 to 1
 * @param shockPct furthest move of {@link MarginModel#PORTFOLIO} to either side, in five steps, 0
 *     to 1
 * @param shortOptionLeast least of {@link MarginModel#PORTFOLIO} for each unit of the underlying in
 *     short options, account currency, 0 to 1,000 (37.50 a contract of 100 is 0.375)
 * @param derivativeInitialPct of a future's or perpetual's value, to open, above 0 to 1, where
 *     there are no tiers
 * @param derivativeMaintenancePct to hold, above 0 to the initial one
 * @param tiers instead of these two, by value; ascending from 0; empty = none
 */
public record MarginConfig(
    MarginModel model,
    boolean liquidate,
    double liquidationFeePct,
    double stockInitialPct,
    double stockMaintenancePct,
    double shortInitialPct,
    double shortMaintenancePct,
    double optionPct,
    double optionLeastPct,
    double shockPct,
    double shortOptionLeast,
    double derivativeInitialPct,
    double derivativeMaintenancePct,
    List<MarginTier> tiers) {
  private static final double MAX_LEAST = 1_000;

  /**
   * @throws IllegalArgumentException naming every field that is out of range
   */
  public MarginConfig {
    liquidationFeePct = Fractions.fraction(liquidationFeePct);
    stockInitialPct = Fractions.fraction(stockInitialPct);
    stockMaintenancePct = Fractions.fraction(stockMaintenancePct);
    shortInitialPct = Fractions.fraction(shortInitialPct);
    shortMaintenancePct = Fractions.fraction(shortMaintenancePct);
    optionPct = Fractions.fraction(optionPct);
    optionLeastPct = Fractions.fraction(optionLeastPct);
    shockPct = Fractions.fraction(shockPct);
    derivativeInitialPct = Fractions.fraction(derivativeInitialPct);
    derivativeMaintenancePct = Fractions.fraction(derivativeMaintenancePct);
    tiers = tiers == null ? List.of() : List.copyOf(tiers);
    final List<String> wrong = new ArrayList<>();
    Fractions.check("liquidation_fee_pct", liquidationFeePct, wrong);
    Fractions.check("stock_initial_pct", stockInitialPct, wrong);
    atMost("stock_maintenance_pct", stockMaintenancePct, stockInitialPct, wrong);
    Fractions.check("short_initial_pct", shortInitialPct, wrong);
    atMost("short_maintenance_pct", shortMaintenancePct, shortInitialPct, wrong);
    Fractions.check("option_pct", optionPct, wrong);
    Fractions.check("option_least_pct", optionLeastPct, wrong);
    Fractions.check("shock_pct", shockPct, wrong);
    Fractions.check("derivative_initial_pct", derivativeInitialPct, wrong);
    atMost("derivative_maintenance_pct", derivativeMaintenancePct, derivativeInitialPct, wrong);
    if (!(shortOptionLeast >= 0 && shortOptionLeast <= MAX_LEAST)) {
      wrong.add("short_option_least " + shortOptionLeast + " is not 0 to " + MAX_LEAST);
    }
    for (int i = 0; i < tiers.size(); i++) {
      final double from = tiers.get(i).from();
      if (i == 0 ? from != 0 : from <= tiers.get(i - 1).from()) {
        wrong.add("tiers do not ascend from 0: tier " + i + " is from " + from);
      }
    }
    if (model == null) {
      wrong.add("model is not set");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("margin: " + String.join("; ", wrong));
    }
  }

  private static void atMost(
      final String field, final double value, final double most, final List<String> wrong) {
    if (!(value >= 0 && value <= most)) {
      wrong.add(field + " " + value + " is not 0 to the initial one, " + most);
    }
  }

  /** What the shipped config says: nothing is demanded. */
  public static MarginConfig none() {
    return of(MarginModel.NONE);
  }

  /** The shipped rates with a model. */
  public static MarginConfig of(final MarginModel model) {
    return new MarginConfig(
        model, true, 0.005, 0.5, 0.25, 0.5, 0.3, 0.2, 0.1, 0.15, 0.375, 0.05, 0.025, List.of());
  }
}
