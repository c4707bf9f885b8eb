package io.millrace.core.order;

import io.millrace.codecs.Purpose;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/**
 * Makes the intent to open out of a trade idea.
 *
 * <p>An idea with one leg is a single instrument: the intent has no legs, the leg's side, and as
 * limit the worst price acceptable, the far touch plus the slippage cap, in price units, rounded to
 * the tick towards the touch (and never inside it):
 *
 * <pre>
 *   BUY   max(ask, floor(ask · (1 + cap)))      SELL   min(bid, ceil(bid · (1 - cap)))
 * </pre>
 *
 * <p>An idea with more legs is a structure: it is bought, legs as listed, and its limit is the
 * natural price per unit of multiplier, Σ ratio · (ask of what is bought, -bid of what is sold),
 * debit above 0 and credit below. It is on the tick of the legs, as their touches are. The maker
 * works from the near side up to it; there is no slippage beyond it.
 *
 * <p>The quantity is the idea's units. The worst case of a unit is that of the idea, which is at
 * the mid, plus what the limit costs more than the mid.
 */
public final class OrderIntents {
  private final Instruments instruments;
  private final long slippageCap;
  private final Legs legs = new Legs();

  /**
   * A converter.
   *
   * @param slippageCap fraction of the price, 0 to below 1, 1e-8
   * @throws IllegalArgumentException if the cap is out of range
   */
  public OrderIntents(final Instruments instruments, final long slippageCap) {
    if (slippageCap < 0 || slippageCap >= Fixed.ONE) {
      throw new IllegalArgumentException(
          "slippage cap " + Fixed.format(slippageCap) + " is outside 0 to below 1");
    }
    this.instruments = instruments;
    this.slippageCap = slippageCap;
  }

  /**
   * Reads a proposed idea into an intent.
   *
   * @param idea wrapped at its message; its groups are consumed
   * @throws IllegalArgumentException if the idea has no legs: a declined idea has nothing to trade
   */
  public OrderIntent read(final TradeIdeaDecoder idea, final OrderIntent into) {
    final TradeIdeaDecoder.LegsDecoder rows = idea.legs();
    if (rows.count() == 0) {
      throw new IllegalArgumentException(
          "idea " + idea.cause() + "." + idea.ordinal() + " has no legs to trade");
    }
    if (rows.count() == 1) {
      rows.next();
      final int id = rows.instrumentId();
      final Side side = rows.side();
      into.set(Purpose.OPEN, idea.key(), id, side, idea.units(), worst(id, side, rows));
    } else {
      final long natural = natural(rows);
      into.set(Purpose.OPEN, idea.key(), idea.instrumentId(), Side.BUY, idea.units(), natural);
      into.legs().copy(legs);
    }
    return into.idea(idea.cause(), idea.ordinal()).maxLossPerUnit(maxLoss(idea, into));
  }

  /** Price of a single instrument past the far touch. */
  private long worst(final int id, final Side side, final TradeIdeaDecoder.LegsDecoder leg) {
    final long tick = instruments.tickSize(id);
    if (side == Side.BUY) {
      final long ask = leg.ask();
      return Math.max(ask, Fixed.floorTo(ask + Fixed.mul(ask, slippageCap), tick));
    }
    final long bid = leg.bid();
    return Math.min(bid, Fixed.ceilTo(bid - Fixed.mul(bid, slippageCap), tick));
  }

  /** Price of a structure at its far touches; leaves the legs in {@link #legs}. */
  private long natural(final TradeIdeaDecoder.LegsDecoder rows) {
    long natural = 0;
    legs.clear();
    while (rows.hasNext()) {
      rows.next();
      final Side side = rows.side();
      final int ratio = rows.ratio();
      legs.add(rows.instrumentId(), side, ratio);
      final long price = side == Side.BUY ? rows.ask() : -rows.bid();
      natural = Math.addExact(natural, Math.multiplyExact(price, (long) ratio));
    }
    return natural;
  }

  private long maxLoss(final TradeIdeaDecoder idea, final OrderIntent intent) {
    final boolean single = intent.legs().count() == 0;
    final int id = single ? intent.instrumentId() : intent.legs().instrumentId(0);
    final long limit = intent.limitPrice();
    final long paid =
        Fixed.mul(intent.side() == Side.SELL ? -limit : limit, instruments.multiplier(id));
    return Math.addExact(idea.maxLossPerUnit(), Math.max(0, paid - idea.costPerUnit()));
  }
}
