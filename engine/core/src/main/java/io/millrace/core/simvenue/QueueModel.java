package io.millrace.core.simvenue;

/** How a resting order moves up its queue. */
public enum QueueModel {
  /**
   * All size displayed at the price when the order arrives is ahead of it; only trades at the price
   * shorten that queue, cancels ahead do not.
   */
  CONSERVATIVE
}
