package io.millrace.core.portfolio;

import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * The exact ledger: what is held, in columns indexed by instrument id, and what it cost.
 *
 * <p>The cost of a position, signed as its quantity, is the truth; the average price is derived
 * from it. Closing a part takes the same part of the cost, rounded half to even once, and what was
 * received less that cost is realised. So, at any time and to the last 1e-8:
 *
 * <pre>cash + Σ cost − Σ realised + Σ fees = money put in</pre>
 *
 * <p>An inverse contract of face value F pays F × (1/entry − 1/exit) in its coin. The account holds
 * no coins: what is paid is changed into its currency at the price at which it is paid. That is the
 * same as holding F/entry coins a contract: a position's cost is its face value, its worth its
 * coins × the mark, its average price cost ÷ coins, the harmonic mean of the entries. Coins are
 * rounded half to even to 1e-8 once a fill, and closing a part takes the same part of them.
 */
final class Positions {
  private static final int INITIAL = 64;

  private final Instruments instruments;
  private long[] quantity = new long[INITIAL];
  private long[] cost = new long[INITIAL];
  private long[] realised = new long[INITIAL];
  private long[] fees = new long[INITIAL];
  private long[] mark = new long[INITIAL];
  private long[] worth = new long[INITIAL];
  // Of inverse contracts, signed; else 0.
  private long[] coins = new long[INITIAL];
  private int[] held = new int[INITIAL];
  private int heldCount;
  private long totalRealised;
  private long totalFees;

  Positions(final Instruments instruments) {
    this.instruments = instruments;
  }

  /**
   * Money of {@code units} at {@code price}: units of the underlying (contracts × multiplier, a
   * quantity rounded to 1e-8) × price, each rounded half to even once.
   */
  long money(final int id, final long units, final long price) {
    final long multiplier = instruments.multiplier(id);
    return Fixed.mul(multiplier == Fixed.ONE ? units : Fixed.mul(units, multiplier), price);
  }

  /**
   * Books a trade.
   *
   * @param signed quantity, above 0 = bought
   * @return money that leaves the account, fee included
   * @throws ArithmeticException on overflow, before anything changed
   */
  long book(final int id, final long signed, final long price, final long fee) {
    grow(id);
    if (instruments.inverse(id)) {
      return bookInverse(id, signed, price, fee);
    }
    final long before = quantity[id];
    final long after = Math.addExact(before, signed);
    final long money = money(id, signed, price);
    final long gain;
    final long newCost;
    if (before == 0 || (before > 0) == (signed > 0)) {
      gain = 0;
      newCost = Math.addExact(cost[id], money);
    } else if (after == 0 || (after > 0) == (before > 0)) {
      final long closed = Fixed.mulDiv(cost[id], Math.negateExact(signed), before);
      gain = Math.subtractExact(Math.negateExact(money), closed);
      newCost = Math.subtractExact(cost[id], closed);
    } else {
      final long closing = Fixed.mulDiv(money, Math.negateExact(before), signed);
      gain = Math.subtractExact(Math.negateExact(closing), cost[id]);
      newCost = Math.subtractExact(money, closing);
    }
    final long newWorth = after == 0 ? 0 : money(id, after, before == 0 ? price : mark[id]);
    return keep(id, after, price, newCost, 0, newWorth, gain, money, fee);
  }

  private long bookInverse(final int id, final long signed, final long price, final long fee) {
    final long before = quantity[id];
    final long after = Math.addExact(before, signed);
    long closing = 0;
    if ((before > 0) != (signed > 0)) {
      closing = signed > 0 ? Math.min(signed, -before) : Math.max(signed, -before);
    }
    final long face = Fixed.mul(instruments.multiplier(id), signed - closing);
    final long opened = face == 0 ? 0 : Fixed.div(face, price);
    final long closed = closing == 0 ? 0 : Fixed.mulDiv(coins[id], -closing, before);
    final long closedCost = closing == 0 ? 0 : Fixed.mulDiv(cost[id], -closing, before);
    final long received = Fixed.mul(closed, price);
    final long gain = Math.subtractExact(received, closedCost);
    final long newCost = Math.addExact(cost[id] - closedCost, face);
    final long newCoins = Math.addExact(coins[id] - closed, opened);
    final long newWorth = after == 0 ? 0 : Fixed.mul(newCoins, before == 0 ? price : mark[id]);
    final long money = Math.subtractExact(face, received);
    return keep(id, after, price, newCost, newCoins, newWorth, gain, money, fee);
  }

