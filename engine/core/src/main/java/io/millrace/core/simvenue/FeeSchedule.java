package io.millrace.core.simvenue;

import io.millrace.codecs.Liquidity;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/** Fees in fixed point: exact, and never less for more traded (rebates aside). */
final class FeeSchedule {
  private static final long BPS_PER_ONE = 10_000;

  private final long equityPerShare;
  private final long equityMinPerOrder;
  private final long equityMaxFraction;
  private final long optionPerContract;
  private final long futurePerContract;
  private final long cryptoMaker;
  private final long cryptoTaker;
  private final long commission;
  private final long minPerOrder;

  FeeSchedule(final VenueFees fees) {
    equityPerShare = Fixed.fromDouble(fees.equityPerShare());
    equityMinPerOrder = Fixed.fromDouble(fees.equityMinPerOrder());
    equityMaxFraction = Fixed.fromDouble(fees.equityMaxFraction());
    optionPerContract = Fixed.fromDouble(fees.optionPerContract());
    futurePerContract = Fixed.fromDouble(fees.futurePerContract());
    cryptoMaker = Fixed.fromDouble(fees.cryptoMakerBps() / BPS_PER_ONE);
    cryptoTaker = Fixed.fromDouble(fees.cryptoTakerBps() / BPS_PER_ONE);
    commission = Fixed.fromDouble(fees.commissionBps() / BPS_PER_ONE);
    minPerOrder = Fixed.fromDouble(fees.minPerOrder());
  }

  /**
   * Fee of one more fill of an order, and keeps the order's running totals.
   *
   * @param leg of the order, 0 for a single
   */
  long charge(
      final VenueOrder order,
      final int leg,
      final Instruments instruments,
      final int instrumentId,
      final long quantity,
      final long price,
      final Liquidity liquidity) {
    final long value = value(instruments, instrumentId, quantity, price);
    final long own =
        Math.addExact(
            schedule(order, leg, instruments, instrumentId, quantity, value, liquidity),
            Fixed.mul(commission, value));
    // The least holds for the order as a whole: each fill pays what the total has grown by.
    order.feesDue = Math.addExact(order.feesDue, own);
    final long total =
        minPerOrder == 0 ? order.feesDue : Math.max(order.feesDue, minPerOrder); // rebates stay
    final long fee = total - order.feesTaken;
    order.feesTaken = total;
    return fee;
  }

  private long schedule(
      final VenueOrder order,
      final int leg,
      final Instruments instruments,
      final int instrumentId,
      final long quantity,
      final long value,
      final Liquidity liquidity) {
    return switch (instruments.kind(instrumentId)) {
      case EQUITY, ETF -> equity(order, leg, quantity, value);
      case OPTION -> Fixed.mul(optionPerContract, quantity);
      case FUTURE -> Fixed.mul(futurePerContract, quantity);
      case PERPETUAL, CRYPTO_SPOT ->
          Fixed.mul(liquidity == Liquidity.MAKER ? cryptoMaker : cryptoTaker, value);
      default -> 0; // an index does not trade
    };
  }

  private static long value(
      final Instruments instruments, final int id, final long quantity, final long price) {
    return Fixed.mul(Fixed.mul(price, quantity), instruments.multiplier(id));
  }

  /** The bounds hold for the order as a whole: each fill pays what the total has grown by. */
  private long equity(
      final VenueOrder order, final int leg, final long quantity, final long value) {
    order.feeQuantity[leg] = Math.addExact(order.feeQuantity[leg], quantity);
    order.feeValue[leg] = Math.addExact(order.feeValue[leg], value);
    long total = Math.max(Fixed.mul(equityPerShare, order.feeQuantity[leg]), equityMinPerOrder);
    if (equityMaxFraction > 0) {
      total = Math.min(total, Fixed.mul(equityMaxFraction, order.feeValue[leg]));
    }
    final long fee = total - order.feePaid[leg];
    order.feePaid[leg] = total;
    return fee;
  }
}
