/**
 * The report of a run. In: a run directory (both journals and the manifest, and those of the runs
 * it goes on from). Out: {@code report/index.html}, {@code report.json}, CSV files and the config.
 * {@code RunScan} reads both journals once, side by side, and hands each record to the collectors,
 * which own what they gather and are bounded; {@code ReportJson} makes one tree of them, and the
 * page is a function of that tree alone, so page and JSON cannot differ.
 */
package io.millrace.tools.report;
