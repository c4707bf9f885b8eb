/**
 * What travels along the ring: one input and the outputs it caused.
 *
 * <p>In: an encoded input message with its sequence and ingress time. Out: encoded output messages
 * in the order they were made. A stage reads what earlier stages left in {@link
 * io.millrace.core.slot.Outputs} and appends its own; stages know nothing else of one another.
 * Owner: whichever stage the ring has handed the slot to.
 */
package io.millrace.core.slot;
