package io.millrace.runtime.checkpoint;

/**
 * What a checkpoint belongs to. One of another owner is never loaded.
 *
 * @param runId name of the run
 * @param configDigest hash of its resolved config
 * @param strategy SHA-256 of the strategy's file, lower-case hexadecimal; empty = the built-in
 *     agents
 */
public record Owner(String runId, long configDigest, String strategy) {}
