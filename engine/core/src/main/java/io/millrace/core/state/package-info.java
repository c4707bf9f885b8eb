/**
 * What can be said of the engine's state as a whole: the digest over everything it put out.
 *
 * <p>In: encoded outputs. Out: one 64-bit number. Owner: the outbox.
 */
package io.millrace.core.state;
