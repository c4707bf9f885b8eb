/**
 * One view out of three: a weighted vote of the agents, moved by the regime.
 *
 * <p>In: one Snapshot and the three agents' Suggestions. Out: the composite Suggestion, every rule
 * as a row, strategy hints as tags. Owner: nobody; nothing is kept between snapshots.
 */
package io.millrace.core.composer;
