package io.millrace.journal;

/**
 * What a manifest says of a finished journal.
 *
 * @param sequence sequence of the last record, 0 for none
 * @param chain chain after it
 */
public record ExpectedEnd(long sequence, long chain) {}
