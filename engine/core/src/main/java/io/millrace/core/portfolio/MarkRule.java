package io.millrace.core.portfolio;

import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/** The price by which what is held is valued. */
public enum MarkRule {
  /**
   * The mid of a regular book, else the last price; an option without a bid keeps its last mark,
   * but no more than its ask, long, and is worth its ask short.
   */
  MID,

  /** The last print or the close of the last bar; where there is none, as {@link #MID}. */
  LAST,

  /** What closing would get at once: the bid of what is long, the ask of what is short. */
  TOUCH;

  /**
   * The price of a position as the market stands.
   *
   * @param quantity held, 1e-8, negative = short; not 0
   * @param last mark so far, 1e-8, which the position keeps while there is no better one; {@link
   *     Fixed#NONE} = not known
   * @return 1e-8; {@link Fixed#NONE} = none, and the last one is not known
   */
  public long price(
      final Instruments instruments,
      final Books books,
      final int id,
      final long quantity,
      final long last) {
    if (this == LAST && books.last(id) != Fixed.NONE) {
      return books.last(id);
    }
    if (this == TOUCH) {
      final long touch = quantity > 0 ? books.bid(id) : books.ask(id);
      if (touch > 0) {
        return touch;
      }
    }
    if (!instruments.option(id)) {
      final long mark = books.mark(id);
      return mark == Fixed.NONE ? last : mark;
    }
    final long bid = books.bid(id);
    final long ask = books.ask(id);
    if (ask == Fixed.NONE || ask <= 0) {
      return last;
    }
    if (bid == Fixed.NONE || bid <= 0) {
      return quantity > 0 ? Math.min(last, ask) : ask;
    }
    return books.regular(id) ? books.mid(id) : last;
  }
}
