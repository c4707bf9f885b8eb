/**
 * The {@code millrace} command: one class a subcommand, over the runtime and the data package.
 *
 * <p>In: arguments. Out: text for people, one JSON object for programs, exit codes. Owner: the
 * process.
 */
package io.millrace.tools;
