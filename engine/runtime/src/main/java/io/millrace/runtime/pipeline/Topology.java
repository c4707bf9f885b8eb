package io.millrace.runtime.pipeline;

/** Which threads the stages run on. What they decide is the same in all. */
public enum Topology {
  /** No ring: feed and all stages on the calling thread. Backtests and replay. */
  INLINE,
  /** Ingress on one thread; journal and all stages on another. The default on two cores. */
  FUSED,
  /** Journal on a thread of its own, then all other stages on another. */
  SPLIT,
  /** Journal beside market to router, each on a thread; the outbox on a third, behind both. */
  STAGED
}
