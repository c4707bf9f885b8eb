package io.millrace.core.engines.hedge;

import io.millrace.core.market.OptionChain;
import io.millrace.core.state.StateCodec;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;
import java.util.Arrays;

/**
 * The expiries of a chain: their rows, time, carry, discount factor and at-the-money volatility.
 * Columns by expiry, nearest first, expired ones included until contracts are next defined.
 *
 * <p>The carry b of an expiry is kept between estimates, so that its forward F = S·e^(bτ) follows
 * the spot.
 */
final class Expiries {
  /** Tau is ACT/365F to the expiry instant. */
  static final double DAYS_PER_YEAR = 365.0;

  static final double NANOS_PER_DAY = 86_400e9;

  private static final double NANOS_PER_YEAR = DAYS_PER_YEAR * NANOS_PER_DAY;
  private static final double MONTH_YEARS = 30.0 / DAYS_PER_YEAR;

  private final double rate;
  private final double configuredCarry;
  private final double maxCarry;
  private final Kernels kernels;
  int count;
  int firstLive;
  long[] instant = {};
  int[] firstRow = {};
  int[] endRow = {};
  double[] tau = {};
  double[] discount = {};
  double[] carry = {};
  double[] forward = {};
  double[] atmIv = {};
  boolean[] parity = {};
  private double[] scratch = {};

  /**
   * @param future whether the underlying is a future, which costs nothing to carry
   */
  Expiries(final HedgeConfig config, final boolean future, final Kernels kernels) {
    rate = config.rate();
    configuredCarry = future ? 0.0 : config.rate() - config.dividendYield();
    maxCarry = config.maxCarry();
    this.kernels = kernels;
  }

  /** Interest rate, continuously compounded per year. */
  double rate() {
    return rate;
  }

  /** Finds the expiries of all rows; carries start as configured. */
  void layOut(final OptionChain chain, final int[] expiryOfRow) {
    final long[] instants = chain.expiries();
    final int rows = chain.to();
    count = 0;
    for (int row = 0; row < rows; row++) {
      if (row == 0 || instants[row] != instants[row - 1]) {
        count++;
      }
      expiryOfRow[row] = count - 1;
    }
    instant = new long[count];
    firstRow = new int[count];
    endRow = new int[count];
    tau = new double[count];
    discount = new double[count];
    carry = new double[count];
    forward = new double[count];
    atmIv = new double[count];
    parity = new boolean[count];
    scratch = new double[count];
    Arrays.fill(carry, configuredCarry);
    for (int row = rows - 1; row >= 0; row--) {
      final int expiry = expiryOfRow[row];
      instant[expiry] = instants[row];
      firstRow[expiry] = row;
      endRow[expiry] = Math.max(endRow[expiry], row + 1);
    }
  }

  /** Whole columns, the expired expiries with them: what is read between evaluations. */
  void state(final StateCodec codec) {
    count = codec.int32(count);
    firstLive = codec.int32(firstLive);
    instant = codec.grown(instant);
    firstRow = codec.grown(firstRow);
    endRow = codec.grown(endRow);
    tau = codec.grown(tau);
    discount = codec.grown(discount);
    carry = codec.grown(carry);
    forward = codec.grown(forward);
    atmIv = codec.grown(atmIv);
    parity = codec.grown(parity);
    if (codec.loading()) {
      scratch = new double[count];
    }
  }

  /** Moves the time on: tau and discount factors of what is live from row {@code from} on. */
  void advance(final int from, final long now) {
    firstLive = 0;
    while (firstLive < count && firstRow[firstLive] < from) {
      firstLive++;
    }
    for (int e = firstLive; e < count; e++) {
      tau[e] = (instant[e] - now) / NANOS_PER_YEAR;
      scratch[e] = -rate * tau[e];
    }
    kernels.exp(scratch, discount, firstLive, count - firstLive);
  }

