/** What varies, over which times, and how runs are judged. */
package io.millrace.tools.sweep;
