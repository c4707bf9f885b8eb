/**
 * Many backtests for one question. In: what varies ({@link Space}), over which times ({@link
 * Folds}); out: rows to run, each a command line of its own, and what they came to, judged. {@link
 * Workers} runs them in processes; the state is the sweep's database, which {@code
 * tools.data.SweepStore} keeps.
 */
package io.millrace.tools.sweep;
