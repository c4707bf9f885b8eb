package io.millrace.tools.data;

import io.millrace.tools.data.LeanFactors.Factor;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The splits of a symbol, by its factor file. */
final class LeanSplits {
  /** No session is further behind the last date of a factor. */
  private static final int MAX_DAYS = 10;

  private final List<Factor> factors;
  private final LeanReference reference;
  private final Map<LocalDate, Boolean> known = new HashMap<>();

  LeanSplits(final List<Factor> factors, final LeanReference reference) {
    this.factors = List.copyOf(factors);
    this.reference = reference;
  }

  /** Whether a date is the first session after the last date of a split factor. */
  boolean isSessionAfter(final LocalDate date) {
    return known.computeIfAbsent(date, this::find);
  }

  private boolean find(final LocalDate date) {
    for (int i = 0; i + 1 < factors.size(); i++) {
      final Factor factor = factors.get(i);
      if (factor.splitFactor() != factors.get(i + 1).splitFactor()
          && factor.date().isBefore(date)
          && !factor.date().isBefore(date.minusDays(MAX_DAYS))
          && reference.nextSession(factor.date()).equals(date)) {
        return true;
      }
    }
    return false;
  }
}
