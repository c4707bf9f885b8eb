package io.millrace.core.portfolio;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Severity;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.slot.Outputs;

/**
 * What happens to held contracts at their expiry.
 *
 * <p>At the first input after it, a contract is settled by the mark of its underlying: inputs of
 * the instant itself come one after the other, and each of them may still bring the price of it.
 * Cash: the intrinsic value is paid. Physical: from the exercise threshold on, a long contract is
 * exercised and a short one assigned: the contract leaves at 0 and what it is on, stock or a
 * future, comes or goes at the strike; below it the contract leaves at 0. While the underlying has
 * no price, the contract stays and is tried again at each NAV interval.
 */
final class Settlements {
  private static final long NEVER = Long.MAX_VALUE;

  private final Instruments instruments;
  private final Books books;
  private final Positions positions;
  private final Account account;
  private final long exerciseThreshold;
  private final long interval;
  private final AlertEncoder alert = new AlertEncoder();

  Settlements(
      final Instruments instruments,
      final Books books,
      final Positions positions,
      final Account account,
      final long exerciseThreshold,
      final long interval) {
    this.instruments = instruments;
    this.books = books;
    this.positions = positions;
    this.account = account;
    this.exerciseThreshold = exerciseThreshold;
    this.interval = interval;
  }

  /** Settles what expired before {@code now}. */
  void settle(final long now, final Outputs outputs) {
    if (now <= account.nextExpiry()) {
      return;
    }
    account.nextExpiry(NEVER);
    int i = 0;
    while (i < positions.heldCount()) {
      final int id = positions.held(i);
      final long expiry = instruments.expiry(id);
      if (expiry != 0 && now > expiry && settled(id, outputs)) {
        i = 0; // the list changed: stock may have come or gone before this place
        continue;
      }
      if (expiry != 0) {
        account.nextExpiry(
            Math.min(account.nextExpiry(), Math.max(expiry, nextInterval(now, expiry))));
      }
      i++;
    }
  }

  /** An unsettled contract is tried again at the next interval, not at every input. */
  private long nextInterval(final long now, final long expiry) {
    return now > expiry ? now - Math.floorMod(now, interval) + interval - 1 : expiry;
  }

  private boolean settled(final int id, final Outputs outputs) {
    if (!instruments.option(id)) {
      return settleFuture(id, outputs);
    }
    final int root = instruments.underlying(id);
    final long spot = books.mark(root);
    if (spot == Fixed.NONE) {
      return false;
    }
    final boolean call = instruments.right(id) == OptionRight.CALL;
    final long strike = instruments.strike(id);
    final long intrinsic = Math.max(0, call ? spot - strike : strike - spot);
    expired(id, intrinsic, outputs);
    final long quantity = positions.quantity(id);
    if (instruments.settlement(id) == Settlement.CASH) {
      account.settle(id, -quantity, intrinsic, outputs);
      return true;
    }
    account.settle(id, -quantity, 0, outputs);
    if (intrinsic > 0 && intrinsic >= exerciseThreshold) {
      final long units =
          Fixed.mulDiv(quantity, instruments.multiplier(id), instruments.multiplier(root));
      account.settle(root, call ? units : -units, strike, outputs);
    }
    return true;
  }

  /** A dated future is paid out at its own last mark, or at its underlying's when it has none. */
  private boolean settleFuture(final int id, final Outputs outputs) {
    final long own = books.mark(id);
    final int root = instruments.root(id);
    final long price = own == Fixed.NONE ? books.mark(root) : own;
    if (price == Fixed.NONE) {
      return false;
    }
    expired(id, price, outputs);
    account.settle(id, -positions.quantity(id), price, outputs);
    return true;
  }

  private void expired(final int id, final long value, final Outputs outputs) {
    outputs.begin(alert);
    alert.severity(Severity.INFO).code(AlertCode.CONTRACT_EXPIRED).instrumentId(id).value(value);
    outputs.end(alert);
  }
}
