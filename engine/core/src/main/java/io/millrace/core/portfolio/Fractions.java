package io.millrace.core.portfolio;

import java.util.List;

/** Fractions of config: a {@code *_pct} field holds 0.05, and 5 is read as percent. */
public final class Fractions {
  private static final double PERCENT = 100.0;

  private Fractions() {}

  /** The fraction meant: a value over 1 is percent. */
  public static double fraction(final double value) {
    return value > 1 ? value / PERCENT : value;
  }

  /**
   * What to tell the author of a {@code *_pct} value.
   *
   * @param field with its path, as written in the file
   * @return the warning, or an empty text when there is nothing to say
   */
  public static String warning(final String field, final double value) {
    return field.endsWith("_pct") && value > 1
        ? field
            + " is "
            + value
            + ", over 1: read as percent, "
            + fraction(value)
            + "; write the fraction to be clear"
        : "";
  }

  /** Adds a complaint unless the value is a finite number from 0 to 1. */
  public static void check(final String field, final double value, final List<String> wrong) {
    if (!(value >= 0 && value <= 1)) {
      wrong.add(field + " " + value + " is not 0 to 1");
    }
  }
}
