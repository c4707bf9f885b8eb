/**
 * Measures the engine beside its floors and peers, all in one run, and prints one table.
 *
 * <p>In: the sample day that ships with the project. Out: a table, and one JSON file for each run.
 * Owner: {@link io.millrace.bench.Bench}, which runs each section in a JVM of its own.
 */
package io.millrace.bench;
