/** Holds the parts of the report against rules of the trade. */
package io.millrace.tools.report;
