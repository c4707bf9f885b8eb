/**
 * What the outside sees of a run: a view built from its decision log, and the state files and JSON
 * lines logs written from that view, off the hot path.
 *
 * <p>In: the decision log of a run. Out: {@code state/*.json}, {@code state/*.jsonl}. Owner: the
 * publisher's own thread.
 */
package io.millrace.runtime.publish;
