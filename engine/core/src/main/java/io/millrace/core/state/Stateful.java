package io.millrace.core.state;

/** Has a state that a checkpoint keeps. */
@FunctionalInterface
public interface Stateful {
  /**
   * Passes each field that events change through the codec, always in the same order: one method
   * saves and loads, so the two cannot differ. Fields that the constructor derives from the
   * settings are left out.
   */
  void state(StateCodec codec);
}
