package io.millrace.tools.report;

import io.millrace.core.market.Fixed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Entries and exits matched first in first out, by strategy and instrument. Money is exact: fees of
 * a lot that is closed in parts are split so that the parts add up.
 */
final class Ledger {
  private final Map<String, Map<Integer, Book>> books = new TreeMap<>();
  private final Consumer<RoundTrip> closed;
  private int openLots;

  private static final class Book {
    private final Deque<Lot> lots = new ArrayDeque<>();
  }

  private static final class Lot {
    private final Fill fill;
    private long quantity;
    private long fee;

    private Lot(final Fill fill, final long quantity, final long fee) {
      this.fill = fill;
      this.quantity = quantity;
      this.fee = fee;
    }
  }

  /**
   * A fill, as the ledger needs it.
   *
   * @param origin of the order
   * @param regime at the fill
   * @param instrument id
   * @param symbol name
   * @param time nanoseconds
   * @param quantity signed, 1e-8
   * @param price 1e-8
   * @param multiplier 1e-8
   * @param fee 1e-8
   * @param inverse whether the multiplier is the face value of an inverse contract
   */
  record Fill(
      Origin origin,
      String regime,
      int instrument,
      String symbol,
      long time,
      long quantity,
      long price,
      long multiplier,
      long fee,
      boolean inverse) {}

  /**
   * @param closed told each round trip as it closes
   */
  Ledger(final Consumer<RoundTrip> closed) {
    this.closed = closed;
  }

  /** Takes a fill. */
  void on(final Fill fill) {
    final Book book = book(fill);
    long left = fill.quantity();
    long fee = fill.fee();
    while (left != 0
        && !book.lots.isEmpty()
        && (book.lots.peekFirst().quantity > 0) != (left > 0)) {
      final Lot lot = book.lots.peekFirst();
      final long part = Math.min(Math.abs(lot.quantity), Math.abs(left));
      final long entryFee = Fixed.mulDiv(lot.fee, part, Math.abs(lot.quantity));
      final long exitFee = Fixed.mulDiv(fee, part, Math.abs(left));
      final long signed = lot.quantity > 0 ? part : -part;
      closed.accept(
          trip(lot, signed, fill.time(), fill.price(), Math.addExact(entryFee, exitFee), false));
      lot.quantity -= signed;
      lot.fee -= entryFee;
      left += signed;
      fee -= exitFee;
      if (lot.quantity == 0) {
        book.lots.removeFirst();
        openLots--;
      }
    }
    if (left != 0) {
      book.lots.addLast(new Lot(fill, left, fee));
      openLots++;
    }
  }

  /** A settlement belongs to whoever holds the instrument. */
  private Book book(final Fill fill) {
    if (fill.origin().idea().isEmpty()) {
      for (final Map<Integer, Book> held : books.values()) {
        final Book book = held.get(fill.instrument());
        if (book != null
            && !book.lots.isEmpty()
            && (book.lots.peekFirst().quantity > 0) != (fill.quantity() > 0)) {
          return book;
        }
      }
    }
    return books
        .computeIfAbsent(fill.origin().strategy(), name -> new TreeMap<>())
        .computeIfAbsent(fill.instrument(), id -> new Book());
  }

  private static RoundTrip trip(
      final Lot lot,
      final long signed,
      final long time,
      final long price,
      final long fees,
      final boolean open) {
    final Fill entry = lot.fill;
    final long units = Fixed.mul(signed, entry.multiplier());
    final long change = Math.subtractExact(price, entry.price());
    final long gain =
        entry.inverse() ? Fixed.mulDiv(units, change, entry.price()) : Fixed.mul(units, change);
    return new RoundTrip(
        entry.origin().strategy(),
        entry.origin().structure(),
        entry.regime(),
        entry.origin().idea(),
        entry.instrument(),
        entry.symbol(),
        signed,
        entry.time(),
        entry.price(),
        time,
        price,
        entry.multiplier(),
        fees,
        Math.subtractExact(gain, fees),
        open);
  }

  /** Lots not closed yet. */
  int openLots() {
    return openLots;
  }

  /** Price of an instrument at the end. */
  interface Marks {
    /** Mark, 1e-8. */
    long mark(int instrument);
  }

  /** Hands out what is open, marked. */
  void open(final long time, final Marks marks, final Consumer<RoundTrip> sink) {
    for (final Map<Integer, Book> held : books.values()) {
      for (final Book book : held.values()) {
        for (final Lot lot : book.lots) {
          sink.accept(
              trip(lot, lot.quantity, time, marks.mark(lot.fill.instrument()), lot.fee, true));
        }
      }
    }
  }
}
