/** Holds the statistics against published values of the packages that people compare with. */
package io.millrace.tools.report.stats;