  /**
   * Takes forwards from parity where they were estimated anew: carry b = ln(F/S)/τ within its
   * bound.
   *
   * @param estimates forwards by expiry; 0 = keep the carry there is
   */
  void imply(final double[] estimates, final double spot) {
    for (int e = firstLive; e < count; e++) {
      scratch[e] = estimates[e] > 0.0 ? estimates[e] / spot : 1.0;
    }
    kernels.log(scratch, scratch, firstLive, count - firstLive);
    for (int e = firstLive; e < count; e++) {
      if (estimates[e] > 0.0 && tau[e] >= OptionColumns.MIN_TAU) {
        carry[e] = Math.max(-maxCarry, Math.min(maxCarry, scratch[e] / tau[e]));
        parity[e] = true;
      }
    }
  }

  /** Forwards from spot and carry. */
  void project(final double spot) {
    for (int e = firstLive; e < count; e++) {
      scratch[e] = carry[e] * tau[e];
    }
    kernels.exp(scratch, forward, firstLive, count - firstLive);
    for (int e = firstLive; e < count; e++) {
      forward[e] *= spot;
    }
  }

  /**
   * Spot from a forward by the configured carry: S = F·e^(-bτ).
   *
   * @param estimates forwards by expiry; 0 = none
   * @return by the nearest expiry at least {@code minTau} away that has one, else by the nearest; 0
   *     when none has
   */
  double impliedSpot(final double[] estimates, final double minTau) {
    for (int e = firstLive; e < count; e++) {
      scratch[e] = -configuredCarry * tau[e];
    }
    kernels.exp(scratch, scratch, firstLive, count - firstLive);
    double nearest = 0.0;
    for (int e = firstLive; e < count; e++) {
      if (estimates[e] > 0.0) {
        final double spot = estimates[e] * scratch[e];
        if (tau[e] >= minTau) {
          return spot;
        }
        nearest = nearest == 0.0 ? spot : nearest;
      }
    }
    return nearest;
  }

  /**
   * The front expiry: the nearest at least {@code minTau} away whose at-the-money volatility is
   * known, else the nearest known; -1 when none is.
   */
  int front(final double minTau) {
    int nearest = -1;
    for (int e = firstLive; e < count; e++) {
      if (atmIv[e] > 0.0) {
        if (tau[e] >= minTau) {
          return e;
        }
        nearest = nearest < 0 ? e : nearest;
      }
    }
    return nearest;
  }

  /** At-the-money volatility at 30 days, {@link #atmIvAt}; 0 when no expiry is known. */
  double atmIv30() {
    return atmIvAt(MONTH_YEARS);
  }

  /**
   * At-the-money volatility at a time: total variance σ²τ linear in time between the neighbouring
   * expiries; beyond the nearest or farthest one its volatility. 0 when no expiry is known.
   */
  private double atmIvAt(final double years) {
    final int before = known(years, true);
    final int after = known(years, false);
    if (before < 0 || after < 0) {
      final int only = before < 0 ? after : before;
      return only < 0 ? 0.0 : atmIv[only];
    }
    final double near = atmIv[before] * atmIv[before] * tau[before];
    final double far = atmIv[after] * atmIv[after] * tau[after];
    final double share = (years - tau[before]) / (tau[after] - tau[before]);
    return Math.sqrt((near + (far - near) * share) / years);
  }

  /** The same at so many days, 0 where there are not expiries on both sides of it. */
  double atmIvWithin(final double days) {
    final double years = days / DAYS_PER_YEAR;
    return known(years, true) < 0 || known(years, false) < 0 ? 0.0 : atmIvAt(years);
  }

  /** The last expiry with a volatility up to a time, or the first one after it; -1 = none. */
  private int known(final double years, final boolean upTo) {
    int last = -1;
    for (int e = firstLive; e < count; e++) {
      if (atmIv[e] > 0.0) {
        if (tau[e] > years) {
          return upTo ? last : e;
        }
        last = e;
      }
    }
    return upTo ? last : -1;
  }
}
