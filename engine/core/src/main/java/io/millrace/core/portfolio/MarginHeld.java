package io.millrace.core.portfolio;

import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.state.StateCodec;

/**
 * Cash that the held options may still cost: by underlying and expiry, the least that the group
 * pays at expiry, as a positive sum; short calls that no long call of the group covers are held at
 * the price of the underlying. Conservative: stock does not cover calls, and a later expiry does
 * not cover an earlier one.
 *
 * <p>The payoff at expiry depends on what is held alone, so it is worked out anew only when that
 * changes, unless a group is uncovered.
 */
final class MarginHeld {
  private final Instruments instruments;
  private final Books books;
  private final Positions positions;
  private final ExpiryPayoff payoff = new ExpiryPayoff();
  private boolean changed;
  private boolean uncovered;
  private long held;

  MarginHeld(final Instruments instruments, final Books books, final Positions positions) {
    this.instruments = instruments;
    this.books = books;
    this.positions = positions;
  }

  /** A position changed. */
  void changed() {
    changed = true;
  }

  void state(final StateCodec codec) {
    changed = codec.flag(changed);
    uncovered = codec.flag(uncovered);
    held = codec.int64(held);
  }

  /** Cash held, 1e-8. */
  long money() {
    if (changed || uncovered) {
      changed = false;
      uncovered = false;
      held = 0;
      for (int i = 0; i < positions.heldCount(); i++) {
        final int id = positions.held(i);
        if (instruments.option(id) && firstOfGroup(i)) {
          held = Math.addExact(held, group(i));
        }
      }
    }
    return held;
  }

  private boolean firstOfGroup(final int index) {
    for (int i = 0; i < index; i++) {
      if (sameGroup(i, index)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameGroup(final int a, final int b) {
    final int left = positions.held(a);
    final int right = positions.held(b);
    return instruments.option(left)
        && instruments.underlying(left) == instruments.underlying(right)
        && instruments.expiry(left) == instruments.expiry(right);
  }

  private long group(final int first) {
    payoff.clear();
    long highest = books.mark(instruments.underlying(positions.held(first)));
    for (int i = first; i < positions.heldCount(); i++) {
      if (sameGroup(i, first)) {
        final int id = positions.held(i);
        final long units = Fixed.mul(positions.quantity(id), instruments.multiplier(id));
        payoff.add(instruments.right(id), instruments.strike(id), units);
        highest = Math.max(highest, instruments.strike(id));
      }
    }
    final long open = payoff.uncoveredCalls();
    uncovered |= open > 0;
    return Math.addExact(Math.max(0, Math.negateExact(payoff.least())), Fixed.mul(open, highest));
  }
}
