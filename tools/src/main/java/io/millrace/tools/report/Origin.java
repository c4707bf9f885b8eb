package io.millrace.tools.report;

/**
 * Where an order comes from.
 *
 * @param strategy who asked for it
 * @param structure what it is, or is part of
 * @param idea name of the idea or intent, {@code cause.ordinal}
 * @param instrument of the order: the underlying of a structure
 */
record Origin(String strategy, String structure, String idea, int instrument) {}
