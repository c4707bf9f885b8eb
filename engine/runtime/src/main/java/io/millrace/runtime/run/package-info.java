/**
 * A run from start to end: its directory and manifest, the node that drives a feed through the
 * pipeline, recovery of a run that was killed, and replay of one that is there.
 *
 * <p>In: a feed, a resolved config. Out: a run directory. Owner: the thread that calls it.
 */
package io.millrace.runtime.run;
