package io.millrace.core.order;

import io.millrace.codecs.OrderStyle;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;

/**
 * What somebody wants to trade, before anybody has allowed it. Mutable and reused: the gate reads
 * it and keeps nothing of it.
 *
 * <p>A single instrument has no legs; a multi-leg structure names its underlying as the instrument,
 * is always bought, and its price is the net of the legs per unit of structure and per unit of
 * multiplier (debit above 0, credit below 0).
 */
public final class OrderIntent {
  private final Legs legs = new Legs();
  private long ideaCause;
  private int ideaOrdinal;
  private Purpose purpose = Purpose.OPEN;
  private long key;
  private int instrumentId;
  private Side side = Side.NONE;
  private long quantity;
  private long limitPrice;
  private long maxLossPerUnit;
  private long parentQuantity;
  private OrderStyle style = OrderStyle.ROUTED;
  private boolean ofStrategy;
  private long triggerPrice = Fixed.NONE;
  private boolean reduceOnly;

  /** Starts a new intent. */
  public OrderIntent set(
      final Purpose purpose,
      final long key,
      final int instrumentId,
      final Side side,
      final long quantity,
      final long limitPrice) {
    this.purpose = purpose;
    this.key = key;
    this.instrumentId = instrumentId;
    this.side = side;
    this.quantity = quantity;
    this.limitPrice = limitPrice;
    ideaCause = 0;
    ideaOrdinal = 0;
    maxLossPerUnit = 0;
    parentQuantity = 0;
    style = OrderStyle.ROUTED;
    ofStrategy = false;
    triggerPrice = Fixed.NONE;
    reduceOnly = false;
    legs.clear();
    return this;
  }

  /** Names the idea it comes from. */
  public OrderIntent idea(final long cause, final int ordinal) {
    ideaCause = cause;
    ideaOrdinal = ordinal;
    return this;
  }

  /** Worst case of one unit, account currency, 1e-8; 0 = unknown (outright). */
  public OrderIntent maxLossPerUnit(final long money) {
    maxLossPerUnit = money;
    return this;
  }

  /** For a child: what is left of its parent, 1e-8 units; 0 = no parent. */
  public OrderIntent parentQuantity(final long units) {
    parentQuantity = units;
    return this;
  }

  /** Says that a strategy asks, and how it wants the order worked. */
  public OrderIntent ofStrategy(final OrderStyle style) {
    ofStrategy = true;
    this.style = style;
    return this;
  }

  /**
   * Says that it sleeps until a price has traded.
   *
   * @param trigger 1e-8
   * @param reduces whether the venue shall let it do nothing but reduce a position
   */
  public OrderIntent stop(final long trigger, final boolean reduces) {
    triggerPrice = trigger;
    reduceOnly = reduces;
    return this;
  }

  /** Takes over from whom another comes and how it is to be worked. */
  public OrderIntent sameOrigin(final OrderIntent other) {
    ofStrategy = other.ofStrategy;
    style = other.style;
    triggerPrice = other.triggerPrice;
    reduceOnly = other.reduceOnly;
    return this;
  }

  /** Legs to fill in or read. */
  public Legs legs() {
    return legs;
  }

  /** Cause of the idea; 0 = none. */
  public long ideaCause() {
    return ideaCause;
  }

  /** Ordinal of the idea. */
  public int ideaOrdinal() {
    return ideaOrdinal;
  }

  /** What it is for. */
  public Purpose purpose() {
    return purpose;
  }

  /** Idempotency key: the same wish has the same key. */
  public long key() {
    return key;
  }

  /** Instrument, or underlying of a structure. */
  public int instrumentId() {
    return instrumentId;
  }

  /** Direction; BUY for a structure. */
  public Side side() {
    return side;
  }

  /** Units wanted, 1e-8. */
  public long quantity() {
    return quantity;
  }

  /** Worst price wanted, 1e-8. */
  public long limitPrice() {
    return limitPrice;
  }

  /** Worst case of one unit, account currency, 1e-8; 0 = unknown. */
  public long maxLossPerUnit() {
    return maxLossPerUnit;
  }

  /** What is left of the parent, 1e-8 units; 0 = no parent. */
  public long parentQuantity() {
    return parentQuantity;
  }

  /** Price at which a stop comes alive, 1e-8; {@link Fixed#NONE} = it is none. */
  public long triggerPrice() {
    return triggerPrice;
  }

  /** Whether it is a stop. */
  public boolean stop() {
    return triggerPrice != Fixed.NONE;
  }

  /** Whether the venue lets it do nothing but reduce a position. */
  public boolean reduceOnly() {
    return reduceOnly;
  }

  /** How it is to be worked. */
  public OrderStyle style() {
    return style;
  }

  /** Whether a strategy asks: the limits of its policy hold, not those of ideas. */
  public boolean ofStrategy() {
    return ofStrategy;
  }
}
