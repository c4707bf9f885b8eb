/**
 * The plugin API: what a strategy file sees, and the host that calls it.
 *
 * <p>In: the same events that every stage sees, after the market stage has taken them. Out: {@code
 * Intent} messages, each judged by the risk gate like any trade idea. The host owns the strategy
 * and the views that it hands out; views are valid during the callback only.
 */
package io.millrace.core.strategy;
