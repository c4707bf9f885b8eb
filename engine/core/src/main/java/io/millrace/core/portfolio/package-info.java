/**
 * What is held and what it is worth.
 *
 * <p>In: account cash, position reports, fills, marks of the market. Out: PositionEvent, NavEvent,
 * settlement Fills of expired contracts, and an Alert whenever the risk mode changes. Owner: {@link
 * io.millrace.core.portfolio.Portfolio}, written by the one thread that decides.
 */
package io.millrace.core.portfolio;
