package io.millrace.core.engines.hedge;

import io.millrace.kernels.Kernels;
import io.millrace.kernels.VolFlag;
import java.util.Arrays;

/**
 * Implied volatilities of a handful of scattered rows: gathered into dense columns, solved by the
 * vector kernel, read back by position.
 */
final class VolSolver {
  private final Kernels kernels;
  private final boolean american;
  private int count;
  private int[] rows = {};
  private double[] forward = {};
  private double[] strike = {};
  private double[] tau = {};
  private double[] discount = {};
  private double[] rate = {};
  private double[] carry = {};
  private double[] side = {};
  private double[] price = {};
  private double[] vol = {};
  private byte[] flags = {};
  private byte[] exercise = {};

  /**
   * @param american whether prices are American: the early-exercise premium is taken off first
   */
  VolSolver(final Kernels kernels, final boolean american) {
    this.kernels = kernels;
    this.american = american;
  }

  /** Makes room for this many rows. */
  void reserve(final int capacity) {
    rows = new int[capacity];
    forward = new double[capacity];
    strike = new double[capacity];
    tau = new double[capacity];
    discount = new double[capacity];
    rate = new double[capacity];
    carry = new double[capacity];
    side = new double[capacity];
    price = new double[capacity];
    vol = new double[capacity];
    flags = new byte[capacity];
    exercise = new byte[capacity];
    count = 0;
  }

  /** Forgets the rows. */
  void begin() {
    count = 0;
  }

  /** Adds a row with a sound quote. */
  void add(
      final int row,
      final Expiries expiries,
      final int expiry,
      final double rowStrike,
      final boolean call,
      final double mid) {
    rows[count] = row;
    forward[count] = expiries.forward[expiry];
    strike[count] = rowStrike;
    tau[count] = expiries.tau[expiry];
    discount[count] = expiries.discount[expiry];
    rate[count] = expiries.rate();
    carry[count] = expiries.carry[expiry];
    side[count] = call ? 1.0 : -1.0;
    price[count] = mid;
    count++;
  }

  /** Solves for all rows added. */
  void solve(final double spot) {
    if (american) {
      kernels.deAmericanise(spot, strike, tau, rate, carry, side, price, price, exercise, 0, count);
    } else {
      Arrays.fill(exercise, 0, count, VolFlag.OK);
    }
    kernels.impliedVol(forward, strike, tau, discount, side, price, vol, flags, 0, count);
  }

  /** How many rows were added. */
  int count() {
    return count;
  }

  /** Row of the chain at a position. */
  int row(final int position) {
    return rows[position];
  }

  /** Volatility at a position, if its flag is usable. */
  double vol(final int position) {
    return vol[position];
  }

  /** What became of a position. */
  byte flag(final int position) {
    final byte flag = exercise[position];
    return flag == VolFlag.OK || flag == VolFlag.DE_AMERICANISED ? flags[position] : flag;
  }
}
