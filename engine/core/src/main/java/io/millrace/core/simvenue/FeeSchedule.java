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
  private final boolean equityMinOverMax;
  private final long equityMaker;
  private final long equityTaker;
  private final long optionPerContract;
  private final long optionLowPremium;
  private final long optionLowPerContract;
  private final long optionTinyPremium;
  private final long optionTinyPerContract;
  private final long optionMinPerOrder;
  private final long sale;
  private final long futurePerContract;
  private final long perpetualMaker;
  private final long perpetualTaker;
  private final long spotMaker;
  private final long spotTaker;
  private final long commission;
  private final long minPerOrder;
  private final long step;

  FeeSchedule(final VenueFees fees) {
    equityPerShare = Fixed.fromDouble(fees.equityPerShare());
    equityMinPerOrder = Fixed.fromDouble(fees.equityMinPerOrder());
    equityMaxFraction = Fixed.fromDouble(fees.equityMaxFraction());
    equityMinOverMax = fees.equityMinOverMax();
    equityMaker = Fixed.fromDouble(fees.equityMakerPerShare());
    equityTaker = Fixed.fromDouble(fees.equityTakerPerShare());
    optionPerContract = Fixed.fromDouble(fees.optionPerContract());
    optionLowPremium = Fixed.fromDouble(fees.optionLowPremium());
    optionLowPerContract = Fixed.fromDouble(fees.optionLowPerContract());
    optionTinyPremium = Fixed.fromDouble(fees.optionTinyPremium());
    optionTinyPerContract = Fixed.fromDouble(fees.optionTinyPerContract());
    optionMinPerOrder = Fixed.fromDouble(fees.optionMinPerOrder());
    sale = share(fees.saleBps());
    futurePerContract = Fixed.fromDouble(fees.futurePerContract());
    perpetualMaker = share(fees.perpetualMakerBps());
    perpetualTaker = share(fees.perpetualTakerBps());
    spotMaker = share(fees.spotMakerBps());
    spotTaker = share(fees.spotTakerBps());
    commission = share(fees.commissionBps());
    minPerOrder = Fixed.fromDouble(fees.minPerOrder());
    step = Fixed.fromDouble(fees.step());
  }

  private static long share(final double bps) {
    return Fixed.fromDouble(bps / BPS_PER_ONE);
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
    final long value = instruments.value(instrumentId, quantity, price);
    final boolean maker = liquidity == Liquidity.MAKER;
    long own = Fixed.mul(commission, value);
    switch (instruments.kind(instrumentId)) {
      case EQUITY, ETF -> {
        own = Math.addExact(own, equity(order, leg, quantity, value));
        own = Math.addExact(own, Fixed.mul(maker ? equityMaker : equityTaker, quantity));
        own = Math.addExact(own, sale(order, leg, value));
      }
      case OPTION -> {
        own = Math.addExact(own, option(order, leg, quantity, price));
        own = Math.addExact(own, sale(order, leg, value));
      }
      case FUTURE -> own = Math.addExact(own, Fixed.mul(futurePerContract, quantity));
      case PERPETUAL ->
          own = Math.addExact(own, Fixed.mul(maker ? perpetualMaker : perpetualTaker, value));
      case CRYPTO_SPOT -> own = Math.addExact(own, Fixed.mul(maker ? spotMaker : spotTaker, value));
      default -> {
        // An index does not trade.
      }
    }
    return grown(order, own);
  }

  /** The least and the step hold for the order as a whole. */
  private long grown(final VenueOrder order, final long own) {
    order.feesDue = Math.addExact(order.feesDue, own);
    long total =
        minPerOrder == 0 ? order.feesDue : Math.max(order.feesDue, minPerOrder); // rebates stay
    if (step > 0) {
      total = Math.multiplyExact(Fixed.mulDiv(total, 1, step), step);
    }
    final long fee = total - order.feesTaken;
    order.feesTaken = total;
    return fee;
  }

  private long sale(final VenueOrder order, final int leg, final long value) {
    return order.buys(leg) ? 0 : Fixed.mul(sale, value);
  }

  private long equity(
      final VenueOrder order, final int leg, final long quantity, final long value) {
    order.feeQuantity[leg] = Math.addExact(order.feeQuantity[leg], quantity);
    order.feeValue[leg] = Math.addExact(order.feeValue[leg], value);
    final long plain = Fixed.mul(equityPerShare, order.feeQuantity[leg]);
    final boolean least = plain < equityMinPerOrder;
    long total = least ? equityMinPerOrder : plain;
    if (equityMaxFraction > 0 && !(least && equityMinOverMax)) {
      total = Math.min(total, Fixed.mul(equityMaxFraction, order.feeValue[leg]));
    }
    return paid(order, leg, total);
  }

  private long option(
      final VenueOrder order, final int leg, final long quantity, final long price) {
    final long rate =
        price < optionTinyPremium
            ? optionTinyPerContract
            : price < optionLowPremium ? optionLowPerContract : optionPerContract;
    // The value traded is not needed here: the plain sum takes its place.
    order.feeValue[leg] = Math.addExact(order.feeValue[leg], Fixed.mul(rate, quantity));
    return paid(order, leg, Math.max(order.feeValue[leg], optionMinPerOrder));
  }

  private static long paid(final VenueOrder order, final int leg, final long total) {
    final long fee = total - order.feePaid[leg];
    order.feePaid[leg] = total;
    return fee;
  }
}
