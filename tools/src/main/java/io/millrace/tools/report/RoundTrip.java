package io.millrace.tools.report;

/**
 * A trade from entry to exit, first in first out; or what is still open, marked at the end.
 *
 * @param strategy who traded
 * @param structure what the entry was part of
 * @param regime fused regime of the underlying at the entry
 * @param idea name of the idea or intent behind the entry, {@code cause.ordinal}
 * @param instrument id
 * @param symbol its name
 * @param quantity signed as the entry, 1e-8
 * @param entryTime nanoseconds
 * @param entryPrice 1e-8
 * @param exitTime nanoseconds; of the mark where open
 * @param exitPrice 1e-8; the mark where open
 * @param multiplier units in one contract, 1e-8
 * @param fees of entry and exit, 1e-8
 * @param profit after fees, 1e-8
 * @param open not closed at the end of the run
 */
record RoundTrip(
    String strategy,
    String structure,
    String regime,
    String idea,
    int instrument,
    String symbol,
    long quantity,
    long entryTime,
    long entryPrice,
    long exitTime,
    long exitPrice,
    long multiplier,
    long fees,
    long profit,
    boolean open) {}
