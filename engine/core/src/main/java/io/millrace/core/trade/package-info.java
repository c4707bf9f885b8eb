/**
 * The trade agent: turns the composite suggestion into ideas that can be traded, with legs, cost,
 * worst case and size.
 *
 * <p>In: Snapshot, composite Suggestion, the live chain and its Greeks. Out: TradeIdea messages,
 * proposed or declined with the reason. Owner: nobody; no memory of open trades or earlier ideas.
 */
package io.millrace.core.trade;
