/**
 * What can be said of the engine's state as a whole: the digest over everything it put out, and the
 * codec by which each part saves and loads what it remembers.
 *
 * <p>In: encoded outputs; the fields of all parts. Out: one 64-bit number; the bytes of a
 * checkpoint. Owner: the outbox; who makes or restores a checkpoint.
 */
package io.millrace.core.state;
