package io.millrace.core.portfolio;

import io.millrace.codecs.FillEncoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.PositionEventEncoder;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;

/** Cash and positions, and the one way to change them: each change is booked, then told. */
final class Account {
  private static final long NEVER = Long.MAX_VALUE;

  private final Instruments instruments;
  private final Positions positions;
  private final MarginHeld margin;
  private final PositionEventEncoder positionEvent = new PositionEventEncoder();
  private final FillEncoder fillEncoder = new FillEncoder();

  private boolean cashKnown;
  private boolean changed;
  private long cash;
  private long invested;
  private long nextExpiry = NEVER;
  private long settlements;

  Account(final Instruments instruments, final Positions positions, final MarginHeld margin) {
    this.instruments = instruments;
    this.positions = positions;
    this.margin = margin;
  }

  /** Takes the cash as told; returns what was put in (or, below 0, taken out). */
  long cash(final long newCash) {
    final long put = Math.subtractExact(newCash, cash);
    invested = Math.addExact(invested, put);
    cash = newCash;
    cashKnown = true;
    changed = true;
    return put;
  }

  /** Takes a position as told; returns the change of its cost, which counts as put in. */
  long replace(final int id, final long signed, final long averagePrice) {
    final long put = positions.replace(id, signed, averagePrice);
    invested = Math.addExact(invested, put);
    positionChanged(id);
    return put;
  }

  /**
   * Books a trade.
   *
   * @param signed quantity, above 0 = bought
   * @throws ArithmeticException on overflow; nothing changed
   */
  void book(final int id, final long signed, final long price, final long fee) {
    cash = Math.subtractExact(cash, positions.book(id, signed, price, fee));
    positionChanged(id);
  }

  /** Pays for holding a position; counts among its fees. */
  void pay(final int id, final long payment) {
    positions.charge(id, payment);
    cash = Math.subtractExact(cash, payment);
    changed = true;
  }

  /** Books what no order caused, without a fee, and tells it as a Fill and a position. */
  void settle(final int id, final long signed, final long price, final Outputs outputs) {
    settle(id, signed, price, 0, FillReason.SETTLED, outputs);
  }

  /** The same for a fee and another reason. */
  void settle(
      final int id,
      final long signed,
      final long price,
      final long fee,
      final FillReason reason,
      final Outputs outputs) {
    book(id, signed, price, fee);
    settlements++;
    outputs.begin(fillEncoder);
    fillEncoder
        .instrumentId(id)
        .side(signed > 0 ? Side.BUY : Side.SELL)
        .quantity(Math.abs(signed))
        .price(price)
        .fee(fee)
        .liquidity(reason == FillReason.SETTLED ? Liquidity.NONE : Liquidity.TAKER)
        .venueTradeId(-settlements) // below 0: never a venue's
        .reason(reason)
        .arrivalMid(Fixed.NONE);
    outputs.end(fillEncoder);
    tell(id, outputs);
  }

  /** Tells a position as it is. */
  void tell(final int id, final Outputs outputs) {
    outputs.begin(positionEvent);
    positionEvent
        .instrumentId(id)
        .quantity(positions.quantity(id))
        .averagePrice(positions.averagePrice(id))
        .realised(positions.realised(id))
        .fees(positions.fees(id));
    outputs.end(positionEvent);
  }

  void state(final StateCodec codec) {
    cashKnown = codec.flag(cashKnown);
    changed = codec.flag(changed);
    cash = codec.int64(cash);
    invested = codec.int64(invested);
    nextExpiry = codec.int64(nextExpiry);
    settlements = codec.int64(settlements);
  }

  private void positionChanged(final int id) {
    changed = true;
    margin.changed();
    if (positions.quantity(id) != 0 && instruments.expiry(id) != 0) {
      nextExpiry = Math.min(nextExpiry, instruments.expiry(id));
    }
  }

  /** Whether anything changed since {@link #valued}. */
  boolean changed() {
    return changed;
  }

  /** Somebody wants a NAV. */
  void touch() {
    changed = true;
  }

  /** A NAV holds all changes. */
  void valued() {
    changed = false;
  }

  boolean cashKnown() {
    return cashKnown;
  }

  long cash() {
    return cash;
  }

  long invested() {
    return invested;
  }

  /** After when the next held contract is to be settled (again); never = the largest number. */
  long nextExpiry() {
    return nextExpiry;
  }

  void nextExpiry(final long time) {
    nextExpiry = time;
  }
}
