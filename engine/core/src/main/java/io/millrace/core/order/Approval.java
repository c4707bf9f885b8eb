package io.millrace.core.order;

/**
 * Leave to trade: the only thing a router takes. There is one issuer for each approval slot, it is
 * handed out once, and only the risk gate holds it; a test proves that nobody else can.
 */
public final class Approval {
  private final OrderIntent intent = new OrderIntent();
  private long quantity;
  private long decisionCause;
  private int decisionOrdinal;
  private boolean open;
  private boolean issuerTaken;

  /** The right to grant; at most one exists for an approval. */
  public final class Issuer {
    private Issuer() {}

    /**
     * Grants leave for one order; it replaces a leave that was not used.
     *
     * @param quantity units allowed, above 0 and at most what the intent asked
     */
    public Approval grant(
        final OrderIntent asked,
        final long quantity,
        final long decisionCause,
        final int decisionOrdinal) {
      if (quantity <= 0 || quantity > asked.quantity()) {
        throw new IllegalArgumentException(
            "approved " + quantity + " of " + asked.quantity() + " asked");
      }
      intent
          .set(
              asked.purpose(),
              asked.key(),
              asked.instrumentId(),
              asked.side(),
              quantity,
              asked.limitPrice())
          .idea(asked.ideaCause(), asked.ideaOrdinal())
          .maxLossPerUnit(asked.maxLossPerUnit())
          .parentQuantity(asked.parentQuantity())
          .sameOrigin(asked)
          .legs()
          .copy(asked.legs());
      Approval.this.quantity = quantity;
      Approval.this.decisionCause = decisionCause;
      Approval.this.decisionOrdinal = decisionOrdinal;
      open = true;
      return Approval.this;
    }
  }

  /**
   * The right to grant.
   *
   * @throws IllegalStateException the second time: there is one gate
   */
  public Issuer issuer() {
    if (issuerTaken) {
      throw new IllegalStateException("the issuer of approvals is taken: there is one risk gate");
    }
    issuerTaken = true;
    return new Issuer();
  }

  /**
   * Uses the leave up: one approval, one order.
   *
   * @throws IllegalStateException if it was used before
   */
  public OrderIntent use() {
    if (!open) {
      throw new IllegalStateException("approval used twice: every order needs its own");
    }
    open = false;
    return intent;
  }

  /** Units allowed, 1e-8. */
  public long quantity() {
    return quantity;
  }

  /** Cause of the RiskDecision it rests on. */
  public long decisionCause() {
    return decisionCause;
  }

  /** Ordinal of the RiskDecision it rests on. */
  public int decisionOrdinal() {
    return decisionOrdinal;
  }
}
