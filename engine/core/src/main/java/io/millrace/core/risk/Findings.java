package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.codecs.CheckStatus;
import io.millrace.codecs.RiskDecisionEncoder;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Fixed;

/**
 * What the checks found on one order, in their order: status, value, limit and margin of each, and
 * so the verdict. {@link Fixed#NONE} stands for a value that is missing or a limit that does not
 * apply. The limit itself passes everywhere.
 */
final class Findings {
  /** More than there are checks. */
  private static final int CAPACITY = 64;

  private final Check[] check = new Check[CAPACITY];
  private final CheckStatus[] status = new CheckStatus[CAPACITY];
  private final long[] value = new long[CAPACITY];
  private final long[] limit = new long[CAPACITY];
  private final long[] margin = new long[CAPACITY];
  private int count;
  private Check firstDenial;
  private Check firstReduction;
  private long allowed;

  /** Starts on an order of this size. */
  void clear(final long quantity) {
    count = 0;
    firstDenial = Check.NONE;
    firstReduction = Check.NONE;
    allowed = quantity;
  }

  /** Passes up to the limit. */
  void atMost(final Check check, final long value, final long limit) {
    record(check, value <= limit ? CheckStatus.PASS : CheckStatus.DENY, value, limit, limit, value);
  }

  /** Passes from the limit on. */
  void atLeast(final Check check, final long value, final long limit) {
    record(check, value >= limit ? CheckStatus.PASS : CheckStatus.DENY, value, limit, value, limit);
  }

  /** A condition that must not hold: value 1 when it does, limit 0. */
  void mustNot(final Check check, final boolean condition) {
    atMost(check, condition ? Fixed.ONE : 0, 0);
  }

  /** Passes whatever the value, since the order takes risk off. */
  void exempt(final Check check, final long value, final long limit) {
    record(check, CheckStatus.PASS, value, limit, limit, value);
  }

  /** As {@link #exempt}, of a check that asks for at least the limit. */
  void exemptFromLeast(final Check check, final long value, final long limit) {
    record(check, CheckStatus.PASS, value, limit, value, limit);
  }

  /** Does not apply to this order. */
  void inapplicable(final Check check, final long value) {
    record(check, CheckStatus.PASS, value, Fixed.NONE, 0, 0);
  }

  /** What the check needs is not there: denied, unless the order takes risk off. */
  void missing(final Check check, final long limit, final boolean reducing) {
    record(check, reducing ? CheckStatus.PASS : CheckStatus.DENY, Fixed.NONE, limit, 0, 0);
  }

  /**
   * Over its limit, but within it at a smaller quantity.
   *
   * @param quantity that is within the limit; 0 = none is, so it is denied
   */
  void over(final Check check, final long value, final long limit, final long quantity) {
    record(check, quantity > 0 ? CheckStatus.REDUCE : CheckStatus.DENY, value, limit, limit, value);
    if (quantity > 0) {
      allowed = Math.min(allowed, quantity);
    }
  }

  /** Margin is {@code more} less {@code less}; there is none where value or limit is missing. */
  private void record(
      final Check code,
      final CheckStatus found,
      final long seen,
      final long bound,
      final long more,
      final long less) {
    check[count] = code;
    status[count] = found;
    value[count] = seen;
    limit[count] = bound;
    margin[count] =
        seen == Fixed.NONE || bound == Fixed.NONE ? Fixed.NONE : Saturating.subtract(more, less);
    count++;
    if (found == CheckStatus.DENY && firstDenial == Check.NONE) {
      firstDenial = code;
    } else if (found == CheckStatus.REDUCE && firstReduction == Check.NONE) {
      firstReduction = code;
    }
  }

  Verdict verdict() {
    if (firstDenial != Check.NONE) {
      return Verdict.DENY;
    }
    return firstReduction == Check.NONE ? Verdict.APPROVE : Verdict.REDUCE;
  }

  /** The check that decided; NONE when all pass. */
  Check decisive() {
    return firstDenial == Check.NONE ? firstReduction : firstDenial;
  }

  /** Quantity that may trade: the smallest that a reducing check allows; 0 when denied. */
  long approved() {
    return firstDenial == Check.NONE ? allowed : 0;
  }

  /** Writes the group; call after the fixed fields. */
  void store(final RiskDecisionEncoder decision) {
    final RiskDecisionEncoder.ChecksEncoder rows = decision.checksCount(count);
    for (int i = 0; i < count; i++) {
      rows.next()
          .check(check[i])
          .status(status[i])
          .value(value[i])
          .limit(limit[i])
          .margin(margin[i]);
    }
  }
}
