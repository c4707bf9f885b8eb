/**
 * Pure numeric kernels over columns of doubles. In: arrays and a range. Out: arrays, flags, sums. A
 * {@link io.millrace.kernels.Kernels} owns the scratch space and belongs to one thread; everything
 * else is the caller's. The vector path and the scalar path give the same bits.
 */
package io.millrace.kernels;
