package io.millrace.core.simvenue;

/**
 * How a resting order moves up its queue. All size displayed at the price when the order arrives is
 * ahead of it, and a trade at the price always shortens what is ahead; the models differ in what
 * they make of size that is gone from the price without a trade, that is, of cancels.
 *
 * <p>The share of a cancelled size that was behind the order is f(behind) / (f(behind) + f(ahead)):
 * E. Rigtorp, "Estimating order queue position" (2013), and the answer at
 * quant.stackexchange.com/questions/3782; the functions are those of hftbacktest's queue models.
 */
public enum QueueModel {
  /** Cancels ahead do not shorten the queue, whatever is displayed: the fewest fills. */
  CONSERVATIVE,

  /** Cancels come from behind as long as there is size behind: no more ahead than is displayed. */
  CANCELS_BEHIND,

  /** f(x) = x to the configured power; 1 spreads cancels evenly over the queue. */
  POWER,

  /** f(x) = ln(1 + x), x in units. */
  LOG,

  /** Cancels come from ahead as long as there is size ahead: the most fills. */
  CANCELS_AHEAD
}
