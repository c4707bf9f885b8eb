package io.millrace.core.trade;

import io.millrace.core.market.Fixed;

/**
 * What a structure is worth at expiry, exactly. The value, per unit of multiplier and net of what
 * was paid,
 *
 * <pre>
 *   V(S) = Σ q · max(0, ±(S - K)) - net
 * </pre>
 *
 * is linear between strikes, so its extremes are at 0, at a strike or in the slope beyond the last
 * strike, and a breakeven lies where it crosses zero between two of them. Money per unit is V times
 * the multiplier, rounded half to even once (exact for whole multipliers).
 */
final class Payoff {
  private Structure structure = new Structure();
  private long net;
  private long best;
  private long worst;
  private boolean unlimitedProfit;
  private boolean unlimitedLoss;
  private long breakevenLow;
  private long breakevenHigh;

  /**
   * Values a structure.
   *
   * @param netPrice paid per unit of multiplier, below 0 = received, 1e-8
   */
  Payoff of(final Structure held, final long netPrice) {
    structure = held;
    net = netPrice;
    breakevenLow = Fixed.NONE;
    breakevenHigh = Fixed.NONE;
    long left = 0;
    long leftValue = value(0);
    best = leftValue;
    worst = leftValue;
    for (int i = 0; i < held.count(); i++) {
      final long right = held.strike(i);
      final long rightValue = value(right);
      cross(left, leftValue, right, rightValue);
      best = Math.max(best, rightValue);
      worst = Math.min(worst, rightValue);
      left = right;
      leftValue = rightValue;
    }
    beyond(left, leftValue, finalSlope());
    return this;
  }

  /** Value at expiry per unit of multiplier when the underlying is at {@code price}, 1e-8. */
  long value(final long price) {
    long sum = Math.negateExact(net);
    for (int i = 0; i < structure.count(); i++) {
      final long above = Math.subtractExact(price, structure.strike(i));
      final long intrinsic = Math.max(0, structure.call(i) ? above : -above);
      sum = Math.addExact(sum, Math.multiplyExact(structure.quantity(i), intrinsic));
    }
    return sum;
  }

  private long finalSlope() {
    long slope = 0;
    for (int i = 0; i < structure.count(); i++) {
      slope += structure.call(i) ? structure.quantity(i) : 0;
    }
    return slope;
  }

  /** Profit is a value above 0: the low breakeven is where it begins, the high where it ends. */
  private void cross(final long left, final long atLeft, final long right, final long atRight) {
    if (atLeft <= 0 && atRight > 0) {
      breakevenLow = left + Fixed.mulDiv(right - left, -atLeft, atRight - atLeft);
    } else if (atLeft > 0 && atRight <= 0) {
      breakevenHigh = left + Fixed.mulDiv(right - left, atLeft, atLeft - atRight);
    }
  }

  private void beyond(final long last, final long atLast, final long slope) {
    unlimitedProfit = slope > 0;
    unlimitedLoss = slope < 0;
    if (slope > 0 && atLast <= 0) {
      breakevenLow = last + Fixed.mulDiv(-atLast, 1, slope);
    } else if (slope < 0 && atLast > 0) {
      breakevenHigh = last + Fixed.mulDiv(atLast, 1, -slope);
    }
  }

  private long money(final long perMultiplier) {
    return Fixed.mul(perMultiplier, structure.multiplier());
  }

  /** Net price per unit of multiplier, 1e-8: above 0 paid, below 0 received. */
  long net() {
    return net;
  }

  /** Paid per unit, multiplier included, 1e-8; below 0 = received. */
  long cost() {
    return money(net);
  }

  /** Most that a unit can lose, 1e-8, 0 or more; {@link Fixed#NONE} = unlimited. */
  long maxLoss() {
    return unlimitedLoss ? Fixed.NONE : money(Math.max(0, -worst));
  }

  /** Most that a unit can win, 1e-8; {@link Fixed#NONE} = unlimited. */
  long maxProfit() {
    return unlimitedProfit ? Fixed.NONE : money(best);
  }

  /** Price of the underlying above which there is profit; {@link Fixed#NONE} = from 0 on. */
  long breakevenLow() {
    return breakevenLow;
  }

  /** Price of the underlying below which there is profit; {@link Fixed#NONE} = no end. */
  long breakevenHigh() {
    return breakevenHigh;
  }

  /** Whether any price gives a profit. */
  boolean canWin() {
    return unlimitedProfit || best > 0;
  }

  /** Whether the worst case is known, above 0 and not unlimited. */
  boolean boundedRisk() {
    return !unlimitedLoss && worst < 0;
  }

  /** Maximum profit over maximum loss; infinite when one is unlimited or nothing can be lost. */
  double reward() {
    return unlimitedProfit || worst >= 0
        ? Double.POSITIVE_INFINITY
        : unlimitedLoss ? 0 : (double) best / -(double) worst;
  }

  /** Net price of the structure at which {@code share} of the maximum profit is made, 1e-8. */
  long netAfterProfit(final double share) {
    return Math.addExact(net, Fixed.mul(best, Fixed.fromDouble(share)));
  }

  /** Net price of the structure at which {@code share} of the maximum loss is lost, 1e-8. */
  long netAfterLoss(final double share) {
    return Math.addExact(net, Fixed.mul(worst, Fixed.fromDouble(share)));
  }
}
