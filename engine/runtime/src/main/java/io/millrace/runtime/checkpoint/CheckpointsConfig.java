package io.millrace.runtime.checkpoint;

/**
 * How often the state is saved, and how much of it is kept.
 *
 * @param everyInputs inputs between two checkpoints of a run; 0 = none, also not at its end
 * @param keep newest checkpoints of a run that stay, 1 and up
 */
public record CheckpointsConfig(int everyInputs, int keep) {}
