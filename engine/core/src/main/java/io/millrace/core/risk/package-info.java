/**
 * The only veto of the system, and the only giver of leave to trade.
 *
 * <p>In: an {@link io.millrace.core.order.OrderIntent}, the market, the portfolio, the working
 * orders, the operator's commands. Out: one RiskDecision with every check, and an {@link
 * io.millrace.core.order.Approval} if it may trade. Owner: {@link io.millrace.core.risk.RiskGate},
 * written by the one thread that decides.
 */
package io.millrace.core.risk;