  /** Sums first, since they may overflow; then nothing can fail. */
  private long keep(
      final int id,
      final long after,
      final long price,
      final long newCost,
      final long newCoins,
      final long newWorth,
      final long gain,
      final long money,
      final long fee) {
    final long newRealised = Math.addExact(realised[id], gain);
    final long newFees = Math.addExact(fees[id], fee);
    final long newTotalRealised = Math.addExact(totalRealised, gain);
    final long newTotalFees = Math.addExact(totalFees, fee);
    final long out = Math.addExact(money, fee);

    place(id, quantity[id], after, price);
    quantity[id] = after;
    cost[id] = newCost;
    coins[id] = newCoins;
    worth[id] = newWorth;
    realised[id] = newRealised;
    fees[id] = newFees;
    totalRealised = newTotalRealised;
    totalFees = newTotalFees;
    return out;
  }

  /** Counts a payment that no trade caused among the fees. */
  void charge(final int id, final long money) {
    grow(id);
    final long newFees = Math.addExact(fees[id], money);
    totalFees = Math.addExact(totalFees, money);
    fees[id] = newFees;
  }

  /**
   * Replaces a position by what the venue reports.
   *
   * @return change of the cost
   */
  long replace(final int id, final long newQuantity, final long averagePrice) {
    grow(id);
    final boolean inverse = instruments.inverse(id);
    final long newCost =
        newQuantity == 0
            ? 0
            : inverse
                ? Fixed.mul(instruments.multiplier(id), newQuantity)
                : money(id, newQuantity, averagePrice);
    final long newCoins = inverse && newQuantity != 0 ? Fixed.div(newCost, averagePrice) : 0;
    final long change = Math.subtractExact(newCost, cost[id]);
    final long before = quantity[id];
    place(id, before, newQuantity, averagePrice);
    quantity[id] = newQuantity;
    cost[id] = newCost;
    coins[id] = newCoins;
    worth[id] = newQuantity == 0 ? 0 : worth(id, mark[id]);
    return change;
  }

  private void place(final int id, final long before, final long after, final long price) {
    if (before == 0 && after != 0) {
      mark[id] = price; // until the market says better
      int at = heldCount++;
      for (; at > 0 && held[at - 1] > id; at--) {
        held[at] = held[at - 1];
      }
      held[at] = id;
    } else if (before != 0 && after == 0) {
      final int at = Arrays.binarySearch(held, 0, heldCount, id);
      heldCount--;
      System.arraycopy(held, at + 1, held, at, heldCount - at);
    }
  }

  /** Values a held position; returns its signed market value. */
  long mark(final int id, final long price) {
    if (price != mark[id]) {
      worth[id] = worth(id, price);
      mark[id] = price;
    }
    return worth[id];
  }

  /** What it would be worth at a price. */
  long worth(final int id, final long price) {
    return instruments.inverse(id) ? Fixed.mul(coins[id], price) : money(id, quantity[id], price);
  }

  int heldCount() {
    return heldCount;
  }

  /** Held instruments ascend by id. */
  int held(final int index) {
    return held[index];
  }

  long quantity(final int id) {
    return id < quantity.length ? quantity[id] : 0;
  }

  long cost(final int id) {
    return id < cost.length ? cost[id] : 0;
  }

  long realised(final int id) {
    return id < realised.length ? realised[id] : 0;
  }

  long fees(final int id) {
    return id < fees.length ? fees[id] : 0;
  }

  long markPrice(final int id) {
    return quantity(id) == 0 ? Fixed.NONE : mark[id];
  }

  long marketValue(final int id) {
    return id < worth.length ? worth[id] : 0;
  }

  /** Cost over units of the underlying (or over coins), so a price; 0 when flat. */
  long averagePrice(final int id) {
    final long contracts = quantity(id);
    if (contracts != 0 && instruments.inverse(id)) {
      return coins[id] == 0 ? 0 : Fixed.div(cost[id], coins[id]);
    }
    final long units = contracts == 0 ? 0 : Fixed.mul(contracts, instruments.multiplier(id));
    return units == 0 ? 0 : Fixed.div(cost[id], units);
  }

  long totalRealised() {
    return totalRealised;
  }

  long totalFees() {
    return totalFees;
  }

  void state(final StateCodec codec) {
    quantity = codec.grown(quantity);
    cost = codec.grown(cost);
    realised = codec.grown(realised);
    fees = codec.grown(fees);
    mark = codec.grown(mark);
    worth = codec.grown(worth);
    coins = codec.grown(coins);
    held = codec.grown(held);
    heldCount = codec.int32(heldCount);
    totalRealised = codec.int64(totalRealised);
    totalFees = codec.int64(totalFees);
  }

  private void grow(final int id) {
    if (id < quantity.length) {
      return;
    }
    int size = quantity.length;
    while (size <= id) {
      size *= 2;
    }
    quantity = Arrays.copyOf(quantity, size);
    cost = Arrays.copyOf(cost, size);
    realised = Arrays.copyOf(realised, size);
    fees = Arrays.copyOf(fees, size);
    mark = Arrays.copyOf(mark, size);
    worth = Arrays.copyOf(worth, size);
    coins = Arrays.copyOf(coins, size);
    held = Arrays.copyOf(held, size);
  }
}
