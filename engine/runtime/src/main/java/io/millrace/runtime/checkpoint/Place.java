package io.millrace.runtime.checkpoint;

/**
 * Where a run stands behind an input.
 *
 * @param sequence of the input
 * @param eventTime of the input, nanoseconds
 * @param inputChain chain of the input journal after it
 * @param decisions records of the decision log up to it
 * @param decisionChain chain of the decision log after them
 * @param outputs so far, digests not counted
 * @param digest over every byte of them
 * @param fedInputs inputs taken from the feed, in all runs of the chain
 */
public record Place(
    long sequence,
    long eventTime,
    long inputChain,
    long decisions,
    long decisionChain,
    long outputs,
    long digest,
    long fedInputs) {}
