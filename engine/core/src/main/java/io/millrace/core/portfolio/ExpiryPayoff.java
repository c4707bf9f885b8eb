package io.millrace.core.portfolio;

import io.millrace.codecs.OptionRight;
import io.millrace.core.market.Fixed;
import java.util.Arrays;

/**
 * What a set of options of one underlying pays at expiry, as a function of the underlying's price.
 * Reused.
 *
 * <p>payoff(S) = Σ units × max(0, S − K) over calls + Σ units × max(0, K − S) over puts. It is
 * piecewise linear with its kinks at the strikes, so over S ≥ 0 its least value is at 0 or at a
 * strike, unless it falls without bound above the highest strike (short calls not covered).
 */
public final class ExpiryPayoff {
  private static final int INITIAL = 8;

  private boolean[] call = new boolean[INITIAL];
  private long[] strike = new long[INITIAL];
  private long[] units = new long[INITIAL];
  private int count;

  /** Forgets all options. */
  public ExpiryPayoff clear() {
    count = 0;
    return this;
  }

  /**
   * Adds an option.
   *
   * @param units signed units of the underlying, 1e-8: contracts × multiplier
   */
  public ExpiryPayoff add(final OptionRight right, final long strike, final long units) {
    if (count == call.length) {
      call = Arrays.copyOf(call, count * 2);
      this.strike = Arrays.copyOf(this.strike, count * 2);
      this.units = Arrays.copyOf(this.units, count * 2);
    }
    call[count] = right == OptionRight.CALL;
    this.strike[count] = strike;
    this.units[count] = units;
    count++;
    return this;
  }

  /** Money paid at expiry when the underlying is at {@code price}, 1e-8. */
  public long at(final long price) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      final long intrinsic = call[i] ? price - strike[i] : strike[i] - price;
      if (intrinsic > 0) {
        sum = Math.addExact(sum, Fixed.mul(units[i], intrinsic));
      }
    }
    return sum;
  }

  /** Least payoff over 0 and the strikes, 1e-8; the worst case if {@link #uncoveredCalls} is 0. */
  public long least() {
    long least = at(0);
    for (int i = 0; i < count; i++) {
      least = Math.min(least, at(strike[i]));
    }
    return least;
  }

  /** Units of calls sold beyond those bought, 1e-8; above 0 = loss without bound. */
  public long uncoveredCalls() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      if (call[i]) {
        sum = Math.addExact(sum, units[i]);
      }
    }
    return Math.max(0, -sum);
  }
}
