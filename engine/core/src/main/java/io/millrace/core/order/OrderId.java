package io.millrace.core.order;

/**
 * Names of orders: {@code generation << 51 | cause << 13 | ordinal} of the OrderRequest that made
 * the order. The generation counts the recoveries behind a run, so that a run that goes on from
 * another never uses a name of it again; the venue's client order id adds the run id.
 */
public final class OrderId {
  private static final int ORDINAL_BITS = 13;
  private static final int CAUSE_BITS = 38;
  private static final int MAX_GENERATION = (1 << 12) - 1;

  private OrderId() {}

  /**
   * The name of an order.
   *
   * @param generation recoveries behind the run, 0 to 4,095
   * @param cause input sequence, 1 to 2^38 - 1
   * @param ordinal of the output, 0 to 8,191
   * @throws IllegalArgumentException if one is out of range
   */
  public static long of(final int generation, final long cause, final int ordinal) {
    if (generation < 0
        || generation > MAX_GENERATION
        || cause < 0
        || cause >>> CAUSE_BITS != 0
        || ordinal < 0
        || ordinal >>> ORDINAL_BITS != 0) {
      throw new IllegalArgumentException(
          "no order id for generation " + generation + ", cause " + cause + "." + ordinal);
    }
    return ((long) generation << (CAUSE_BITS + ORDINAL_BITS)) | (cause << ORDINAL_BITS) | ordinal;
  }

  /** Recoveries behind the run that made the order. */
  public static int generation(final long orderId) {
    return (int) (orderId >>> (CAUSE_BITS + ORDINAL_BITS));
  }

  /** Input sequence of the OrderRequest. */
  public static long cause(final long orderId) {
    return (orderId >>> ORDINAL_BITS) & ((1L << CAUSE_BITS) - 1);
  }

  /** Ordinal of the OrderRequest. */
  public static int ordinal(final long orderId) {
    return (int) (orderId & ((1 << ORDINAL_BITS) - 1));
  }

  /** {@code cause.ordinal}, with {@code generation:} before it after a recovery. */
  public static String text(final long orderId) {
    final String name = cause(orderId) + "." + ordinal(orderId);
    return generation(orderId) == 0 ? name : generation(orderId) + ":" + name;
  }
}
