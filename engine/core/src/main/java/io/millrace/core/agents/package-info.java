/**
 * Three rule-based agents: hedge, liquidity, sentiment. Each says what it would do and why.
 *
 * <p>In: one Snapshot, nothing else. Out: one Suggestion, every rule that applied as a row. Owner:
 * nobody; an agent keeps no state between snapshots.
 */
package io.millrace.core.agents;
