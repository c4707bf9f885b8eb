/**
 * Works approved wishes as orders: maker first, taker when that does not do.
 *
 * <p>In: approvals, the market, the state of the orders. Out: OrderRequest and OrderEvent messages,
 * made by {@link io.millrace.core.order.Orders}. Owner: {@link io.millrace.core.router.Router},
 * written by the one thread that decides. It does no risk arithmetic: each child asks the gate.
 */
package io.millrace.core.router;
