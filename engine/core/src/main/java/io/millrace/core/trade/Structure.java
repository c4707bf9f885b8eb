package io.millrace.core.trade;

import io.millrace.codecs.StrategyKind;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Legs;

/** Options of one expiry held together, by ascending strike. Mutable and reused. */
final class Structure {
  private final int[] instrumentId = new int[Legs.MAX_LEGS];
  private final boolean[] call = new boolean[Legs.MAX_LEGS];
  private final int[] quantity = new int[Legs.MAX_LEGS];
  private final long[] strike = new long[Legs.MAX_LEGS];
  private final long[] bid = new long[Legs.MAX_LEGS];
  private final long[] ask = new long[Legs.MAX_LEGS];
  private final double[] delta = new double[Legs.MAX_LEGS];
  private final double[] iv = new double[Legs.MAX_LEGS];
  private StrategyKind kind = StrategyKind.NONE;
  private int count;
  private long multiplier;
  private double years;
  private double forward;
  private double volatility;

  /** Starts anew. */
  Structure clear(final StrategyKind newKind) {
    kind = newKind;
    count = 0;
    multiplier = 0;
    years = 0;
    forward = 0;
    volatility = 0;
    return this;
  }

  /**
   * Says when it expires and under which lognormal it is judged.
   *
   * @param newYears to the expiry, ACT/365F
   * @param newForward of the underlying to the expiry
   * @param newVolatility of the expiry, fraction; 0 = the mean of the legs' own
   */
  Structure expiry(final double newYears, final double newForward, final double newVolatility) {
    years = newYears;
    forward = newForward;
    volatility = newVolatility;
    return this;
  }

  /**
   * Adds a leg; strikes must not descend.
   *
   * @param signed contracts per unit, above 0 bought, below 0 sold
   */
  Structure leg(
      final int id,
      final boolean isCall,
      final int signed,
      final long atStrike,
      final long touchBid,
      final long touchAsk,
      final double legDelta,
      final double legIv) {
    instrumentId[count] = id;
    call[count] = isCall;
    quantity[count] = signed;
    strike[count] = atStrike;
    bid[count] = touchBid;
    ask[count] = touchAsk;
    delta[count] = legDelta;
    iv[count] = legIv;
    count++;
    return this;
  }

  /** Units of the underlying per contract, the same for all legs, 1e-8. */
  Structure multiplier(final long fixed) {
    multiplier = fixed;
    return this;
  }

  /**
   * Net price at the legs' mids per unit of multiplier, 1e-8: above 0 is paid, below 0 is received.
   * The sum of bids and asks is halved once, half to even; with ticks that are multiples of 2e-8
   * (all that trade) that is exact.
   */
  long netMid() {
    long twice = 0;
    for (int i = 0; i < count; i++) {
      final long touches = Math.addExact(bid[i], ask[i]);
      twice = Math.addExact(twice, Math.multiplyExact(quantity[i], touches));
    }
    return Fixed.mulDiv(twice, 1, 2);
  }

  StrategyKind kind() {
    return kind;
  }

  int count() {
    return count;
  }

  int instrumentId(final int leg) {
    return instrumentId[leg];
  }

  boolean call(final int leg) {
    return call[leg];
  }

  int quantity(final int leg) {
    return quantity[leg];
  }

  long strike(final int leg) {
    return strike[leg];
  }

  long bid(final int leg) {
    return bid[leg];
  }

  long ask(final int leg) {
    return ask[leg];
  }

  double delta(final int leg) {
    return delta[leg];
  }

  double iv(final int leg) {
    return iv[leg];
  }

  long multiplier() {
    return multiplier;
  }

  double years() {
    return years;
  }

  double forward() {
    return forward;
  }

  /** The volatility it is judged by, fraction. */
  double volatility() {
    if (volatility > 0 || count == 0) {
      return volatility;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += iv[i];
    }
    return sum / count;
  }
}
