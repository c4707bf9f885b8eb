/**
 * The snapshot: the fused view of an underlying, all that agents see. The only place that fuses.
 *
 * <p>In: the four engine outputs of one evaluation, spot, IV rank. Out: a Snapshot message. Owner
 * of the last IV rank per underlying: the builder.
 */
package io.millrace.core.snapshot;
