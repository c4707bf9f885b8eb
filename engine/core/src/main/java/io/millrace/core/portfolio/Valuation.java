package io.millrace.core.portfolio;

import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/**
 * The price by which a position is valued.
 *
 * <p>A non-option is valued at {@link Books#mark}. An option is valued at the mid of a book with a
 * bid above 0 and an ask above the bid. An option that is offered but has no bid (or a bid of 0)
 * keeps its last mark if held long, but is worth no more than the ask, and is worth the ask if held
 * short: bids of options come and go by the minute, and a spread would seem lost each time. With no
 * such quote it keeps its last mark, which is the price of the trade that opened it until there is
 * a better one. {@link MarkRule} says what else may come first.
 */
final class Valuation {
  private final Instruments instruments;
  private final Books books;
  private final Positions positions;
  private final MarkRule rule;

  Valuation(
      final Instruments instruments,
      final Books books,
      final Positions positions,
      final MarkRule rule) {
    this.instruments = instruments;
    this.books = books;
    this.positions = positions;
    this.rule = rule;
  }

  /** The price that a unit would be valued by now, 1e-8; {@link Fixed#NONE} = none. */
  long price(final int id) {
    if (positions.quantity(id) != 0) {
      return held(id);
    }
    final long last = books.last(id);
    return rule == MarkRule.LAST && last != Fixed.NONE ? last : books.mark(id);
  }

  /** The price of what is held. */
  long held(final int id) {
    return rule.price(instruments, books, id, positions.quantity(id), positions.markPrice(id));
  }
}
