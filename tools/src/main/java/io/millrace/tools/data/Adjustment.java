package io.millrace.tools.data;

import io.millrace.core.market.Fixed;
import io.millrace.tools.data.LeanFactors.Factor;
import java.time.LocalDate;
import java.util.List;

/**
 * Prices and sizes of past dates as they would read in today's shares: prices times the price
 * factor (dividends) and the split factor of the date, sizes divided by the split factor. Each
 * result is rounded once, half to even, to 1e-8.
 *
 * <p>The factors of a date are those of the first row on or after it, since a row holds up to and
 * including its date.
 */
final class Adjustment {
  /** 1 as the product of two factors. */
  private static final long ONE_SQUARED = Decimal.ONE * Decimal.ONE;

  private final List<Factor> factors;
  private long priceTimesSplit = ONE_SQUARED;
  private long split = Decimal.ONE;

  /**
   * @param factors in order of date; empty = nothing is adjusted
   */
  Adjustment(final List<Factor> factors) {
    this.factors = List.copyOf(factors);
  }

  /** Turns to the factors of a date; after the last row they are 1. */
  void on(final LocalDate date) {
    priceTimesSplit = ONE_SQUARED;
    split = Decimal.ONE;
    for (final Factor factor : factors) {
      if (!factor.date().isBefore(date)) {
        priceTimesSplit = Math.multiplyExact(factor.priceFactor(), factor.splitFactor());
        split = factor.splitFactor();
        return;
      }
    }
  }

  /** A price of the date, 1e-8; {@link Decimal#NONE} stays. */
  long price(final long raw) {
    return raw == Decimal.NONE || priceTimesSplit == ONE_SQUARED
        ? raw
        : Fixed.mulDiv(raw, priceTimesSplit, ONE_SQUARED);
  }

  /** A size of the date, 1e-8. */
  long size(final long raw) {
    return split == Decimal.ONE ? raw : Fixed.mulDiv(raw, Decimal.ONE, split);
  }
}
