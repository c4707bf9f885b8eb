/**
 * Bytes in, bytes out: the journal of a run.
 *
 * <p>In come sequenced, time-stamped byte records; out come the same records, checked one by one
 * and as a chain. A {@link io.millrace.journal.JournalWriter} owns one queue directory for the life
 * of a process; readers and verifiers only ever map the file and never write. This is the only
 * package that knows Chronicle Queue; {@link io.millrace.journal.RecordDescriptor} draws what lies
 * inside its documents.
 */
package io.millrace.journal;
