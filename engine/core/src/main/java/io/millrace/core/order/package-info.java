/**
 * The vocabulary of orders that risk, router and venue share: intents, approvals, orders and the
 * table of their legal transitions.
 *
 * <p>In: intents from ideas, execution reports. Out: OrderEvent and Fill messages. Owner: {@link
 * io.millrace.core.order.Orders}, written by the one thread that decides.
 */
package io.millrace.core.order;
