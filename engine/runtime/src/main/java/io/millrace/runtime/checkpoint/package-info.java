/**
 * What lets a start pick up behind an input instead of at the first: the state of all stages, saved
 * now and then and at the end of a run.
 *
 * <p>In: the pipeline between two inputs, the place in both journals. Out: files in {@code
 * checkpoints/}. Owner: the thread that decides saves; a thread of our own writes.
 */
package io.millrace.runtime.checkpoint;
