package io.millrace.core.portfolio;

/**
 * Rates of the part of a position's value that lies above a bound and below the next tier's.
 *
 * @param from value in the account currency, 0 or more
 * @param initial share of that part needed to open, above 0 to 1
 * @param maintenance share of that part needed to hold, above 0 to {@code initial}
 */
public record MarginTier(double from, double initial, double maintenance) {
  /** Checks the ranges. */
  public MarginTier {
    if (!(from >= 0 && from <= 1e12)
        || !(initial > 0 && initial <= 1)
        || !(maintenance > 0 && maintenance <= initial)) {
      throw new IllegalArgumentException(
          "margin.tiers: from "
              + from
              + ", initial "
              + initial
              + ", maintenance "
              + maintenance
              + ": from is 0 or more, 0 < maintenance <= initial <= 1");
    }
  }
}
