package io.millrace.tools.report;

import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;
import io.millrace.kernels.VolFlag;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is held, at which mark, and by what its value changed. Between two looks a held option's
 * change is split by its Greeks at the first of them:
 *
 * <pre>
 *   underlying  Δ·dS      gamma  ½·Γ·dS²      theta  Θ·dt      volatility  V·dσ
 * </pre>
 *
 * with the implied volatility of its mid as a European option (Black, Scholes and Merton) at the
 * configured rate and yield; other instruments change with the underlying alone. Execution is each
 * fill's price against the mark of its moment. What these do not say is left to the caller: wide
 * moves, quotes without a volatility, marks at zero bids, early exercise.
 */
final class Holdings {
  private static final long LOOK = 300_000_000_000L;
  private static final double YEAR = 365.0 * RunScan.DAY;

  private final Tape tape;
  private final double rate;
  private final double yield;
  private final Map<Integer, Holding> held = new TreeMap<>();

  /** Last marks of what several strategies hold against one another. */
  private final Map<Integer, Long> flat = new TreeMap<>();

  private final Kernels kernels = Kernels.select();
  private final OptionColumns option = new OptionColumns(1);
  private final GreekColumns greeks = new GreekColumns(1);
  private final double[] forward = new double[1];
  private final double[] strike = new double[1];
  private final double[] tau = new double[1];
  private final double[] discount = new double[1];
  private final double[] side = new double[1];
  private final double[] price = new double[1];
  private final double[] vol = new double[1];
  private final byte[] flag = new byte[1];

  private long nextLook = Long.MIN_VALUE;
  private double underlying;
  private double gamma;
  private double theta;
  private double volatility;
  private double execution;
  private double fees;

  private static final class Holding {
    private long quantity;
    private double units;
    private long mark = Fixed.NONE;
    private double lookMark;
    private long lookTime;
    private double spot = Double.NaN;
    private double implied = Double.NaN;
    private double delta;
    private double gamma;
    private double theta;
    private double vega;
  }

  Holdings(final Tape tape, final double rate, final double yield) {
    this.tape = tape;
    this.rate = rate;
    this.yield = yield;
  }

  /** Takes a fill. */
  void fill(final int id, final long signed, final long fillPrice, final long fee) {
    final Holding holding = held.computeIfAbsent(id, key -> new Holding());
    remark(id, holding);
    look(id, holding);
    final double before = holding.units;
    holding.units = unitsAfter(id, holding, signed, fillPrice);
    final double units = holding.units - before;
    fees += Fixed.toDouble(fee);
    final long quantity = Math.addExact(holding.quantity, signed);
    if (holding.mark == Fixed.NONE || holding.quantity == 0) {
      holding.mark = fillPrice;
    }
    holding.mark = tape.mark(id, quantity == 0 ? holding.quantity : quantity, holding.mark);
    // The part held before goes over to the new mark without a step.
    final double newMark = Fixed.toDouble(holding.mark);
    execution += units * (newMark - Fixed.toDouble(fillPrice));
    holding.quantity = quantity;
    if (quantity == 0) {
      held.remove(id);
      flat.put(id, holding.mark);
      return;
    }
    if (Double.isNaN(holding.spot)) {
      holding.lookMark = newMark;
      measure(id, holding);
    }
  }

  /** A NAV was struck: positions are valued anew. */
  void strike(final long time) {
    held.forEach(this::remark);
    if (time >= nextLook) {
      nextLook = time - Math.floorMod(time, LOOK) + LOOK;
      lookAtAll();
    }
  }

  /** Takes the last step, to the marks of the last NAV. */
  void lookAtAll() {
    held.forEach(this::look);
  }

  private void remark(final int id, final Holding holding) {
    holding.mark = tape.mark(id, holding.quantity, holding.mark);
  }

