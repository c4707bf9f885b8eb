/**
 * Recorded data as a peer: sources of encoded events, put in order of time together with timer
 * ticks, and paced as if live or as fast as they go.
 */
package io.millrace.gateways.recorded;
