package io.millrace.runtime.pipeline;

import io.millrace.core.slot.Slot;

/** The three groups of stages that a topology places on threads. */
public interface Stages {
  /** Stage 1: the input goes into the journal; flushed at the end of a batch. */
  void journal(Slot slot, boolean endOfBatch);

  /** Stages 2 to 9, market to router: pure, all in one thread. */
  void decide(Slot slot);

  /** Stage 10: what was decided goes out; flushed at the end of a batch. */
  void outbox(Slot slot, boolean endOfBatch);
}