  /** Units of the underlying; an inverse contract is as many coins as it was at its entry. */
  private double unitsAfter(
      final int id, final Holding holding, final long signed, final long fillPrice) {
    final double each = tape.units(id, Fixed.toDouble(fillPrice));
    final long after = holding.quantity + signed;
    if (!tape.inverse(id) || (after > 0) != (holding.quantity > 0) || holding.quantity == 0) {
      return Fixed.toDouble(after) * each;
    }
    return (signed > 0) == (after > 0)
        ? holding.units + Fixed.toDouble(signed) * each
        : holding.units * ((double) after / holding.quantity);
  }

  private void look(final int id, final Holding holding) {
    if (holding.quantity == 0 || Double.isNaN(holding.spot)) {
      return;
    }
    final double units = holding.units;
    final double mark = Fixed.toDouble(holding.mark);
    if (!tape.instruments().option(id)) {
      underlying += units * (mark - holding.lookMark);
      holding.lookMark = mark;
      return;
    }
    final double moved = spot(id) - holding.spot;
    final double days = (tape.time() - holding.lookTime) / (double) RunScan.DAY;
    final double implied = holding.implied;
    final double vega = holding.vega;
    if (!Double.isNaN(implied) && !Double.isNaN(moved)) {
      underlying += units * holding.delta * moved;
      gamma += units * holding.gamma * moved * moved / 2;
      theta += units * holding.theta * days;
    }
    holding.lookMark = mark;
    measure(id, holding);
    if (!Double.isNaN(implied) && !Double.isNaN(holding.implied)) {
      volatility += units * vega * (holding.implied - implied);
    }
  }

  private double spot(final int id) {
    final long mid = tape.mid(tape.root(id));
    return mid == Fixed.NONE ? Double.NaN : Fixed.toDouble(mid);
  }

  /** Volatility and Greeks by the mid of now. */
  private void measure(final int id, final Holding holding) {
    final Instruments instruments = tape.instruments();
    holding.lookTime = tape.time();
    holding.implied = Double.NaN;
    if (!instruments.option(id)) {
      holding.spot = 0;
      return;
    }
    final double spot = spot(id);
    holding.spot = Double.isNaN(spot) ? 0 : spot;
    final double years = (instruments.expiry(id) - tape.time()) / YEAR;
    if (!(spot > 0) || years <= 0 || !tape.books().regular(id)) {
      return;
    }
    final double carry = rate - yield;
    final boolean call = instruments.right(id) == io.millrace.codecs.OptionRight.CALL;
    forward[0] = spot * Math.exp(carry * years);
    strike[0] = Fixed.toDouble(instruments.strike(id));
    tau[0] = years;
    discount[0] = Math.exp(-rate * years);
    side[0] = call ? 1 : -1;
    price[0] = Fixed.toDouble(tape.books().mid(id));
    kernels.impliedVol(forward, strike, tau, discount, side, price, vol, flag, 0, 1);
    if (flag[0] != VolFlag.OK || !option.set(0, strike[0], years, vol[0], rate, carry, call)) {
      return;
    }
    kernels.greeks(spot, option, greeks, 0, 1);
    holding.implied = vol[0];
    holding.delta = greeks.delta()[0];
    holding.gamma = greeks.gamma()[0];
    holding.theta = greeks.theta()[0];
    holding.vega = greeks.vega()[0];
  }

  /** Mark of an instrument that is held, or was, at the last look, 1e-8. */
  long mark(final int id) {
    final Holding holding = held.get(id);
    return holding == null ? flat.get(id) : holding.mark;
  }

  /** Profit by the underlyings' moves. */
  double underlying() {
    return underlying;
  }

  /** Profit by gamma. */
  double gamma() {
    return gamma;
  }

  /** Profit by time. */
  double theta() {
    return theta;
  }

  /** Profit by implied volatility. */
  double volatility() {
    return volatility;
  }

  /** Profit of fills against the marks of their moments, below 0 = paid. */
  double execution() {
    return execution;
  }

  /** Fees paid. */
  double fees() {
    return fees;
  }
}
