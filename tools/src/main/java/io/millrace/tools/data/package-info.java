/**
 * Outside files become curated parquet, and curated parquet becomes input messages.
 *
 * <p>In: data files as their publishers lay them out ({@link io.millrace.tools.data.LeanImport} and
 * its kin; {@link io.millrace.tools.data.Curation} is what they share). Out: one parquet file per
 * source, symbol, kind and date, described in {@code tools/data/README.md} and in {@link
 * io.millrace.tools.data.CuratedKind}; and, through {@link io.millrace.tools.data.CuratedReader},
 * encoded input messages in event-time order. Nothing here keeps state between calls; curated files
 * are written by an import alone and only read by everything else.
 */
package io.millrace.tools.data;
