package io.millrace.tools.report;

import io.millrace.core.market.Fixed;
import java.math.BigDecimal;

/** Fixed-point numbers for files. */
final class Money {
  private static final int DECIMALS = 8;
  private static final int NANO_DECIMALS = 9;

  private Money() {}

  /** Exact decimal; null for none. */
  static BigDecimal decimal(final long fixed) {
    return fixed == Fixed.NONE ? null : plain(BigDecimal.valueOf(fixed, DECIMALS));
  }

  /** Unix seconds, exact. */
  static BigDecimal seconds(final long nanos) {
    return plain(BigDecimal.valueOf(nanos, NANO_DECIMALS));
  }

  private static BigDecimal plain(final BigDecimal value) {
    final BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
