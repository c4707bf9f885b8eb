/**
 * A venue in the core: it matches orders against the recorded book and trades, late by its
 * latencies, and never on what was not yet known.
 *
 * <p>In: OrderRequest messages, accepted market inputs. Out: ExecutionReports, one by one, once
 * they are due. Owner: {@link io.millrace.core.simvenue.SimulatedVenue}, written by the one thread
 * that decides.
 */
package io.millrace.core.simvenue;
