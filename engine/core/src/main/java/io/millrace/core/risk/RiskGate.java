package io.millrace.core.risk;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.RiskDecisionEncoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Severity;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Market;
import io.millrace.core.order.Approval;
import io.millrace.core.order.Gate;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * The one gate. Every order is judged by all checks, in the order of their codes, and every finding
 * is recorded in the RiskDecision; the first denial decides, else the first reduction.
 *
 * <p>An order that really only takes risk off (each leg within an opposite position, less what
 * works already, no short option losing its cover) passes the checks that bound new risk; they are
 * recorded all the same, their margin perhaps below 0. Checks of data, instrument, price and flow
 * bind every order. Missing data denies. An amount too big to hold is over every limit.
 *
 * <p>A key or content counts as seen once it was approved: what was denied had no effect and may be
 * asked again.
 */
public final class RiskGate implements Gate, Stateful {
  private final Portfolio portfolio;
  private final Approval.Issuer issuer;
  private final OrderFacts facts;
  private final Findings findings = new Findings();
  private final StateChecks state;
  private final FlowChecks flow;
  private final CheckGroup[] groups;
  private final RiskDecisionEncoder decision = new RiskDecisionEncoder();
  private final AlertEncoder alert = new AlertEncoder();
  private String haltReason = "";

  /**
   * @param issuer the right to grant, of which there is one
   */
  public RiskGate(
      final RiskLimits limits,
      final Market market,
      final Portfolio portfolio,
      final Orders orders,
      final Approval.Issuer issuer) {
    this.portfolio = portfolio;
    this.issuer = issuer;
    facts = new OrderFacts(market, portfolio, orders, limits);
    final Sizing sizing = new Sizing(limits);
    state = new StateChecks(limits);
    flow = new FlowChecks(limits);
    groups =
        new CheckGroup[] {
          state,
          new DataChecks(limits),
          new InstrumentChecks(limits),
          new PriceChecks(limits),
          new SizeChecks(limits, sizing),
          new PortfolioChecks(limits, sizing),
          new LossChecks(limits),
          flow,
          new RegimeChecks(limits),
        };
  }

  @Override
  public Approval judge(final OrderIntent intent, final long now, final Outputs outputs) {
    facts.gather(intent, now);
    findings.clear(facts.quantity());
    for (final CheckGroup group : groups) {
      group.judge(facts, findings);
    }
    final int ordinal = record(intent, outputs);
    if (findings.verdict() == Verdict.DENY) {
      return null;
    }
    flow.approved(facts, findings.approved());
    return issuer.grant(intent, findings.approved(), outputs.cause(), ordinal);
  }

  private int record(final OrderIntent intent, final Outputs outputs) {
    outputs.begin(decision);
    decision
        .instrumentId(intent.instrumentId())
        .subjectCause(intent.ideaCause())
        .subjectOrdinal(intent.ideaOrdinal())
        .purpose(intent.purpose())
        .verdict(findings.verdict())
        .denial(findings.decisive())
        .key(intent.key())
        .side(intent.side())
        .requested(intent.quantity())
        .approved(findings.approved())
        .limitPrice(intent.limitPrice())
        .reference(facts.reference());
    findings.store(decision);
    return outputs.end(decision);
  }

  /**
   * Stops trading until {@link #resume}: no order that adds risk passes; cancels need no leave.
   *
   * @param reason for whoever asks why
   */
  public void halt(final String reason, final Outputs outputs) {
    haltReason = reason;
    portfolio.halt(outputs);
    tell(AlertCode.HALTED, Severity.CRITICAL, outputs);
  }

  /**
   * Ends a halt or reduce-only; a loss still over its limit stops trading again at the next NAV.
   */
  public void resume(final Outputs outputs) {
    haltReason = "";
    portfolio.resume(outputs);
    tell(AlertCode.RESUMED, Severity.INFO, outputs);
  }

  /** Lets only orders through that take risk off, until {@link #resume}. */
  public void reduceOnly(final Outputs outputs) {
    portfolio.reduceOnly(outputs);
  }

  /** Whether orders stop here: the chain runs, every order is denied with SHADOW. */
  public void shadow(final boolean on) {
    state.shadow(on);
  }

  /** Whether orders stop here. */
  public boolean shadow() {
    return state.shadow();
  }

  /** Whether trading is halted, by the operator or by a loss. */
  public boolean halted() {
    return portfolio.riskMode() == RiskMode.HALTED;
  }

  /** Why the operator halted; empty when nobody did. */
  public String haltReason() {
    return haltReason;
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("gate");
    state.state(codec);
    flow.state(codec);
    haltReason = codec.text(haltReason);
  }

  private void tell(final AlertCode code, final Severity severity, final Outputs outputs) {
    outputs.begin(alert);
    alert.severity(severity).code(code);
    outputs.end(alert);
  }
}
