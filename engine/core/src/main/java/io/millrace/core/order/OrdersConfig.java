package io.millrace.core.order;

/**
 * Bounds of the order store.
 *
 * @param capacity most orders kept, 1 to 1,048,576; when all are working, a new one is refused with
 *     CAPACITY; else the order that ended first is forgotten, and what the venue still says of it
 *     is an error event
 * @param tradeIds venue trade ids remembered to tell a fill told twice, 1 to 4,194,304; beyond it
 *     the oldest is forgotten
 */
public record OrdersConfig(int capacity, int tradeIds) {
  private static final int MAX_CAPACITY = 1 << 20;
  private static final int MAX_TRADE_IDS = 1 << 22;

  /** Checks the ranges. */
  public OrdersConfig {
    check("orders.capacity", capacity, MAX_CAPACITY);
    check("orders.trade_ids", tradeIds, MAX_TRADE_IDS);
  }

  private static void check(final String field, final int value, final int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(field + " is " + value + "; allowed: 1 to " + max);
    }
  }
}
